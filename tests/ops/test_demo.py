"""澄川县 loads once, in every state, through the real actions; a real organisation is never touched."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from huying.appeals import facts, queries
from huying.ops import founding
from huying.ops.demo import loading, stories
from huying.people.models import Account
from huying.rules import history
from huying.rules.actors import TIMER
from huying.rules.enums import PostKind, State


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


def test_a_real_organisation_is_never_touched(own_database):
    now = timezone.now()
    founding.prepare(at=now)
    founding.found(school="澄川县柳湾小学", code="lw", at=now, on=timezone.localdate())
    with pytest.raises(loading.NotADemo, match="正式的单位"):
        loading.load(now=now)
