"""What a parent can do on the progress page: add, answer, rate, dispute, ask again, withdraw and take it back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.appeals import queries
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.dispute_contact import dispute_contact
from huying.appeals.actions.rate import rate
from huying.appeals.actions.undo_withdraw import undo_withdraw
from huying.appeals.actions.unjoin import unjoin
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.rules.enums import Satisfaction
from huying.web.components.doors import Door
from huying.web.parents import holding, kept, uploads
from huying.web.parents.forms import CodeForm, MessageForm, RateForm, ReopenForm, WithdrawForm
from huying.web.parents.page import draft_of, page
from huying.web.parents.progress import ask_for_code

Doing = Callable[[HttpRequest, Any, dict[str, Any]], str]


class Wrong(Exception):
    """The form was not right; it is shown again."""

    def __init__(self, **forms: Any) -> None:
        super().__init__()
        self.forms = forms


@require_POST
def act(request: HttpRequest, pk: int, doing: str) -> HttpResponse:
    """One act of the holder; the page again, with what happened or what is missing."""
    if doing not in DOINGS:
        raise Http404
    at = timezone.now()
    actor = holding.actor_of(request, at=at)
    if actor is None:
        return _asked_again(request)
    request.actor = actor
    try:
        appeal = queries.get_for(actor, pk)
    except queries.Missing as error:
        raise Http404 from error
    try:
        told = DOINGS[doing](request, appeal, {"by": actor, "at": at})
    except Wrong as wrong:
        return page(request, actor, wrong.forms, status=422, pk=pk)
    except (NotPossible, NotAllowed) as error:
        return page(request, actor, kept.forms(kept.typed(request.POST)), problem=str(error), status=422, pk=pk)
    except Stale:
        words = _("刚刚有新的进展，请看一眼再点。您写的还在下面。")
        return page(request, actor, kept.forms(kept.typed(request.POST)), problem=words, status=409, pk=pk)
    request.session["told"] = told
    return redirect(f"{redirect('parents:progress').url}?part={pk}")


act.who_may_enter = Door("holder")


def _asked_again(request: HttpRequest) -> HttpResponse:
    """The half hour is over: the code is asked for again, and nothing that was typed is lost."""
    words = kept.typed(request.POST)
    return ask_for_code(request, CodeForm(), words=words, status=401) if words else redirect("parents:progress")


def _message(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = MessageForm(request.POST, request.FILES)
    draft = draft_of(appeal)
    if form.is_valid():
        uploads.keep(form, draft=draft, at=who["at"])
        brought = uploads.tokens(draft)
        if not (form.errors or form.cleaned_data["message"] or brought):
            form.add_error("message", _("请写几句，或放一张照片。"))
    if form.errors:
        raise Wrong(message=form)
    add_message(appeal, message=form.cleaned_data["message"], tokens=brought, **who)
    return _("已经加上了。")


def _reopen(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = ReopenForm(request.POST)
    if not form.is_valid():
        raise Wrong(reopen=form)
    # The dispatcher takes it up again: what comes after the closing lands on that desk as such a wish.
    add_message(appeal, message=_("要求重新办。%(why)s") % {"why": form.cleaned_data["again"]}, **who)
    return _("已告诉惠民服务站，由他们重新办。")


def _contact(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    sequence = holding.number(request.POST.get("contact", ""))
    dispute_contact(appeal, contact=sequence or 0, is_true=request.POST.get("is_true") == "yes", **who)
    return _("谢谢，已记下。")


def _rate(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = RateForm(request.POST)
    if not form.is_valid():
        raise Wrong(rate=form)
    said = form.cleaned_data
    rate(appeal, satisfaction=Satisfaction(said["satisfaction"]), reason=said["reason"], **who)
    return _("谢谢，已记下。")


def _dispute(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    dispute(appeal, **who)
    return _("已告诉惠民服务站，没解决。")


def _withdraw(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Wrong(withdraw=form)
    withdraw(appeal, reason=form.cleaned_data["why"], **who)
    if appeal.withdraw_pending:
        return _("记下了。72 小时内可以反悔，这期间照常办。")
    return _("记下了。事关孩子安全，学校还要接着办。")


def _undo(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    undo_withdraw(appeal, **who)
    return _("好，接着办。")


def _unjoin(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    unjoin(appeal, reason=_("家长要求单独办"), **who)
    return _("好，单独办。")


DOINGS: dict[str, Doing] = {
    "message": _message,
    "reopen": _reopen,
    "contact": _contact,
    "rate": _rate,
    "dispute": _dispute,
    "withdraw": _withdraw,
    "undo_withdraw": _undo,
    "unjoin": _unjoin,
}
