"""The roster as an Excel sheet: taken away, brought back, looked at, and made true."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.arrangements import roster, rosterplan
from huying.papers.incoming import NoSuchColumn, NotASheet
from huying.people import roster as sheets
from huying.people import staffing
from huying.people.changes import Refused
from huying.rules.enums import UnitLevel
from huying.web.components import moments
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, status
from huying.web.setup.roster_words import counts, parts
from huying.web.setup.sections import editors_only, frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "huying.roster"
GOOD_FOR_SECONDS = 3600


class BringForm(SetupForm):
    """A sheet, and whose roster it is."""

    place = forms.ChoiceField(label=gettext_lazy("哪个学校（单位）"))
    sheet = forms.FileField(
        label=gettext_lazy("名册文件"),
        help_text=gettext_lazy("Excel 或 WPS 的 .xlsx，最多 3000 行"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": gettext_lazy("文件是空的")},
    )

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        self.fields["place"].choices = [(key, one.name) for key, one in self.places.items()]

    def clean_sheet(self) -> bytes:
        """The file as it came."""
        return self.cleaned_data["sheet"].read(sheets.BOUNDS.packed + 1)


def places_of(request: HttpRequest) -> list[Any]:
    """The organisations whose rosters this administrator keeps, schools first where there are many."""
    levels = (UnitLevel.SCHOOL, UnitLevel.DISTRICT, UnitLevel.COUNTY)
    found = staffing.units(reach.paths(request.actor)).filter(is_active=True, level__in=levels)
    return sorted(found, key=lambda one: (levels.index(one.level), one.position, one.pk))


def place_of(request: HttpRequest, asked: str) -> Any:
    """One of them: the one that was asked for, else the first."""
    found = {str(one.pk): one for one in places_of(request)}
    if asked and asked not in found:
        raise Http404
    return found[asked] if asked else next(iter(found.values()), None)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def roster_page(request: HttpRequest) -> HttpResponse:
    """How a roster is brought; a sheet that was brought is looked at, and nothing is written."""
    form = BringForm(
        request.POST or None, request.FILES or None, places=places_of(request), initial={"place": _asked(request)}
    )
    if request.method == "POST" and form.is_valid():
        place, at = form.places[form.cleaned_data["place"]], timezone.now()
        try:
            sheet = sheets.read(form.cleaned_data["sheet"])
        except (NotASheet, NoSuchColumn) as error:
            form.add_error("sheet", _(str(error)))
        else:
            return _shown(request, rosterplan.plan(sheet, place=place, by=request.actor, at=at), sheet)
    context = frame(request, current="roster") | {"form": form, "heads": sheets.HEADS.values()}
    return render(request, "setup/roster.html", context, status=status(form))


@require_safe
@editors_only
def template(request: HttpRequest) -> HttpResponse:
    """The roster as it stands, as a sheet to be filled in: brought back untouched it changes nothing."""
    place = place_of(request, _asked(request))
    if place is None:
        raise Http404
    on = moments.local_day(timezone.now())
    title = _("%(name)s 名册 %(day)s") % {"name": place.name, "day": on.isoformat()}
    made = sheets.made_of(rosterplan.listed(place, on=on), title=title)
    response = HttpResponse(made, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return response


@require_POST
@editors_only
def bring_in(request: HttpRequest) -> HttpResponseBase:
    """What was looked at is true; where somebody changed things meanwhile, it is shown anew."""
    place = place_of(request, request.POST.get("place", ""))
    at = timezone.now()
    try:
        carried = signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=GOOD_FOR_SECONDS)
        seen, whose, rows = carried
    except (signing.BadSignature, ValueError, TypeError):
        messages.error(request, _("核对过的名册放得太久了，请再传一次。"))
        return redirect("setup:roster")
    if place is None or whose != [place.pk, request.actor.account]:
        raise Http404
    sheet = sheets.thawed(rows)
    plan = rosterplan.plan(sheet, place=place, by=request.actor, at=at)
    if _seal(plan) != seen:
        return _shown(request, plan, sheet, is_stale=True)
    try:
        end_posts, let_go = bool(request.POST.get("end_posts")), bool(request.POST.get("let_go"))
        done = roster.bring_in(plan, end_posts=end_posts, let_go=let_go, by=request.actor, at=at)
    except Refused as refused:
        return _shown(request, plan, sheet, refused=str(refused))
    messages.success(request, _("名册已导入：%(what)s。") % {"what": "，".join(counts(done)) or _("没有变化")})
    return redirect("setup:people")


def _asked(request: HttpRequest) -> str:
    return request.GET.get("place", "")


def _shown(request: HttpRequest, plan: Any, sheet: Any, *, is_stale: bool = False, refused: str = "") -> HttpResponse:
    whose = [plan.place.pk, request.actor.account]
    rows = "" if plan.faults else signing.dumps([_seal(plan), whose, sheets.frozen(sheet)], salt=SALT, compress=True)
    context = frame(request, current="roster") | {
        "plan": plan,
        "counts": counts(plan.counts),
        "parts": parts(plan),
        "rows": rows,
        "is_stale": is_stale,
        "refused": refused,
    }
    return render(request, "setup/roster_check.html", context, status=422 if plan.faults or refused else 200)


def _seal(plan: Any) -> list[int]:
    """What tells that the organisation still is as it was when somebody looked."""
    gone = [one.pk for one in plan.gone_posts], [-one.pk for one in plan.gone_people]
    return [*plan.counts.values(), sum(hash(pk) for some in gone for pk in some)]


urlpatterns = [
    path("roster/", roster_page, name="roster"),
    path("roster/template.xlsx", template, name="roster_template"),
    path("roster/bring_in/", bring_in, name="bring_in_roster"),
]
