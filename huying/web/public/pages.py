"""What the service is, whom to call, what is promised, and what happens to what people leave: in plain words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huying.appeals import rulebook
from huying.people import queries as people
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.parts import Phone


def around(here: str = "") -> dict[str, Any]:
    """What every public page needs."""
    county = people.county()
    phones = [Phone(county.name, county.phone)] if county is not None and county.phone else []
    return {"phones": phones, "here": here, "schools": people.schools()}


@require_safe
@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """How a matter goes, and by when."""
    promised = rulebook.promised(on=moments.local_day(timezone.now()))
    return render(request, "public/home.html", {**around(), "promised": promised})


@require_safe
@open_to_all
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to call: the schools' stations first, then the county."""
    called = [Phone(school.name, school.phone) for school in people.schools() if school.phone]
    return render(request, "public/contacts.html", {**around("contacts"), "called": called})


@require_safe
@open_to_all
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to what people leave, children's data first."""
    return render(request, "public/privacy.html", around())


@require_safe
@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used by everyone."""
    return render(request, "public/accessibility.html", around())
