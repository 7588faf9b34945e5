"""Work calendars: whose there are, a year as twelve months, and changes that are shown before they are made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.due.recounting import Recounted
from huying.people import calendar_lists, calendars
from huying.people import queries as people
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.workdays import BadCalendar, BeyondHorizon, Calendar
from huying.web.components import moments
from huying.web.components.doors import setup_only
from huying.web.setup import calendar_picture, reach
from huying.web.setup.calendar_forms import (
    EARLIEST,
    LATEST,
    CalendarForm,
    DaysForm,
    HoursForm,
    TermsForm,
    WeekForm,
)
from huying.web.setup.calendar_notice import NoticeForm
from huying.web.setup.sections import frame

FORMS: dict[str, type[CalendarForm]] = {
    "notice": NoticeForm,
    "days": DaysForm,
    "hours": HoursForm,
    "week": WeekForm,
    "terms": TermsForm,
}
NATION_ONLY, UNIT_ONLY = ("notice",), ("terms",)

MOST_MOVES = 20
MOST_MONTHS = 14


@dataclass(frozen=True)
class Place:
    """Whose calendar is open: a unit's, or the nation's (None)."""

    unit: Any
    may_change: bool

    @property
    def name(self) -> str:
        return self.unit.name if self.unit is not None else _("全国")

    @property
    def calendar(self) -> Calendar:
        return calendars.calendar_for(self.unit)

    @property
    def edits(self) -> list[tuple[str, str]]:
        """(name, words) of what can be changed here."""
        left_out = UNIT_ONLY if self.unit is None else NATION_ONLY
        return [(name, form.words) for name, form in FORMS.items() if name not in left_out]

    def address(self, what: str, *args: Any) -> str:
        if self.unit is None:
            return reverse(f"setup:nation_{what}", args=args)
        return reverse(f"setup:unit_{what}", args=[self.unit.pk, *args])


def place_of(actor: Actor, unit: int | None) -> Place:
    """The calendar with this unit; `Http404` when it lies outside what this administrator looks after."""
    if unit is None:
        return Place(None, reach.sets_up_everything(actor))
    found = next((one for path_ in _paths(actor) for one in people.units_under(path_) if one.pk == unit), None)
    if found is None:
        raise Http404
    return Place(found, any(found.path.startswith(own) for own in reach.paths(actor)))


def _paths(actor: Actor) -> tuple[str, ...]:
    return tuple(post.unit.path for post in actor.holding(PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN))


@require_safe
@setup_only
def home(request: HttpRequest) -> HttpResponseBase:
    """All calendars with their versions, and the units that may get one."""
    asked = request.GET.get("unit", "")
    today = moments.local_day(timezone.now())
    if asked.isascii() and asked.isdigit():
        return redirect(place_of(request.actor, int(asked[:18])).address("year", today.year))
    paths = _paths(request.actor)
    lines = [(one, _address(one.unit, today.year)) for one in calendar_lists.listed(paths)]
    units = [one for path_ in paths for one in people.units_under(path_) if _has_its_own_time(one)]
    context = {"lines": lines, "units": units, "missing": calendars.missing_years(on=today), "years": _known()}
    return render(request, "setup/calendar.html", frame(request, current="calendar") | context)


def _has_its_own_time(unit: Any) -> bool:
    """Schools and centres close and open by themselves; classes and offices do not."""
    return UnitLevel(unit.level).tier >= UnitLevel.SCHOOL.tier


def _known() -> tuple[int, ...]:
    return calendars.known_years()[-8:]


def _address(unit: int | None, year: int) -> str:
    if unit is None:
        return reverse("setup:nation_year", args=[year])
    return reverse("setup:unit_year", args=[unit, year])


@require_safe
@setup_only
def year_page(request: HttpRequest, year: int, unit: int | None = None) -> HttpResponse:
    """One year as twelve months, how it came about, and what can be changed."""
    if not EARLIEST.year <= year <= LATEST.year:
        raise Http404
    place = place_of(request.actor, unit)
    calendar = place.calendar
    edits = [(words, place.address("edit", name)) for name, words in place.edits] if place.may_change else []
    context = {
        "place": place,
        "calendar": calendar,
        "year": year,
        "is_firm": calendar.knows(year),
        "source": calendar_lists.source_of(year),
        "months": calendar_picture.year_of(calendar, year),
        "weekdays": calendar_picture.weekdays(),
        "weeks": calendar_picture.weeks_of(calendar, date(year, 1, 1), date(year, 12, 31)),
        "edits": edits,
        "changes": calendar_lists.latest_changes(place.unit),
        "before": place.address("year", year - 1) if year > EARLIEST.year else "",
        "after": place.address("year", year + 1) if year < LATEST.year else "",
    }
    return render(request, "setup/calendar_year.html", frame(request, current="calendar") | context)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_only
def edit(request: HttpRequest, what: str, unit: int | None = None) -> HttpResponseBase:
    """The form of one kind of change; then what it would do; then, confirmed, done."""
    place = place_of(request.actor, unit)
    if what not in dict(place.edits) or not place.may_change:
        raise Http404
    at = timezone.now()
    form = FORMS[what](
        request.POST or None,
        request.FILES or None,
        unit=place.unit,
        calendar=place.calendar,
        today=moments.local_day(at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, place, form)
        except (BadCalendar, BeyondHorizon) as wrong:
            form.add_error(None, wrong.said(_))
    context = {"place": place, "form": form, "back": place.address("year", moments.local_day(at).year)}
    return render(
        request,
        "setup/calendar_edit.html",
        frame(request, current="calendar") | context,
        status=422 if form.errors else 200,
    )


def _taken(request: HttpRequest, place: Place, form: CalendarForm) -> HttpResponseBase:
    """Made when it was confirmed on the calendar as it stands; else shown."""
    at, stamp = timezone.now(), calendar_lists.stamp_of(place.unit)
    if "confirm" not in request.POST or request.POST.get("seen") != stamp:
        return _preview(request, place, form, stamp=stamp)
    done = form.make(by=request.actor, at=at)
    messages.success(request, done_words(done))
    year = form.days()[0].year if form.days() else moments.local_day(at).year
    return redirect(place.address("year", year))


def _preview(request: HttpRequest, place: Place, form: CalendarForm, *, stamp: str) -> HttpResponse:
    at = timezone.now()
    before = place.calendar
    foreseen = form.foresee(by=request.user.pk, at=at)
    after = foreseen.calendar or before
    firsts = sorted({date(day.year, day.month, 1) for day in form.days()})[:MOST_MONTHS]
    context = {
        "place": place,
        "form": form,
        "carried": form.carried(),
        "stamp": stamp,
        "is_stale": "confirm" in request.POST,
        "months": [calendar_picture.month_of(after, first, before=before) for first in firsts],
        "weekdays": calendar_picture.weekdays(),
        "changes": calendar_picture.changes(before, after, form.days()),
        "week": form.week_of(after),
        "terms": after.terms,
        "seen": foreseen.seen,
        "promises": sum(one.is_promise for one in foreseen.moves),
        "moves": foreseen.moves[:MOST_MOVES],
        "moved": len(foreseen.moves),
        "appeals": len({one.appeal for one in foreseen.moves}),
        "back": place.address("year", moments.local_day(at).year),
    }
    return render(request, "setup/calendar_check.html", frame(request, current="calendar") | context)


def done_words(done: Recounted) -> str:
    """What a change came to."""
    said = {"seen": done.seen, "n": len({one.appeal for one in done.moves})}
    if not done.moves:
        return _("已保存。重新算了 %(seen)d 件未办结的诉求，日期都没有变。") % said
    promised = sum(one.is_promise for one in done.moves)
    return _("已保存。重新算了 %(seen)d 件未办结的诉求，%(n)d 件的日期变了，其中告诉家长的 %(promised)d 件。") % (
        said | {"promised": promised}
    )


urlpatterns = [
    path("calendar/", home, name="calendar"),
    path("calendar/nation/<int:year>/", year_page, name="nation_year"),
    path("calendar/nation/<slug:what>/", edit, name="nation_edit"),
    path("calendar/<int:unit>/<int:year>/", year_page, name="unit_year"),
    path("calendar/<int:unit>/<slug:what>/", edit, name="unit_edit"),
]
