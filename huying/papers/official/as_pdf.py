"""A paper as PDF, set by typst with our own free fonts, all embedded."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pikepdf
import typst

from huying.papers.official.described import described
from huying.papers.official.document import Paper
from huying.papers.official.glyphs import FONTS, outside, pages_with_a_gap, without

HERE: Final = Path(__file__).resolve().parent
TEMPLATE, PROBE = HERE / "paper.typ", HERE / "probe.typ"


def pdf(paper: Paper, *, at: datetime) -> bytes:
    """The file; the same paper at the same moment gives the same bytes.

    Characters that our fonts lack come from a font of the machine; those that it lacks too are printed as 〓, and a
    line at the end of the paper says which they were. Never is there an empty box.
    """
    rare = outside("".join(_strings(described(paper))))
    lost = _lost(rare) if rare else ""
    said = described(_explained(paper, lost))
    return _set(TEMPLATE, {"paper": json.dumps(_replaced(said, lost))}, at=at, is_rare=len(rare) > len(lost))


def _set(template: Path, inputs: Mapping[str, str], *, at: datetime | None = None, is_rare: bool) -> bytes:
    made: bytes = typst.compile(
        str(template),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=not is_rare,
        format="pdf",
        sys_inputs=dict(inputs),
        timestamp=int(at.timestamp()) if at is not None else 0,
    )
    return made


def _lost(rare: str) -> str:
    """Those of the characters that no font of this machine has either: each is set on a page of its own to see."""
    tried = _set(PROBE, {"characters": json.dumps(list(rare))}, is_rare=True)
    with pikepdf.open(io.BytesIO(tried)) as opened:
        gaps = pages_with_a_gap(opened)
    return "".join(one for one, is_gap in zip(rare, gaps, strict=True) if is_gap)


def _explained(paper: Paper, lost: str) -> Paper:
    if not lost:
        return paper
    points = "、".join(f"U+{ord(one):04X}" for one in lost)
    return replace(
        paper, seal=(*paper.seal, f"本机字库缺 {len(lost)} 个字（{points}），文中以〓代替，请以电子文档为准。")
    )


def _replaced(value: Any, lost: str) -> Any:
    if isinstance(value, str):
        return without(value, lost)
    if isinstance(value, list):
        return [_replaced(one, lost) for one in value]
    if isinstance(value, dict):
        return {name: _replaced(one, lost) for name, one in value.items()}
    return value


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _strings(one)]
