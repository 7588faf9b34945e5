"""Whatever is changed behind the house's back is found by looking the whole ledger over."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from huying.appeals import append_only, receipts, sealing, seals, verifying
from huying.appeals.actions.join import join
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.appeals.models import Appeal, Event, NumberSequence, Receipt, Seal, SealEntry, Text
from huying.appeals.verifying import Counted
from huying.channels import inbox
from huying.channels.models import Channel, Letter
from huying.rules.seals import NotASeal
from tests import cast, given
from tests.appeals import town
from tests.cast import at

EDITOR = SimpleNamespace(connection=connection)
LATER = at(18)


def faults(**brought) -> list[tuple[str, int, str]]:
    return [(one.number, one.sequence, one.why) for one in verifying.faults(Counted(), **brought)]


@pytest.fixture
def unlocked(stage):
    """Someone who owns the database has taken the triggers off."""
    append_only.lift(None, EDITOR)
    return stage


def written() -> Appeal:
    """Somebody who owns the database has taken the triggers off two appeals; beside them lies what a row may name."""
    append_only.lift(None, EDITOR)
    stage = cast.enter()
    given.registered(stage)
    appeal = given.answered(stage)
    inbox.keep(Channel.objects.first(), external_ref="R1", at=at(9), raw={})
    Receipt.objects.create(digest="e" * 64, key="00000000")
    return appeal


@pytest.fixture
def open_ledger(db, worlds):
    with worlds.on(written) as appeal:
        yield appeal


def sealed(stage) -> tuple[Appeal, list]:
    """An answered appeal, another beside it, and today's seals in a file outside."""
    appeal = given.answered(stage)
    given.dispatched(stage)
    made = seals.make_now(at=LATER)
    return appeal, sealing.read(json.loads(json.dumps(seals.as_file(made, at=LATER))))


def test_nothing_is_found_where_nothing_was_changed(stage):
    town.built(stage)
    seals.make_due(at=LATER)
    assert faults() == []


def test_an_empty_database_is_untouched(stage):
    assert faults() == []
    assert seals.make_due(at=LATER) == 0


OTHER = {
    "AutoField": 99, "BigAutoField": 999_999, "BooleanField": "not", "PositiveIntegerField": 77,
    "CharField": "x1", "DateTimeField": at(3, day=1), "JSONField": {"texts": []},
}  # fmt: skip
OWN = {
    "appeals_appeal": [one.column for one in Appeal._meta.concrete_fields if one.name != "id"],
    "appeals_event": [one.column for one in Event._meta.concrete_fields if one.name != "id"],
}


def another(model, column: str, pk: int):
    """A value of that column that is not the one that stands."""
    field = next(one for one in model._meta.concrete_fields if one.column == column)
    now = model.objects.filter(pk=pk).values_list(field.attname, flat=True).get()
    if field.is_relation:
        keys = field.related_model.objects.exclude(pk=now).values_list("pk", flat=True)
        return field.attname, keys.first()
    kind = field.get_internal_type()
    return field.attname, (not now) if kind == "BooleanField" else OTHER[kind]


@pytest.mark.parametrize("table, column", [(table, column) for table in OWN for column in OWN[table]])
def test_any_column_changed_by_sql_is_found(open_ledger, table, column):
    appeal = open_ledger
    model = Appeal if table == "appeals_appeal" else Event
    pk = appeal.pk if model is Appeal else Event.objects.get(appeal=appeal, sequence=3).pk
    name, value = another(model, column, pk)
    if value is None:
        pytest.fail(f"nothing else to put into {column}")
    model.objects.filter(pk=pk).update(**{name: value})
    assert faults() != []


@pytest.mark.parametrize("kind", ["verbatim", "reply"])
@pytest.mark.parametrize("spoil", [{"body": "别的话"}, {"salt": b"0" * 16}, {"salt": b""}, {"kind": "note"}])
def test_any_words_changed_are_found(open_ledger, kind, spoil):
    appeal = open_ledger
    text = Text.objects.filter(appeal=appeal, kind=kind).first()
    Text.objects.filter(pk=text.pk).update(**spoil)
    assert faults() == [(appeal.number, text.event.sequence, faults()[0][2])]


def test_words_taken_out_or_put_in_are_found(unlocked):
    appeal = given.answered(unlocked)
    text = Text.objects.get(appeal=appeal, kind="reply")
    text.pk = None
    text.save()
    assert len(faults()) == 1
    Text.objects.filter(appeal=appeal, kind="reply").delete()
    assert len(faults()) == 1


def test_the_heir_of_a_withdrawn_main_appeal_is_known(stage):
    main, heir, voice = given.dispatched(stage), given.registered(stage), given.registered(stage)
    join(heir, main=main, reason="同一件事", by=stage.dispatcher, at=at(12))
    join(voice, main=given.fresh(main), reason="同一件事", by=stage.dispatcher, at=at(12, 5))
    withdraw(given.fresh(main), reason="不用了", by=stage.holding(main), at=at(13))
    take_effect(given.fresh(main), at=at(13, day=27))
    assert given.fresh(voice).joined_into_id == heir.pk
    assert faults() == []
    Appeal.objects.filter(pk=voice.pk).update(joined_into=voice)
    assert [one[0] for one in faults()] == [voice.number]


def test_a_whole_appeal_taken_out_is_found_by_numbers_and_by_the_seal_outside(unlocked):
    appeal, outside = sealed(unlocked)
    wipe(appeal)
    assert appeal.number in {one[0] for one in faults()}
    assert (appeal.number, 6, "外面的封存里有这件诉求，这里没有了") in [
        (one[0], 6, one[2]) for one in faults(outside=outside)
    ]


def wipe(appeal: Appeal) -> None:
    """Everything of an appeal is gone, as one who knows the tables would do it."""
    off, on = {
        "postgresql": ("SET CONSTRAINTS ALL DEFERRED", "SELECT 1"),
        "sqlite": ("PRAGMA defer_foreign_keys = ON", "SELECT 1"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        for model in reversed(list(RELATED)):
            cursor.execute(f"DELETE FROM {model} WHERE appeal_id = %s", [appeal.pk])
        cursor.execute("DELETE FROM appeals_appeal WHERE id = %s", [appeal.pk])
        cursor.execute(on)


RELATED = (
    "appeals_event", "appeals_text", "appeals_requestitem", "appeals_subject", "appeals_attachment",
    "appeals_assistingunit", "appeals_ladderentry", "appeals_clock", "appeals_identity", "appeals_searchentry",
    "appeals_sealentry", "appeals_datemove",
)  # fmt: skip


def test_a_whole_past_written_anew_is_found_by_the_seal_outside(unlocked):
    appeal, outside = sealed(unlocked)
    SealEntry.objects.all().delete()
    Seal.objects.all().delete()
    wipe(appeal)
    NumberSequence.objects.update(last=1)
    Appeal.objects.exclude(pk=appeal.pk).update(number=appeal.number)
    assert faults(outside=outside) != []


def test_a_seal_that_only_the_outside_knows_is_found(unlocked):
    _, outside = sealed(unlocked)
    SealEntry.objects.all().delete()
    Seal.objects.all().delete()
    assert [one[2] for one in faults(outside=outside)] == ["外面存的这次封存，这里没有：可能恢复了旧备份"]


@pytest.mark.parametrize("column, value", [("head", "0" * 64), ("sequence", 1), ("number", "2026-0009")])
def test_an_entry_of_a_seal_changed_is_found(unlocked, column, value):
    appeal, _ = sealed(unlocked)
    SealEntry.objects.filter(appeal=appeal).update(**{column: value})
    assert faults() != []


@pytest.mark.parametrize(
    "column, value",
    [("sequence", 5), ("digest", "0" * 64), ("signature", "AAAA"), ("key", "00000000"), ("on", "2026-11-01")],
)
def test_a_seal_changed_is_found(unlocked, column, value):
    sealed(unlocked)
    Seal.objects.update(**{column: value})
    assert faults() != []


def test_a_seal_is_made_once_a_day_and_told_to_both_outside_addresses(stage, settings):
    settings.SEAL_ADDRESSES = ["a@example.org", "b@example.org"]
    given.answered(stage)
    assert seals.make_due(at=LATER) == 1
    assert seals.make_due(at=LATER + timedelta(hours=1)) == 0
    assert seals.make_due(at=LATER + timedelta(days=1)) == 1
    told = Letter.objects.filter(kind="seal").order_by("pk")
    assert [one.data["to"] for one in told] == ["a@example.org", "b@example.org"] * 2
    assert json.loads(told[0].data["text"])["statement"]["sequence"] == 1


def test_a_second_seal_of_a_day_is_made_only_when_something_moved(stage):
    given.answered(stage)
    first = seals.make_now(at=LATER)
    assert seals.make_now(at=LATER + timedelta(minutes=1)) == first
    given.registered(stage)
    [second] = seals.make_now(at=LATER + timedelta(minutes=2))
    assert (second.sequence, second.statement["prev"], second.entries.count()) == (2, first[0].digest, 1)
    assert faults() == []


def test_a_receipt_holds_now_and_after_the_seal_and_is_found_out_when_altered(stage):
    appeal = given.registered(stage)
    plain = receipts.read(json.loads(json.dumps(receipts.with_path(appeal))))
    assert "sealed" not in plain and faults(receipt=plain) == []
    given.registered(stage)
    seals.make_due(at=LATER)
    full = receipts.read(json.loads(json.dumps(receipts.with_path(given.fresh(appeal)))))
    assert faults(receipt=full) == []
    forged = {**full, "statement": {**full["statement"], "number": "2026-0002"}}
    assert faults(receipt=forged)[0][0] == "2026-0002"
    bent = {**full, "sealed": {**full["sealed"], "path": [["left", "0" * 64]]}}
    assert faults(receipt=bent) == [(appeal.number, 1, "凭证和它说的封存对不上")]


def test_the_receipt_of_an_appeal_taken_out_is_found(unlocked):
    appeal = given.registered(unlocked)
    receipt = {**receipts.of(appeal)}
    wipe(appeal)
    NumberSequence.objects.all().delete()
    assert faults(receipt=receipt) == [(appeal.number, 1, "家长手里有凭证，这里没有这件诉求")]


@pytest.mark.parametrize("said", [None, [], {}, {"kind": "huying seals"}, {"kind": "huying seals", "seals": [1]}, 7])
def test_what_is_no_seal_is_said_to_be_none(said):
    with pytest.raises(NotASeal):
        sealing.read(said)
    with pytest.raises(NotASeal):
        receipts.read(said)


def test_a_value_that_no_column_can_hold_is_found_and_the_rest_is_still_looked_over(unlocked):
    appeal, other = given.answered(unlocked), given.answered(unlocked)
    at_all = "nonsense" if connection.vendor == "sqlite" else "2020-01-01 00:00+08"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE appeals_event SET at = %s WHERE appeal_id = %s", [at_all, appeal.pk])
    Text.objects.filter(appeal=other, kind="reply").update(body="别的话")
    assert [one[0] for one in faults()] == [appeal.number, other.number]
