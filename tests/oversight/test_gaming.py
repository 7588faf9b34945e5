"""The twelve ways to make a month look better, and the mark each leaves (security 9a): a counter goes up, and the
figure the move was meant for has not got better.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.dispute_contact import dispute_contact
from huying.appeals.actions.exclude import exclude
from huying.appeals.actions.overturn import overturn
from huying.appeals.actions.rate import rate
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.undo_withdraw import undo_withdraw
from huying.appeals.actions.unjoin import unjoin
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.identities import Contact
from huying.appeals.models import Receipt, Topic
from huying.oversight import counting, figures
from huying.oversight.figures import Report
from huying.rules.enums import AppealKind, ExclusionGround, Satisfaction
from huying.rules.periods import Period
from tests import given
from tests.appeals import town
from tests.cast import TODAY, Stage, at

MONTH = Period.month("2026-11")
SEEN_ON = TODAY + timedelta(days=60)


def counted() -> Report:
    counting.count_due()
    return figures.of(figures.Scope(), MONTH, on=SEEN_ON)


def refuse_it(stage: Stage) -> None:
    town.refused(stage)


def refer_it_out(stage: Stage) -> None:
    town.referred(stage)


def have_a_refusal_overturned(stage: Stage) -> None:
    appeal = town.refused(stage)
    last = given.fresh(appeal).events.last().sequence
    overturn(given.fresh(appeal), reviews=last, reason="应当受理", by=stage.county_supervisor, at=at(11))


def call_a_complaint_an_inquiry(stage: Stage) -> None:
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT)
    classes = Classes(kind=AppealKind.INQUIRY, topic=Topic.objects.get(code="classing"))
    reclassify(appeal, classes=classes, reason="只是问问", by=stage.dispatcher, at=at(11))


def make_several_one(stage: Stage) -> None:
    town.joined(stage)


def part_them_again(stage: Stage) -> None:
    voice = town.joined(stage)
    unjoin(given.fresh(voice), reason="不是一件事", by=stage.holding(voice), at=at(14))


def stop_the_clock(stage: Stage) -> None:
    town.paused(stage)


def ask_for_more_time(stage: Stage) -> None:
    approve_extension(town.extension_asked(stage), due_at=at(17, day=1, month=12), by=stage.principal, at=at(14))


def send_it_away(stage: Stage) -> None:
    town.declined(stage)


def send_it_away_until_somebody_rules(stage: Stage) -> None:
    appeal = town.declined(stage)
    approve_decline(given.fresh(appeal), reason="归总务", by=stage.dispatcher, at=at(13))
    for hour, unit, head in ((14, "office", "office_head"),):
        dispatch(given.fresh(appeal), lead=stage.units[unit], by=stage.dispatcher, at=at(hour))
        town.decline(
            given.fresh(appeal), clause="职责", suggested=stage.units["class"], reason="归班级",
            by=getattr(stage, head), at=at(hour, 10),
        )  # fmt: skip
        approve_decline(given.fresh(appeal), reason="归班级", by=stage.dispatcher, at=at(hour, 20))
    dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.county_dispatcher, at=at(16))


def claim_a_talk_that_never_was(stage: Stage) -> None:
    appeal = given.contacted(stage)
    contact = appeal.events.get(action="contact").sequence
    dispute_contact(appeal, contact=contact, is_true=False, by=stage.holding(appeal), at=at(16))


def close_and_wait(stage: Stage) -> None:
    town.reopened(stage)


def have_it_filed_anew(stage: Stage) -> None:
    contact = Contact(name="陈女士", phone="13900000001")
    given.closed(stage, contact=contact)
    given.registered(stage, contact=contact, received_at=at(17))


def leave_a_parent_unheard(stage: Stage) -> None:
    town.disputed(stage)


def rate_for_the_parent(stage: Stage) -> None:
    appeal = given.delivered(stage)
    Receipt.objects.filter(pk=appeal.receipt_id).update(is_spoken=True)
    rate(given.fresh(appeal), satisfaction=Satisfaction.SATISFIED, by=stage.holding(appeal), at=at(16))


def write_the_rating_down_for_them(stage: Stage) -> None:
    call_back(given.delivered(stage), call=given.GOOD_CALL, by=stage.caller, at=at(16))


def press_for_a_withdrawal(stage: Stage) -> None:
    appeal = given.handled(stage)
    withdraw(appeal, reason="老师叫我撤", by=stage.holding(appeal), at=at(14))


def press_in_vain(stage: Stage) -> None:
    appeal = given.handled(stage)
    withdraw(appeal, reason="老师叫我撤", by=stage.holding(appeal), at=at(14))
    undo_withdraw(given.fresh(appeal), by=stage.holding(appeal), at=at(15))


def leave_it_out_of_appraisal(stage: Stage) -> None:
    appeal = given.closed(stage)
    exclude(
        appeal, ground=ExclusionGround.UNREASONABLE, first=stage.person("principal"), reason="不合理",
        by=stage.county_supervisor, at=at(17),
    )  # fmt: skip


def enter_it_late(stage: Stage) -> None:
    given.registered(stage, by=stage.clerk, received_at=at(9, day=20), is_late=True)


def write_ones_own_praise(stage: Stage) -> None:
    given.registered(stage, kind=AppealKind.PRAISE, body="老师真好。")


@dataclass(frozen=True)
class Move:
    """A way to prettify: what it must raise, and the figures it must not have made better."""

    number: str
    act: Callable[[Stage], None]
    raises: dict[str, int]
    no_better: tuple[str, ...] = ()
    volume: int = 1
    figures: dict[str, tuple[int, int]] = field(default_factory=dict)


MOVES = (
    Move("1 refuse", refuse_it, {"refused": 1, "unreviewed": 1}),
    Move("1 refer out", refer_it_out, {"referred": 1, "unreviewed": 1}),
    Move("1 overturned", have_a_refusal_overturned, {"refused": 1, "overturned": 1}),
    Move("2 reclassify", call_a_complaint_an_inquiry, {"reclassified": 1, "unreviewed": 1}),
    Move("3 join", make_several_one, {"joined": 1}, volume=2),
    Move("3 unjoin", part_them_again, {"joined": 1, "unjoined": 1}, volume=2),
    Move("4 pause", stop_the_clock, {"paused": 1, "paused_days": 7, "unreviewed": 1}),
    Move("5 extend", ask_for_more_time, {"extended": 1}),
    Move("6 bounce", send_it_away, {"declined": 1}),
    Move("6 ruling", send_it_away_until_somebody_rules, {"declined": 2, "ruled": 1}),
    Move("7 no contact", claim_a_talk_that_never_was, {"contact_denied": 1}),
    Move("8 reopened", close_and_wait, {"reopened": 1}, no_better=("first_time_closure_rate",)),
    Move("8 filed anew", have_it_filed_anew, {"repeated": 1}, no_better=("first_time_closure_rate",), volume=2),
    Move("8 disputed", leave_a_parent_unheard, {"disputed": 1}),
    Move("9 read-out code", rate_for_the_parent, {"rated_spoken": 1}, no_better=("satisfaction_rate",)),
    Move("9 by phone", write_the_rating_down_for_them, {"rated_by_phone": 1}),
    Move("10 withdraw", press_for_a_withdrawal, {"withdrawn": 1}),
    Move("10 undone", press_in_vain, {"withdrawn": 1, "withdrawal_undone": 1}),
    Move("11 exclude", leave_it_out_of_appraisal, {"excluded": 1}, no_better=("on_time_rate", "satisfaction_rate")),
    Move("12 late entry", enter_it_late, {"late_entered": 1}),
    Move("own praise", write_ones_own_praise, {}, no_better=("on_time_rate", "closure_rate", "satisfaction_rate")),
)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.number)
def test_a_pretty_month_leaves_its_mark(stage, move):
    given.closed(stage)
    given.called_back(stage, call=given.BAD_CALL)
    before = counted()
    move.act(stage)
    after = counted()
    raised = {code: int(after[code].n - before[code].n) for code in move.raises}
    assert raised == move.raises
    # Every voice is in the volume, whatever was done with it.
    assert after.count("volume") - before.count("volume") == move.volume
    for code in move.no_better:
        assert (after[code].value or 0) <= (before[code].value or 0)
