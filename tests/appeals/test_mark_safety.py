"""A red line: off the ladder, principal and county alarmed at once."""

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import ClockKind, RedLine, State
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def mark(appeal, *, by, signal=RedLine.BULLYING):
    mark_safety(appeal, signal=signal, by=by, at=at(13))


def test_it_is_marked_by_one_click_and_alarms_the_two_above(stage):
    appeal = given.handled(stage)
    mark(appeal, by=stage.teacher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.safety, appeal.red_line) == (State.HANDLING, True, "bullying")
    assert record(appeal) == {"signal": "bullying", "red_line": "bullying"}
    assert written(appeal) == step(
        "mark_safety: handling → handling",
        "class_teacher class",
        flags="safety",
        told="""red_line: principal school
                red_line: county_supervisor county""",
    )


def test_the_legal_timers_start(stage):
    appeal = given.handled(stage)
    mark(appeal, by=stage.teacher)
    kinds = set(Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).values_list("kind", flat=True))
    assert {ClockKind.REPORT_AT_ONCE, ClockKind.BULLYING_INQUIRY} <= kinds


def test_all_staff_who_see_it_may_mark_it_and_nobody_else(stage):
    for name in ("clerk", "dispatcher", "grade_head", "principal", "inspector", "county_dispatcher"):
        mark(given.handled(stage), by=getattr(stage, name))
    appeal = given.handled(stage)
    for by in (stage.other_principal, stage.office_head, stage.auditor, stage.holding(appeal)):
        with refused(appeal, (NotAllowed, NotPossible)):
            mark(appeal, by=by)


def test_it_is_marked_once(stage):
    appeal = given.handled(stage)
    mark(appeal, by=stage.teacher)
    with refused(given.fresh(appeal), NotPossible, "现在不能做这一步"):
        mark(given.fresh(appeal), by=stage.dispatcher)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        mark(appeal, by=stage.teacher)
