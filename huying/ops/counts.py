"""What `huying figures` says: the plain counts of a period, and the whole catalogue with its counters beside it."""

from datetime import date, timedelta
from typing import Any

from huying.appeals import figures as plain
from huying.oversight import counting, figures, replaying
from huying.rules import catalogue
from huying.rules.periods import Period


def of_period(*, since: date, until: date, unit: Any, known_on: date | None = None) -> dict[str, Any]:
    """The figures of a unit (None: all there is) as plain numbers: the same ledger gives the same, whenever asked."""
    period = Period(since, until)
    # As if computed the day after: what was due in the period and is open is late.
    on = until + timedelta(days=1)
    if known_on is not None:
        report = replaying.of(unit, period, on=on, known_on=known_on)
    else:
        counting.count_due()
        report = figures.of(figures.Scope(unit=unit), period, on=on)
    said = {code: figure.as_json() for code, figure in report.figures.items()}
    for one in said.values():
        # Whether it may still change depends on the day of asking.
        one.pop("provisional", None)
    return {
        **plain.of_period(since=since, until=until, unit=unit),
        "indicators": {one.code: said[one.code] for one in catalogue.RATES + catalogue.COUNTS},
        "counters": {one.code: said[one.code] for one in catalogue.COUNTERS},
    }


def said(found: dict[str, Any]) -> str:
    """The same for people, a line each."""
    on_time = found["on_time"]
    lines = [f"收件 {found['received']}，答复 {found['answered']}，按时 {on_time['n']}/{on_time['N']}"]
    for heading in ("indicators", "counters"):
        lines += [f"  {catalogue.BY_CODE[code].name}  {_words(one)}" for code, one in found[heading].items()]
    return "\n".join(lines)


def _words(one: dict[str, Any]) -> str:
    if "N" not in one:
        return str(one["n"])
    value = one["value"]
    if value is None:
        return "—"
    share = "" if one.get("small") else f"  {value:.1f}" if value > 1 else f"  {value:.1%}"
    return f"{one['n']}/{one['N']}{share}"
