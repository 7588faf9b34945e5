"""Figures in words: n and N, a percentage only where there are enough, a dash where there is nothing to divide by."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.rules import catalogue
from huying.rules.boards import Change
from huying.rules.indicators import Figure, Indicator
from huying.rules.periods import Period
from huying.web.components import moments
from huying.web.staff.boards.asked import Asked

NOTHING = "—"


@dataclass(frozen=True)
class Said:
    """One figure as a page shows it; `above` and `below` lead to the cases."""

    name: str
    n: str
    N: str = ""
    percent: str = ""
    note: str = ""
    above: str = ""
    below: str = ""
    formula: str = ""
    basis: str = ""


def cases_url(look: Asked, unit: int, code: str, part: str, *, hand: bool = False) -> str:
    """The list behind a number."""
    return reverse("staff:figure_cases", args=[unit, code, part]) + look.url(hand=1 if hand else "")


def said(figure: Figure, look: Asked, unit: int, *, hand: bool = False, one: Indicator | None = None) -> Said:
    """A figure with its links."""
    indicator = one or catalogue.BY_CODE[figure.code]
    name, formula = _(indicator.name), _(indicator.formula)
    n = number(figure.n)
    above = cases_url(look, unit, indicator.code, "n", hand=hand) if figure.n else ""
    basis = _(catalogue.BASIS_WORDS[indicator.basis])
    if figure.N is None:
        return Said(name, n, above=above, formula=formula, basis=basis)
    if indicator.parts:
        points = NOTHING if figure.value is None or figure.is_small else f"{float(figure.value):.1f}"
        return Said(name, points, percent=points, formula=formula, basis=basis)
    return Said(
        name,
        n,
        N=str(figure.N),
        percent=percent(figure),
        note=note(figure),
        above=above,
        below=cases_url(look, unit, indicator.code, "all", hand=hand) if figure.N else "",
        formula=formula,
        basis=basis,
    )


def percent(figure: Figure) -> str:
    """88%; a dash where there is nothing; nothing at all where there are too few for a percentage."""
    if figure.value is None:
        return NOTHING
    return "" if figure.is_small else f"{round(float(figure.value) * 100)}%"


def note(figure: Figure) -> str:
    """What is to be known beside the figure."""
    if figure.is_small and figure.N:
        return _("数少，不算百分比")
    return _("还会变") if figure.is_provisional else ""


def number(n: Any) -> str:
    """A whole number, or one with a decimal where a weight made it so."""
    return str(int(n)) if n == int(n) else f"{float(n):.1f}"


def changed(change: Change) -> str:
    """多 4, 少 6, 一样, 新增."""
    if change.is_new:
        return _("新增 %(n)d") % {"n": change.by}
    words = {"up": _("多 %(n)d"), "down": _("少 %(n)d"), "flat": _("一样")}[change.direction]
    return words % {"n": change.by} if change.by else words


def month_name(month: str) -> str:
    """11月; in a language that has short names for months, Nov: twelve of them stand side by side."""
    if (get_language() or "zh").startswith("zh"):
        return _("%(month)d月") % {"month": int(month[-2:])}
    return dateformat.format(Period.month(month).since, "M")


def days_words(look: Asked) -> str:
    """2026年11月1日（周日）到2026年11月30日（周一）."""
    words = {
        "since": moments.day_words(look.period.since, year=True),
        "until": moments.day_words(look.period.until, year=True),
    }
    return _("%(since)s到%(until)s") % words
