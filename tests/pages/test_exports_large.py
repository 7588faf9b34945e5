"""The largest sheet is made while somebody waits for it, in few statements, and one more appeal is too many."""

import io
import time

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import copies
from huying.appeals import exports
from huying.appeals.models import Export, ReadRecord
from tests import given
from tests.cast import at

pytestmark = pytest.mark.proof
SECONDS = 30
# SQLite takes the ten thousand rows of the read log in forty-one statements.
STATEMENTS = 80


def test_ten_thousand_appeals_make_one_sheet_and_ten_thousand_and_one_make_none(office, stage):
    given.closed(stage)
    given.registered(stage)
    copies.fill(exports.MOST, now=at(18))
    client, began = office.as_("county_supervisor"), time.monotonic()
    with CaptureQueriesContext(
        connection,
    ) as told:
        answer = client.post("/staff/export/", {"pile": "all", "purpose": "check"})
    took = time.monotonic() - began
    print(f"{exports.MOST} appeals: {took:.1f} s, {len(answer.content) / 1e6:.1f} MB, {len(told)} statements")
    page = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).active
    assert sum(1 for _ in page.iter_rows(min_row=3)) == exports.MOST == ReadRecord.objects.count()
    assert (took < SECONDS, len(told) < STATEMENTS) == (True, True)
    given.registered(stage)
    refused = client.post("/staff/export/", {"pile": "all", "purpose": "check"})
    assert (refused.status_code, Export.objects.count(), ReadRecord.objects.count()) == (422, 1, exports.MOST)
