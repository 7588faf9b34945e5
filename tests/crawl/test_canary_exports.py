"""Sheets and logs are searched for the family too: whoever takes them out, whatever went wrong."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from huying.appeals.models import Export
from huying.config.logs import DailyFile, JsonLines
from huying.web.components.request_log import security
from tests.cast import at
from tests.crawl.canaries import ALL, SEALED, found_in
from tests.crawl.test_canary_crawl import OUTSIDE, planted, start_pages

__all__ = ["planted"]
pytestmark = pytest.mark.proof

TAKERS = ("dispatcher", "principal", "inspector", "grade_head", "teacher", "office_head", "other_principal",
          "other_dispatcher", "county_dispatcher", "county_supervisor")  # fmt: skip


def inside(sheet: bytes) -> bytes:
    """Everything in a sheet, its properties too."""
    packed = zipfile.ZipFile(io.BytesIO(sheet))
    return b"\n".join(name.encode() + packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("name", TAKERS)
def test_no_sheet_that_anybody_takes_out_holds_a_sealed_word_of_the_family(planted, name):
    office, found, _, _ = planted
    office.clock_shows(at(17))
    client = office.as_(name)
    for asked in ({"pile": "all"}, {"pile": "all", "q": "举报"}, {"pile": "all", "q": found.handled.number}):
        words = {**asked, "purpose": "check", "with_identities": "on"}
        answer = client.post("/staff/export/", words)
        assert answer.status_code == 200
        met = inside(answer.content)
        assert found_in(met, SEALED) == []
        if name in OUTSIDE:
            assert found_in(met, ALL) == []
            assert [one.number for one in found.all if one.number.encode() in met] == []


def test_the_record_of_exports_holds_none_either(planted):
    assert found_in(repr([vars(one) for one in Export.objects.all()]).encode(), ALL) == []


def test_neither_daily_file_of_the_log_tells_anything_when_every_page_is_opened(planted):
    office, found, _, folder = planted
    office.clock_shows(at(17))
    handler = DailyFile(Path(folder) / "logs", "security")
    handler.setFormatter(JsonLines())
    security.addHandler(handler)
    for page in start_pages(found):
        office.as_("grade_head").get(page)
        office.as_("dispatcher").post(page, {"reason": ALL["name"] if "name" in ALL else next(iter(ALL.values()))})
    security.removeHandler(handler)
    handler.close()
    files = [*(Path(folder) / "logs").iterdir(), *Path(settings.LOG_DIR).glob("*.jsonl")]
    assert sum(file.stat().st_size for file in files) > 1000
    assert [(file.name, kind) for file in files for kind in found_in(file.read_bytes(), ALL)] == []
