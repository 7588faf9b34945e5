"""The steps of a proceeding, each a form on a page of its own: GET shows it, POST takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huying.oversight import commitments
from huying.oversight import proceedings as gate
from huying.oversight.actions.call_off import call_off
from huying.oversight.actions.close_check import close_check
from huying.oversight.actions.close_study import close_study
from huying.oversight.actions.decide_study import Decision, decide_study
from huying.oversight.actions.draw_check import draw_check
from huying.oversight.actions.finish_item import finish_item
from huying.oversight.actions.hold_interview import Record, hold_interview
from huying.oversight.actions.raise_interview import raise_interview
from huying.oversight.actions.recheck_interview import recheck_interview
from huying.oversight.actions.sign_record import sign_record
from huying.rules.enums import ProceedingAct
from huying.rules.labels import label
from huying.rules.refusals import Refusal
from huying.web.components.doors import staff_only
from huying.web.staff import proceedings_forms as forms_of
from huying.web.staff.frame import frame
from huying.web.staff.proceedings_page import NotThere, one_page, opened, steps_of

A = ProceedingAct
Given = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step: its form, what it does, and what is said afterwards."""

    form: type[forms.Form]
    act: Callable[..., None]
    done: Any
    lead: Any = ""
    shows_record: bool = False


def _hold(one: Any, given: Given, **by_at: Any) -> None:
    record = Record(given["shown"], given["view"], given["attendants"], given["items"])
    hold_interview(one, record=record, **by_at)


def _recheck(one: Any, given: Given, **by_at: Any) -> None:
    said = {"result": given["result"], "found": given["found"]}
    if given["following"] == "raise":
        raise_interview(one, **said, **by_at)
    else:
        again_on = given["again_on"] if given["following"] == "again" else None
        recheck_interview(one, **said, again_on=again_on, **by_at)


def _decide(one: Any, given: Given, **by_at: Any) -> None:
    decision = Decision(given["cause"], given["measures"], given["items"])
    decide_study(one, decision=decision, **by_at)


STEPS: dict[ProceedingAct, Step] = {
    A.HOLD_INTERVIEW: Step(
        forms_of.HoldForm,
        _hold,
        gettext_lazy("记录已写好，等双方签字。写好就不能再改。"),
        lead=gettext_lazy("写好就不能再改：双方签的就是这些字。"),
    ),
    A.SIGN_RECORD: Step(
        forms_of.SignForm,
        lambda one, given, **by_at: sign_record(one, **by_at),
        gettext_lazy("已签字。"),
        lead=gettext_lazy("签字记在您的账号上，连同时间和这份记录的摘要，不能撤回。"),
        shows_record=True,
    ),
    A.CALL_OFF: Step(
        forms_of.ReasonForm,
        lambda one, given, **by_at: call_off(one, reason=given["reason"], **by_at),
        gettext_lazy("已取消，记录还在。"),
    ),
    A.RECHECK_INTERVIEW: Step(forms_of.RecheckForm, _recheck, gettext_lazy("已记下。"), shows_record=True),
    A.DECIDE_STUDY: Step(forms_of.DecideForm, _decide, gettext_lazy("已定下，任务已到各人待办。")),
    A.CLOSE_STUDY: Step(
        forms_of.FoundForm,
        lambda one, given, **by_at: close_study(one, found=given["found"], **by_at),
        gettext_lazy("已了结。"),
    ),
    A.DRAW_CHECK: Step(
        forms_of.DrawForm,
        lambda one, given, **by_at: draw_check(one, **by_at),
        gettext_lazy("已抽出，请安排二次回访。"),
        lead=gettext_lazy("种子取自名单封存之后的第一个封存，谁也挑不了。"),
    ),
    A.CLOSE_CHECK: Step(
        forms_of.FoundForm,
        lambda one, given, **by_at: close_check(one, found=given["found"], **by_at),
        gettext_lazy("已了结。"),
    ),
}


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def proceeding_step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """One step of a proceeding; a page that does not exist for whom it is not open."""
    one, at = opened(request, pk), timezone.now()
    act = next((act for act in STEPS if act == step), None)
    if act is None or not _is_there(request, one, act):
        raise Http404
    form = _form(STEPS[act], one, request)
    if request.method == "POST" and _taken(request, form, STEPS[act].act, one, words=STEPS[act].done, at=at):
        return redirect("staff:proceeding", pk=pk)
    page = {"title": _(label(act)), "lead": STEPS[act].lead, "shows_record": STEPS[act].shows_record}
    return step_page(request, one, form, page, at=at)


def _is_there(request: HttpRequest, one: Any, act: ProceedingAct) -> bool:
    """Whether this step is open to this person; what was typed by who could take it is answered even if it no longer
    is."""
    if act in steps_of(one, request.actor):
        return True
    could = gate.keeps(request.actor, one) or (act is A.SIGN_RECORD and gate.is_head(request.actor, one))
    return request.method == "POST" and could


def _form(step: Step, one: Any, request: HttpRequest) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if issubclass(step.form, forms_of.ItemsForm):
        return step.form(data, persons=commitments.candidates(one.parties.all()))
    return step.form(data)


def _taken(
    request: HttpRequest, form: forms.Form, act: Callable[..., None], one: Any, *, words: Any, at: datetime
) -> bool:
    """Whether the form was right and the step was taken; else the form says why."""
    if not form.is_valid():
        return False
    try:
        act(one, form.cleaned_data, by=request.actor, at=at)
    except Refusal as refusal:
        form.add_error(None, refusal.said(_))
        return False
    messages.success(request, words)
    return True


def step_page(
    request: HttpRequest, one: Any, form: forms.Form, page: dict[str, Any], *, at: datetime
) -> HttpResponseBase:
    """The page of a form about a proceeding, with all that was typed."""
    back = reverse("staff:proceeding", args=[one.pk])
    context = frame(request, current="proceedings", at=at) | one_page(one, request.actor, at=at) | page
    status = 422 if form.errors else 200
    return render(request, "staff/proceedings/step.html", context | {"form": form, "back": back}, status=status)


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def finish_item_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was taken on is done."""
    try:
        item = gate.item_for(request.actor, pk)
    except gate.Missing as missing:
        raise NotThere from missing
    if request.actor.person != item.owner_id and not gate.keeps(request.actor, item.proceeding):
        raise Http404
    at = timezone.now()
    form = forms_of.NoteForm(request.POST if request.method == "POST" else None)

    def act(row: Any, given: Given, **by_at: Any) -> None:
        finish_item(row, note=given["note"], **by_at)

    if request.method == "POST" and _taken(request, form, act, item, words=_("已记下。"), at=at):
        return redirect("staff:proceeding", pk=item.proceeding_id)
    return step_page(request, item.proceeding, form, {"title": item.what, "lead": ""}, at=at)


urlpatterns = [
    path("proceedings/<int:pk>/<slug:step>/", proceeding_step, name="proceeding_step"),
    path("proceedings/items/<int:pk>/finish/", finish_item_page, name="finish_item"),
]
