"""Sheets of slips: ten to a page, fonts embedded, the same bytes for the same slips."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from huying.papers import slips

AT = datetime(2026, 11, 24, 4, tzinfo=UTC)


def sheet(many: int) -> bytes:
    addresses = [f"https://huying.example/open/survey/{number:016d}/" for number in range(many)]
    return slips.sheets(addresses, title="澄川县实验小学 满意度调查", note="扫码答五个问题，答一次就作废。", at=AT)


@pytest.mark.parametrize(("many", "pages"), [(1, 1), (10, 1), (11, 2)])
def test_ten_slips_stand_on_a_sheet_of_a4(many, pages):
    with pikepdf.open(io.BytesIO(sheet(many))) as made:
        assert len(made.pages) == pages
        assert [round(float(edge)) for edge in made.pages[0].mediabox] == [0, 0, 595, 842]


def test_the_same_slips_make_the_same_file():
    assert sheet(3) == sheet(3)
