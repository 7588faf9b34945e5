"""The tray: one pile of work, nearest deadline first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.appeals import letterbox, piles
from huying.appeals.piles import Pile
from huying.oversight import proceedings
from huying.people import calendars
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.enums import AppealKind, State
from huying.rules.labels import label
from huying.rules.lifecycle import OPEN
from huying.web.components import due, keyset, moments
from huying.web.components.doors import staff_only
from huying.web.components.parts import Choice
from huying.web.staff.frame import WORDS, frame, pile_url
from huying.web.staff.sheet import report_title

ROWS = 25
FILTERS = 3
KINDS = frozenset(kind.value for kind in AppealKind)
ORDERS = {
    "due": keyset.Order("next_due_at"),
    "newest": keyset.Order("received_at", is_descending=True),
    "oldest": keyset.Order("received_at"),
}


@dataclass(frozen=True)
class Row:
    """One line of a list of appeals."""

    pk: int
    title: str
    notes: tuple[str, ...]
    due: due.Due | None
    is_red: bool


@staff_only()
@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    """The pile that was asked for, else the first on the rail that has work."""
    at = timezone.now()
    sizes = piles.sizes(request.actor, at=at)
    pile = _chosen(request, sizes)
    kind = request.GET.get("kind", "")
    counts = piles.kinds(pile, request.actor, at=at) if pile.is_counted else {}
    appeals = piles.shown(pile, request.actor, at=at).select_related("channel", "topic")
    shown = appeals.filter(kind=kind) if kind in KINDS else appeals
    page = keyset.page(shown, ORDERS[pile.order], request.GET, size=ROWS)
    unread = letterbox.unread(request.actor)
    context = frame(request, current=pile.name, at=at, sizes=sizes) | {
        "tasks": _tasks(request.actor, at=at),
        "strip": [(_("新通知"), unread)] if unread else [],
        "missing": _missing_years(request.actor, at=at),
        "pile": pile,
        "title": _(WORDS[pile.name]),
        "count": sum(counts.values()) if pile.is_counted else None,
        "choices": _choices(pile, counts, kind),
        "rows": [row_of(appeal, at=at) for appeal in page.rows],
        "kind": kind if kind in KINDS else "",
        "older": _page_url(pile, kind, page.following),
        "newer": _page_url(pile, kind, page.preceding),
    }
    return render(request, "staff/tray.html", context)


def _tasks(actor: Actor, *, at: datetime) -> tuple[str, str] | None:
    """What waits for this person in talks, studies and checks, in words, and whether some of it is late."""
    waiting = proceedings.waiting_for(actor)
    if not waiting:
        return None
    on = moments.local_day(at)
    late = sum(1 for one in waiting if one.is_late(on=on))
    words = _("约谈、整改和抽查：%(n)d 项等您办") % {"n": len(waiting)}
    return words, _("%(n)d 项已过日子") % {"n": late} if late else ""


def _missing_years(actor: Actor, *, at: datetime) -> tuple[int, ...]:
    """Years whose official notice should be in by now, for those who send work out by its dates."""
    return calendars.missing_years(on=moments.local_day(at)) if actor.holding(*permissions.DESK) else ()


def _chosen(request: HttpRequest, sizes: dict[str, int]) -> Pile:
    name = request.GET.get("pile", "")
    if name:
        pile = piles.named(name, request.actor)
        if pile is None:
            raise Http404
        return pile
    mine = piles.of(request.actor)
    fallback = mine[-1] if mine[0].posts is None else mine[0]
    return next((pile for pile in mine if sizes.get(pile.name)), fallback)


def _choices(pile: Pile, counts: dict[str, int], kind: str) -> list[Choice]:
    """Round buttons by kind; none where there is only one kind."""
    if len(counts) < 2:
        return []
    every = Choice(_("全部"), pile_url(pile.name), sum(counts.values()), is_current=not kind)
    few = list(counts.items())[:FILTERS]
    return [every] + [
        Choice(_(label(AppealKind(one))), pile_url(pile.name, kind=one), count, is_current=one == kind)
        for one, count in few
    ]


def _page_url(pile: Pile, kind: str, following: str) -> str:
    return f"{pile_url(pile.name, kind=kind)}&{following}" if following else ""


def row_of(appeal: Any, *, at: datetime) -> Row:
    """One appeal as a line: what, which number, by which door, when, and until when."""
    title = report_title(appeal) if appeal.is_sealed else appeal.title
    notes = (appeal.number, appeal.channel.name, _received(appeal.received_at, at=at))
    return Row(appeal.pk, title, notes, _due(appeal, at=at), appeal.safety)


def _received(moment: datetime, *, at: datetime) -> str:
    is_today = moments.local_day(moment) == moments.local_day(at)
    return moments.clock_words(moment) if is_today else moments.short_day_words(moment)


def _due(appeal: Any, *, at: datetime) -> due.Due | None:
    if appeal.paused:
        return due.due_words(appeal.next_due_at, at=at, held="")
    if appeal.next_due_at is None:
        words = "" if appeal.state in OPEN else _(label(State(appeal.state)))
        return due.Due("done", words) if words else None
    return due.due_words(appeal.next_due_at, at=at, provisional=appeal.provisional)
