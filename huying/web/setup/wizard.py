"""The first organisation, step by step, for whoever holds the address printed on the machine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.arrangements import founding
from huying.people import calendars, founding_pass
from huying.people import queries as people
from huying.people.actions.found_organisation import Administrator, Plan
from huying.people.changes import Refused
from huying.web.components import moments
from huying.web.components.doors import Door, View, open_to_all
from huying.web.components.parts import Step
from huying.web.setup import wizard_forms
from huying.web.setup.units import public_address, qr

SECRET, DRAFT, FOUNDED = "founding_secret", "founding_draft", "founded"
STEPS = (
    ("organisation", gettext_noop("单位")),
    ("administrator", gettext_noop("管理员")),
    ("units", gettext_noop("年级和班级")),
    ("calendar", gettext_noop("日历")),
    ("limits", gettext_noop("时限")),
    ("check", gettext_noop("核对")),
)
NAMES = tuple(name for name, _words in STEPS)
NEVER_KEPT = ("csrfmiddlewaretoken", "go", "password1", "password2")
HASH = "password"


def founders_only(view: View) -> View:
    """Only the browser that used the printed address, and only while no organisation stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if people.county() is not None or not founding_pass.holds(request.session.get(SECRET, "")):
            raise Http404
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.who_may_enter = Door("founder")  # type: ignore[attr-defined]
    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """The printed address: a button, so that no preview of a link uses it up."""
    if people.county() is not None or not founding_pass.is_good(token, at=timezone.now()):
        raise Http404
    if request.method == "POST":
        secret = founding_pass.claim(token, at=timezone.now())
        if not secret:
            raise Http404
        request.session.cycle_key()
        request.session[SECRET] = secret
        return redirect("setup:wizard", NAMES[0])
    response = render(request, "setup/wizard_begin.html")
    add_never_cache_headers(response)
    return response


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@founders_only
def wizard(request: HttpRequest, step: str) -> HttpResponse:
    """One step; what was typed stays, forwards and backwards."""
    if step not in NAMES:
        raise Http404
    form = _form(request, step, request.POST or None)
    if request.method == "POST":
        _keep(request, step)
        if request.POST.get("go") == "back":
            return redirect("setup:wizard", NAMES[max(NAMES.index(step) - 1, 0)])
        if form.is_valid():
            return _onwards(request, step, form)
    return _page(request, step, form)


def _onwards(request: HttpRequest, step: str, form: forms.Form) -> HttpResponse:
    if isinstance(form, wizard_forms.AdministratorForm):
        _draft(request)[HASH] = form.hashed
        request.session.modified = True
    if step != NAMES[-1]:
        return redirect("setup:wizard", NAMES[NAMES.index(step) + 1])
    unready = _unready(request)
    if unready:
        return redirect("setup:wizard", unready)
    try:
        code = _found(request)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, step, form)
    founding_pass.withdraw()
    for key in (SECRET, DRAFT):
        request.session.pop(key, None)
    request.session[FOUNDED] = code
    return redirect("setup:wizard_done")


def _page(request: HttpRequest, step: str, form: forms.Form) -> HttpResponse:
    place = NAMES.index(step)
    bars = [
        Step(_(words), "done" if at < place else "now" if at == place else "todo")
        for at, (_name, words) in enumerate(STEPS)
    ]
    context = {"step": step, "title": _(STEPS[place][1]), "form": form, "bars": bars, "is_first": place == 0}
    more = {"calendar": _calendar, "check": _check}.get(step)
    context |= more(request) if more else {}
    return render(request, "setup/wizard.html", context, status=422 if form.errors else 200)


# ---------- what was typed ----------


def _draft(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.setdefault(DRAFT, {})
    return kept


def _keep(request: HttpRequest, step: str) -> None:
    _draft(request)[step] = {name: value for name, value in request.POST.items() if name not in NEVER_KEPT}
    request.session.modified = True


def _form(request: HttpRequest, step: str, data: Any) -> Any:
    """The form of a step with what was typed, now or before."""
    draft = _draft(request)
    told: dict[str, Any] = {"initial": draft.get(step)} if draft.get(step) is not None else {}
    makers: dict[str, Callable[[], forms.Form]] = {
        "organisation": lambda: wizard_forms.OrganisationForm(data, **told),
        "administrator": lambda: wizard_forms.AdministratorForm(
            data, kept=draft.get(HASH, ""), centre=draft.get("organisation", {}).get("centre", ""), **told
        ),
        "units": lambda: wizard_forms.UnitsForm(data, **told),
        "calendar": lambda: wizard_forms.CalendarForm(data, **told),
        "limits": lambda: wizard_forms.LimitsForm(data, on=_today(), **told),
        "check": lambda: wizard_forms.SetupForm(data),
    }
    return makers[step]()


def _filled(request: HttpRequest) -> dict[str, Any]:
    """Every step's form, bound to what was kept of it."""
    draft = _draft(request)
    return {name: _form(request, name, draft.get(name, {})) for name in NAMES[:-1]}


def _unready(request: HttpRequest) -> str:
    """The first step that is not right yet; empty when all are."""
    for name, form in _filled(request).items():
        if not form.is_valid() or (name == "administrator" and not _draft(request).get(HASH)):
            return name
    return ""


def _found(request: HttpRequest) -> str:
    """The code of the school that stands now."""
    filled = _filled(request)
    for form in filled.values():
        form.is_valid()
    given = {name: form.cleaned_data for name, form in filled.items()}
    who = given["administrator"]
    plan = Plan(**given["organisation"], **given["units"])
    founding.found(
        plan,
        administrator=Administrator(who["name"], who["login"], _draft(request)[HASH]),
        days=filled["limits"].days,
        source=given["limits"]["source"],
        on=_today(),
        at=timezone.now(),
    )
    return plan.code


def _calendar(request: HttpRequest) -> dict[str, Any]:
    week = calendars.national().week
    days = [(moments.WEEKDAYS[day], hours) for day, hours in sorted(week.items()) if hours]
    years = [year for year in calendars.known_years() if year >= _today().year - 1]
    return {
        "week": [(_(words), hours) for words, hours in days],
        "years": years,
        "missing": calendars.missing_years(on=_today()),
    }


def _check(request: HttpRequest) -> dict[str, Any]:
    unready = _unready(request)
    if unready:
        return {"unready": unready, "unready_words": _(dict(STEPS)[unready])}
    filled = _filled(request)
    for form in filled.values():
        form.is_valid()
    return {"given": {name: form.cleaned_data for name, form in filled.items()}, "days": filled["limits"].days.items()}


def _today() -> Any:
    return moments.local_day(timezone.now())


# ---------- done ----------


def _founded(request: HttpRequest) -> str:
    code = request.session.get(FOUNDED, "")
    if not code or people.unit_by_code(code) is None:
        raise Http404
    return str(code)


@require_safe
@open_to_all
def wizard_done(request: HttpRequest) -> HttpResponse:
    """The address for parents, and what comes next."""
    address = public_address(request, _founded(request))
    context = {"address": address, "school": people.unit_by_code(_founded(request)), "next": reverse("setup:home")}
    response = render(request, "setup/wizard_done.html", context)
    add_never_cache_headers(response)
    return response


@require_safe
@open_to_all
def wizard_code(request: HttpRequest) -> HttpResponse:
    """The picture of that address."""
    return HttpResponse(qr(public_address(request, _founded(request))), content_type="image/svg+xml")
