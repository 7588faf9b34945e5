"""宣传周方案: a short form, and the plan as a paper to be edited or printed. Nothing of it is kept."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huying.oversight import bulletins
from huying.papers.letters.issue import Issue
from huying.papers.letters.week import WeekFacts, WeekTask, week
from huying.people import queries as people
from huying.rules.bulletins import WATCHERS
from huying.rules.enums import UnitLevel
from huying.web.components.doors import staff_only
from huying.web.components.handing import FORMS, handed_over
from huying.web.staff import asking
from huying.web.staff.frame import frame

MOST_DAYS = 31
MOST_LINES = 60
DATED = re.compile(r"\s*(\d{1,2})[-/.月](\d{1,2})日?[\s，,：:]+(.+)")
# A paper is written in Chinese, whatever language the page speaks.
NAME, EVERYBODY, SCHOOLS = "教育惠民宣传周", "各级部、各处室", "各学校"


class WeekForm(forms.Form):
    """What the plan says."""

    unit = forms.TypedChoiceField(label=gettext_lazy("哪个单位"), coerce=int)
    theme = asking.line(gettext_lazy("主题"), most=60)
    since = asking.day(gettext_lazy("从哪天"))
    until = asking.day(gettext_lazy("到哪天"))
    aims = asking.text(gettext_lazy("目的，一行一段"), rows=3)
    tasks = asking.text(
        gettext_lazy("每天做什么，一行一项"),
        rows=6,
        hint=gettext_lazy("写成：11-23 发放联系卡。不写日期的，算第一天。"),
    )
    who = asking.line(gettext_lazy("谁负责"), most=60)
    where = asking.line(gettext_lazy("在哪里"), most=60)
    prepared = asking.text(gettext_lazy("要准备的东西，一行一样"), rows=3, required=False)
    demands = asking.text(gettext_lazy("工作要求，一行一条"), rows=3, required=False)

    def __init__(self, *args: Any, units: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since is None or until is None:
            return given
        if not timedelta(0) <= until - since < timedelta(days=MOST_DAYS):
            self.add_error("until", _("到哪天不能早于从哪天，最多一个月。"))
        elif given.get("tasks"):
            self._programme(given)
        return given

    def _programme(self, given: dict[str, Any]) -> None:
        lines = [line.strip() for line in given["tasks"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            self.add_error("tasks", _("最多 %(n)d 项。") % {"n": MOST_LINES})
            return
        try:
            said = [dated(line, since=given["since"], until=given["until"]) for line in lines]
        except ValueError as error:
            self.add_error("tasks", _("这一行的日期不在这几天里：%(line)s") % {"line": error})
            return
        rows = sorted(said, key=lambda one: one[0])
        where, who = given.get("where", ""), given.get("who", "")
        given["programme"] = tuple(WeekTask(on, what, where, who) for on, what in rows)


def dated(line: str, *, since: date, until: date) -> tuple[date, str]:
    """The day a line names and the rest of it; the first day where it names none. ValueError for a day outside."""
    found = DATED.fullmatch(line)
    if found is None:
        return since, line
    month, number = int(found[1]), int(found[2])
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    on = next((one for one in days if (one.month, one.day) == (month, number)), None)
    if on is None:
        raise ValueError(line)
    return on, found[3].strip()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*WATCHERS)
def campaign_week(request: HttpRequest) -> HttpResponse:
    """The form; sent, the plan as a file, or the form again with what was wrong."""
    units = bulletins.units_for(request.actor, posts=WATCHERS)
    form = WeekForm(request.POST or None, units=units)
    asked = request.POST.get("form", "docx")
    if request.method == "POST" and form.is_valid() and asked in FORMS:
        at = timezone.now()
        made = week(_facts(form.cleaned_data, on=timezone.localdate(at)))
        return handed_over(made, f"{_('宣传周方案')}-{form.cleaned_data['since']}", asked, at=at)
    context = frame(request, current="campaign_week") | {"form": form, "failed": form if form.errors else None}
    return render(request, "staff/campaign_week.html", context, status=422 if request.method == "POST" else 200)


def _facts(given: dict[str, Any], *, on: date) -> WeekFacts:
    unit = people.unit(given["unit"])
    return WeekFacts(
        issue=Issue(organ=unit.name, on=on, is_draft=True),
        to=EVERYBODY if unit.level == UnitLevel.SCHOOL else SCHOOLS,
        name=NAME,
        theme=given["theme"].rstrip("。"),
        since=given["since"],
        until=given["until"],
        aims=given["aims"],
        programme=given["programme"],
        prepared=_lines(given["prepared"]),
        demands=_lines(given["demands"]),
        contacts=tuple((one.get_level_display(), one.name, one.phone) for one in _above(unit) if one.phone),
    )


def _above(unit: Any) -> list[Any]:
    return list(people.units_above(unit.path).order_by("-path"))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


urlpatterns = [path("campaign-week/", campaign_week, name="campaign_week")]
