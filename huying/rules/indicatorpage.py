"""The page of indicators, drawn from the catalogue: `python -m huying.rules.indicatorpage > docs/indicators.md`."""

from huying.rules import catalogue
from huying.rules.indicators import Indicator


def page() -> str:
    """`docs/indicators.md`: the catalogue as tables."""
    parts = [_HEAD]
    for title, some in (
        ("Rates", catalogue.RATES),
        ("Counts", catalogue.COUNTS),
        ("Counters, always beside the figures", catalogue.COUNTERS),
    ):
        parts += [f"\n## {title}\n", _HEADS, "|---" * 7 + "|"]
        parts += [_line(one) for one in some]
    return "\n".join(parts) + "\n"


_HEAD = """# Indicators

Drawn from `huying/rules/catalogue.py` by `make docs`. Every figure shows n/N; N = 0 gives none; below N = 10
(`rate_floor`) there are counts and no percentage. *counts*: which appeals (`handled` leaves out what was refused,
referred, joined, withdrawn, excluded, and praise; `all` counts every voice). *mark*: 规 from a published rule, 方案
from a school's plan, 设 set by us. Measures and the day each stands on: `rules/strokes.py`. How they are counted:
[figures.md](figures.md)."""
_HEADS = "| 指标 | code | 算法 | basis | counts | mark | version |"


def _line(one: Indicator) -> str:
    version = f"{one.version}, {one.valid_from.isoformat()}"
    later = f"; provisional for {one.ripens} days" if one.ripens else ""
    return (
        f"| {one.name} | `{one.code}` | {one.formula} | {one.basis.value}{later} "
        f"| {one.reach.value} | {one.mark} "
        f"| {version} |"
    )


if __name__ == "__main__":
    print(page(), end="")
