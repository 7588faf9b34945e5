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
from huying.people.sessions import POSTS, SEEN, SIGNED_IN
from huying.rules import accounts
from huying.rules.actors import NOBODY, Actor
from huying.web.components import moments
from huying.web.components.second_factor import lacks

LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


class ActorMiddleware:
    """Sets `request.actor`, ends sessions that have lasted too long or began in other posts, and asks for a password of
    one's own and the second factor that the posts need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY
        # A visitor without a session costs no statement; a parent's session has no sign-in.
        if request.user.is_authenticated:
            at = timezone.now()
            actor = people.actor_of(request.user, on=moments.local_day(at))
            if _is_over(request, at=at) or _was_in_other_posts(request, actor):
                logout(request)
            else:
                request.actor = actor
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Staff pages open only once the handed-out password has been replaced and the telephone is bound."""
        door = getattr(view, "who_may_enter", None)
        if door is None or door.audience not in ("staff", "setup"):
            return None
        opens_before = getattr(view, "opens_before", ())
        if "password" not in opens_before and (must_change_password(request) or is_worn(request)):
            return redirect("staff:password")
        if "second_factor" not in opens_before and lacks(request):
            return redirect("staff:own_factor")
        return None


def opens_before(*what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page for someone who has not done this yet: chosen a password of their own, bound a second factor."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.opens_before = what
        return view

    return mark


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


def _was_in_other_posts(request: HttpRequest, actor: Actor) -> bool:
    """Whether the posts are others than those the session began with: then one signs in anew."""
    return request.session.get(POSTS) not in (None, accounts.posts_mark(actor))


def _is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Notes that the session is in use, at most once a minute; whether its twelve hours have passed."""
    session = request.session
    began = session.setdefault(SIGNED_IN, at.isoformat())
    seen = session.get(SEEN)
    if seen is None or at - datetime.fromisoformat(seen) >= SEEN_EVERY:
        session[SEEN] = at.isoformat()
    return at - datetime.fromisoformat(began) >= LONGEST
