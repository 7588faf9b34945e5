"""The ledger only grows, and whatever is changed in it behind the house's back is found."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from huying.appeals import append_only, queries, steps
from huying.appeals.models import Appeal, Event, ReadRecord, Text
from huying.rules import chain, history
from huying.rules.chain import Break, Recorded
from huying.rules.enums import Flag
from tests import given
from tests.appeals import town
from tests.cast import at

# SQLite opens no editor of its own inside the transaction of a test; the triggers need only its connection.
EDITOR = SimpleNamespace(connection=connection)


def told(appeal: Appeal) -> list[Recorded]:
    organisation, number = appeal.organisation.code, appeal.number
    events = Event.objects.filter(appeal=appeal).order_by("sequence")
    return [Recorded(steps.as_fact(event, organisation=organisation, number=number), event.digest) for event in events]


def broken(appeal: Appeal) -> Break | None:
    return chain.first_break(told(appeal), organisation=appeal.organisation.code, number=appeal.number)


@pytest.fixture
def unlocked(stage):
    """Someone who owns the database has taken the triggers off."""
    append_only.lift(None, EDITOR)
    return stage


def test_every_chain_holds_and_every_row_is_what_its_events_say(stage):
    for name, appeal in town.built(stage).items():
        past = history.replay(steps.facts.step_of(event) for event in appeal.events.order_by("sequence"))
        assert broken(appeal) is None, name
        assert (past.state, past.flags, past.round) == (appeal.state, appeal.flag_set, appeal.round), name


@pytest.mark.parametrize("model", [Event, ReadRecord])
def test_neither_events_nor_reads_are_changed_or_deleted(stage, model):
    appeal = given.handled(stage)
    queries.record_read(appeal, by=stage.dispatcher, page="case", at=at(13))
    row = model.objects.filter(appeal=appeal).last()
    for spoil in (
        lambda: model.objects.filter(pk=row.pk).update(at=at(8)),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: row.save(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            spoil()
    assert model.objects.filter(pk=row.pk).exists()


def test_who_leaves_no_account_leaves_no_read(stage):
    appeal = given.handled(stage)
    queries.record_read(appeal, by=stage.holding(appeal), page="progress", at=at(13))
    assert not ReadRecord.objects.exists()


TAMPERED = {
    "action": "close",
    "at": at(8),
    "actor_kind": "timer",
    "account_id": None,
    "person_id": None,
    "post": "principal",
    "unit_id": None,
    "from_state": "answered",
    "to_state": "closed",
    "flags": "safety",
    "row": "0" * 64,
    "dates": "0" * 64,
    "data": {"reached": False, "texts": []},
    "prev": "0" * 64,
    "digest": "f" * 64,
    "sequence": 9,
}


@pytest.mark.parametrize("column", TAMPERED)
def test_any_column_changed_behind_our_back_is_found(unlocked, column):
    appeal = given.answered(unlocked)
    Event.objects.filter(appeal=appeal, sequence=4).update(**{column: TAMPERED[column]})
    assert broken(appeal) is not None


def test_the_columns_of_that_test_are_all_there_are():
    own = {field.attname for field in Event._meta.concrete_fields} - {"id"}
    assert own == set(TAMPERED) | {"appeal_id"}


def test_an_event_moved_to_another_appeal_is_found_in_both(unlocked):
    one, other = given.answered(unlocked), given.dispatched(unlocked)
    Event.objects.filter(appeal=one, sequence=4).update(appeal=other, sequence=3)
    assert broken(one) is not None
    assert broken(other) is not None


@pytest.mark.parametrize("sequence", [1, 3])
def test_an_event_taken_out_is_found(unlocked, sequence):
    appeal = given.answered(unlocked)
    Text.objects.filter(event__appeal=appeal, event__sequence=sequence).update(event=None)
    Event.objects.filter(appeal=appeal, sequence=sequence).delete()
    assert broken(appeal) is not None


def test_another_number_or_organisation_is_found(unlocked):
    appeal = given.answered(unlocked)
    appeal.number = "2026-0999"
    assert broken(appeal).sequence == 1


def test_a_changed_text_no_longer_has_the_digest_in_its_event(unlocked):
    appeal = given.answered(unlocked)
    reply = Text.objects.get(appeal=appeal, kind="reply")
    digests = [digest for _, digest in reply.event.data["texts"]]
    assert chain.text_digest(bytes(reply.salt), reply.body) in digests
    assert chain.text_digest(bytes(reply.salt), reply.body + "。") not in digests


def test_an_erased_text_leaves_the_chain_whole(stage):
    appeal = given.answered(stage)
    Text.objects.filter(appeal=appeal, kind="note").delete()
    assert broken(appeal) is None


def test_the_triggers_can_be_lifted_and_set_again(unlocked):
    each = 3 if connection.vendor == "postgresql" else 2
    assert len(append_only.missing(connection)) == len(append_only.TABLES) * each
    append_only.apply(None, EDITOR)
    assert append_only.missing(connection) == []


def test_flags_of_the_row_and_of_the_last_event_are_one(stage):
    appeal = town.watched(stage)
    flags = appeal.events.order_by("-sequence").first().flags
    assert flags == "escalated safety supervised"
    assert given.fresh(appeal).flag_set == {Flag(word) for word in flags.split()}
