"""Any deadline worked out by hand: a start and a limit in, the date and every day of the count out."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huying.people import calendars
from huying.people import queries as people
from huying.rules import explanations, questions
from huying.rules.questions import BadQuestion
from huying.web.components import moments
from huying.web.components.doors import setup_only
from huying.web.setup.sections import frame

UNITS = (
    ("wd", gettext_lazy("个工作日")),
    ("cd", gettext_lazy("天")),
    ("wh", gettext_lazy("个工作小时")),
    ("h", gettext_lazy("小时")),
    ("min", gettext_lazy("分钟")),
)


class QuestionForm(forms.Form):
    """From when, how long, on whose calendar."""

    at = forms.DateTimeField(
        label=gettext_lazy("从什么时候"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("请填时间"),
            "invalid": gettext_lazy("请写成 2026-11-24 10:00 这样的时间"),
        },
    )
    value = forms.IntegerField(
        label=gettext_lazy("多久"),
        error_messages={"required": gettext_lazy("请填多久"), "invalid": gettext_lazy("请填整数")},
    )
    unit = forms.ChoiceField(label=gettext_lazy("单位"), choices=UNITS)
    place = forms.ChoiceField(label=gettext_lazy("用谁的日历"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [
            ("", _("全国工作日历")),
            *((one.code, one.name) for one in people.schools()),
        ]


@require_safe
@setup_only
def explain(request: HttpRequest) -> HttpResponse:
    """The question; and when it was asked, its answer day by day. Asking changes nothing."""
    at = moments.local(timezone.now())
    first = {"at": at.strftime("%Y-%m-%dT%H:%M"), "value": 5, "unit": "wd"}
    form = QuestionForm(request.GET if "at" in request.GET else None, initial=first)
    answer = None
    if form.is_bound and form.is_valid():
        try:
            answer = _answer(form.cleaned_data)
        except BadQuestion as wrong:
            form.add_error("value", wrong.said(_))
    status = 422 if form.errors else 200
    return render(
        request,
        "setup/explain.html",
        frame(request, current="explain") | {"form": form, "answer": answer},
        status=status,
    )


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    unit = people.unit_by_code(asked["place"]) if asked["place"] else None
    calendar = calendars.calendar_for(unit)
    started = asked["at"].replace(tzinfo=moments.SHANGHAI).isoformat()
    due = questions.answer(started, f"{max(asked['value'], 0)}{asked['unit']}", calendar).due
    return {
        "due": due,
        "opened": explanations.explain(due, say=_),
        "for_parent": explanations.for_parent(due, say=_),
    }


urlpatterns = [path("explain/", explain, name="explain")]
