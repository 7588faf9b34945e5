"""The ladder climbed: once a step, in order, whoever has it in hand, past every empty post up to the county."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from huying.appeals.actions.assign import assign
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.record_report import record_report
from huying.appeals.due import ladder
from huying.appeals.models import Appeal, Clock, LadderEntry
from huying.channels.models import Letter
from huying.people.models import Post
from huying.rules import escalation
from huying.rules.enums import AppealKind, ClockKind, Colour, LimitUnit, PostKind, RedLine, Rung
from huying.rules.escalation import LadderFact
from tests import given
from tests.cast import Stage, at

K = ClockKind


def entries(appeal: Appeal, kind: ClockKind) -> list[tuple[int, str, str]]:
    rows = LadderEntry.objects.filter(appeal=appeal, clock__kind=kind).order_by("rung")
    return [(one.rung, one.tells, f"{one.unit}.{one.post}" if one.person is None else f"p{one.person}") for one in rows]


def post_of(stage: Stage, unit: str, kind: PostKind) -> str:
    return f"{stage.units[unit].pk}.{kind}"


def empty(stage: Stage, name: str) -> None:
    Post.objects.filter(person=stage.person(name)).update(ends_on=date(2026, 11, 1))


def digests() -> Counter[str]:
    rows = Letter.objects.filter(kind="due_digest")
    return Counter(f"{one.unit_id}.{one.post}" if one.person_id is None else f"p{one.person_id}" for one in rows)


def test_nothing_due_costs_one_read(stage, django_assert_num_queries):
    given.handled(stage)
    with django_assert_num_queries(1):
        assert ladder.climb(at=at(12)) == 0


def test_an_answer_that_does_not_come_climbs_to_the_county(stage):
    appeal = given.contacted(stage)  # a call for help, answer due on Friday the 27th at 17:00
    worker = f"p{stage.person('teacher').pk}"
    for moment, steps in (
        (at(16, 59, day=26), []),
        (at(17, day=26), [(1, Rung.WORKER, worker)]),
        (at(8, day=30), [(2, Rung.HEAD, post_of(stage, "class", PostKind.CLASS_TEACHER))]),
        (at(8, day=1, month=12), [(3, Rung.PRINCIPAL, post_of(stage, "school", PostKind.PRINCIPAL))]),
        (at(8, day=3, month=12), [(4, Rung.COUNTY, post_of(stage, "county", PostKind.COUNTY_SUPERVISOR))]),
    ):
        before = entries(appeal, K.ANSWER)
        ladder.climb(at=moment)
        assert entries(appeal, K.ANSWER) == [*before, *steps]
    assert Clock.objects.get(appeal=appeal, kind=K.ANSWER).next_step_at is None


def test_a_second_run_at_the_same_moment_does_nothing(stage):
    given.contacted(stage)
    assert ladder.climb(at=at(8, day=30)) > 0
    before = (LadderEntry.objects.count(), Letter.objects.count())
    assert ladder.climb(at=at(8, day=30)) == 0
    assert (LadderEntry.objects.count(), Letter.objects.count()) == before


def test_after_a_week_switched_off_the_steps_are_caught_up_in_order_without_a_flood(stage):
    for _ in range(3):
        given.contacted(stage)
    ladder.climb(at=at(9, day=10, month=12))
    times = list(LadderEntry.objects.filter(clock__kind=K.ANSWER).order_by("id").values_list("clock", "rung"))
    assert [rung for _, rung in times] == [1, 2, 3, 4] * 3
    assert set(digests().values()) == {1}  # one letter a recipient, whatever there was to say


def test_one_digest_a_recipient_and_hour(stage):
    given.contacted(stage)
    ladder.climb(at=at(17, day=26))
    given.contacted(stage)
    ladder.climb(at=at(17, 30, day=26))
    worker = f"p{stage.person('teacher').pk}"
    assert digests()[worker] == 1
    given.contacted(stage)
    ladder.climb(at=at(18, day=26))
    assert digests()[worker] == 2


def test_an_unassigned_appeal_climbs_like_any_other(stage):
    appeal = given.registered(stage)
    ladder.climb(at=at(8, day=25))
    assert entries(appeal, K.TRIAGE) == [(2, Rung.HEAD, post_of(stage, "school", PostKind.PRINCIPAL))]
    ladder.climb(at=at(17, day=30))
    assert [one[0] for one in entries(appeal, K.TRIAGE)] == [2, 3, 4]
    assert entries(appeal, K.OUTER) == [(1, Rung.WORKER, post_of(stage, "school", PostKind.DISPATCHER))]


def test_an_unsigned_appeal_climbs_like_any_other(stage):
    appeal = given.dispatched(stage)
    ladder.climb(at=at(8, day=25))
    assert entries(appeal, K.ACKNOWLEDGE) == [(2, Rung.HEAD, post_of(stage, "class", PostKind.CLASS_TEACHER))]


def test_an_edited_appeal_climbs_like_any_other(stage):
    appeal = given.contacted(stage)
    assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(16, day=26))
    ladder.climb(at=at(17, day=26))
    assert [one[0] for one in entries(appeal, K.ANSWER)] == [1]


def test_an_empty_post_is_passed_over_upwards(stage):
    appeal = given.contacted(stage)
    empty(stage, "teacher")
    empty(stage, "grade_head")
    ladder.climb(at=at(8, day=30))
    assert entries(appeal, K.ANSWER)[1] == (2, Rung.HEAD, post_of(stage, "school", PostKind.PRINCIPAL))


def test_with_every_post_empty_it_still_reaches_the_top(stage):
    appeal = given.contacted(stage)
    Post.objects.update(ends_on=date(2026, 11, 1))
    ladder.climb(at=at(8, day=3, month=12))
    county = post_of(stage, "county", PostKind.COUNTY_SUPERVISOR)
    assert [one[2] for one in entries(appeal, K.ANSWER)][1:] == [county] * 3


def test_nobody_complained_about_is_ever_told(stage):
    appeal = given.complaint_about(stage, "teacher")
    given.dispatch(appeal, lead=stage.units["office"], summary="课堂用语", by=stage.dispatcher, at=at(11))
    Post.objects.filter(person=stage.person("office_head")).update(ends_on=date(2026, 11, 1))
    ladder.climb(at=at(8, day=10, month=12))
    told = set(LadderEntry.objects.filter(appeal=appeal).values_list("unit", "person"))
    assert (stage.units["class"].pk, None) not in told
    assert (None, stage.person("teacher").pk) not in told


def test_a_complaint_about_the_principal_passes_the_principal_by(stage):
    appeal = given.complaint_about(stage, "principal")
    ladder.climb(at=at(8, day=10, month=12))
    told = set(LadderEntry.objects.filter(appeal=appeal).values_list("unit", "post"))
    assert (stage.units["school"].pk, PostKind.PRINCIPAL.value) not in told
    assert (stage.units["county"].pk, PostKind.COUNTY_SUPERVISOR.value) in told


def test_a_worker_who_is_complained_about_is_not_warned(stage):
    appeal = given.contacted(stage)
    appeal.subjects.create(status="confirmed", person=stage.person("teacher"))
    ladder.climb(at=at(17, day=26))
    assert entries(appeal, K.ANSWER)[0][2] != f"p{stage.person('teacher').pk}"


def test_a_red_line_without_a_report_goes_to_the_top_within_the_hour_by_a_letter_of_its_own(stage):
    appeal = given.registered(stage)
    mark_safety(appeal, signal=RedLine.MISSING, by=stage.clerk, at=at(20))
    ladder.climb(at=at(20, 14))
    assert entries(appeal, K.REPORT_AT_ONCE) == []
    ladder.climb(at=at(20, 30))
    assert [one[1] for one in entries(appeal, K.REPORT_AT_ONCE)] == [Rung.PRINCIPAL, Rung.COUNTY]
    assert Letter.objects.filter(kind="red_line_due", appeal=appeal.pk).count() == 2


def test_a_report_that_was_made_silences_the_ladder(stage):
    appeal = given.registered(stage)
    mark_safety(appeal, signal=RedLine.MISSING, by=stage.clerk, at=at(20))
    record_report(given.fresh(appeal), reported_to="110", reported_at=at(20, 5), by=stage.principal, at=at(20, 5))
    ladder.climb(at=at(21))
    assert entries(appeal, K.REPORT_AT_ONCE) == []


def test_an_answer_that_came_silences_the_ladder(stage):
    appeal = given.delivered(stage)
    ladder.climb(at=at(8, day=3, month=12))
    assert entries(appeal, K.ANSWER) == []


def test_the_review_is_the_reviewers_affair(stage):
    appeal = given.answered(stage)
    ladder.climb(at=at(8, day=26))
    assert entries(appeal, K.REVIEW)[-1] == (2, Rung.HEAD, post_of(stage, "grade", PostKind.GRADE_HEAD))


def test_what_reached_the_county_is_watched_by_it_with_an_event(stage):
    appeal = given.contacted(stage)
    ladder.climb(at=at(8, day=3, month=12))
    assert ladder.hand_up(at=at(8, day=3, month=12)) >= 1
    appeal = given.fresh(appeal)
    assert appeal.escalated
    assert appeal.events.filter(action="escalate").count() == 1
    assert ladder.hand_up(at=at(8, day=3, month=12)) == 0


def test_what_was_finished_in_the_meantime_is_not_handed_up(stage):
    appeal = given.contacted(stage)
    ladder.climb(at=at(8, day=3, month=12))
    late = at(9, day=3, month=12)
    given.answer(appeal, draft=given.FULL, by=stage.teacher, at=late)
    given.approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=late)
    given.call_back(given.fresh(appeal), call=given.GOOD_CALL, by=stage.caller, at=late)
    given.close(given.fresh(appeal), closing=given.CLOSING, by=stage.dispatcher, at=late)
    assert ladder.hand_up(at=at(8, day=3, month=12)) == 0
    assert not LadderEntry.objects.filter(waits_for_escalation=True).exists()


def test_a_batch_is_taken_whole_or_in_parts_with_the_same_result(stage):
    for _ in range(5):
        given.contacted(stage)
    ladder.climb(at=at(8, day=3, month=12), batch=2)
    steps = Counter(LadderEntry.objects.filter(clock__kind=K.ANSWER).values_list("rung", flat=True))
    assert steps == {1: 5, 2: 5, 3: 5, 4: 5}


def test_an_edited_ladder_is_tried_on_the_past_before_it_is_in_force(stage):
    appeal = given.contacted(stage)
    stricter = (LadderFact(1, -2, Rung.HEAD, Colour.YELLOW), *escalation.SHIPPED[1:])
    found = ladder.rehearse(stricter, Appeal.objects.all(), since=at(8, day=25), until=at(18, day=25))
    assert [(row.appeal_id, row.kind, step.tells) for row, step in found] == [
        (appeal.pk, K.ANSWER, Rung.HEAD),
    ]
    assert not LadderEntry.objects.exists()


def test_an_urgent_step_may_come_after_minutes(stage):
    soon = (LadderFact(1, 30, Rung.DESK, Colour.NOTICE, unit=LimitUnit.MINUTES, from_start=True),)
    given.registered(stage)
    found = ladder.rehearse(soon, Appeal.objects.all(), since=at(8), until=at(12))
    assert {step.at for _, step in found} == {at(10, 42)}


def test_inquiries_of_one_day_are_warned_on_that_day(stage):
    appeal = given.contacted(stage, kind=AppealKind.INQUIRY)  # due on the 25th
    ladder.climb(at=at(17))
    assert [one[0] for one in entries(appeal, K.ANSWER)] == [1]


@pytest.mark.parametrize("moment", [datetime(2026, 11, 26, 9, tzinfo=timezone.get_fixed_timezone(0))])
def test_moments_are_moments_whatever_their_zone(stage, moment):
    appeal = given.contacted(stage)
    ladder.climb(at=moment)  # 09:00 UTC is 17:00 in China
    assert [one[0] for one in entries(appeal, K.ANSWER)] == [1]
    assert LadderEntry.objects.first().taken_at - moment == timedelta(0)
