"""One appeal on one screen, its dates opened, its print, and its files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huying.appeals import casefile, clocks, queries
from huying.appeals.casefile import CaseFile
from huying.channels import drafts, files
from huying.channels.filekinds import FileKind
from huying.rules import accountability, appraisal, lifecycle
from huying.rules.enums import Action, Flag, State, SubjectStatus
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.act import opened
from huying.web.staff.frame import frame
from huying.web.staff.papers import papers_of
from huying.web.staff.publishing import public_text_of
from huying.web.staff.sheet import clock_words, sheet_of
from huying.web.staff.steps import Step
from huying.web.staff.table import TABLE

# The step whose form lies open on the case page: the first of these that this person may take.
MAIN = (
    Action.APPROVE_DECLINE, Action.APPROVE_EXTENSION, Action.DEFER, Action.DISPATCH, Action.ACKNOWLEDGE,
    Action.CONTACT, Action.ANSWER, Action.APPROVE_ANSWER, Action.CALL_BACK, Action.CLOSE, Action.CONFIRM,
)  # fmt: skip
# Moves that stand as buttons beside it; all others are links below.
BESIDE = (
    Action.READ_ORIGINAL, Action.CONTACT, Action.RESUME, Action.SEND_BACK, Action.REJECT_DECLINE,
    Action.REJECT_EXTENSION, Action.REJECT_DEFERRAL, Action.OVERTURN, Action.RECORD_REPORT, Action.ASSIST,
    Action.REQUEST_EXTENSION, Action.UNDEFER, Action.ACKNOWLEDGE, Action.REMIND,
)  # fmt: skip


@staff_only()
@require_safe
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one appeal that this person may see, and exactly the steps they may take."""
    at = timezone.now()
    file = opened(request, pk, at=at)
    queries.record_read(file.appeal, by=request.actor, page=_page_name(file), at=at)
    pile = request.GET.get("pile", "")
    context = {"sheet": sheet_of(file), "pile_name": pile, **_moves(file, pile), **_beyond(file)}
    if request.headers.get("HX-Request"):
        return render(request, "staff/case_pane.html", context | {"now": at, "density": "staff"})
    return render(request, "staff/case.html", frame(request, current=pile, at=at) | context)


def _page_name(file: CaseFile) -> str:
    """As the read log calls it: a page that shows the words of a 举报 is told from one that does not."""
    return "original" if file.case.is_sealed and file.reads else "appeal"


def _moves(file: CaseFile, pile: str) -> dict[str, Any]:
    """What can be done here: the open form, the buttons, and the links."""
    mine = [TABLE[action] for action in file.steps if action in TABLE and _helps(action, file)]
    main = next((TABLE[action] for action in MAIN if TABLE[action] in mine and _is_next(action, file)), None)
    beside = [step for step in mine if step is not main and _stands_beside(step.action, file)]
    others = [step for step in mine if step is not main and step not in beside]
    form = main.form(file=file, initial={"pile": pile}) if main is not None else None
    waits = lifecycle.obstacles(Action.DISPATCH, file.case, kind=file.actor.kind) if _is_at_desk(file) else ()
    return {
        "main": main,
        "form": form,
        "beside": beside,
        "others": others,
        "address": _address(main, file),
        "waits": "；".join(waits),
    }


def _beyond(file: CaseFile) -> dict[str, Any]:
    """What stands beside the case itself: its chain of responsibility, the wish to leave it out of appraisal, its
    public text, and its official papers.
    """
    case, actor = file.case, file.actor
    may_ask = case.state in appraisal.STATES and case.history.counted and appraisal.asks(actor, case)
    return {"has_chain": bool(actor.holding(*accountability.OPENERS)), "may_exclude": may_ask} | {
        "public_text": public_text_of(file),
        "papers": papers_of(file),
    }


def _is_at_desk(file: CaseFile) -> bool:
    return Action.DISPATCH in file.steps and file.case.state is State.RECEIVED


def _helps(action: Action, file: CaseFile) -> bool:
    """Whether the step can come to anything here; what no form can mend is not offered."""
    if lifecycle.obstacles(action, file.case, kind=file.actor.kind):
        return False
    live = [one for one in file.subjects if one.status is not SubjectStatus.DISMISSED]
    needs = {
        Action.SPLIT: len(file.items) > 1,
        Action.DISMISS_SUBJECT: bool(live),
        Action.REMIND: file.appeal.lead_unit_id is not None,
        Action.ESCALATE: Flag.ESCALATED not in file.case.flags,
        Action.READ_ORIGINAL: not file.reads,
        Action.UNLINK_REPEAT: bool(file.earlier_number),
    }
    return needs.get(action, True)


def _is_next(action: Action, file: CaseFile) -> bool:
    """A form lies open where its step is what the appeal waits for: nobody is pressed to send work on again."""
    if action is Action.DISPATCH:
        return file.case.state is State.RECEIVED
    if action is Action.CONTACT:
        return file.case.state is State.HANDLING and not file.case.history.contacted
    return True


def _stands_beside(action: Action, file: CaseFile) -> bool:
    """Names to be settled are settled first; otherwise they are a link like others."""
    if action in (Action.NAME_SUBJECT, Action.DISMISS_SUBJECT):
        return any(one.is_open for one in file.case.subjects)
    return action in BESIDE


def _address(main: Step | None, file: CaseFile) -> str:
    return reverse(main.view_name, args=[file.appeal.pk]) if main is not None else ""


@staff_only()
@require_safe
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every date of an appeal, opened day by day."""
    at = timezone.now()
    file = opened(request, pk, at=at)
    queries.record_read(file.appeal, by=request.actor, page="dates", at=at)
    opened_dates = [
        (clock_words(state, file), state, explanation) for state, explanation in clocks.explain(file.appeal, say=_)
    ]
    moves = [(clock_words(move, file), move) for move in clocks.moves_of(file.appeal)]
    context = frame(request, at=at) | {"sheet": sheet_of(file), "dates": opened_dates, "moves": moves}
    return render(request, "staff/dates.html", context)


@staff_only()
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The 登记表 on paper, with who printed it and when."""
    at = timezone.now()
    file = opened(request, pk, at=at, read=casefile.read_for_paper)
    queries.record_read(file.appeal, by=request.actor, page="print", at=at)
    context = {"now": at, "sheet": sheet_of(file), "is_watermarked": True, "at": at}
    return render(request, "staff/print.html", context | {"back_url": reverse("staff:appeal", args=[pk])})


@staff_only()
@require_safe
def attachment(request: HttpRequest, token: str) -> HttpResponseBase:
    """A file of an appeal this person may see; only pictures that we made ourselves are shown in place."""
    at = timezone.now()
    try:
        file, found, name = casefile.file_for(request.actor, token, at=at)
    except queries.Missing as missing:
        raise Http404 from missing
    queries.record_read(file.appeal, by=request.actor, page="file", at=at)
    is_image = found.kind == FileKind.IMAGE
    response = FileResponse(
        files.path_of(found.sha256).open("rb"),
        as_attachment=not is_image,
        filename=name,
        content_type=found.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@staff_only()
@require_POST
def save_draft(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is being written is kept; the answer is the moment, in words."""
    at = timezone.now()
    file = opened(request, pk, at=at)
    written = {name: value for name, value in request.POST.items() if name not in UNKEPT}
    drafts.keep(written, account=request.actor.account, appeal=file.appeal.pk, at=at)
    if "text/html" in request.headers.get("Accept", ""):
        # Without script the button is a plain form: back to the page, where the draft stands.
        messages.success(request, _("已保存。"))
        return redirect("staff:appeal", pk=pk)
    words = f"{moments.clock_words(at)}:{moments.local(at).second:02d}"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


UNKEPT = ("csrfmiddlewaretoken", "version", "pile")
