"""The progress page: where the matter stands, who has it, by when, and what its owner can do now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huying.appeals import progress as story
from huying.appeals import queries
from huying.appeals.progress import Progress
from huying.channels import claims
from huying.rules.actors import Actor
from huying.rules.enums import Satisfaction, State
from huying.web.components.parts import parent_steps
from huying.web.parents import holding
from huying.web.parents.context import around
from huying.web.parents.dates import date_of, with_moves
from huying.web.parents.forms import MessageForm, RateForm, ReopenForm, WithdrawForm
from huying.web.parents.record import entries
from huying.web.parents.standing import notes, rated_words, standing

EMPTY = {"message": MessageForm, "reopen": ReopenForm, "withdraw": WithdrawForm, "rate": RateForm}
NO_STEPS = (State.REFUSED, State.REFERRED, State.WITHDRAWN)


def page(
    request: HttpRequest,
    actor: Actor | None,
    forms: dict[str, Any] | None = None,
    *,
    problem: str = "",
    status: int = 200,
    pk: int | None = None,
) -> HttpResponse:
    """The page of one appeal under the receipt, with a form that was not right or a problem, if there is one."""
    at = timezone.now()
    appeals = list(queries.visible_to(actor).select_related(*queries.SHOWN_WITH).order_by("pk")) if actor else []
    if not appeals:
        raise Http404
    wanted = pk or holding.number(request.GET.get("part", ""))
    appeal = next((one for one in appeals if one.pk == wanted), appeals[0])
    it = story.of(appeal, at=at)
    drawn = {name: form() for name, form in EMPTY.items()} | (forms or {})
    context = {
        **around(appeal.place, here="progress"),
        "it": it,
        "standing": standing(it),
        "steps": () if it.state in NO_STEPS else _steps(it),
        "entries": with_moves(entries(it.lines), appeal),
        "parts": [(one.pk, one.title, one.pk == appeal.pk) for one in appeals] if len(appeals) > 1 else [],
        "date": date_of(appeal, it),
        "rated": rated_words(Satisfaction(it.rated)) if it.rated and "rate" not in it.may else "",
        "forms": drawn,
        "wrong": next((form for form in drawn.values() if form.errors), None),
        "draft_files": claims.of_draft(draft_of(appeal)),
        "told": request.session.pop("told", ""),
        "problem": problem,
    }
    return render(request, "parents/progress.html", context, status=status)


def draft_of(appeal: Any) -> str:
    """What files that come with a message are bound to until they are sent."""
    return f"message:{appeal.pk}:{appeal.version}"


def _steps(it: Progress) -> Any:
    return parent_steps(now=it.place, days=it.days, notes=notes(it), finished=it.state is State.CLOSED)
