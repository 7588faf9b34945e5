"""One view for every step: GET shows its form on a page of its own, POST takes the step."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.appeals import casefile, piles, queries
from huying.appeals.casefile import CaseFile
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.channels import drafts
from huying.rules.enums import Action, ActorKind
from huying.web.components.doors import staff_only
from huying.web.components.kept import NotThere, words_of
from huying.web.components.second_factor import bound_first
from huying.web.staff.frame import frame, pile_url
from huying.web.staff.sheet import sheet_of
from huying.web.staff.steps import Step, StepForm
from huying.web.staff.table import TABLE

# Nobody has a hand in seeing an identity with a password alone.
WITH_TELEPHONE = (Action.REQUEST_UNMASK, Action.APPROVE_UNMASK, Action.UNMASK)
GONE = "这一步现在不能做了。您写的还在下面，可以抄下来。"


def opened(request: HttpRequest, pk: int, *, at: Any, read: Callable[..., CaseFile] = casefile.read) -> CaseFile:
    """The case file, or a page that does not exist; whoever asked for what they may not know of is on record, and
    whoever was writing there is given their words back."""
    try:
        return read(request.actor, pk, at=at)
    except queries.Missing as missing:
        queries.record_refusal(pk, by=request.actor, page=request.resolver_match.url_name, at=at)
        raise NotThere(words_of(request.POST)) from missing


def view_of(step: Step) -> Any:
    """The page of one step."""

    @staff_only()
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        at = timezone.now()
        file = opened(request, pk, at=at)
        if step.action in WITH_TELEPHONE and (elsewhere := bound_first(request)) is not None:
            return elsewhere
        is_open = step.action in file.steps
        if request.method == "GET":
            if not is_open:
                raise Http404
            queries.record_read(file.appeal, by=request.actor, page=step.action, at=at)
            return _page(request, step, step.form(file=file, initial={"pile": request.GET.get("pile", "")}))
        form = step.form(request.POST, request.FILES, file=file)
        if not form.is_valid():
            return _page(request, step, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if form.cleaned_data["version"] != file.appeal.version or not is_open:
            return _refused(request, step, form, stale_words(file, step.action, is_open=is_open))
        return _take(request, step, form)

    view.__name__ = step.action.value
    return view


def _take(request: HttpRequest, step: Step, form: StepForm) -> HttpResponseBase:
    file = form.file
    try:
        opened_now = step.act(file.appeal, **form.given(), by=request.actor, at=file.at)
    except (NotAllowed, NotPossible) as error:
        return _refused(request, step, form, str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Stale:
        fresh = opened(request, file.appeal.pk, at=file.at)
        return _refused(request, step, form, stale_words(fresh, step.action, is_open=True))
    drafts.drop(account=request.actor.account, appeal=file.appeal.pk)
    code = getattr(form, "code", "")
    if code:
        context = frame(request) | {"code": code, "appeal": file.appeal}
        return render(request, "staff/new_code.html", context)
    if step.shows:
        return render(request, step.shows, frame(request, at=file.at) | {"opened": opened_now, "appeal": file.appeal})
    messages.success(request, step.done_words)
    return redirect(_following(request, file, "" if step.stays else form.cleaned_data["pile"]))


def _following(request: HttpRequest, file: CaseFile, pile: str) -> str:
    """Back to the case; to the pile it came from when it no longer lies there, or is out of sight."""
    found = piles.named(pile, request.actor)
    if found is not None and not piles.filled(found, request.actor, at=file.at).filter(pk=file.appeal.pk).exists():
        return pile_url(found.name)
    if not queries.visible_to(request.actor).filter(pk=file.appeal.pk).exists():
        return reverse("staff:tray")
    query = f"?pile={found.name}" if found is not None else ""
    return reverse("staff:appeal", args=[file.appeal.pk]) + query


def stale_words(file: CaseFile, action: Action, *, is_open: bool) -> str:
    """Who was faster, or that it came twice; and that nothing is lost."""
    latest = file.latest
    if latest.action == action and latest.person_id == file.actor.person:
        return _("这一步您已经交过了。您写的还在下面，可以抄下来。")
    if not is_open:
        return _(GONE)
    who = latest.person.name if latest.person is not None else _("家长") if _is_parent(latest) else _("系统")
    return _("已被%(who)s更新。您写的还在下面。看过新的情况，可以再交。") % {"who": who}


def _is_parent(event: Any) -> bool:
    return event.actor_kind == ActorKind.APPELLANT


def _refused(
    request: HttpRequest, step: Step, form: StepForm, words: str, *, status: int = HTTPStatus.CONFLICT
) -> HttpResponseBase:
    """The same page with everything typed, and the version that stands now: sent again, it counts."""
    form.add_error(None, words)
    file = opened(request, form.file.appeal.pk, at=form.file.at)
    form.data = form.data.copy()
    form.data["version"] = file.appeal.version
    form.file = file
    return _page(request, step, form, status=status)


def _page(request: HttpRequest, step: Step, form: StepForm, *, status: int = HTTPStatus.OK) -> HttpResponseBase:
    sheet = sheet_of(form.file)
    context = frame(request, at=form.file.at) | {
        "step": step,
        "form": form,
        "sheet": sheet,
        "address": reverse(step.view_name, args=[form.file.appeal.pk]),
        "is_open": step.action in form.file.steps,
        "is_page": True,
    }
    return render(request, "staff/step.html", context, status=status)


urlpatterns: list[URLPattern] = [
    path(f"appeals/<int:pk>/{step.action}/", view_of(step), name=step.action.value) for step in TABLE.values()
]
