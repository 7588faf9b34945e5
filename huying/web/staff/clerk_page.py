"""The counter as it is drawn: the form, the code to read out, what the same caller left before."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.appeals import piles, queries, twins
from huying.channels import intake_forms
from huying.language import redlines
from huying.language.naming import Named
from huying.rules import workdays
from huying.rules.enums import State
from huying.rules.labels import label
from huying.rules.lifecycle import OPEN
from huying.web.components import moments
from huying.web.staff.clerk_form import CounterForm
from huying.web.staff.clerk_lists import Counter, name_of, number_of
from huying.web.staff.frame import WORDS, frame
from huying.web.staff.phrases import PHRASES
from huying.web.staff.sheet import report_title

COUNTED = ("to_call", "soon")
ENOUGH_TO_COMPARE = 10


@dataclass(frozen=True)
class Option:
    """One thing that may be named: in full, the digits it goes by, its first letters."""

    name: str
    number: str
    letters: str


@dataclass(frozen=True)
class Earlier:
    """An appeal that may be the same matter; `may_join` when it is still open."""

    pk: int
    number: str
    title: str
    words: str
    may_join: bool
    is_chosen: bool


def shown(
    request: HttpRequest, form: CounterForm, *, kept: Any = None, code: str = "", told: str = "", problem: str = "",
    done: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page with the form, and beside it what there is to tell."""
    at = timezone.now()
    sizes = piles.sizes(request.actor, at=at)
    today = workdays.at_local(moments.local_day(at), time(0))
    registered = intake_forms.registered_since(request.user.pk, since=today)
    context = frame(request, current="register", at=at, sizes=sizes) | {
        "form": form,
        "token": _token(form),
        "kept": kept,
        "until": moments.clock_words(kept.registers_at) if kept is not None else "",
        "saved": moments.clock_words(kept.saved_at) if kept is not None else "",
        "code": code,
        "told": told,
        "problem": problem,
        "done": done,
        "ordinal": registered + 1,
        "strip": [(_("已登"), registered), *((_(WORDS[name]), sizes[name]) for name in COUNTED if name in sizes)],
        "earlier": earlier(request, form),
        "red_words": _red_words(form),
        "waiting": [one for one in intake_forms.mine(request.user.pk) if kept is None or one.pk != kept.pk],
        "classes": options(_classes(form)),
        "topics": options(form.counter.topics),
        "phrases": [(letters, _(words)) for letters, words in PHRASES],
    }
    return render(request, "staff/register.html", context, status=status)


def options(named: Iterable[Named]) -> list[Option]:
    """What a list to choose from shows."""
    return [Option(one.name, number_of(one), " ".join(sorted(one.letters))) for one in named]


def initial(said: dict[str, str], counter: Counter) -> dict[str, str]:
    """What was kept of a form as its fields show it: names for keys, wall clocks for moments."""
    school = said.get("school", "")
    lists = {"school": counter.schools, "topic": counter.topics}
    lists["klass"] = counter.classes(int(school) if school else None)
    received = said.get("received_at", "")
    wall = moments.local(datetime.fromisoformat(received)).strftime("%Y-%m-%dT%H:%M") if received else ""
    return said | {name: name_of(said.get(name, ""), named) for name, named in lists.items()} | {"received_at": wall}


def earlier(request: HttpRequest, form: CounterForm) -> list[Earlier]:
    """What was left under the same number, then what tells the same and is still open."""
    if not form.is_bound:
        return []
    phone, told = _typed(form, "phone"), _typed(form, "what")
    found = list(queries.left_under(request.actor, phone))
    place, at = form.counter.unit.pk, timezone.now()
    if len(told) >= ENOUGH_TO_COMPARE and not form.counter.serves_many:
        known = {one.pk for one in found}
        alike = twins.twins_of_words(request.actor, place=place, told=told[:1000], at=at)
        found += [one for one in alike if one.pk not in known]
    return [_earlier(one, form, at) for one in found]


def _earlier(appeal: Any, form: CounterForm, at: Any) -> Earlier:
    days = (moments.local_day(at) - moments.local_day(appeal.received_at)).days
    when = _("今天") if days <= 0 else _("%(n)d 天前") % {"n": days}
    title = report_title(appeal) if appeal.is_sealed else appeal.title
    words = _("%(when)s，%(state)s") % {"when": when, "state": _(label(State(appeal.state)))}
    is_open = appeal.state in OPEN
    return Earlier(appeal.pk, appeal.number, title, words, is_open, appeal.number == _typed(form, "twin"))


def _typed(form: CounterForm, name: str) -> str:
    return str(form[name].value() or "").replace("\0", "")


def _token(form: CounterForm) -> str:
    """Names this page: sent twice, it is one form."""
    return (form.data.get("token", "") if form.is_bound else "") or secrets.token_urlsafe(15)


def _red_words(form: CounterForm) -> str:
    """Words of the text that ask a person to look."""
    if not form.is_bound or _typed(form, "red_line"):
        return ""
    found = redlines.red_line_signals(_typed(form, "what")[:5000])
    return next((one.words for one in found if not one.is_denied), "")


def _classes(form: CounterForm) -> list[Named]:
    cleaned = getattr(form, "cleaned_data", {})
    school = cleaned.get("school", "")
    return form.counter.classes(int(school) if school else None)
