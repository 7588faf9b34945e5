"""The yearly target: each school's trend with the health of its intake beside it, in the order of the tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huying.oversight import targets
from huying.rules import targets as rules
from huying.rules.labels import label
from huying.rules.targets import Trend
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.frame import ALARMED, frame

MOVED = {
    "from_outside": gettext_lazy("外面转来的变多"),
    "late_entered": gettext_lazy("补录的变多"),
    "not_taken_on": gettext_lazy("没接下来的变多"),
    "channels": gettext_lazy("用到的渠道变少"),
}


@require_safe
@staff_only(*ALARMED)
def page(request: HttpRequest) -> HttpResponse:
    """How the year stands, school by school."""
    on = moments.local_day(timezone.now())
    rows = [row(one) for one in targets.standings(request.actor, on=on)]
    context = frame(request, current="targets") | {"rows": rows, "on": on, "band": targets.band(on=on)}
    return render(request, "staff/targets.html", context)


def row(one: targets.Standing) -> dict[str, Any]:
    """One school as `staff/target_row.html` draws it; boards may use it too."""
    now, then = rules.shares(one.now), rules.shares(one.before)
    health = [
        (_("千生诉求"), _number(then["per_1000_pupils"]), _number(now["per_1000_pupils"])),
        (_("外面转来"), _percent(then["from_outside"]), _percent(now["from_outside"])),
        (_("补录"), _percent(then["late_entered"]), _percent(now["late_entered"])),
        (_("没接下来"), _percent(then["not_taken_on"]), _percent(now["not_taken_on"])),
        (_("用到的渠道"), str(one.before.channels), str(one.now.channels)),
    ]
    return {
        "unit": one.unit.name,
        "complaints": one.complaints,
        "all_kinds": one.all_kinds,
        "change": _change(one.complaints),
        "margin": _margin(one.complaints),
        "change_of_all": _change(one.all_kinds),
        "standing": _(label(one.complaints.standing)),
        "health": health,
        "moved": [str(MOVED[name]) for name in one.moved],
    }


def _change(trend: Trend) -> str:
    return "—" if trend.change is None else f"{trend.change * 100:+.0f}%"


def _margin(trend: Trend) -> str:
    return "" if trend.low is None or trend.high is None else f"{trend.low * 100:+.0f}% … {trend.high * 100:+.0f}%"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.0f}%"


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


urlpatterns = [path("targets/", page, name="targets")]
