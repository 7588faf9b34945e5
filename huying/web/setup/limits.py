"""Limits: what is in force with its source and history, and a new one from a day to come."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.arrangements import limits, topics
from huying.channels import arrangements as doors
from huying.rules.enums import AppealKind, ClockKind, LimitUnit, Severity, UnitLevel
from huying.rules.labels import label
from huying.rules.limits import BadLimit, LimitFact, amount
from huying.web.components import moments
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, day, done, status
from huying.web.setup.sections import editors_only, frame

TIERS = (UnitLevel.CLASS, UnitLevel.GRADE, UnitLevel.OFFICE, UnitLevel.SCHOOL, UnitLevel.COUNTY)


def _some(first: str, members: Any) -> list[tuple[str, str]]:
    return [("", first), *((one.value, _(label(one))) for one in members)]


class LimitForm(SetupForm):
    """How long a step takes, for which appeals, since when, and who says so."""

    value = forms.IntegerField(
        label=gettext_lazy("多久"),
        min_value=1,
        max_value=2_000_000,
        error_messages={"min_value": gettext_lazy("期限至少是 1，不能是 0 或负数")},
    )
    unit = forms.ChoiceField(label=gettext_lazy("单位"))
    kind = forms.ChoiceField(label=gettext_lazy("只用于哪种性质"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("只用于哪类事"), required=False)
    tier = forms.ChoiceField(label=gettext_lazy("只用于哪一级"), required=False)
    severity = forms.ChoiceField(label=gettext_lazy("只用于哪种缓急"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("只用于哪个渠道"), required=False)
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("哪个文件、第几条；自己定的写“本校规定”")
    )
    on = day(gettext_lazy("从哪天起"), help_text=gettext_lazy("最早明天。那天以前收到的，仍按原来的时限"))
    is_known = forms.BooleanField(label=gettext_lazy("和法规的时限不一样，我知道"), required=False)

    def __init__(self, *args: Any, step: ClockKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["unit"].choices = [(one.value, _(label(one))) for one in LimitUnit]
        self.fields["kind"].choices = _some(_("所有性质"), AppealKind)
        self.fields["tier"].choices = _some(_("所有级别"), TIERS)
        self.fields["severity"].choices = _some(_("不分缓急"), Severity)
        named = [(str(one.pk), one.name) for one in topics.every() if one.is_active]
        self.fields["topic"].choices = [("", _("所有分类")), *named]
        self.fields["channel"].choices = [("", _("所有渠道")), *((one.code, one.name) for one in doors.every())]

    def fact(self, given: dict[str, Any]) -> LimitFact:
        """The limit as the rules know it."""
        return LimitFact(
            step=self.step,
            amount=amount(given["value"], LimitUnit(given["unit"])),
            kind=AppealKind(given["kind"]) if given["kind"] else None,
            tier=UnitLevel(given["tier"]) if given["tier"] else None,
            topic=int(given["topic"]) if given["topic"] else None,
            severity=Severity(given["severity"]) if given["severity"] else None,
            channel=given["channel"],
            source=given["source"],
        )


@require_safe
@editors_only
def limits_page(request: HttpRequest) -> HttpResponse:
    """The limits in force and to come, by step."""
    today = moments.local_day(timezone.now())
    rows = [row for row in limits.history() if row.fact.valid_to >= today]
    context = frame(request, current="limits") | {
        "steps": [(step, [row for row in rows if row.fact.step is step]) for step in ClockKind],
        "today": today,
        "doors": {one.code: one.name for one in doors.every()},
        "may_change": reach.sets_up_everything(request.actor),
    }
    return render(request, "setup/limits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def limit(request: HttpRequest, step: str) -> HttpResponse:
    """One step: its limits of all times, what the law says, and a new limit."""
    reach.require_everything(request.actor)
    if step not in set(ClockKind):
        raise Http404
    at = timezone.now()
    today = moments.local_day(at)
    rows = limits.history(step=step)
    form = LimitForm(request.POST or None, step=ClockKind(step), initial=_begun(rows, today))

    def act(given: dict[str, Any]) -> None:
        limits.follow(form.fact(given), on=given["on"], is_known=given["is_known"], by=request.actor, at=at)

    if request.method == "POST" and done(request, form, act, words=_("新时限已记下，到那天起用。")):
        return redirect("setup:limit", step)
    context = frame(request, current="limits") | {
        "form": form,
        "step": ClockKind(step),
        "rows": rows,
        "today": today,
        "doors": {one.code: one.name for one in doors.every()},
        "law": next((law for row in rows if (law := limits.law_for(row.fact)) is not None), None),
        "clash": _clash(form),
        "back": reverse("setup:limits"),
    }
    return render(request, "setup/limit.html", context, status=status(form))


def _begun(rows: list[limits.Row], today: Any) -> dict[str, Any]:
    """The limit for every appeal that is in force, as the form starts."""
    now = next((row.fact for row in rows if row.fact.valid_from <= today <= row.fact.valid_to), None)
    begun: dict[str, Any] = {"on": today + timedelta(days=1)}
    return begun if now is None else begun | {"value": now.amount.value, "unit": now.amount.unit.value}


def _clash(form: LimitForm) -> str:
    """How what was typed stands to the law's limit; empty when it does not differ."""
    if not form.is_bound or "value" not in form.cleaned_data or "unit" not in form.cleaned_data:
        return ""
    given = {name: form.cleaned_data.get(name, "") for name in form.fields}
    try:
        return limits.against_the_law(form.fact(given))
    except BadLimit:
        return ""
