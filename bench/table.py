"""Figures as a table for docs/performance.md."""

from collections import defaultdict
from typing import Any


def markdown(found: list[dict[str, Any]]) -> str:
    """One table a database: what, and how it was at each size."""
    return "\n\n".join(_of(name, found) for name in dict.fromkeys(one["database"] for one in found))


def _of(database: str, found: list[dict[str, Any]]) -> str:
    figures: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for one in found:
        if one["database"] == database and "size" in one:
            figures[one["what"]][one["size"]] |= one
    sizes = sorted({size for row in figures.values() for size in row})
    heads = [f"| {database} | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    rows = [f"| {what} | " + " | ".join(_cell(row[size]) for size in sizes) + " |" for what, row in figures.items()]
    return "\n".join(heads + rows)


def _cell(one: dict[str, Any]) -> str:
    said = []
    if "written" in one:
        said.append(f"{one['written']:,} in {one['seconds']:.0f} s")
    if "per_second" in one:
        said.append(f"{one['per_second']:.0f}/s")
    if "p50" in one:
        said.append(f"{one['p50']:.0f} ms (p95 {one['p95']:.0f})")
    if "server_ms" in one:
        said.append("processor a filing: {server_ms:.1f} + {database_ms:.1f} + {client_ms:.1f} ms".format(**one))
    if "statements" in one:
        said.append(f"{one['statements']} statements")
    return ", ".join(said)
