"""What is set up: units and their heads, limits with their sources, calendar years, doors. Read-only so far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huying.appeals import rulebook
from huying.channels import inbox
from huying.people import calendars
from huying.people import queries as people
from huying.web.components import moments
from huying.web.components.doors import setup_only


@require_safe
@setup_only
def home(request: HttpRequest) -> HttpResponse:
    """The organisation on one page."""
    today = moments.local_day(timezone.now())
    context = {
        "units": people.tree(on=today),
        "limits": rulebook.in_force(on=today),
        "years": calendars.known_years(),
        "missing": calendars.missing_years(on=today),
        "doors": inbox.channels(),
    }
    return render(request, "setup/home.html", context)
