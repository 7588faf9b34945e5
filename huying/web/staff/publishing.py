"""网上公开: who may write writes, a second person reads what the public will see, and whoever may takes it down."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals import queries
from huying.appeals.casefile import CaseFile
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.oversight import publications
from huying.oversight.actions.approve_publication import approve_publication
from huying.oversight.actions.draft_publication import draft_publication
from huying.oversight.actions.redraft_publication import redraft_publication
from huying.oversight.actions.set_openness import set_openness
from huying.oversight.actions.take_down_publication import take_down_publication
from huying.oversight.actions.withhold_publication import withhold_publication
from huying.rules import publication as rules
from huying.rules.enums import PublicationAct, PublicationStanding, TextKind
from huying.rules.permissions import PUBLISHERS
from huying.rules.refusals import Refusal
from huying.web.components.doors import staff_only
from huying.web.staff.act import opened
from huying.web.staff.frame import frame
from huying.web.staff.publishing_forms import PublicTextForm

MOST = 100
REFUSED = (Refusal, NotAllowed, NotPossible, Stale)


@staff_only(*PUBLISHERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is public, and what is not; and whether one's own unit is open."""
    actor = request.actor
    piles = [(one, list(publications.standing(actor, one)[:MOST])) for one in PublicationStanding]
    headed = [post.unit for post in actor.holding(*rules.HEADS)]
    context = frame(request, current="publications") | {"piles": piles, "units": publications.openness_of(headed)}
    return render(request, "staff/publications.html", context)


@staff_only(*rules.HEADS)
@require_POST
def openness(request: HttpRequest) -> HttpResponseBase:
    """The head opens or closes the own unit, and says why."""
    posted = request.POST
    headed = {str(post.unit.id): post.unit.id for post in request.actor.holding(*rules.HEADS)}
    if posted.get("unit") not in headed:
        return redirect("staff:publications")
    unit = publications.unit(headed[posted["unit"]])
    given = {"is_open": posted.get("is_open") == "yes", "reason": posted.get("reason", "").strip()[:200]}
    _tried(request, lambda: set_openness(unit, **given, by=request.actor, at=timezone.now()), done=_("已定。"))
    return redirect("staff:publications")


@staff_only(*rules.DRAFTERS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A public text about a closed appeal is begun; where there is one, it is shown."""
    at = timezone.now()
    file = opened(request, pk, at=at)
    queries.record_read(file.appeal, by=request.actor, page="publish", at=at)
    live = publications.live_of(file.appeal)
    if live is not None:
        return redirect("staff:publication", live.token)
    form = PublicTextForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {"draft": form.draft(), "kept": form.kept()}
        made = _attempt(form, lambda: draft_publication(file.appeal, **given, by=request.actor, at=at))
        if made is not None:
            return redirect("staff:publication", made.token)
    return _written(request, form, file, back=reverse("staff:appeal", args=[pk]))


@staff_only(*rules.DRAFTERS)
@require_http_methods(["GET", "POST"])
def redraft(request: HttpRequest, token: str) -> HttpResponseBase:
    """The text that waits is written anew."""
    at = timezone.now()
    case, _facts = _found(request, token)
    file = opened(request, case.appeal_id, at=at)
    initial = {name: getattr(case, name) for name in ("title", "question", "answer")}
    initial["names_school"] = case.school_id is not None
    form = PublicTextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"draft": form.draft(), "kept": form.kept(), "version": case.version}
        if _attempt(form, lambda: redraft_publication(case, **given, by=request.actor, at=at) or True):
            return redirect("staff:publication", token)
    return _written(request, form, file, back=reverse("staff:publication", args=[token]))


@staff_only(*PUBLISHERS)
@require_safe
def publication(request: HttpRequest, token: str) -> HttpResponse:
    """What the public will see or sees, what was left in it, and who did what."""
    case, facts = _found(request, token)
    stands, actor = PublicationStanding(case.standing), request.actor
    context = frame(request, current="publications") | {
        "case": case,
        "shown": publications.shown(case),
        "kept": sorted(publications.kept_of(case)),
        "events": [(one, PublicationAct(one.act)) for one in publications.events_of(case)],
        "stands": stands,
        "waits": stands is PublicationStanding.DRAFTED,
        "is_public": stands is PublicationStanding.PUBLISHED,
        "may_decide": rules.may_decide(actor, facts, drafter=case.drafted_by_id),
        "may_redraft": bool(actor.holding(*rules.DRAFTERS)),
        "may_take_down": rules.may_take_down(actor, facts),
    }
    return render(request, "staff/publication.html", context)


@staff_only(*PUBLISHERS)
@require_POST
def decide(request: HttpRequest, token: str) -> HttpResponseBase:
    """A second person agrees or not, or somebody takes it down; a refusal is said in words."""
    case, _facts = _found(request, token)
    posted, who = request.POST, {"by": request.actor, "at": timezone.now()}
    asked = posted.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    reason = posted.get("reason", "").strip()[:500]
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "approve": (lambda: approve_publication(case, version=version, **who), _("已公开。")),
        "withhold": (lambda: withhold_publication(case, reason=reason, version=version, **who), _("已定为不公开。")),
        "take_down": (lambda: take_down_publication(case, reason=reason, **who), _("已撤下。")),
    }
    act = acts.get(posted.get("act", ""))
    if act is not None:
        _tried(request, act[0], done=act[1])
    return redirect("staff:publication", token)


def public_text_of(file: CaseFile) -> str:
    """Where the public text of this case is begun, or read by who drafts; empty for others. It asks nothing of the
    database: a case page has few statements to spend.
    """
    may_draft = rules.may_draft(file.actor, file.case, is_open=True)
    is_theirs = file.case.history.is_published and bool(file.actor.holding(*rules.DRAFTERS))
    return reverse("staff:write_publication", args=[file.appeal.pk]) if may_draft or is_theirs else ""


def _found(request: HttpRequest, token: str) -> tuple[Any, Any]:
    try:
        return publications.case_for(request.actor, token, at=timezone.now())
    except publications.Missing as missing:
        raise Http404 from missing


def _written(request: HttpRequest, form: PublicTextForm, file: Any, *, back: str) -> HttpResponse:
    replies = file.words(TextKind.REPLY)
    context = frame(request, current="publications") | {
        "form": form,
        "number": file.appeal.number,
        "is_open": publications.is_open(file.appeal.organisation),
        "summary": file.last(TextKind.SUMMARY),
        "reply": replies[-1].body if replies else "",
        "back": back,
    }
    return render(request, "staff/publication_write.html", context, status=422 if form.errors else 200)


def _attempt(form: PublicTextForm, act: Callable[[], Any]) -> Any:
    """What the act returns; None, with the reason on the form, when it was refused."""
    try:
        return act()
    except REFUSED as refusal:
        form.add_error(None, _said(refusal))
        return None


def _tried(request: HttpRequest, act: Callable[[], Any], *, done: str) -> None:
    try:
        act()
    except REFUSED as refusal:
        messages.warning(request, _said(refusal))
    else:
        messages.success(request, done)


def _said(refusal: Exception) -> str:
    return refusal.said(_) if isinstance(refusal, Refusal) else _(str(refusal))


urlpatterns = [
    path("publications/", listing, name="publications"),
    path("publications/openness/", openness, name="openness"),
    path("publications/write/<int:pk>/", write, name="write_publication"),
    path("publications/<slug:token>/", publication, name="publication"),
    path("publications/<slug:token>/redraft/", redraft, name="redraft_publication"),
    path("publications/<slug:token>/decide/", decide, name="decide_publication"),
]
