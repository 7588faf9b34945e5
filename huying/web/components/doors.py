"""Who may enter a page. Every view of the house carries one of these marks; a house test looks for it.

A door only keeps people out of a page. What they may see inside is decided by the queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from huying.rules.enums import ActorKind, PostKind
from huying.web.components.kept import signed_out

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """`audience` is all, holder, staff or setup; `posts` empty means any member of staff."""

    audience: str
    posts: tuple[PostKind, ...] = ()


def open_to_all(view: View) -> View:
    """Anyone may enter."""
    view.who_may_enter = Door("all")
    return view


def holder_only(view: View) -> View:
    """Only someone whose receipt code has been checked; others are asked for the code."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.kind is not ActorKind.APPELLANT or request.actor.receipt is None:
            return _unkept(redirect("parents:progress"))
        return _unkept(view(request, *args, **kwargs))

    guarded.who_may_enter = Door("holder")
    return guarded


def staff_only(*posts: PostKind) -> Callable[[View], View]:
    """Only staff holding one of these posts today (none named: anyone on the staff); for others there is no page."""
    return _posted(Door("staff", posts))


def setup_only(view: View) -> View:
    """Only those who set up the system or its security."""
    return _posted(Door("setup", (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN)))(view)


def _posted(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _unkept(signed_out(request))
            if not _holds(request, door.posts):
                raise Http404
            return _unkept(view(request, *args, **kwargs))

        guarded.who_may_enter = door
        return guarded

    return mark


def _holds(request: HttpRequest, posts: tuple[PostKind, ...]) -> bool:
    actor = request.actor
    # Somebody without a post may still have been put in charge of an appeal.
    return actor.is_staff and (not posts or bool(actor.holding(*posts)))


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    """No cache and no back button keeps what only this person may see."""
    add_never_cache_headers(response)
    return response
