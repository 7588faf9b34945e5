"""Each request has an id, and what staff do on a page is told to the security log: ids and outcomes, no words.

Where a family files or asks, only the outcome is told: no address, no browser, nothing by which one could be known.
"""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import base36_to_int

from huying.web.components.visitors import address_of

CURRENT: ContextVar[str] = ContextVar("request", default="")
HEADER = "X-Request-Id"
# Among these are the pages on which nobody is known yet: each try to get in matters.
WATCHED = ("staff:", "setup:")
security = logging.getLogger("huying.security")


class RequestLogMiddleware:
    """Outermost of ours: whatever is logged while a request is answered carries its id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Django says of a bad answer after all middleware are done: it finds the id on the request.
        request.log_id = secrets.token_hex(8)
        token = CURRENT.set(request.log_id)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request.log_id
            _tell(request, response)
            return response
        finally:
            CURRENT.reset(token)


def outcome_of(status: int) -> str:
    """What became of a request, in one word."""
    if status == 429:
        return "limited"
    if status in (403, 404):
        return "denied"
    if status >= 500:
        return "failed"
    return "refused" if status >= 400 else "done"


def _tell(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    view = match.view_name if match is not None else ""
    is_watched = view.startswith(WATCHED)
    outcome = outcome_of(response.status_code)
    if not (request.method == "POST" or outcome in ("denied", "limited", "failed")):
        return
    if not is_watched and outcome in ("done", "refused"):
        return
    facts: dict[str, Any] = {"event": view, "outcome": outcome, "status": response.status_code, "verb": request.method}
    if is_watched and match is not None:
        facts |= _who(request, match.kwargs)
    security.log(logging.INFO if outcome == "done" else logging.WARNING, "%s %s", view, outcome, extra={"facts": facts})


def _who(request: HttpRequest, named: dict[str, Any]) -> dict[str, Any]:
    """Ids alone; a token in the address stays where it is."""
    user = getattr(request, "user", None)
    known = {"account": user.pk} if user is not None and user.is_authenticated else _half_way_in(request)
    numbered = {"appeal": named["pk"]} if isinstance(named.get("pk"), int) else {}
    return {**known, **numbered, "address": address_of(request)}


def _half_way_in(request: HttpRequest) -> dict[str, Any]:
    """Whose password was right, while the second factor is still asked for."""
    session = getattr(request, "session", None)
    login = session.get("account_login") if session is not None and request.method == "POST" else None
    if not isinstance(login, dict):
        return {}
    try:
        # allauth keeps the key as it would stand in an address.
        return {"account": base36_to_int(str(login.get("user_pk", "")))}
    except ValueError:
        return {}
