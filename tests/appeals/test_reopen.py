"""A closed appeal is taken up again as a new round; the first stays as it was."""

from huying.appeals.actions.reopen import reopen
from huying.appeals.models import Event
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import State
from tests import given
from tests.appeals.ledger import event_of, overtaken, record, refused, step, written
from tests.cast import at


def again(appeal, *, by, reason="又换回去了", when=None, **fields):
    reopen(appeal, reason=reason, by=by, at=when or at(9, day=26), **fields)


def test_a_new_round_begins_with_a_clean_sheet(stage):
    appeal = given.closed(stage)
    before = list(Event.objects.filter(appeal=appeal).values_list("sequence", "digest"))
    again(appeal, by=stage.dispatcher)

    appeal = given.fresh(appeal)
    assert (appeal.state, appeal.round, appeal.lead_unit, appeal.in_charge, appeal.closed_at) == (
        State.RECEIVED,
        2,
        None,
        None,
        None,
    )
    assert (appeal.resolved_by_unit, appeal.resolved_by_callback, appeal.satisfaction, appeal.finding) == (
        "NOT_ASKED",
        "NOT_ASKED",
        "NOT_ASKED",
        "",
    )
    assert written(appeal) == step(
        "reopen: closed → received",
        "dispatcher school",
        words=(("reason", "又换回去了"),),
        told="""reopened: dispatcher school
                reopened: appellant""",
    )
    assert list(Event.objects.filter(appeal=appeal).values_list("sequence", "digest"))[:-1] == before


def test_the_window_is_thirty_days_from_the_closing(stage):
    appeal = given.closed(stage)
    with refused(appeal, NotPossible, "已过重新办理的期限"):
        again(appeal, by=stage.dispatcher, when=at(17, 1, day=24, month=12))
    again(appeal, by=stage.dispatcher, when=at(17, day=24, month=12))
    assert given.fresh(appeal).round == 2


def test_a_false_closure_has_no_window(stage):
    appeal = given.closed(stage)
    again(appeal, by=stage.inspector, false_closure=True, when=at(9, day=1, month=2, year=2027))
    assert record(appeal)["false_closure"] is True


def test_nobody_who_handled_reopens_and_only_with_a_reason(stage):
    appeal = given.closed(stage)
    for name in ("teacher", "grade_head", "caller", "principal", "clerk", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            again(appeal, by=getattr(stage, name))
    with refused(appeal, NotPossible, "请写明理由"):
        again(appeal, by=stage.dispatcher, reason="")


def rounds(stage, appeal):
    """The whole way once more, up to the next closing."""
    given.dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(9, day=27))
    given.acknowledge(given.fresh(appeal), by=stage.teacher, at=at(9, 10, day=27))
    given.contact(given.fresh(appeal), way="phone", reached=True, by=stage.teacher, at=at(9, 20, day=27))
    given.answer(given.fresh(appeal), draft=given.FULL, by=stage.teacher, at=at(9, 30, day=27))
    given.approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=at(9, 40, day=27))
    given.call_back(given.fresh(appeal), call=given.GOOD_CALL, by=stage.caller, at=at(10, day=27))
    given.close(given.fresh(appeal), closing=given.CLOSING, by=stage.dispatcher, at=at(10, 10, day=27))


def test_the_third_time_is_the_county_s(stage):
    appeal = given.closed(stage)
    for _ in range(2):
        again(given.fresh(appeal), by=stage.dispatcher, when=at(11, day=27))
        rounds(stage, appeal)
    with refused(given.fresh(appeal), NotPossible, "已经重新办理过两次"):
        again(given.fresh(appeal), by=stage.dispatcher, when=at(12, day=27))
    again(given.fresh(appeal), by=stage.county_supervisor, when=at(12, day=27))
    assert (given.fresh(appeal).round, event_of(appeal).post) == (4, "county_supervisor")


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.closed(stage), stage)
    with refused(appeal, Stale):
        again(appeal, by=stage.dispatcher)
