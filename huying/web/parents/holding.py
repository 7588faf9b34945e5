"""The half hour in which a checked 查询码 opens an appeal. The session knows the receipt, never the code."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from huying.appeals import queries
from huying.rules.actors import Actor, holder
from huying.web.components.doors import Door

KEY = "holder"
LASTS = timedelta(minutes=30)


def begin(request: HttpRequest, receipt: int, *, at: datetime) -> None:
    """This browser holds the receipt for half an hour."""
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


def holder_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only a browser that holds a receipt enters; others are asked for the code."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request, at=timezone.now())
        if actor is None:
            return redirect("parents:progress")
        request.actor = actor
        return view(request, *args, **kwargs)

    guarded.who_may_enter = Door("holder")  # type: ignore[attr-defined]
    return guarded
