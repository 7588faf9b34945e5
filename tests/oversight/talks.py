"""Builders that walk proceedings by their real actions."""

from datetime import date, datetime, timedelta

from huying.appeals import seals
from huying.appeals.models import Appeal
from huying.oversight import proceedings
from huying.oversight.actions.announce_check import announce_check
from huying.oversight.actions.call_interview import Call, call_interview
from huying.oversight.actions.decide_study import Decision, decide_study
from huying.oversight.actions.draw_check import draw_check
from huying.oversight.actions.hold_interview import Record, hold_interview
from huying.oversight.actions.open_study import Agenda, open_study
from huying.oversight.actions.raise_interview import raise_interview
from huying.oversight.actions.sign_record import sign_record
from huying.oversight.models import Proceeding
from huying.rules.enums import InterviewGround, RecheckResult
from huying.rules.interviews import ItemFact
from tests import given
from tests.cast import Stage, at

CALL = Call(
    title="总务处食堂问题约谈",
    ground=InterviewGround.OVERDUE,
    reason="三件食堂诉求超时。",
    meets_at=at(9, day=26),
    place="县中心二楼会议室",
)


def fresh(proceeding: Proceeding) -> Proceeding:
    """The proceeding as it stands in the database now."""
    return Proceeding.objects.select_related(*proceedings.SHOWN_WITH).get(pk=proceeding.pk)


def item(
    stage: Stage, who: str = "office_head", *, what: str = "每天公示菜单和价格", day: date = date(2026, 12, 4)
) -> ItemFact:
    return ItemFact(what, owner=stage.person(who).pk, due_on=day)


def called(
    stage: Stage, *, unit: str = "office", by: str = "principal", cases: list[Appeal] | None = None, **more: object
) -> Proceeding:
    call = Call(**{**vars(CALL), **more})
    return fresh(
        call_interview(stage.units[unit], call=call, cases=cases or [], by=getattr(stage, by), at=at(17))
    )  # fmt: skip


def held(stage: Stage, *, by: str = "principal", owner: str = "office_head", **more: object) -> Proceeding:
    proceeding = called(stage, by=by, **more)
    record = Record(
        shown="三件都在到期后两天才答复。",
        view="人手不够，已调整。",
        attendants="赵明远、钱进",
        items=[item(stage, owner)],
    )
    hold_interview(proceeding, record=record, by=getattr(stage, by), at=at(10, day=26))
    return fresh(proceeding)


def signed(stage: Stage, *, by: str = "principal", head: str = "office_head", **more: object) -> Proceeding:
    proceeding = held(stage, by=by, owner=head, **more)
    sign_record(proceeding, by=getattr(stage, head), at=at(11, day=26))
    sign_record(fresh(proceeding), by=getattr(stage, by), at=at(12, day=26))
    return fresh(proceeding)


def raised(stage: Stage, **more: object) -> Proceeding:
    proceeding = signed(stage, **more)
    words = {"result": RecheckResult.NOT_FULFILLED, "found": "菜单还是没有公示。"}
    raise_interview(proceeding, **words, by=stage.principal, at=at(9, day=18, month=12))
    return fresh(proceeding)


AGENDA = Agenda(
    title="食堂排队时间长商研", problem="午餐排队超过二十分钟。", meets_at=at(15, day=26), place="会议室"
)  # fmt: skip


def studied(
    stage: Stage, *, units: tuple[str, ...] = ("office", "grade"), cases: list[Appeal] | None = None, **more: object
) -> Proceeding:
    agenda = Agenda(**{**vars(AGENDA), **more})
    places = [stage.units[name] for name in units]
    return fresh(open_study(places, agenda=agenda, cases=cases or [], by=stage.principal, at=at(17)))


def decided(stage: Stage, **more: object) -> Proceeding:
    proceeding = studied(stage, **more)
    decision = Decision(
        cause="三个年级同时下课。", measures="错峰十分钟。", items=[item(stage, "grade_head", what="排错峰表")]
    )
    decide_study(proceeding, decision=decision, by=stage.principal, at=at(17, day=26))
    return fresh(proceeding)


NEXT_DAY = at(0, 10, day=26)


def announced(stage: Stage, *, closed: int = 3, by: str = "county_supervisor", unit: str = "school") -> Proceeding:
    """What was closed on the 24th lies frozen on the 25th."""
    for _one in range(closed):
        given.closed(stage)
    seals.make_due(at=at(23))
    return fresh(
        announce_check(
            stage.units[unit],
            title="十一月抽查",
            since=date(2026, 11, 1),
            until=date(2026, 11, 24),
            by=getattr(stage, by),
            at=at(9, day=25),
        )
    )


def drawn(stage: Stage, *, when: datetime = NEXT_DAY + timedelta(hours=9), **more: object) -> Proceeding:
    """And drawn on the 26th, by the seal of that night."""
    proceeding = announced(stage, **more)
    seals.make_due(at=NEXT_DAY)
    draw_check(proceeding, by=getattr(stage, str(more.get("by", "county_supervisor"))), at=when)
    return fresh(proceeding)
