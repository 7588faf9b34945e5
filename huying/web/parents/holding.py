"""The half hour in which a checked 查询码 opens an appeal. The session knows the receipt, never the code."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from huying.appeals import queries
from huying.rules.actors import Actor, holder
from huying.web.components.doors import Door

KEY = "holder"
LASTS = timedelta(minutes=30)
MOST_DIGITS = 18


def begin(request: HttpRequest, receipt: int, *, at: datetime) -> None:
    """This browser holds the receipt for half an hour, under a session name that nobody knew before."""
    request.session.cycle_key()
    request.session[KEY] = {"receipt": receipt, "until": (at + LASTS).isoformat()}


def end(request: HttpRequest) -> None:
    """The browser holds nothing any more."""
    request.session.pop(KEY, None)


def actor_of(request: HttpRequest, *, at: datetime) -> Actor | None:
    """The holder behind this browser, or None."""
    held = request.session.get(KEY)
    if not held or datetime.fromisoformat(held["until"]) < at:
        return None
    return holder(receipt=held["receipt"], appeals=queries.appeals_under(held["receipt"]))


def number(typed: str) -> int | None:
    """A key as it stands in an address or a form, or None."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else None


def holder_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only a browser that holds a receipt enters; others are asked for the code."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request, at=timezone.now())
        if actor is None:
            return redirect("parents:progress")
        request.actor = actor
        return view(request, *args, **kwargs)

    guarded.who_may_enter = Door("holder")  # type: ignore[attr-defined]
    return guarded
