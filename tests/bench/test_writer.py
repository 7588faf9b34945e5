"""The bulk writer writes what the real actions would have left: whole chains, rows and clocks that agree with them."""

import copy
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from bench import copies, sources, writer
from bench.rows import unwatched
from huying.appeals import clocks, facts, identities, ledger, queries, search
from huying.appeals.models import Appeal, Clock, Event, Identity, NumberSequence, SearchEntry, Text
from huying.rules.actors import TIMER
from huying.rules.enums import AppealKind, State
from tests import cast, given
from tests.cast import at

NOW = at(18)


def gathered() -> cast.Stage:
    """Three stories, made two hundred."""
    stage = cast.enter()
    given.closed(stage, received_at=at(9, day=3), channel="hotline", external_ref="R-1", contact=given_contact())
    given.registered(stage, kind=AppealKind.COMPLAINT, subjects=["王芳"], items=["换座位", "换黑板"])
    given.delivered(stage, lead="grade", by="grade_head", reviewer="principal")
    assert copies.fill(200, now=NOW) == 197
    return stage


@pytest.fixture
def crowd(db, worlds):
    with worlds.on(gathered) as stage:
        yield stage


def given_contact() -> identities.Contact:
    return identities.Contact(name="陈女士", phone="13900000001")


def test_so_many_stand_and_every_chain_holds(crowd):
    assert Appeal.objects.count() == 200
    assert list(ledger.breaks()) == []


def astray() -> list[str]:
    """table.column of every reference in the written tables that points to a row which is not there."""
    return [
        f"{model._meta.db_table}.{field.column}"
        for model in writer.MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and _points_nowhere(model, field)
    ]


def _points_nowhere(model: type[models.Model], field: models.ForeignKey) -> bool:
    there = field.related_model.objects.filter(**{field.target_field.attname: OuterRef(field.attname)})
    return model.objects.filter(~Exists(there), **{f"{field.attname}__isnull": False}).exists()


def test_no_row_points_to_one_that_is_not_there(crowd):
    assert astray() == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_reference_that_leads_nowhere_would_be_found(crowd):
    with transaction.atomic():
        with unwatched():
            Clock.objects.filter(pk=Clock.objects.first().pk).update(appeal_id=10**9)
        found = astray()
        transaction.set_rollback(True)
    assert found == ["appeals_clock.appeal_id"]


def test_a_second_call_adds_nothing(crowd):
    assert copies.fill(200, now=NOW) == 0
    assert Appeal.objects.count() == 200


def test_every_row_says_what_a_replay_of_its_events_says(crowd):
    for appeal in Appeal.objects.select_related(*facts.NEEDED):
        case = facts.of(appeal, at=NOW)
        assert (case.state, case.flags) == (State(appeal.state), appeal.flag_set)
        counted = clocks.count(appeal, facts.record_of(appeal).steps)
        assert counted.changes(appeal) == {}
        told = {(one.kind, one.started_at, one.due_at, one.stopped_at) for one in Clock.objects.filter(appeal=appeal)}
        assert told == {(one.kind, one.started_at, one.due.at, one.stopped_at) for one in counted.states}


def test_half_are_open_today_and_the_others_lie_in_three_years(crowd):
    states = Counter(Appeal.objects.values_list("state", flat=True))
    assert states[State.CLOSED] == 100
    assert states[State.RECEIVED] + states[State.CALLBACK] == 100
    closed = Appeal.objects.filter(state=State.CLOSED).order_by("received_at")
    assert NOW - closed.first().received_at > timedelta(weeks=100)


def test_numbers_have_no_gap_and_the_next_one_follows(crowd):
    year = Appeal.objects.filter(number__startswith="2026", organisation=crowd.units["school"])
    last = NumberSequence.objects.get(organisation=crowd.units["school"], year=2026).last
    assert last == year.count()
    given.registered(crowd)
    assert NumberSequence.objects.get(organisation=crowd.units["school"], year=2026).last == last + 1


def test_a_copy_has_words_salts_and_an_identity_of_its_own(crowd):
    bodies = Text.objects.filter(kind="verbatim").values_list("body", flat=True)
    assert len(set(bodies)) > 190
    one = Appeal.objects.filter(identity__isnull=False).order_by("-pk").first()
    contact = identities.opened(one)
    assert (contact.name, identities.has_phone(one, contact.phone)) == ("陈女士", True)
    assert Identity.objects.values("sealed").distinct().count() == Identity.objects.count()


def test_the_index_holds_what_the_action_would_have_put_there(crowd):
    for appeal in Appeal.objects.order_by("-pk")[:20]:
        bodies = Text.objects.filter(appeal=appeal, kind__in=search.WORDS).order_by("pk")
        entry = search.entry_for(appeal, list(bodies.values_list("body", flat=True)))
        assert set(SearchEntry.objects.get(appeal=appeal).tokens.split()) == set(entry.split())
    newest = Appeal.objects.order_by("-pk").first()
    assert list(search.matching(queries.visible_to(TIMER), newest.number)) == [newest]


def test_a_copy_goes_on_through_the_real_actions(crowd):
    open_ones = Appeal.objects.filter(state=State.RECEIVED, kind=AppealKind.HELP).order_by("-pk")
    appeal = given.fresh(open_ones.first() or given.registered(crowd))
    given.dispatch(appeal, lead=crowd.units["class"], summary="座位", by=crowd.dispatcher, at=NOW)
    assert Event.objects.filter(appeal=appeal).order_by("-sequence").first().action == "dispatch"
    assert list(ledger.breaks()) == []


def test_moments_in_a_record_move_and_keep_their_spelling():
    said = {
        "due_at": "2026-11-24T08:00:00.000000Z",
        "tried_at": "2026-11-24T16:00:00+08:00",
        "note": "2026年",
        "n": [1],
    }
    assert sources.earlier(copy.deepcopy(said), timedelta(hours=1)) == {
        "due_at": "2026-11-24T07:00:00.000000Z",
        "tried_at": "2026-11-24T15:00:00+08:00",
        "note": "2026年",
        "n": [1],
    }
