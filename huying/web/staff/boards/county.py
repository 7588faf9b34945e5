"""The county's board: where to look today and why, all schools on one page, and what is rising."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.appeals import parameters
from huying.oversight import alarms, county
from huying.oversight.county import Board, SchoolLine
from huying.papers.charts import months as charts
from huying.papers.charts import rows as bars
from huying.papers.charts.chart import Chart
from huying.rules import attention, boards, catalogue, indicators, survey
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.alarms import what
from huying.web.staff.boards import asked, words
from huying.web.staff.boards.asked import Asked
from huying.web.staff.frame import frame

SORTS = {
    "name": gettext_noop("学校"),
    "per_1000": gettext_noop("每千人"),
    "received": gettext_noop("来件"),
    "on_time": gettext_noop("按期"),
    "satisfied": gettext_noop("满意（横线是可信范围）"),
    "open": gettext_noop("开着"),
    "oldest": gettext_noop("最久"),
}
# Where more is to be looked at first; a rate is looked at from its low end.
FROM_THE_LOW_END = ("on_time", "satisfied", "name")
RUNNING_ALARMS = 5


@dataclass(frozen=True)
class Line:
    """One school in the table; what may not be compared, for it stands on too few, is None and comes last."""

    unit: Any
    received: int
    on_time: tuple[int, int]
    satisfied: tuple[int, int]
    open: int
    oldest: int | None
    per_1000: Fraction | None
    per_1000_said: str
    bar: Chart | None
    url: str

    def order(self, by: str, *, floor: int) -> tuple[Any, ...]:
        """What this line is sorted by. Rates of fewer than `floor` have no place among the others."""
        if by == "name":
            return (False, 0, self.unit.position, self.unit.pk)
        value = self._value(by, floor=floor)
        direction = 1 if by in FROM_THE_LOW_END else -1
        return (value is None, direction * (value or 0), self.unit.position, self.unit.pk)

    def _value(self, by: str, *, floor: int) -> Fraction | int | None:
        if by in ("on_time", "satisfied"):
            n, below = self.on_time if by == "on_time" else self.satisfied
            return Fraction(n, below) if below >= max(floor, 1) else None
        if by == "per_1000":
            return self.per_1000 if self.received >= floor else None
        return {"received": self.received, "open": self.open, "oldest": self.oldest}[by]


@staff_only(*county.READERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The whole board."""
    at = timezone.now()
    on = moments.local_day(at)
    look = asked.asked(request.GET, on=on, narrowed=False)
    found = county.board(request.actor, look.period, before=look.before, at=at)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "per_1000"
    floor = parameters.value("rate_floor", on=look.period.until)
    lines = sorted((line_of(one, look, on=on) for one in found.schools), key=lambda one: one.order(sort, floor=floor))
    context = frame(request, current="county", at=at) | {
        "asked": look,
        "form": asked.choices(look, on=on),
        "quick": asked.quick(look, on=on),
        "title": look.title,
        "ten": _ten(found, look),
        "lines": lines,
        "heads": [(_(head), look.url(sort=name), name == sort, name in FROM_THE_LOW_END)
                  for name, head in SORTS.items()],
        "heat": _heat(found),
        "topics": [_(name) for _pk, name in found.topics],
        "rising": [(_(one.name), one.received, words.changed(boards.change(one.received, one.before)))
                   for one in found.rising],
        "alarms": [(one.pk, one.unit.name, what(one), one.many)
                   for one in alarms.listed(request.actor).order_by("-found_at", "-pk")[:RUNNING_ALARMS]],
        "chart": _chart(found),
        "whole": _whole(found),
        "days": words.days_words(look),
        "version": max(one.version for one in catalogue.CATALOGUE),
        "valid_from": max(one.valid_from for one in catalogue.CATALOGUE),
        "floor": floor,
        "small": parameters.value("small_number", on=look.period.until),
    }  # fmt: skip
    return render(request, "staff/boards/county.html", context)


def line_of(one: SchoolLine, look: Asked, *, on: date) -> Line:
    """One school as the table shows it."""
    work, waiting = one.work, one.waiting
    per_1000 = indicators.per_thousand(work.received, one.unit.pupils)
    return Line(
        unit=one.unit,
        received=work.received,
        on_time=(work.on_time, work.due),
        satisfied=(work.satisfied, work.called),
        open=waiting.open,
        oldest=(on - moments.local_day(waiting.oldest)).days if waiting.oldest is not None else None,
        per_1000=per_1000,
        per_1000_said=words.NOTHING if per_1000 is None else f"{float(per_1000):.1f}",
        bar=_bar(work.satisfied, work.called),
        url=reverse("staff:unit_month", args=[one.unit.pk]) + look.url(),
    )


def _bar(good: int, of: int) -> Chart | None:
    """The share with the range it may really have."""
    if not of:
        return None
    share = survey.wilson(good, of)
    return bars.rate(share.low, share.value, share.high, said=f"{good}/{of}", title=_("满意"))


def _ten(found: Board, look: Asked) -> list[dict[str, Any]]:
    """The schools to look at today, the reasons in words; those with something late are ticked to be reminded."""
    names = {one.unit.pk: one for one in found.schools}
    return [
        {
            "unit": names[one.school].unit,
            "reasons": one.reasons,
            "is_ticked": names[one.school].waiting.late > 0,
            "url": reverse("staff:unit_month", args=[one.school]) + look.url(),
        }
        for one in attention.pressing(found.pressing, say=_)
    ]


def _heat(found: Board) -> list[tuple[Any, list[tuple[int, str]]]]:
    """School × topic, the number in each cell and a class for how many it is among all cells."""
    numbers = sorted(many for one in found.schools for pk, many in one.topics.items() if many)
    bounds = [numbers[len(numbers) * part // 100] for part in (20, 50, 80, 95)] if numbers else []
    rows = []
    for one in found.schools:
        if one.topics:
            cells = [(many, bars.heat(many or None, bounds)) for pk, _n in found.topics
                     for many in [one.topics.get(pk, 0)]]  # fmt: skip
            rows.append((one.unit, cells))
    return rows


def _chart(found: Board) -> Chart:
    columns = [charts.Month(words.month_name(name), many) for name, many in found.months]
    return charts.columns(columns, charts.Wording(_("全县来件，近 12 个月"), counted=_("来件")))


def _whole(found: Board) -> dict[str, Any]:
    """The county in one sentence."""
    due = sum(one.work.due for one in found.schools)
    on_time = sum(one.work.on_time for one in found.schools)
    return {
        "received": sum(one.work.received for one in found.schools),
        "on_time": on_time,
        "due": due,
        "silent": sum(1 for one in found.pressing if one.is_silent),
    }


urlpatterns = [path("county/", board, name="county")]
