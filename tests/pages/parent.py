"""Helpers for the parents' pages: a form opened a minute ago, a code in hand, a receipt held by this browser."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from huying.appeals import queries
from huying.people import keys
from huying.rules.actors import TIMER
from huying.vault import tokens

CODE = "4821093755201163"
STORY = "孩子坐最后一排，看不清黑板。"


def form_token(code: str = CODE, *, token_id: str = "a1", age: timedelta = timedelta(minutes=1)) -> str:
    """The sealed token of a form opened a while ago: nobody types faster than the youngest form allowed."""
    return tokens.make_form_token(keys.ring(), code=code, at=timezone.now() - age, token_id=token_id)


def said(**more: Any) -> dict[str, Any]:
    """Three answers, anonymously, about a seat."""
    usual = {"school": "school", "kind": "lessons", "what": STORY, "contact": "none", "token": form_token()}
    return {**usual, "stage": "submit", **more}


def everything() -> list[Any]:
    return list(queries.visible_to(TIMER).order_by("pk"))


def code_on(response: Any) -> str:
    """The sixteen digits of a receipt page."""
    return re.sub(r"\D", "", re.search(r"(\d{4} ){3}\d{4}", response.content.decode()).group())


def hold(client: Client, appeal: Any, *, left: timedelta = timedelta(minutes=5)) -> None:
    """This browser holds the receipt of the appeal for that long."""
    session = client.session
    session["holder"] = {"receipt": appeal.receipt_id, "until": (timezone.now() + left).isoformat()}
    session.save()


def page_of(client: Client, appeal: Any) -> str:
    """The progress page of an appeal, as its holder sees it."""
    hold(client, appeal)
    return client.get("/progress/").content.decode()
