"""The rows of the clocks say what the events make of them."""

from datetime import date, timedelta

import pytest

from huying.appeals import clocks, rulebook
from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.overturn import overturn
from huying.appeals.actions.pause import pause
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.resume import resume
from huying.appeals.actions.split import split
from huying.appeals.models import Appeal, Clock, LadderStep, Limit
from huying.appeals.steps import NotPossible
from huying.people import calendars
from huying.rules.enums import AppealKind, ClockKind, PauseReason
from huying.rules.limits import BadLimit, LimitFact, WorkingDays
from huying.rules.shipped import SHIPPED
from tests import given
from tests.cast import at

K = ClockKind


def rows(appeal: Appeal) -> dict[str, tuple]:
    return {one.kind: (one.started_at, one.due_at, one.stopped_at) for one in Clock.objects.filter(appeal=appeal)}


def ask_and_pause(appeal: Appeal, stage, *, hour: int = 13) -> Appeal:
    pause(
        appeal,
        ground=PauseReason.MORE_INFORMATION,
        question="孩子坐第几排？",
        reason="缺座位号",
        by=stage.teacher,
        at=at(hour),
    )
    return given.fresh(appeal)


def test_an_appeal_is_born_with_two_clocks_and_shows_their_dates(stage):
    appeal = given.registered(stage)  # Tuesday 24 November, 10:12
    assert set(rows(appeal)) == {K.TRIAGE, K.OUTER}
    assert appeal.outer_due_at == at(17, day=1, month=12)  # 25 26 27 30 1
    assert (appeal.due_at, appeal.next_due_at, appeal.provisional) == (None, at(15, 42), False)


def test_a_dispatched_appeal_shows_when_it_is_to_be_signed_for_and_answered(stage):
    appeal = given.dispatched(stage)  # 11:00, a call for help: 3 WD
    assert appeal.due_at == at(17, day=27)
    assert appeal.next_due_at == at(16, 30)  # 4 working hours from 11:00


def test_a_closed_appeal_shows_its_dates_and_no_next_one(stage):
    appeal = given.closed(stage)
    assert (appeal.due_at, appeal.next_due_at) == (at(17, day=27), None)
    running = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True)
    assert set(running.values_list("kind", flat=True)) == {K.DISPUTE_WINDOW, K.REOPEN_WINDOW}


@pytest.mark.parametrize("story", [given.registered, given.handled, given.delivered, given.closed])
def test_counting_again_changes_nothing(stage, story):
    appeal = story(stage)
    before = list(Clock.objects.order_by("pk").values())
    clocks.sync(appeal, at=at(18))
    assert list(Clock.objects.order_by("pk").values()) == before


def test_rows_made_step_by_step_are_those_made_from_the_events_alone(stage):
    appeal = given.closed(stage)
    before = sorted(rows(appeal).items())
    Clock.objects.filter(appeal=appeal).delete()
    clocks.sync(appeal, at=at(18))
    assert sorted(rows(appeal).items()) == before


def test_registering_counts_its_clocks_in_few_statements(stage, django_assert_max_num_queries):
    calendars.seed_national(at=at(8))
    appeal = given.registered(stage)
    Clock.objects.filter(appeal=appeal).delete()
    Appeal.objects.filter(pk=appeal.pk).update(outer_due_at=None)
    appeal = given.fresh(appeal)
    events = list(appeal.events.all())
    with django_assert_max_num_queries(3):  # calendars and rules, clocks, dates
        clocks.sync(appeal, at=at(10, 12), events=events, rows=[])


def test_a_pause_moves_the_answer_and_its_overturning_moves_it_back(stage):
    appeal = given.handled(stage, kind=AppealKind.INQUIRY)
    due = appeal.due_at
    appeal = ask_and_pause(appeal, stage)
    assert Clock.objects.filter(appeal=appeal, kind=K.PAUSE_CAP).count() == 1
    paused = appeal.events.get(action="pause")
    overturn(appeal, reviews=paused.sequence, reason="不缺", by=stage.principal, at=at(15))
    appeal = given.fresh(appeal)
    assert (appeal.due_at, Clock.objects.filter(appeal=appeal, kind=K.PAUSE_CAP).count()) == (due, 0)


def test_resumed_after_an_hour_the_answer_is_due_an_hour_later(stage):
    appeal = given.handled(stage, kind=AppealKind.INQUIRY)  # 1 WD: the 25th, 17:00
    appeal = ask_and_pause(appeal, stage, hour=14)
    resume(appeal, by=stage.teacher, at=at(15))
    assert given.fresh(appeal).due_at == at(9, day=26)


def test_an_extension_moves_our_promise_within_its_length(stage):
    appeal = given.handled(stage)
    assert clocks.latest_extension(appeal) == at(17, day=4, month=12)  # 27 November and five working days
    too_far = at(17, day=7, month=12)
    with pytest.raises(NotPossible, match="延期最长"):
        request_extension(appeal, due_at=too_far, reason="等维修", by=stage.teacher, at=at(14))
    wished = at(17, day=3, month=12)
    request_extension(appeal, due_at=wished, reason="等维修", by=stage.teacher, at=at(14))
    approve_extension(given.fresh(appeal), due_at=wished, by=stage.principal, at=at(15))
    appeal = given.fresh(appeal)
    assert (appeal.due_at, appeal.outer_due_at) == (wished, at(17, day=4, month=12))


def test_an_extension_never_passes_a_senders_date(stage):
    appeal = given.handled(stage, channel="hotline", external_ref="R-1", outer_due_at=at(12, day=30))
    with pytest.raises(NotPossible, match="不能超过来件单位的期限"):
        request_extension(appeal, due_at=at(17, day=1, month=12), reason="等维修", by=stage.teacher, at=at(14))


def test_before_there_is_an_answer_to_extend_there_is_no_extension(stage):
    assert clocks.latest_extension(given.registered(stage)) is None


def test_a_part_split_off_inherits_receipt_and_a_senders_date(stage):
    appeal = given.registered(
        stage, channel="hotline", external_ref="R-2", outer_due_at=at(12, day=30), items=["换座位", "换黑板"]
    )
    items = list(appeal.items.values_list("pk", flat=True))
    part = split(appeal, items=items[1:], title="黑板反光", reason="两件事", by=stage.dispatcher, at=at(11))
    assert given.fresh(part).outer_due_at == at(12, day=30)
    own = given.registered(stage, items=["换座位", "换黑板"])
    items = list(own.items.values_list("pk", flat=True))
    part = split(own, items=items[1:], title="黑板反光", reason="两件事", by=stage.dispatcher, at=at(11))
    assert given.fresh(part).outer_due_at == own.outer_due_at
    outer = Clock.objects.get(appeal=part, kind=K.OUTER)
    assert not outer.explanation["fixed"]


def test_imported_history_is_never_on_the_ladder(stage):
    appeal = given.registered(stage, is_imported=True)
    assert not Clock.objects.filter(appeal=appeal, next_step_at__isnull=False).exists()


def test_a_clock_says_shortly_what_made_its_date(stage):
    appeal = given.dispatched(stage)
    said = Clock.objects.get(appeal=appeal, kind=K.ANSWER).explanation
    assert (said["value"], said["unit"], said["source"]) == (3, "WD", "本系统默认（设）")


def test_every_date_can_be_opened(stage):
    appeal = given.dispatched(stage)
    opened = {state.kind: explanation for state, explanation in clocks.explain(appeal)}
    assert opened[K.ANSWER].due == "到期：11月27日（周五）17:00"
    assert len(opened[K.ANSWER].days) == 3
    assert [one.kind for one in clocks.states_of(appeal)] == list(opened)


def test_what_ships_is_seeded_once(stage):
    rulebook.seed(since=date(2004, 1, 1))
    rulebook.seed(since=date(2004, 1, 1))
    assert (Limit.objects.count(), LadderStep.objects.count()) == (len(SHIPPED), 6)
    assert given.dispatched(stage).due_at == at(17, day=27)


def test_a_new_limit_holds_for_appeals_born_from_its_day_on(stage):
    calendars.seed_national(at=at(8))
    rulebook.seed(since=date(2004, 1, 1))
    old = given.registered(stage, received_at=at(9, day=23))
    fact = LimitFact(K.ANSWER, WorkingDays(2), kind=AppealKind.HELP, source="县教育惠民服务中心〔2026〕3号")
    rulebook.follow(fact, on=date(2026, 11, 24))
    given.dispatch(old, lead=stage.units["class"], by=stage.dispatcher, at=at(11))
    new = given.dispatched(stage)
    assert (given.fresh(old).due_at, new.due_at) == (at(17, day=27), at(17, day=26))
    closed_row = Limit.objects.get(step=K.ANSWER, kind=AppealKind.HELP, value=3)
    assert closed_row.valid_to == date(2026, 11, 23)


def test_a_limit_no_calendar_reaches_is_refused(stage):
    with pytest.raises(BadLimit):
        rulebook.follow(LimitFact(K.ANSWER, WorkingDays(10_000)), on=date(2026, 11, 24))


def test_in_an_unknown_year_the_dates_are_provisional(stage):
    appeal = given.registered(stage, received_at=at(10, day=31, month=12))
    assert (appeal.outer_due_at, appeal.provisional) == (at(17, day=8, month=1, year=2027), True)


def test_the_explanation_of_a_moved_date_names_what_moved_it(stage):
    appeal = ask_and_pause(given.handled(stage, kind=AppealKind.INQUIRY), stage)
    said = Clock.objects.get(appeal=appeal, kind=K.ANSWER).explanation
    assert said["moved"][0][:2] == ["hold", at(13).isoformat()]
    assert appeal.due_at > at(17, day=25) + timedelta(days=1)
