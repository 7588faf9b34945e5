"""A school's own home, and the page on which one chooses a school."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huying.people import queries as people
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.parents import month
from huying.web.parents.context import around, school_of_code


@require_safe
@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    """The school's home where there is one school, else the list of schools."""
    only = school_of_code("")
    if only is not None:
        return _home(request, only)
    return render(request, "parents/choose.html", {**around(), "schools": people.schools()})


@require_safe
@open_to_all
def home(request: HttpRequest, code: str) -> HttpResponse:
    """The home of one school."""
    school = school_of_code(code)
    if school is None:
        raise Http404
    return _home(request, school)


def _home(request: HttpRequest, school: Any) -> HttpResponse:
    today = moments.local_day(timezone.now())
    shown = month.of_school(school, on=today)
    return render(request, "parents/home.html", {**around(school), "month": shown, "today": today})
