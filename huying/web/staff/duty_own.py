"""与我有关: what was served on me, what I said to it, and what was decided. Nobody else's."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huying.oversight import accountability
from huying.web.components.doors import staff_only
from huying.web.staff.duty import line_of, paper_of, take
from huying.web.staff.duty_page import page_of
from huying.web.staff.frame import frame

MOST = 200


@staff_only()
@require_safe
def own_cases(request: HttpRequest) -> HttpResponse:
    """The cases about me that were served on me."""
    lines = [line_of(case, "staff:own_case") for case in accountability.about(request.actor)[:MOST]]
    context = frame(request, current="own") | {"lines": lines, "is_own": True}
    return render(request, "staff/duty/cases.html", context)


@staff_only()
@require_safe
def own_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, whole."""
    at = timezone.now()
    file = accountability.read(_own(request, pk), by=request.actor, at=at)
    context = frame(request, current="own", at=at) | page_of(
        file, view="staff:own_act", paper="staff:own_paper", is_own=True
    )
    return render(request, "staff/duty/case.html", context)


@staff_only()
@require_http_methods(["GET", "POST"])
def own_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """I state, waive, add, or object."""
    return take(request, _own(request, pk), act, back="staff:own_case", current="own")


@staff_only()
@require_safe
def own_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The decision about me, as a paper."""
    return paper_of(request, _own(request, pk), kind)


def _own(request: HttpRequest, pk: int) -> Any:
    try:
        return accountability.get_own(request.actor, pk)
    except accountability.Missing as missing:
        raise Http404 from missing


urlpatterns = [
    path("me/duty/<int:pk>/paper/<slug:kind>/", own_paper, name="own_paper"),
    path("me/duty/", own_cases, name="own_cases"),
    path("me/duty/<int:pk>/", own_case, name="own_case"),
    path("me/duty/<int:pk>/<slug:act>/", own_act, name="own_act"),
]
