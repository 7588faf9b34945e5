"""Who is behind a request: `request.actor`, built from the sign-in and the posts of today, or NOBODY."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from huying.people import passwords
from huying.people import queries as people
from huying.people.sessions import SEEN, SIGNED_IN
from huying.rules.actors import NOBODY
from huying.web.components import moments

LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


class ActorMiddleware:
    """Sets `request.actor`, ends sessions that have lasted too long, and asks for a first password of one's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY
        # A visitor without a session costs no statement; a parent's session has no sign-in.
        if request.user.is_authenticated:
            at = timezone.now()
            if _is_over(request, at=at):
                logout(request)
            else:
                request.actor = people.actor_of(request.user, on=moments.local_day(at))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Staff pages open only once the handed-out password has been replaced."""
        door = getattr(view, "who_may_enter", None)
        if door is None or door.audience not in ("staff", "setup") or getattr(view, "opens_first", False):
            return None
        return redirect("staff:password") if must_change_password(request) or is_worn(request) else None


def must_change_password(request: HttpRequest) -> bool:
    """Whether this sign-in still has a handed-out password. The printed accounts of a demonstration keep theirs."""
    account = request.user
    if not account.is_authenticated or not account.must_change_password:
        return False
    return not (account.is_demo and settings.DEMO_MARK.exists())


def is_worn(request: HttpRequest) -> bool:
    """Whether the profile of 等保 is on and this sign-in's password has lasted as long as it allows."""
    account = request.user
    if not settings.MLPS or not account.is_authenticated or account.is_demo:
        return False
    return passwords.is_worn(account, at=timezone.now())


def _is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Notes that the session is in use, at most once a minute; whether its twelve hours have passed."""
    session = request.session
    began = session.setdefault(SIGNED_IN, at.isoformat())
    seen = session.get(SEEN)
    if seen is None or at - datetime.fromisoformat(seen) >= SEEN_EVERY:
        session[SEEN] = at.isoformat()
    return at - datetime.fromisoformat(began) >= LONGEST
