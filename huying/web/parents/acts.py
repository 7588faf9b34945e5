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
from huying.channels import claims, files
from huying.rules.enums import Satisfaction
from huying.web.parents.forms import MessageForm, RateForm, ReasonForm
from huying.web.parents.holding import holder_page
from huying.web.parents.progress import page_with

Doing = Callable[[HttpRequest, Any, dict[str, Any]], str]


class Wrong(Exception):
    """The form was not right; it is shown again."""

    def __init__(self, **forms: Any) -> None:
        super().__init__()
        self.forms = forms


@require_POST
@holder_page
def act(request: HttpRequest, pk: int, doing: str) -> HttpResponse:
    """One act of the holder; the page again, with what happened or what is missing."""
    if doing not in DOINGS:
        raise Http404
    try:
        appeal = queries.get_for(request.actor, pk)
    except queries.Missing as error:
        raise Http404 from error
    try:
        told = DOINGS[doing](request, appeal, {"by": request.actor, "at": timezone.now()})
    except Wrong as wrong:
        return page_with(request, wrong.forms, status=422, pk=pk)
    except (NotPossible, NotAllowed) as error:
        return page_with(request, {"problem": str(error)}, status=422, pk=pk)
    except Stale:
        return page_with(request, {"problem": _("刚刚有新的进展，请看一眼再点。")}, status=409, pk=pk)
    request.session["told"] = told
    return redirect(f"/progress/?part={pk}")


def _message(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = MessageForm(request.POST)
    draft = f"message:{appeal.pk}:{appeal.version}"
    uploads = request.FILES.getlist("files")
    if not form.is_valid() or not (form.cleaned_data["message"] or uploads):
        if form.is_valid():
            form.add_error("message", _("请写几句，或放一张照片。"))
        raise Wrong(message=form)
    try:
        files.require_few(uploads)
        for upload in uploads:
            files.store(files.clean(upload), draft=draft, at=who["at"])
    except files.FileRefused as error:
        form.add_error("message", str(error))
        raise Wrong(message=form) from error
    tokens = [file.token for file in claims.of_draft(draft)]
    add_message(appeal, message=form.cleaned_data["message"], tokens=tokens, **who)
    return _("已经加上了。")


def _reopen(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Wrong(reason=form)
    wish = _("要求重新办。")
    add_message(appeal, message=f"{wish}{form.cleaned_data['reason']}", **who)
    return _("已告诉惠民服务站，由他们重新办。")


def _contact(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    sequence = request.POST.get("contact", "")
    if not sequence.isdigit():
        raise Wrong(problem=_("没有这条联系记录"))
    dispute_contact(appeal, contact=int(sequence), is_true=request.POST.get("is_true") == "yes", **who)
    return _("谢谢，已记下。")


def _rate(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = RateForm(request.POST)
    if not form.is_valid():
        raise Wrong(rate=form)
    said = form.cleaned_data
    rate(appeal, satisfaction=Satisfaction(said["satisfaction"]), reason=said["reason"], **who)
    return _("谢谢，已记下。")


def _dispute(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Wrong(reason=form)
    dispute(appeal, reason=form.cleaned_data["reason"], **who)
    return _("已告诉惠民服务站，没解决。")


def _withdraw(request: HttpRequest, appeal: Any, who: dict[str, Any]) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["reason"]:
        raise Wrong(problem=_("请写一句为什么不办了。"))
    withdraw(appeal, reason=form.cleaned_data["reason"], **who)
    return _("记下了。72 小时内可以反悔，这期间照常办。")


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
