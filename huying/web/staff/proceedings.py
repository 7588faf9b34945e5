"""Talks, joint studies and spot checks: the list, what waits for me in them, and each on a page of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.oversight import proceedings
from huying.oversight.proceedings import Waiting
from huying.rules.enums import ProceedingAct, ProceedingKind
from huying.rules.labels import label
from huying.web.components import keyset, moments
from huying.web.components.doors import staff_only
from huying.web.components.parts import Choice
from huying.web.staff import proceedings_checks, proceedings_open, proceedings_papers, proceedings_steps, supervised
from huying.web.staff.frame import frame
from huying.web.staff.proceedings_page import due_of, one_page, opened

ROWS = 50
NEWEST = keyset.Order("opened_at", is_descending=True)
OPENERS = {
    ProceedingKind.INTERVIEW: ("staff:call_interview", gettext_noop("发起约谈")),
    ProceedingKind.STUDY: ("staff:open_study", gettext_noop("发起商研")),
    ProceedingKind.CHECK: ("staff:announce_check", gettext_noop("发起抽查")),
}
KINDS = {kind.value: kind for kind in ProceedingKind}
# Who was called comes on the day; for everybody else the act itself says what is to be done.
COMING = {
    ProceedingAct.CALL_INTERVIEW: gettext_noop("参加约谈"),
    ProceedingAct.OPEN_STUDY: gettext_noop("参加商研"),
}


@dataclass(frozen=True)
class Task:
    """One line of what waits for me."""

    words: str
    number: str
    title: str
    unit: str
    url: str
    due: Any


@staff_only()
@require_safe
def proceedings_page(request: HttpRequest) -> HttpResponse:
    """What waits for me first, then all I may know of: the open ones, or those that are over."""
    at = timezone.now()
    on = moments.local_day(at)
    is_over = request.GET.get("show") == "over"
    kind = KINDS.get(request.GET.get("kind", ""))
    rows = proceedings.visible_to(request.actor)
    open_stages = Choice(_("进行中的"), _url(kind), is_current=not is_over)
    rows = rows.exclude(stage__in=proceedings.OPEN) if is_over else rows.filter(stage__in=proceedings.OPEN)
    shown = rows.filter(kind=kind) if kind is not None else rows
    page = keyset.page(shown, NEWEST, request.GET, size=ROWS)
    context = frame(request, current="proceedings", at=at) | {
        "tasks": [task_of(one, on=on) for one in proceedings.waiting_for(request.actor)],
        "rows": [(one, due_of(one, on=on)) for one in page.rows],
        "openers": [(_(words), reverse(url)) for may in proceedings.may_open(request.actor)
                    for url, words in [OPENERS[may]]],
        "choices": [open_stages, Choice(_("已了结的"), _url(kind, show="over"), is_current=is_over)],
        "kinds": [Choice(_(label(one)), _url(one, show="over" if is_over else ""), is_current=one is kind)
                  for one in ProceedingKind],
        "older": f"{_url(kind, show='over' if is_over else '')}&{page.following}" if page.following else "",
        "newer": f"{_url(kind, show='over' if is_over else '')}&{page.preceding}" if page.preceding else "",
    }  # fmt: skip
    return render(request, "staff/proceedings/list.html", context)


def task_of(one: Waiting, *, on: date) -> Task:
    """One thing that waits, with the page where it is done."""
    about = one.proceeding
    url = reverse("staff:proceeding", args=[about.pk])
    if one.item is not None:
        url = reverse("staff:finish_item", args=[one.item])
    words = one.words or _(COMING.get(one.act, label(one.act)))
    return Task(words, about.number, about.title, about.unit.name, url, due_of(about, on=on, day=one.due_on))


def _url(kind: ProceedingKind | None, **query: str) -> str:
    said = {"show": query.get("show", ""), "kind": kind.value if kind is not None else ""}
    return "?" + "&".join(f"{name}={value}" for name, value in said.items() if value)


@staff_only()
@require_safe
def proceeding(request: HttpRequest, pk: int) -> HttpResponse:
    """One proceeding with its cases, its commitments, its record and what may be done."""
    found = opened(request, pk)
    at = timezone.now()
    context = frame(request, current="proceedings", at=at) | one_page(found, request.actor, at=at)
    return render(request, "staff/proceedings/one.html", context)


@staff_only()
@require_safe
def print_proceeding(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    found = opened(request, pk)
    at = timezone.now()
    context = one_page(found, request.actor, at=at) | {"at": at, "back_url": reverse("staff:proceeding", args=[pk])}
    return render(request, "staff/proceedings/print.html", context)


urlpatterns = [
    path("proceedings/", proceedings_page, name="proceedings"),
    path("proceedings/<int:pk>/", proceeding, name="proceeding"),
    path("proceedings/<int:pk>/print/", print_proceeding, name="print_proceeding"),
    *proceedings_open.urlpatterns,
    *proceedings_checks.urlpatterns,
    *proceedings_papers.urlpatterns,
    *proceedings_steps.urlpatterns,
    *supervised.urlpatterns,
]
