"""A school's own home, and the page on which one chooses a school."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huying.appeals import figures
from huying.people import queries as people
from huying.web.components import moments
from huying.web.components.doors import open_to_all
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
    school = school_of_code(code)
    if school is None:
        raise Http404
    return _home(request, school)


def _home(request: HttpRequest, school: object) -> HttpResponse:
    today = moments.local_day(timezone.now())
    month = figures.of_period(since=today.replace(day=1), until=today, unit=school)
    return render(request, "parents/home.html", {**around(school), "month": month, "today": today})
