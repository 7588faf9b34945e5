"""责任追究 for those who keep it: who held an appeal and how long, the cases, and each on one page."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals import queries
from huying.appeals.casefile import CaseFile
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.oversight import accountability, dutypaper
from huying.oversight.actions.open_accountability import open_accountability
from huying.papers.official.as_docx import docx
from huying.papers.official.as_pdf import pdf
from huying.rules import accountability as rules
from huying.rules.enums import DutyFinding, DutyStage
from huying.rules.labels import label
from huying.rules.refusals import Refusal
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.staff.act import opened
from huying.web.staff.duty_forms import TABLE, BareForm, Move, OpenForm
from huying.web.staff.duty_page import chain_of, page_of
from huying.web.staff.frame import frame

ROWS = 30
NEWEST = keyset.Order("opened_at", is_descending=True)


@staff_only(*rules.KEEPERS)
@require_safe
def duty_cases(request: HttpRequest) -> HttpResponse:
    """The cases one keeps or decides on, the newest first."""
    page = keyset.page(accountability.kept_by(request.actor), NEWEST, request.GET, size=ROWS)
    context = frame(request, current="duty") | {
        "lines": [line_of(case, "staff:duty_case") for case in page.rows],
        "older": f"?{page.following}" if page.following else "",
        "newer": f"?{page.preceding}" if page.preceding else "",
        "is_own": False,
    }
    return render(request, "staff/duty/cases.html", context)


def line_of(case: Any, view: str) -> dict[str, Any]:
    """A case as it stands in a list."""
    return {
        "number": case.number,
        "url": reverse(view, args=[case.pk]),
        "person": case.person.name,
        "unit": case.unit.name,
        "finding": _(label(DutyFinding(case.finding))),
        "stage": _(label(DutyStage(case.stage))),
        "at": case.opened_at,
    }


@staff_only(*rules.KEEPERS)
@require_safe
def duty_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the facts, what was said to them, what was decided, and what can be done now."""
    at = timezone.now()
    file = accountability.read(_kept(request, pk), by=request.actor, at=at)
    context = frame(request, current="duty", at=at) | page_of(
        file, view="staff:duty_act", paper="staff:duty_paper", is_own=False
    )
    return render(request, "staff/duty/case.html", context)


@staff_only(*rules.KEEPERS)
@require_http_methods(["GET", "POST"])
def duty_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """One act: its form, and the act itself."""
    return take(request, _kept(request, pk), act, back="staff:duty_case", current="duty")


def _kept(request: HttpRequest, pk: int) -> Any:
    try:
        return accountability.get_kept(request.actor, pk)
    except accountability.Missing as missing:
        raise Http404 from missing


def take(request: HttpRequest, case: Any, act: str, *, back: str, current: str) -> HttpResponseBase:
    """The form of an act that is open here, or the act itself and back to the case."""
    at = timezone.now()
    move = TABLE.get(act)
    file = accountability.read(case, by=request.actor, at=at)
    if move is None or (request.method == "GET" and move.act not in file.acts):
        raise Http404
    form = move.form(request.POST or None) if request.method == "POST" else move.form()
    status = 200
    if request.method == "POST":
        form = move.form(request.POST)
        if form.is_valid() and done(form, lambda: move.do(case, **form.given(), by=request.actor, at=at)):
            messages.success(request, move.done or _("已办：%(what)s。") % {"what": move.words})
            return redirect(back, pk=case.pk)
        status = 422
    return _form(request, case, move, form, back=reverse(back, args=[case.pk]), current=current, at=at, status=status)


def done(form: BareForm, do: Any) -> bool:
    """Whether it was done; else the form says why, in the reader's language."""
    try:
        do()
    except Refusal as refusal:
        form.add_error(None, refusal.said(_))
        return False
    except (NotAllowed, NotPossible, Stale) as error:
        form.add_error(None, _(str(error)))
        return False
    return True


def _form(
    request: HttpRequest, case: Any, move: Move, form: BareForm, *, back: str, current: str, at: datetime, status: int
) -> HttpResponse:
    words = {"title": f"{move.words} {case.number}", "lead": move.hint, "button": move.words}
    context = frame(request, current=current, at=at) | words | {"form": form, "back": back}
    return render(request, "staff/duty/form.html", context, status=status)


def _for_openers(request: HttpRequest, pk: int, *, at: datetime) -> CaseFile:
    """The case file for those who hold to account. Whoever asks for an appeal they may not know of is on record first:
    the door alone would send them away unseen."""
    file = opened(request, pk, at=at)
    if not request.actor.holding(*rules.OPENERS):
        raise Http404
    return file


@staff_only()
@require_safe
def chain(request: HttpRequest, pk: int) -> HttpResponse:
    """Who held this appeal, from when to when, and which dates passed in whose hands."""
    at = timezone.now()
    file = _for_openers(request, pk, at=at)
    queries.record_read(file.appeal, by=request.actor, page="chain", at=at)
    may_open = bool(accountability.candidates(file.appeal, by=request.actor, at=at))
    context = frame(request, at=at) | chain_of(file) | {"file": file, "may_open": may_open}
    return render(request, "staff/duty/chain.html", context)


@staff_only()
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A case is opened on what the record of this appeal shows."""
    at = timezone.now()
    file = _for_openers(request, pk, at=at)
    persons = accountability.candidates(file.appeal, by=request.actor, at=at)
    steps = [event for event in file.events if event.actor_kind == "staff"]
    form = OpenForm(request.POST or None, persons=persons, steps=steps)
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        if done(form, lambda: made.append(_opened(file, form, at=at))):
            messages.success(request, _("已立案。送达以前本人不知道。"))
            return redirect("staff:duty_case", pk=made[0].pk)
    queries.record_read(file.appeal, by=request.actor, page="chain", at=at)
    lead = _(
        "一次不满意、一个差评都不能立案。要有查明的问题，先听本人说，由另一个人决定。事实里只写他做了什么、没做什么，"
        "不写诉求的编号、原话和是谁反映的。"
    )
    words = {"title": _("责任追究立案"), "lead": lead, "button": _("立案")}
    context = frame(request, at=at) | words | {"form": form, "back": reverse("staff:chain", args=[pk])}
    return render(request, "staff/duty/form.html", context, status=422 if form.errors else 200)


def _opened(file: CaseFile, form: OpenForm, *, at: datetime) -> Any:
    given = form.given()
    return open_accountability(given.pop("person"), appeal=file.appeal, **given, by=file.actor, at=at)


@staff_only(*rules.KEEPERS)
@require_safe
def duty_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The decision as a paper."""
    return paper_of(request, _kept(request, pk), kind)


PAPERS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


def paper_of(request: HttpRequest, case: Any, kind: str) -> HttpResponse:
    """The decision in force, as a file; there is none before anything is decided."""
    at = timezone.now()
    paper = dutypaper.decision_of(accountability.read(case, by=request.actor, at=at))
    if paper is None or kind not in PAPERS:
        raise Http404
    make, content_type = PAPERS[kind]
    response = HttpResponse(make(paper, at=at), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{case.number}.{kind}"'
    return response


urlpatterns = [
    path("duty/<int:pk>/paper/<slug:kind>/", duty_paper, name="duty_paper"),
    path("duty/", duty_cases, name="duty"),
    path("duty/<int:pk>/", duty_case, name="duty_case"),
    path("duty/<int:pk>/<slug:act>/", duty_act, name="duty_act"),
    path("appeals/<int:pk>/chain/", chain, name="chain"),
    path("appeals/<int:pk>/account/", open_case, name="account"),
]
