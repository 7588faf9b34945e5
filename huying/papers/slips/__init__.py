"""Sheets of slips for a survey: A4, ten to a sheet, each with a square picture that opens its page once."""

import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import segno
import typst

from huying.papers.official.glyphs import FONTS

HERE: Final = Path(__file__).resolve().parent


def sheets(addresses: Sequence[str], *, title: str, note: str, at: datetime) -> bytes:
    """A PDF with one slip for each address, in this order; fonts are ours and embedded."""
    slips = [{"picture": _picture(address), "address": address} for address in addresses]
    made: bytes = typst.compile(
        str(HERE / "sheet.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        format="pdf",
        sys_inputs={"sheet": json.dumps({"title": title, "note": note, "slips": slips})},
        timestamp=int(at.timestamp()),
    )
    return made


def _picture(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False, light="#fff")
    return drawn.getvalue().decode()
