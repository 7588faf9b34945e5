"""The reader's own comfort, kept in two cookies and nothing else; and the way out in a hurry."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from huying.web.components.doors import open_to_all

YEAR_SECONDS = 365 * 24 * 3600
CYCLES = {"size": ("", "l", "xl"), "tone": ("", "dark", "light")}


def chosen(request: HttpRequest | None, what: str) -> str:
    """What the reader chose for `size` or `tone`; empty when nothing, or nothing we know."""
    kept = "" if request is None else request.COOKIES.get(_cookie(request, what), "")
    return kept if kept in CYCLES[what] else ""


def link(request: HttpRequest | None, *, what: str, value: str, back: str = "") -> str:
    """The address that sets `value` and comes back to the page the reader is on, or to `back`."""
    # Only the path comes back: a page reached by POST is asked for again as a plain page.
    back = back or ("/" if request is None else request.path)
    return f"{reverse('comfort:set')}?{urlencode({what: value, 'next': back})}"


@open_to_all
@require_safe
def set_comfort(request: HttpRequest) -> HttpResponse:
    """The reader's size or tone is kept for a year, and the page they were on comes back."""
    response = HttpResponseRedirect(_same_site(request, request.GET.get("next", "/")))
    for what, allowed in CYCLES.items():
        value = request.GET.get(what)
        if value == "":
            response.delete_cookie(_cookie(request, what))
        elif value in allowed:
            _keep(request, response, what, value)
    return response


@open_to_all
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Whatever was open is closed, and another site shows."""
    if request.session.session_key:
        request.session.flush()
    response = HttpResponseRedirect(settings.LEAVE_TO)
    response["Cache-Control"] = "no-store"
    return response


def _same_site(request: HttpRequest, wanted: str) -> str:
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else "/"


def _keep(request: HttpRequest, response: HttpResponse, what: str, value: str) -> None:
    response.set_cookie(
        _cookie(request, what),
        value,
        max_age=YEAR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _cookie(request: HttpRequest, what: str) -> str:
    return f"__Host-{what}" if request.is_secure() else what
