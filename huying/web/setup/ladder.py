"""The escalation ladder: what is in force, and a change that is tried on the last month before it is saved."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals import ladderbook
from huying.appeals.ladderbook import Group
from huying.rules import ladders
from huying.rules.clocks import WINDOWS
from huying.rules.enums import ClockKind, Severity
from huying.rules.escalation import LadderFact
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.components.doors import setup_only
from huying.web.setup import reach
from huying.web.setup.ladder_form import LadderForm, when_words
from huying.web.setup.sections import frame

KINDS = tuple(kind for kind in ClockKind if kind not in WINDOWS)


def group_words(group: Group) -> str:
    """所有环节, or the clock with its severity."""
    clock, severity = group
    parts = [_(label(clock)) if clock else _("所有环节"), _(label(severity)) if severity else ""]
    return _("，").join(part for part in parts if part)


@require_safe
@setup_only
def home(request: HttpRequest) -> HttpResponse:
    """The ladders in force and those to come."""
    today = moments.local_day(timezone.now())
    context = {
        "now_in_force": [_shown(group, steps) for group, steps in ladderbook.steps_on(today).items()],
        "to_come": [_shown(group, steps) for group, steps in ladderbook.steps_to_come(today).items()],
        "kinds": [(kind.value, _(label(kind))) for kind in KINDS],
        "severities": [(one.value, _(label(one))) for one in Severity],
        "may_change": reach.sets_up_everything(request.actor),
    }
    return render(request, "setup/ladder.html", frame(request, current="ladder") | context)


def _shown(group: Group, steps: Any) -> dict[str, Any]:
    clock, severity = group
    return {
        "words": group_words(group),
        "steps": [(when_words(one), one) for one in steps],
        "first": steps[0],
        "address": f"{reverse('setup:ladder_edit')}?clock={clock or ''}&severity={severity or ''}",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@setup_only
def edit(request: HttpRequest) -> HttpResponseBase:
    """The steps of one ladder; then whom they would have told; then, confirmed, saved."""
    group = _group(request)
    if not reach.sets_up_everything(request.actor):
        raise Http404
    at = timezone.now()
    today = moments.local_day(at)
    steps = ladderbook.steps_on(today).get(group, ladderbook.steps_on(today).get((None, None), ()))
    form = LadderForm(request.POST or None, steps=steps, today=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "confirm" not in request.POST or request.POST.get("seen") != _stamp(group, form, steps):
            return _tried(request, group, form, stamp=_stamp(group, form, steps))
        ladderbook.follow(group, given["steps"], source=given["source"], on=given["on"], by=request.actor, at=at)
        messages.success(request, _("已保存，%(day)s起用。") % {"day": moments.day_words(given["on"], year=True)})
        return redirect("setup:ladder")
    context = {"form": form, "words": group_words(group)}
    return render(
        request,
        "setup/ladder_edit.html",
        frame(request, current="ladder") | context,
        status=422 if form.errors else 200,
    )


def _stamp(group: Group, form: LadderForm, steps: Iterable[LadderFact]) -> str:
    """Nobody has it who was not shown what this ladder would do in the place of the one that stands."""
    return salted_hmac("ladder", repr((group, form.cleaned_data, tuple(steps)))).hexdigest()


def _tried(request: HttpRequest, group: Group, form: LadderForm, *, stamp: str) -> HttpResponse:
    """照这样，上个月会提醒谁？"""
    at = timezone.now()
    steps = form.cleaned_data["steps"]
    clock, severity = group
    now = tuple(one for some in ladderbook.steps_on(moments.local_day(at)).values() for one in some)
    new = [replace(one, clock=clock, severity=severity) for one in steps]
    context = {
        "words": group_words(group),
        "form": form,
        "carried": form.carried() | {"seen": stamp},
        "is_stale": "confirm" in request.POST,
        "steps": [(when_words(one), one) for one in steps],
        "tried": ladderbook.rehearse([*ladders.without(now, group), *new], at=at),
        "today_s": ladderbook.rehearse(now, at=at),
    }
    return render(request, "setup/ladder_check.html", frame(request, current="ladder") | context)


def _group(request: HttpRequest) -> Group:
    """Which ladder is asked for; `Http404` for what has none."""
    clock, severity = request.GET.get("clock", ""), request.GET.get("severity", "")
    if clock not in ("", *(kind.value for kind in KINDS)) or severity not in ("", *(one.value for one in Severity)):
        raise Http404
    return ClockKind(clock) if clock else None, Severity(severity) if severity else None


urlpatterns = [
    path("ladder/", home, name="ladder"),
    path("ladder/edit/", edit, name="ladder_edit"),
]
