"""Many appeals in every state and shape, made by the real actions."""

from collections.abc import Callable
from datetime import date

from huying.appeals.actions.decline import decline
from huying.appeals.actions.defer import defer
from huying.appeals.actions.dismiss_subject import dismiss_subject
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.escalate import escalate
from huying.appeals.actions.hand_over import hand_over
from huying.appeals.actions.join import join
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.pause import pause
from huying.appeals.actions.rate import rate
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.reopen import reopen
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.supervise import supervise
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.appeals.models import Appeal
from huying.rules.enums import AppealKind, PauseReason, RedLine, RefusalGround, Satisfaction
from tests import given
from tests.cast import Stage, at

Story = Callable[[Stage], Appeal]


def refused(stage: Stage) -> Appeal:
    appeal = given.registered(stage)
    refuse(appeal, ground=RefusalGround.OTHER, route="法院", reason="已起诉", by=stage.dispatcher, at=at(10, 30))
    return appeal


def referred(stage: Stage) -> Appeal:
    appeal = given.registered(stage)
    refer_out(appeal, route="110", handed_over="电话", reason="报警", by=stage.dispatcher, at=at(10, 30))
    return appeal


def joined(stage: Stage) -> Appeal:
    main, voice = given.handled(stage), given.registered(stage)
    join(voice, main=main, reason="同一件事", by=stage.dispatcher, at=at(13))
    return voice


def withdrawn(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    withdraw(appeal, reason="算了", by=stage.holding(appeal), at=at(14))
    take_effect(given.fresh(appeal), at=at(14, 1, day=27))
    return appeal


def deferred(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    said = {"plan": "寒假换", "review_on": date(2027, 1, 15), "reason": "采购"}
    request_deferral(appeal, **said, by=stage.teacher, at=at(13))
    defer(given.fresh(appeal), **said, by=stage.principal, at=at(14))
    return appeal


def declined(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    decline(appeal, clause="职责", suggested=stage.units["office"], reason="归总务", by=stage.teacher, at=at(12, 10))
    return appeal


def paused(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    ground = PauseReason.MORE_INFORMATION
    pause(appeal, ground=ground, question="哪排？", reason="缺", by=stage.teacher, at=at(13, 30))
    return appeal


def extension_asked(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    request_extension(appeal, due_at=at(17, day=1, month=12), reason="等", by=stage.teacher, at=at(13))
    return appeal


def watched(stage: Stage) -> Appeal:
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.teacher, at=at(13))
    escalate(given.fresh(appeal), to=stage.units["county"], cause="by_hand", by=stage.dispatcher, at=at(14))
    demand = {"demand": "书面说明", "due_at": at(17, day=27), "reason": "超期"}
    supervise(given.fresh(appeal), **demand, by=stage.inspector, at=at(15))
    return appeal


def disputed(stage: Stage) -> Appeal:
    appeal = given.closed(stage)
    rate(appeal, satisfaction=Satisfaction.DISSATISFIED, reason="没换", by=stage.holding(appeal), at=at(9, day=25))
    dispute(given.fresh(appeal), reason="没换", by=stage.holding(appeal), at=at(9, 10, day=25))
    return appeal


def reopened(stage: Stage) -> Appeal:
    appeal = given.closed(stage)
    reopen(appeal, reason="又坏了", by=stage.dispatcher, at=at(9, day=26))
    return appeal


def helped(stage: Stage) -> Appeal:
    """Led by the class; the office helps, the grade no longer does."""
    appeal = given.registered(stage)
    units = stage.units
    dispatch(
        appeal, lead=units["other_class"], assisting=[units["grade"], units["office"]], by=stage.dispatcher, at=at(11)
    )
    dispatch(
        given.fresh(appeal), lead=units["other_class"], assisting=[units["office"]], by=stage.dispatcher, at=at(12)
    )
    return appeal


def handed_over(stage: Stage) -> Appeal:
    """In the hands of someone of another class."""
    appeal = given.handled(stage)
    hand_over(stage.person("teacher"), successor=stage.person("other_teacher"), by=stage.system_admin, at=at(17))
    return appeal


def report(stage: Stage) -> Appeal:
    return given.registered(stage, kind=AppealKind.REPORT, body="食堂有人收礼。")


def report_taken_down(stage: Stage) -> Appeal:
    appeal = given.registered(stage, by=stage.clerk, kind=AppealKind.REPORT, body="有人收礼。")
    appeal = given.opened(appeal, by=stage.dispatcher)
    dispatch(appeal, lead=stage.units["office"], summary="收礼一事", by=stage.dispatcher, at=at(11))
    return appeal


def about_a_unit(stage: Stage) -> Appeal:
    appeal = given.dispatched(stage, lead="grade")
    name_subject(appeal, unit=stage.units["office"], by=stage.dispatcher, at=at(12))
    return appeal


def about_the_teacher_in_hand(stage: Stage) -> Appeal:
    """Named while the teacher had it in hand."""
    appeal = given.handled(stage)
    name_subject(appeal, person=stage.person("teacher"), by=stage.dispatcher, at=at(13))
    return appeal


def proposed(stage: Stage) -> Appeal:
    return given.registered(stage, kind=AppealKind.COMPLAINT, body="王芳老师骂孩子。")


def dismissed(stage: Stage) -> Appeal:
    appeal = proposed(stage)
    dismiss_subject(appeal, subject=appeal.subjects.get().pk, reason="转述", by=stage.dispatcher, at=at(10, 30))
    dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(11))
    return appeal


def elsewhere(stage: Stage) -> Appeal:
    return given.registered(stage, place=stage.units["other_school"], klass=None)


def about(name: str) -> Story:
    return lambda stage: given.complaint_about(stage, name)


STORIES: dict[str, Story] = {
    "registered": given.registered,
    "typed": lambda stage: given.registered(stage, subjects=["体育老师"]),
    "dispatched": given.dispatched,
    "led by the grade": lambda stage: given.handled(stage, lead="grade", by="grade_head"),
    "led by the office": lambda stage: given.handled(stage, lead="office", by="office_head"),
    "led by the school": lambda stage: given.handled(stage, lead="school", by="principal"),
    "contacted": given.contacted,
    "answered": given.answered,
    "delivered": given.delivered,
    "called back": given.called_back,
    "closed": given.closed,
    "by the county": lambda stage: given.registered(stage, by=stage.county_dispatcher, channel="hotline"),
    "about the principal": lambda stage: given.registered(stage, subjects=["赵校长"]),
    "about the school": lambda stage: given.registered(stage, subjects=["学校"]),
    "about the grade head": about("grade_head"),
    "about the clerk": about("clerk"),
    "about the dispatcher": about("dispatcher"),
    "about the county": about("county_dispatcher"),
    **{
        story.__name__.replace("_", " "): story
        for story in (
            refused, referred, joined, withdrawn, deferred, declined, paused, extension_asked, watched, disputed,
            reopened, helped, handed_over, report, report_taken_down, about_a_unit, about_the_teacher_in_hand,
            proposed, dismissed, elsewhere,
        )
    },
}  # fmt: skip


def built(stage: Stage) -> dict[str, Appeal]:
    """Every story once, freshly read."""
    return {name: given.fresh(story(stage)) for name, story in STORIES.items()}
