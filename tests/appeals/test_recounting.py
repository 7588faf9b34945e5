"""A corrected calendar: what moves is shown, moved, logged, and told only where it was promised."""

from datetime import date, datetime, time

from django.db import connection

from huying.appeals import clocks
from huying.appeals.due import recounting
from huying.appeals.models import Appeal, Clock, DateMove
from huying.channels.models import Letter
from huying.people import calendars
from huying.rules import notices
from huying.rules.enums import ClockKind
from huying.rules.workdays import DayFact
from tests import given
from tests.cast import Stage, at

NOTICE = "一、元旦：1月1日至3日放假调休，共3天。\n二、春节：2月5日至12日放假。1月9日（周六）上班。"
NEW_YEARS_EVE = {"received_at": at(10, day=31, month=12)}


def notice(text: str = NOTICE) -> notices.Notice:
    return notices.read_text(text, year=2027, source="通知")


def provisional(stage: Stage) -> Appeal:
    """Received on 31 December 2026: 4 5 6 7 8 January, or as the notice will say."""
    calendars.seed_national(at=at(8))
    appeal = given.registered(stage, **NEW_YEARS_EVE)
    assert (appeal.outer_due_at, appeal.provisional) == (at(17, day=8, month=1, year=2027), True)
    return appeal


def test_a_notice_that_moves_nothing_makes_the_date_firm_and_tells_nobody(stage):
    appeal = provisional(stage)
    done = recounting.confirm_year(notice(), source="通知", at=at(9, month=12))
    assert (done.seen, done.moves) == (1, ())
    appeal = given.fresh(appeal)
    assert (appeal.outer_due_at, appeal.provisional) == (at(17, day=8, month=1, year=2027), False)
    assert not Letter.objects.filter(kind="date_moved").exists()


MOVING = NOTICE.replace("1月1日至3日", "1月1日至4日").replace("共3天", "共4天")


def test_a_notice_that_moves_a_promise_is_logged_and_told_once(stage):
    appeal = provisional(stage)
    done = recounting.confirm_year(notice(MOVING), source="通知", at=at(9, month=12))
    assert [(one.kind, one.is_promise) for one in done.moves] == [(ClockKind.OUTER, True)]
    appeal = given.fresh(appeal)
    assert appeal.outer_due_at == at(17, day=9, month=1, year=2027)  # the 4th is off, Saturday the 9th is worked
    move = DateMove.objects.get(appeal=appeal)
    assert (move.old_due_at, move.new_due_at) == (at(17, day=8, month=1, year=2027), appeal.outer_due_at)
    letter = Letter.objects.get(kind="date_moved")
    assert (letter.post, letter.appeal) == ("appellant", appeal.pk)
    assert recounting.confirm_year(notice(MOVING), source="通知", at=at(10, month=12)).moves == ()


def test_what_would_move_is_shown_before_anything_is_written(stage):
    appeal = provisional(stage)
    seen = recounting.foresee_year(notice(MOVING), source="通知", at=at(9, month=12))
    assert [(one.number, one.old_due_at, one.new_due_at) for one in seen.moves] == [
        (appeal.number, at(17, day=8, month=1, year=2027), at(17, day=9, month=1, year=2027))
    ]
    assert given.fresh(appeal).provisional
    assert calendars.known_years()[-1] == 2026


def test_whoever_looks_ahead_writes_nothing_while_they_count(stage, monkeypatch):
    provisional(stage)
    depth = []
    counted = recounting._moves
    monkeypatch.setattr(recounting, "_moves", lambda *of: depth.append(len(connection.savepoint_ids)) or counted(*of))
    outside = len(connection.savepoint_ids)
    recounting.foresee_year(notice(MOVING), source="通知", at=at(9, month=12))
    assert depth == [outside]


def test_a_preview_counts_the_schools_own_days_too(stage):
    calendars.seed_national(at=at(8))
    closed = DayFact(date(2027, 1, 5), is_workday=False, name="校运会")
    calendars.set_days(stage.units["school"], [closed], source="学校通知", at=at(8))
    appeal = given.dispatched(stage, **NEW_YEARS_EVE)
    seen = {
        one.kind: one.new_due_at
        for one in recounting.foresee_year(notice(MOVING), source="通知", at=at(9, month=12)).moves
    }
    recounting.confirm_year(notice(MOVING), source="通知", at=at(9, month=12))
    rows = Clock.objects.filter(appeal=appeal, kind__in=list(seen))
    assert {one.kind: one.due_at for one in rows} == seen


def test_an_inner_date_that_moves_is_logged_and_not_told(stage):
    calendars.seed_national(at=at(8))
    appeal = given.dispatched(stage)  # answer due on Friday the 27th
    closed = DayFact(date(2026, 11, 26), is_workday=False, name="停水停课")
    done = recounting.set_days(stage.units["school"], [closed], source="学校通知", at=at(12))
    kinds = {one.kind for one in done.moves}
    assert (ClockKind.ANSWER in kinds, ClockKind.OUTER in kinds) == (True, False)
    assert given.fresh(appeal).due_at == at(17, day=30)
    assert not Letter.objects.filter(kind="date_moved").exists()


def test_another_schools_closed_day_moves_nothing_here(stage):
    given.dispatched(stage)
    closed = DayFact(date(2026, 11, 26), is_workday=False, name="停课")
    assert recounting.set_days(stage.units["other_school"], [closed], source="通知", at=at(12)).moves == ()


def test_hours_may_change_for_open_appeals(stage):
    appeal = given.dispatched(stage)  # the answer is due on Friday the 27th
    school, friday = stage.units["school"], date(2026, 11, 27)
    done = recounting.after_change(
        lambda: calendars.set_hours(school, friday, [(time(8), time(12))], source="家长会", at=at(18)),
        unit=school,
        since=friday,
        at=at(18),
    )
    assert [(one.kind, one.new_due_at) for one in done.moves] == [(ClockKind.ANSWER, at(12, day=27))]
    assert given.fresh(appeal).due_at == at(12, day=27)


def due_by_kind(appeal: Appeal) -> dict[str, datetime]:
    return dict(Clock.objects.filter(appeal=appeal).values_list("kind", "due_at"))


def test_later_weekly_hours_move_neither_a_date_that_passed_nor_a_clock_that_stopped(stage):
    appeal = given.dispatched(stage)
    school, monday = stage.units["school"], date(2026, 11, 30)
    before = due_by_kind(appeal)
    evenings = {weekday: [(time(8), time(21))] for weekday in range(5)}
    recounting.after_change(
        lambda: calendars.set_week(school, evenings, starts_on=monday, source="作息", at=at(18, day=27)),
        unit=school,
        since=monday,
        at=at(18, day=27),
    )
    clocks.sync(given.fresh(appeal), at=at(18, day=27))
    after = due_by_kind(appeal)
    assert after[ClockKind.ANSWER] == before[ClockKind.ANSWER] == at(17, day=27)
    assert {kind: due for kind, due in before.items() if due <= at(18, day=27)}.items() <= after.items()


def test_what_is_finished_keeps_its_dates(stage):
    calendars.seed_national(at=at(8))
    given.closed(stage)
    Clock.objects.filter(stopped_at__isnull=True).delete()
    assert recounting.recount(since=date(2026, 11, 1), calendar=calendars.of_unit(None), at=at(18)).seen == 0
