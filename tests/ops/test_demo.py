"""澄川县 loads once, in every state, through the real actions; a real organisation is never touched."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from huying.appeals import facts, queries
from huying.appeals.models import StandingApproval
from huying.ops import founding
from huying.ops.demo import loading, stories
from huying.people import queries as people
from huying.people.models import Account
from huying.rules import history
from huying.rules.actors import TIMER
from huying.rules.enums import AppealKind, PostKind, State, TextKind


@pytest.fixture
def mark(own_database):
    yield Path(settings.DEMO_MARK)
    Path(settings.DEMO_MARK).unlink(missing_ok=True)


def test_a_small_demo_stands_in_its_states_and_a_second_start_keeps_it(mark, monkeypatch):
    monkeypatch.setattr(stories, "HOW_MANY", 30)
    now = timezone.now()
    sheet = loading.load(now=now)
    states = loading.states()
    assert (sheet.appeals, 290 <= sheet.people <= 310, len(sheet.accounts)) == (48, True, 13)
    assert states[State.CLOSED] and states[State.RECEIVED] and states[State.ANSWERED]
    assert loading.load(now=now + timedelta(hours=1)) == sheet
    assert Account.objects.count() == len(PostKind)


def test_every_row_says_what_its_events_say(mark, monkeypatch):
    monkeypatch.setattr(stories, "HOW_MANY", 12)
    loading.load(now=timezone.now())
    for appeal in queries.visible_to(TIMER):
        past = history.replay(facts.step_of(event) for event in appeal.events.all())
        assert (past.state, past.flags) == (appeal.state, appeal.flag_set)


def test_a_report_of_the_demo_was_opened_by_who_summed_it_up_and_shows_no_word_in_its_summary(mark, monkeypatch):
    monkeypatch.setattr(stories, "HOW_MANY", 60)
    now = timezone.now()
    loading.load(now=now)
    reports = list(queries.visible_to(TIMER).filter(kind=AppealKind.REPORT).exclude(lead_unit=None))
    assert reports
    for appeal in reports:
        past = facts.of(appeal, at=now).history
        assert past.dispatched_by in past.readers
        assert appeal.texts.filter(kind=TextKind.SUMMARY).last().body == "反映一名教师在校外有偿补课。"


def test_in_every_school_the_head_has_signed_for_the_callers(mark, monkeypatch):
    monkeypatch.setattr(stories, "HOW_MANY", 5)
    now = timezone.now()
    loading.load(now=now)
    signed = StandingApproval.objects.filter(post=PostKind.CALLER, signed_by__isnull=False)
    assert signed.count() == people.schools().count() > 0
    assert signed.exclude(proposed_by=F("signed_by")).count() == signed.count()


def test_a_real_organisation_is_never_touched(own_database):
    now = timezone.now()
    founding.prepare(at=now)
    founding.found(school="澄川县柳湾小学", code="lw", at=now, on=timezone.localdate())
    with pytest.raises(loading.NotADemo, match="正式的单位"):
        loading.load(now=now)
