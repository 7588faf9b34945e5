"""The first page of the set-up: what stands, what is missing, and the way to each part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.people import calendars
from huying.people import queries as people
from huying.rules.enums import PostKind
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.components.doors import setup_only
from huying.web.setup import sections

# Without these a school's appeals lie still.
NEEDED = (PostKind.PRINCIPAL, PostKind.DISPATCHER, PostKind.CALLER)


@require_safe
@setup_only
def home(request: HttpRequest) -> HttpResponse:
    """The organisation on one page."""
    today = moments.local_day(timezone.now())
    parts = [(_(one.words), _(one.purpose), reverse(one.address)) for one in sections.open_to(request)]
    context: dict[str, Any] = sections.frame(request, current="home") | {
        "parts": parts,
        "units": people.tree(on=today),
        "years": calendars.known_years(),
        "missing": calendars.missing_years(on=today),
        "gaps": [(_(label(kind)), people.schools_without(kind, on=today)) for kind in NEEDED],
    }
    return render(request, "setup/home.html", context)
