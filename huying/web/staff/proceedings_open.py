"""A talk is called, a study opened, a spot check announced: three forms for those who stand above."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.appeals import queries as appeals
from huying.oversight import alarms, proceedings
from huying.oversight.actions.announce_check import announce_check
from huying.oversight.actions.call_interview import Call, call_interview
from huying.oversight.actions.open_study import Agenda, open_study
from huying.people import queries as people
from huying.rules import interviews, sampling
from huying.rules.enums import InterviewGround, UnitLevel
from huying.rules.refusals import Refusal
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.frame import frame
from huying.web.staff.proceedings_forms import CheckForm, InterviewForm, StudyForm

MOST = 20


@staff_only(*interviews.CALLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def call_interview_page(request: HttpRequest) -> HttpResponseBase:
    """A unit is called to a talk; from an alarm or a list it comes filled in."""
    at = timezone.now()
    units = list(proceedings.callable_units(request.actor))
    form = InterviewForm(request.POST or None, units=units, initial=_begun(request))

    def act(given: dict[str, Any]) -> Any:
        unit = people.unit(given["unit"])
        cases = proceedings.named(request.actor, given["numbers"], unit=unit)
        kept = ("title", "ground", "reason", "meets_at", "place", "attendants")
        led_here = {"follows": _followed(request, given["follows"]), "alarm": _alarm(request, given["alarm"])}
        call = Call(**{name: given[name] for name in kept}, **led_here)
        return call_interview(unit, call=call, cases=cases, by=request.actor, at=at)

    lead = _("对方负责人会收到通知，看到事由和名单里的件。")
    return _page(request, form, act, title=_("发起约谈"), lead=lead, done=_("约谈通知已发出。"), at=at)


@staff_only(*interviews.STUDIERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_study_page(request: HttpRequest) -> HttpResponseBase:
    """Several units are called together over one problem."""
    at = timezone.now()
    form = StudyForm(request.POST or None, units=_studying(request), topics=_topics(), initial=_begun(request))
    by_key = {topic.pk: topic for topic in _topics()}

    def act(given: dict[str, Any]) -> Any:
        units = [people.unit(pk) for pk in given["units"]]
        cases = _cases(request, given["numbers"], units)
        kept = ("title", "problem", "meets_at", "place")
        led_here = {"topic": by_key.get(given["topic"]), "alarm": _alarm(request, given["alarm"])}
        agenda = Agenda(**{name: given[name] for name in kept}, **led_here)
        return open_study(units, agenda=agenda, cases=cases, by=request.actor, at=at)

    lead = _("参加单位的负责人会收到通知。各人只看到自己看得到的件。")
    return _page(request, form, act, title=_("发起商研"), lead=lead, done=_("商研通知已发出。"), at=at)


@staff_only(*sampling.CHECKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def announce_check_page(request: HttpRequest) -> HttpResponseBase:
    """A list is frozen, from which the next seal draws."""
    at = timezone.now()
    high = [level for level in UnitLevel if level.tier >= UnitLevel.SCHOOL.tier]
    units = list(proceedings.units_under(request.actor, *sampling.CHECKERS).filter(level__in=high))
    first = moments.local_day(at).replace(day=1)
    last_month = {"since": (first - timedelta(days=1)).replace(day=1), "until": first - timedelta(days=1)}
    form = CheckForm(request.POST or None, units=units, initial={**last_month, **_begun(request)})

    def act(given: dict[str, Any]) -> Any:
        said = {name: given[name] for name in ("title", "since", "until")}
        return announce_check(people.unit(given["unit"]), **said, by=request.actor, at=at)

    lead = _("先封存名单，再等下一个封存来定种子：抽到谁，谁也挑不了。被查单位现在不知道。")
    return _page(request, form, act, title=_("发起抽查"), lead=lead, done=_("名单已封存。"), at=at)


def _page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, title: str, lead: str, done: str,
    at: datetime,
) -> HttpResponseBase:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.said(_))
        else:
            messages.success(request, done)
            return redirect("staff:proceeding", pk=made.pk)
    words = {"title": title, "lead": lead, "form": form, "back": reverse("staff:proceedings")}
    context = frame(request, current="proceedings", at=at) | words
    return render(request, "staff/proceedings/open.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What an alarm, a list or a raised talk brings along."""
    query: QueryDict = request.GET
    begun: dict[str, Any] = {name: query[name] for name in ("unit", "title", "ground") if query.get(name)}
    keys = [int(one) for one in query.getlist("appeal")[:MOST] if one.isascii() and one.isdigit()]
    if keys:
        rows = appeals.visible_to(request.actor).filter(pk__in=keys).order_by("number")
        begun["numbers"] = " ".join(rows.values_list("number", flat=True))
    warning = query.get("alarm", "")
    if warning.isascii() and warning.isdigit():
        begun |= _from_a_warning(request, int(warning))
    follows = query.get("follows", "")
    if follows.isascii() and follows.isdigit():
        former = _followed(request, int(follows))
        begun |= {"follows": former.pk, "unit": former.unit_id, "title": former.title}
    return begun


def _from_a_warning(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What a warning brings along: its unit, its topic, and its cases as far as this person sees them."""
    alarm = _alarm(request, pk)
    numbers = [one.number for one in alarms.cases_of(alarm, request.actor)[:MOST]]
    ground = InterviewGround.ALARM
    return {"alarm": pk, "unit": alarm.unit_id, "ground": ground, "topic": alarm.topic_id, "numbers": " ".join(numbers)}


def _alarm(request: HttpRequest, pk: int | None) -> Any:
    if pk is None:
        return None
    try:
        return alarms.get_for(request.actor, pk)
    except alarms.NoSuchAlarm as missing:
        raise Http404 from missing


def _followed(request: HttpRequest, pk: int | None) -> Any:
    if pk is None:
        return None
    try:
        return proceedings.get_for(request.actor, pk)
    except proceedings.Missing as missing:
        raise Http404 from missing


def _studying(request: HttpRequest) -> list[Any]:
    """Who can be asked to a study: schools from the county, offices and 级部 from a school."""
    units = list(proceedings.units_under(request.actor, *interviews.STUDIERS))
    top = max((UnitLevel(unit.level).tier for unit in units), default=0)
    tier = UnitLevel.SCHOOL.tier if top > UnitLevel.SCHOOL.tier else UnitLevel.GRADE.tier
    return [unit for unit in units if UnitLevel(unit.level).tier >= tier and UnitLevel(unit.level).tier < top]


def _topics() -> list[Any]:
    return [topic for _number, topic in appeals.numbered_topics()]


def _cases(request: HttpRequest, numbers: list[str], units: list[Any]) -> list[Any]:
    if not numbers:
        return []
    shared = set.intersection(*(set(people.ids_of(unit.path)) for unit in units))
    lowest = [pk for pk in people.ids_of(units[0].path) if pk in shared][-1]
    return proceedings.named(request.actor, numbers, unit=people.unit(lowest))


urlpatterns = [
    path("proceedings/interviews/call/", call_interview_page, name="call_interview"),
    path("proceedings/studies/open/", open_study_page, name="open_study"),
    path("proceedings/checks/announce/", announce_check_page, name="announce_check"),
]
