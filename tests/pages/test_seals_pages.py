"""What everyone may read of the seals, and the receipt a parent takes home."""

import html
import json
import re

from huying.appeals import receipts, seals, verifying
from huying.appeals.verifying import Counted
from tests import given
from tests.cast import at
from tests.pages.parent import everything, hold, page_of, said


def test_the_page_shows_day_root_and_digest_and_no_intake(client, stage):
    given.answered(stage)
    seals.make_due(at=at(18))
    [seal] = seals.published(most=9)
    page = client.get("/open/seals/").content.decode()
    assert all(words in page for words in ("2026-11-24", seal.statement["root"], seal.digest, *receipts.public_keys()))
    assert "2026-0001" not in page
    told = client.get("/open/seals/seals.json").json()
    row = {"organisation": "school", "on": "2026-11-24", "root": seal.statement["root"], "digest": seal.digest}
    assert told == {"keys": receipts.public_keys(), "seals": [row]}


def test_without_seals_the_page_says_so(client, stage):
    assert "还没有封存" in client.get("/open/seals/").content.decode()
    assert client.get("/open/seals/seals.json").json()["seals"] == []


def test_the_receipt_page_carries_a_signed_statement_that_holds(client, stage):
    page = client.post("/report/", said()).content.decode()
    line = html.unescape(re.search(r"\{&quot;key_id.*?\}(?=<)", page).group())
    [appeal] = everything()
    receipt = receipts.read(json.loads(line))
    assert receipt["statement"]["number"] == appeal.number
    assert list(verifying.faults(Counted(), receipt=receipt)) == []


def test_the_holder_downloads_the_receipt_with_its_way_to_the_seal(client, stage):
    appeal = given.registered(stage)
    seals.make_due(at=at(18))
    address = f"/progress/{appeal.pk}/receipt/"
    assert address in page_of(client, appeal)
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{appeal.number}.json"'
    receipt = receipts.read(answer.json())
    assert set(receipt) == {"statement", "key_id", "signature", "sealed"}
    assert list(verifying.faults(Counted(), receipt=receipt)) == []


def test_nobody_else_downloads_it(client, stage):
    appeal, other = given.registered(stage), given.registered(stage)
    assert client.get(f"/progress/{appeal.pk}/receipt/").status_code == 302
    hold(client, other)
    assert client.get(f"/progress/{appeal.pk}/receipt/").status_code == 404
