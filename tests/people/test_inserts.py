"""A row written by a kept statement is the row Django would have written, on either database."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from huying.appeals.models import Identity, Receipt, SearchEntry, Text
from huying.channels.models import Letter
from huying.people.inserts import AT_ONCE, PreparedInsert
from tests import given
from tests.cast import at


def letter(key: str, **more) -> Letter:
    return Letter(key=key, kind="registered", data={"天": [1, None]}, written_at=at(10), next_try_at=None, **more)


def test_a_row_holds_what_django_would_have_written(stage):
    PreparedInsert(Letter).one(letter("ours"))
    letter("theirs").save(force_insert=True)
    ours, theirs = Letter.objects.get(key="ours"), Letter.objects.get(key="theirs")
    assert model_to_dict(ours, exclude=["id", "key"]) == model_to_dict(theirs, exclude=["id", "key"])


def test_an_object_knows_its_key_and_can_be_saved_again(db):
    receipt = PreparedInsert(Receipt).one(Receipt(digest="a" * 64, key="k"))
    receipt.is_spoken = True
    receipt.save()
    assert list(Receipt.objects.values_list("pk", "is_spoken")) == [(receipt.pk, True)]


@pytest.mark.parametrize("many", [0, 1, 3, AT_ONCE, AT_ONCE + 1])
def test_many_rows_are_written_in_order(db, many):
    receipts = [Receipt(digest=f"{place:064d}", key="k") for place in range(many)]
    with CaptureQueriesContext(connection) as asked:
        PreparedInsert(Receipt).all(receipts)
    assert list(Receipt.objects.order_by("pk").values_list("pk", "digest")) == [(r.pk, r.digest) for r in receipts]
    assert len(asked) == -(-many // AT_ONCE)


def test_bytes_and_pointers_come_back(stage):
    appeal = given.registered(stage)
    event = appeal.events.get()
    text = PreparedInsert(Text).one(Text(appeal=appeal, event=event, kind="summary", body="一\\t二", salt=b"\x00\xff"))
    found = Text.objects.get(pk=text.pk)
    assert (found.event_id, found.body, bytes(found.salt), found.refers_to) == (event.pk, "一\\t二", b"\x00\xff", None)


def test_a_row_under_the_key_of_another_says_it_itself(stage):
    appeal = given.registered(stage)
    SearchEntry.objects.filter(appeal=appeal).delete()
    PreparedInsert(SearchEntry).one(SearchEntry(appeal=appeal, tokens="一"))
    assert SearchEntry.objects.get().pk == appeal.pk


def test_who_was_named_before_being_written_is_known_by_the_key_it_has_now(stage):
    receipt = Receipt(digest="b" * 64, key="k")
    named = Identity(appeal=given.registered(stage, contact=None), sealed="x")
    assert PreparedInsert(Identity).one(named).pk == Identity.objects.get().pk
    with pytest.raises(ValueError, match="unsaved related object"):
        PreparedInsert(Text).one(Text(appeal=type(named.appeal)(receipt=receipt), kind="wish", body="", salt=b""))


def test_a_letter_told_twice_is_one_letter(db):
    once = PreparedInsert(Letter, once=True)
    once.one(letter("same", number="2025-1"))
    once.all([letter("same", number="2025-2"), letter("other")])
    assert set(Letter.objects.values_list("key", "number")) == {("same", "2025-1"), ("other", "")}


def test_a_refused_row_ruins_the_transaction_even_when_somebody_looks_away(db):
    write = PreparedInsert(Receipt)
    write.one(Receipt(digest="c" * 64, key="k"))
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        with pytest.raises(IntegrityError):
            write.one(Receipt(digest="c" * 64, key="k"))
        Receipt.objects.count()
    assert Receipt.objects.count() == 1
