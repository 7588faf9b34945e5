"""查进度: sixteen digits open what became of a matter, and what its owner can do about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.appeals import progress as story
from huying.appeals import queries
from huying.channels import limits
from huying.people import keys
from huying.rules import numbers
from huying.rules.enums import State
from huying.vault import codes
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.parts import Entry, parent_steps
from huying.web.components.visitors import address_of
from huying.web.parents import holding
from huying.web.parents.context import around
from huying.web.parents.forms import CodeForm, MessageForm, RateForm, ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def progress(request: HttpRequest) -> HttpResponse:
    """Asks for the code, or shows what the code just given opens."""
    if request.method == "POST":
        return _look_up(request)
    actor = holding.actor_of(request, at=timezone.now())
    if actor is None:
        return render(request, "parents/code.html", {**around(here="progress"), "form": CodeForm()})
    return _page(request, actor, {})


def _look_up(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = CodeForm(request.POST)
    typed = numbers.normalise(form.data.get("code", "")[:60])
    if not numbers.is_well_formed(typed):
        form.add_error("code", _("号码不对，请再看一遍。"))
        return _again(request, form)
    address = codes.address_key(keys.ring(), address_of(request), on=moments.local_day(now))
    try:
        limits.require_query(address=address, at=now)
    except limits.TooMany as error:
        form.add_error("code", str(error))
        response = _again(request, form, status=429)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response
    digests = [one.digest for one in codes.candidate_digests(keys.ring(), typed)]
    receipt = queries.receipt_by(digests)
    if receipt is None:
        limits.note_failed_query(address=address, at=now)
        reserved = queries.is_reserved(digests)
        words = _("正在登记。请过一会儿再查。") if reserved else _("没有查到。请核对，或打电话问我们。")
        form.add_error("code", words)
        return _again(request, form)
    limits.note_found(address=address, at=now)
    holding.begin(request, receipt.pk, at=now)
    return redirect("parents:progress")


def _again(request: HttpRequest, form: CodeForm, *, status: int = 422) -> HttpResponse:
    return render(request, "parents/code.html", {**around(here="progress"), "form": form}, status=status)


@require_POST
@open_to_all
def leave(request: HttpRequest) -> HttpResponse:
    """This browser holds nothing any more."""
    holding.end(request)
    return redirect("parents:progress")


def page_with(request: HttpRequest, forms: dict[str, Any], *, status: int = 200, pk: int = 0) -> HttpResponse:
    """The page again, with a form that was not right."""
    return _page(request, request.actor, forms, status=status, pk=pk)


def _page(request: HttpRequest, actor: Any, forms: dict[str, Any], *, status: int = 200, pk: int = 0) -> HttpResponse:
    now = timezone.now()
    appeals = list(queries.visible_to(actor).select_related(*queries.SHOWN_WITH).order_by("pk"))
    if not appeals:
        raise Http404
    wanted = pk or int(request.GET["part"]) if pk or request.GET.get("part", "").isdigit() else appeals[0].pk
    appeal = next((one for one in appeals if one.pk == wanted), appeals[0])
    shown = story.of(appeal, at=now)
    context = {
        **around(appeal.place, here="progress"),
        "it": shown,
        "parts": appeals if len(appeals) > 1 else [],
        "steps": parent_steps(
            now=shown.place, days=shown.days, notes=_notes(shown), finished=shown.state == State.CLOSED
        ),
        "entries": [Entry(line.words, line.at, line.is_caller) for line in shown.lines],
        "rate": forms.get("rate") or RateForm(),
        "message": forms.get("message") or MessageForm(),
        "reason": forms.get("reason") or ReasonForm(),
        "told": request.session.pop("told", ""),
        "problem": forms.get("problem", ""),
    }
    return render(request, "parents/progress.html", context, status=status)


def _notes(shown: story.Progress) -> list[str]:
    notes = [shown.who] if shown.who else []
    if shown.is_open and shown.due_at is not None and not shown.replied_at:
        notes.append(_("%(due)s答复。") % {"due": moments.moment_words(shown.due_at)})
    if shown.review_on:
        notes.append(_("%(day)s再看一次。") % {"day": shown.review_on})
    return notes
