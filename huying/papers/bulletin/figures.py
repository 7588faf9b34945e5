"""The numbers of a bulletin as figures.json: every number that the paper prints, and nothing written by hand.

Canonical: the same facts give the same bytes, on any machine, so that a digest can be taken of them.
"""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from huying.papers.bulletin.facts import BulletinFacts, Grid, IndicatorFact

SCHEMA = "huying.bulletin/1"


def figures(facts: BulletinFacts) -> dict[str, Any]:
    """The figures as plain values; number, standing, signature and words of a person are not among them."""
    return {
        "schema": SCHEMA,
        "unit": facts.unit,
        "since": facts.since,
        "until": facts.until,
        "computed_at": facts.computed_at,
        "indicators": [_indicator(one) for one in facts.indicators],
        "counters": [asdict(one) for one in facts.counters],
        "breakdowns": [_grid(one) for one in facts.breakdowns],
        "units": _grid(facts.units) if facts.units is not None else None,
        "lists": [asdict(one) for one in facts.lists],
        "alarms": [asdict(one) for one in facts.alarms],
        "matters": [asdict(one) for one in facts.matters],
    }


def canonical(facts: BulletinFacts) -> bytes:
    """figures.json: keys in order, no blanks, UTF-8, moments with their zone."""
    plain = json.dumps(figures(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_said)
    return plain.encode("utf-8", "replace") + b"\n"


def _indicator(one: IndicatorFact) -> dict[str, Any]:
    said = asdict(one)
    said["N"] = said.pop("of")
    return said


def _grid(grid: Grid) -> dict[str, Any]:
    codes = [head.code for head in grid.heads]
    return {
        "code": grid.code,
        "caption": grid.caption,
        "heads": {head.code: head.words for head in grid.heads},
        "rows": [dict(zip(codes, row, strict=True)) for row in grid.rows],
    }


def _said(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"not a figure: {value!r}")
