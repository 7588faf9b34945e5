"""渠道自测: which doors of a school were tried from outside, and the form to say so."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.oversight import doors
from huying.oversight.actions.record_door_test import record_door_test
from huying.rules import doors as rules
from huying.rules.refusals import Refusal
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff import asking
from huying.web.staff.frame import frame


class TestForm(forms.Form):
    """Which door, when, and whether it arrived; nothing is chosen beforehand."""

    channel = forms.TypedChoiceField(label=gettext_lazy("哪个渠道"), coerce=int)
    tested_on = asking.day(gettext_lazy("哪天测的"))
    arrived = forms.TypedChoiceField(
        label=gettext_lazy("收到了吗"),
        choices=[("yes", gettext_lazy("收到了")), ("no", gettext_lazy("没有收到"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = asking.line(gettext_lazy("怎么测的"), required=False, hint=gettext_lazy("没有收到的要写明哪里不通"))

    def __init__(self, *args: Any, found: list[doors.Door], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = [("", _("请选")), *((one.channel.pk, _(one.channel.name)) for one in found)]


@require_safe
@staff_only(*rules.READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """The schools one may look at, with how many of their doors are known to be open."""
    units = list(doors.units_of(request.actor))
    fresh = doors.fresh_of(units, on=moments.local_day(timezone.now()))
    rows = [(unit, fresh.get(unit.pk, 0)) for unit in units]
    context = frame(request, current="doors") | {"rows": rows, "all": doors.how_many()}
    return render(request, "staff/doors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*rules.READERS)
def doors_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The doors of one school; whoever tests them says here what came of it."""
    try:
        unit = doors.unit_for(request.actor, pk)
    except doors.NoSuchDoors:
        raise Http404 from None
    at = timezone.now()
    found = doors.of(unit, on=moments.local_day(at))
    form = TestForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid() and _recorded(request, unit, found, form, at=at):
        return redirect("staff:doors_of", pk)
    context = frame(request, current="doors", at=at) | {
        "unit": unit,
        "doors": found,
        "form": form if rules.may_test(request.actor, unit.fact) else None,
        "failed": form if form.errors else None,
    }
    return render(request, "staff/doors_of.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, unit: Any, found: list[doors.Door], form: TestForm, *, at: datetime) -> bool:
    given = dict(form.cleaned_data)
    key = given.pop("channel")
    channel = next(one.channel for one in found if one.channel.pk == key)
    try:
        record_door_test(unit, channel, **given, by=request.actor, at=at)
    except Refusal as refusal:
        form.add_error(None, refusal.said(_))
        return False
    messages.success(request, _("已记下。"))
    return True


urlpatterns = [
    path("channels/", listing, name="doors"),
    path("channels/<int:pk>/", doors_of, name="doors_of"),
]
