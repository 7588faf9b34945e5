"""A unit's month on one screen and one sheet: five sentences, red lines on top, and where to look."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.appeals import parameters
from huying.oversight import boards
from huying.oversight.boards import Looking, Month
from huying.papers.charts import months as charts
from huying.papers.charts.chart import Chart
from huying.rules import boards as rules
from huying.rules import catalogue, disclosure, indicators, permissions
from huying.rules.boards import Work
from huying.rules.enums import PostKind, UnitLevel
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.boards import asked, words
from huying.web.staff.boards.asked import Asked
from huying.web.staff.frame import frame
from huying.web.staff.tray import row_of

READERS = permissions.OVERSEERS
UNIT_READERS = (*permissions.HEADS, PostKind.INSPECTOR, PostKind.COUNTY_DISPATCHER)
TOPICS = 3


@staff_only(*READERS)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The school's month; whoever watches several schools chooses one first."""
    at = timezone.now()
    schools = boards.units_of(request.actor)
    if len(schools) != 1:
        context = frame(request, current="month", at=at) | {"schools": schools}
        return render(request, "staff/boards/schools.html", context)
    return _page(request, schools[0], at=at)


@staff_only(*UNIT_READERS)
@require_safe
def unit_month(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for one unit that this person heads or watches; the page of one's own school has its own address."""
    at = timezone.now()
    if [pk] == [one.pk for one in boards.units_of(request.actor)]:
        return redirect(reverse("staff:month") + (f"?{request.GET.urlencode()}" if request.GET else ""))
    return _page(request, unit_of(request, pk), at=at)


@staff_only(*UNIT_READERS)
@require_safe
def own_month(request: HttpRequest) -> HttpResponse:
    """The way to the page of the unit one heads; where there are several, the highest."""
    posts = request.actor.holding(*permissions.HEADS)
    if request.actor.holding(*READERS) or not posts:
        return redirect("staff:month")
    top = max(posts, key=lambda post: (post.unit.level.tier, -post.unit.id))
    return redirect("staff:unit_month", pk=top.unit.id)


def unit_of(request: HttpRequest, pk: int) -> Any:
    """The unit, or no page at all."""
    try:
        return boards.unit_for(request.actor, pk)
    except boards.NoSuchBoard as missing:
        raise Http404 from missing


def looking(request: HttpRequest, unit: Any, look: Asked, *, at: datetime) -> Looking:
    """Who looks at what."""
    return Looking(request.actor, unit, look.period, look.before, at, moments.local_day(at), look.kept)


def _page(request: HttpRequest, unit: Any, *, at: datetime) -> HttpResponse:
    on = moments.local_day(at)
    look = asked.asked(request.GET, on=on)
    seen = looking(request, unit, look, at=at)
    found = boards.month(seen)
    context = frame(request, current="month", at=at) | shown(found, seen, look) | {
        "asked": look,
        "form": asked.choices(look, on=on),
        "quick": asked.quick(look, on=on),
        "others": len(boards.units_of(request.actor)) > 1,
    }  # fmt: skip
    return render(request, "staff/boards/month.html", context)


def shown(found: Month, seen: Looking, look: Asked) -> dict[str, Any]:
    """What the template draws."""
    unit, hand = seen.unit, seen.by_hand
    report = found.report
    works = [line.work for line in found.units]
    lines = _lines(found, look)
    return {
        "unit": unit,
        "is_school": UnitLevel(unit.level) is UnitLevel.SCHOOL,
        "title": look.title,
        "red": [row_of(one, at=seen.at) for one in found.red],
        "five": _five(found, seen, look),
        "chart": _chart(found),
        "topics": [_topic(one) for one in found.topics[:TOPICS] if one.received],
        "open_rows": [(row_of(one, at=seen.at), _days_since(one.received_at, seen)) for one in found.oldest_open],
        "open": found.open,
        "lines": lines,
        "has_ratings": any(one["work"].called and not one["is_hidden"] for one in lines),
        "praise": [one.said(_) for one in rules.praised(works, found.topics, say=_)[:1]],
        "look": [one.said(_) for one in rules.worth_a_look(works, found.topics, say=_)[:1]],
        "rates": [words.said(report[one.code], look, unit.pk, hand=hand) for one in catalogue.RATES],
        "counts": [words.said(report[one.code], look, unit.pk, hand=hand) for one in catalogue.COUNTS],
        "counters": [
            *(words.said(report[one.code], look, unit.pk, hand=hand) for one in catalogue.COUNTERS),
            *_of_the_doors(found, is_school=UnitLevel(unit.level) is UnitLevel.SCHOOL, unit=unit.pk),
        ],
        "days": words.days_words(look),
        "version": max(one.version for one in catalogue.CATALOGUE),
        "valid_from": max(one.valid_from for one in catalogue.CATALOGUE),
        "floor": parameters.value("rate_floor", on=look.period.until),
        "small": parameters.value("small_number", on=look.period.until),
    }


def _of_the_doors(found: Month, *, is_school: bool, unit: int) -> list[words.Said]:
    """Ratings that came in a burst; of a school, its doors that were tested and found open."""
    burst = words.Said(_("集中评价"), str(found.in_bursts))
    if not is_school:
        return [burst]
    opened, doors = found.doors
    address = reverse("staff:doors_of", args=[unit])
    return [burst, words.Said(_("渠道自测"), str(opened), N=str(doors), above=address, below=address)]


def _five(found: Month, seen: Looking, look: Asked) -> dict[str, Any]:
    """The five sentences, each number with its list."""
    unit, hand, report = seen.unit.pk, seen.by_hand, found.report

    def plain(one: indicators.Indicator) -> words.Said:
        figure = indicators.figure(one, report.sums, numbers={})
        return words.said(figure, look, unit, hand=hand, one=one)

    return {
        "received": plain(rules.SENT_OUT) if hand else words.said(report["volume"], look, unit),
        "before": found.before,
        "change": words.changed(rules.change(_volume(found, hand=hand), found.before)),
        "on_time": words.said(report["on_time_rate"], look, unit, hand=hand),
        "late": plain(rules.LATE),
        "once": words.said(report["first_time_closure_rate"], look, unit, hand=hand),
        "called": plain(rules.CALLED),
        "satisfied": plain(rules.SATISFIED),
        "oldest": _days_since(found.oldest, seen) if found.oldest is not None else None,
    }


def _volume(found: Month, *, hand: bool) -> int:
    one = rules.SENT_OUT if hand else catalogue.BY_CODE["volume"]
    return int(indicators.figure(one, found.report.sums, numbers={}).n)


def _days_since(moment: datetime, seen: Looking) -> int:
    return (seen.on - moments.local_day(moment)).days


def _chart(found: Month) -> Chart:
    """The last twelve months as columns; the same stand as a table under all indicators."""
    columns = [charts.Month(words.month_name(name), many) for name, many in found.months]
    return charts.columns(columns, charts.Wording(_("近 12 个月来件"), counted=_("来件")))


def _topic(one: Work) -> dict[str, Any]:
    change = rules.change(one.received, one.before)
    return {"name": _(one.name), "n": one.received, "direction": change.direction.value, "words": words.changed(change)}


def _lines(found: Month, look: Asked) -> list[dict[str, Any]]:
    """The table of units. What families said of a unit is left out where it would point at one of them."""
    unseen = _hidden(found, k=parameters.value("small_number", on=look.period.until))
    return [
        {
            "unit": line.unit,
            "work": line.work,
            "open": line.open,
            "url": reverse("staff:unit_month", args=[line.unit.pk]) + look.url(),
            "received": words.cases_url(look, line.unit.pk, rules.SENT_OUT.code, "n", hand=True),
            "on_time": words.cases_url(look, line.unit.pk, "on_time_rate", "n", hand=True),
            "due": words.cases_url(look, line.unit.pk, "on_time_rate", "all", hand=True),
            "is_hidden": str(line.unit.pk) in unseen,
        }
        for line in found.units
    ]


def _hidden(found: Month, *, k: int) -> set[str]:
    """The rows whose ratings are not shown: small ones, and as few others as keep those from being worked out."""
    counts: dict[tuple[str, str], int] = {}
    for line in found.units:
        counts[str(line.unit.pk), "satisfied"] = line.work.satisfied
        counts[str(line.unit.pk), "other"] = line.work.called - line.work.satisfied
    if not any(counts.values()):
        return set()
    total = [cell.key for cell in disclosure.table(counts) if cell.key[1] == disclosure.TOTAL]
    try:
        hidden = disclosure.hidden(disclosure.table(counts), k=k, standing=total)
    except disclosure.Unprotected:
        return {row for row, _column in counts}
    return {row for _name, row, *_rest in hidden} - {disclosure.TOTAL}


urlpatterns = [
    path("month/", month, name="month"),
    path("month/own/", own_month, name="own_month"),
    path("unit/<int:pk>/month/", unit_month, name="unit_month"),
]
