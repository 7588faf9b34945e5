"""剔除 and 考核申诉: asked for by a unit, decided by others; each on a page with who decided what and why."""

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
from huying.oversight import appraisal
from huying.oversight.actions.grant_exclusion import grant_exclusion
from huying.oversight.actions.grant_objection import grant_objection
from huying.oversight.actions.object_to_figure import object_to_figure
from huying.oversight.actions.reject_exclusion import reject_exclusion
from huying.oversight.actions.reject_objection import reject_objection
from huying.oversight.actions.request_exclusion import request_exclusion
from huying.rules import appraisal as rules
from huying.rules.catalogue import BY_CODE
from huying.rules.enums import Correction, ExclusionGround, RequestStage
from huying.rules.labels import label
from huying.web.components import keyset, moments
from huying.web.components.doors import staff_only
from huying.web.components.parts import Entry
from huying.web.staff.act import opened
from huying.web.staff.appraisal_forms import AskForm, DecideForm, GrantForm, ObjectForm, RejectForm
from huying.web.staff.duty import done
from huying.web.staff.duty_forms import BareForm
from huying.web.staff.frame import frame

ROWS = 30
NEWEST = keyset.Order("asked_at", is_descending=True)
# Who asks and who decides; others have no business here.
CONCERNED = (*rules.ASKERS, *rules.IN_SCHOOL, *rules.AT_COUNTY)
EXCLUSION = {
    "grant": (grant_exclusion, DecideForm, lambda: _("同意剔除")),
    "reject": (reject_exclusion, DecideForm, lambda: _("不同意")),
}
OBJECTION = {
    "grant": (grant_objection, GrantForm, lambda: _("同意申诉")),
    "reject": (reject_objection, RejectForm, lambda: _("不同意")),
}


@staff_only(*CONCERNED)
@require_safe
def exclusions(request: HttpRequest) -> HttpResponse:
    """The requests about appeals one may know of, the newest first."""
    page = keyset.page(appraisal.requests_for(request.actor), NEWEST, request.GET, size=ROWS)
    lines = [
        (reverse("staff:exclusion", args=[one.pk]), one.appeal.number, one.unit.name, _stage(one), one.asked_at)
        for one in page.rows
    ]
    return _listed(
        request, page, lines, title=_("剔除申请"), first=_("编号"), other=("staff:objections", _("考核申诉"))
    )


@staff_only(*CONCERNED)
@require_safe
def objections(request: HttpRequest) -> HttpResponse:
    """The objections of one's own unit and of those one stands over, the newest first."""
    page = keyset.page(appraisal.objections_for(request.actor), NEWEST, request.GET, size=ROWS)
    lines = [
        (reverse("staff:objection", args=[one.pk]), _indicator(one), one.unit.name, _stage(one), one.asked_at)
        for one in page.rows
    ]
    more = {"add_url": reverse("staff:object")} if appraisal.units_of(request.actor) else {}
    other = ("staff:exclusions", _("剔除申请"))
    return _listed(request, page, lines, title=_("考核申诉"), first=_("哪一项"), other=other, **more)


def _listed(request: HttpRequest, page: Any, lines: list[Any], *, other: tuple[str, str], **words: Any) -> HttpResponse:
    context = (
        frame(request, current="appraisal")
        | words
        | {
            "lines": lines,
            "other_url": reverse(other[0]),
            "other_words": other[1],
            "older": f"?{page.following}" if page.following else "",
            "newer": f"?{page.preceding}" if page.preceding else "",
        }
    )
    return render(request, "staff/duty/requests.html", context)


@staff_only(*CONCERNED)
@require_safe
def exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: the ground, and the two decisions."""
    at = timezone.now()
    one = _request(request, pk)
    pairs = [
        (_("诉求"), one.appeal.number),
        (_("主办"), one.unit.name),
        (_("为什么"), _(label(ExclusionGround(one.ground)))),
        (_("申请人"), one.asked_by.name if one.asked_by else ""),
    ]
    moves = _moves("staff:exclusion_act", one, EXCLUSION) if appraisal.may_decide(request.actor, one, at=at) else []
    appeal_url = reverse("staff:appeal", args=[one.appeal_id])
    title = _("剔除申请 %(number)s") % {"number": one.appeal.number}
    more = {"title": title, "pairs": pairs, "moves": moves, "appeal_url": appeal_url, "cases": []}
    return _shown(request, one, appraisal.acts_of(request=one), at=at, **more)


@staff_only(*CONCERNED)
@require_safe
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: the figure, the period, the appeals, and the decision."""
    at = timezone.now()
    one = _objection(request, pk)
    pairs = [
        (_("单位"), one.unit.name),
        (_("哪一项"), _indicator(one)),
        (_("时间"), f"{moments.day_words(one.since)}–{moments.day_words(one.until)}"),
        (_("申请人"), one.asked_by.name if one.asked_by else ""),
    ]
    if one.correction:
        pairs.append((_("更正"), _(label(Correction(one.correction)))))
    if one.note:
        pairs.append((_("更正成"), one.note))
    moves = _moves("staff:objection_act", one, OBJECTION) if appraisal.may_decide_objection(request.actor, one) else []
    cases = [(reverse("staff:appeal", args=[case.pk]), case.number) for case in one.cases.order_by("number")]
    title = _("考核申诉：%(what)s") % {"what": _indicator(one)}
    more = {"title": title, "pairs": pairs, "moves": moves, "cases": cases}
    return _shown(request, one, appraisal.acts_of(objection=one), at=at, **more)


def _shown(request: HttpRequest, one: Any, acts: list[Any], *, at: datetime, **more: Any) -> HttpResponse:
    entries = [Entry(_act_words(act), act.at, note=act.reason) for act in reversed(acts)]
    context = frame(request, current="appraisal", at=at) | more | {"stage": _stage(one), "entries": entries, "one": one}
    return render(request, "staff/duty/request.html", context)


def _act_words(act: Any) -> str:
    who = act.person.name if act.person is not None else ""
    said = _("申请") if act.stage == RequestStage.ASKED else _(label(RequestStage(act.stage)))
    return _("%(who)s%(what)s") % {"who": who, "what": said}


def _moves(view: str, one: Any, table: dict[str, Any]) -> list[tuple[str, str]]:
    return [(words(), reverse(view, args=[one.pk, name])) for name, (_act, _form, words) in table.items()]


@staff_only(*CONCERNED)
@require_http_methods(["GET", "POST"])
def exclusion_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """One of the two levels says yes or no."""
    at = timezone.now()
    one = _request(request, pk)
    if act not in EXCLUSION or not (_is_over(request, one) or appraisal.may_decide(request.actor, one, at=at)):
        raise Http404
    return _decided(request, one, EXCLUSION[act], back=reverse("staff:exclusion", args=[pk]), at=at)


@staff_only(*CONCERNED)
@require_http_methods(["GET", "POST"])
def objection_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """The tier above says yes, with what is corrected, or no."""
    at = timezone.now()
    one = _objection(request, pk)
    if act not in OBJECTION or not (_is_over(request, one) or appraisal.may_decide_objection(request.actor, one)):
        raise Http404
    return _decided(request, one, OBJECTION[act], back=reverse("staff:objection", args=[pk]), at=at)


def _is_over(request: HttpRequest, one: Any) -> bool:
    """Whoever was slower is told so, and keeps what they wrote."""
    return request.method == "POST" and RequestStage(one.stage) not in rules.OPEN


def _decided(request: HttpRequest, one: Any, move: Any, *, back: str, at: datetime) -> HttpResponseBase:
    do, form_of, words = move
    form = form_of(request.POST or None) if request.method == "GET" else form_of(request.POST)
    act = lambda: do(one, **form.given(), by=request.actor, at=at)  # noqa: E731
    if request.method == "POST" and form.is_valid() and done(form, act):
        messages.success(request, _("已决定，理由在记录里。"))
        return redirect(back)
    return _asked(request, form, title=words(), button=words(), back=back, at=at)


@staff_only()
@require_http_methods(["GET", "POST"])
def ask_exclusion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The lead unit asks to leave the appeal out of appraisal."""
    at = timezone.now()
    file = opened(request, pk, at=at)
    if not rules.asks(request.actor, file.case) or file.case.state not in rules.STATES:
        raise Http404
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    act = lambda: request_exclusion(file.appeal, **form.given(), by=request.actor, at=at)  # noqa: E731
    if request.method == "POST" and form.is_valid() and done(form, act):
        messages.success(request, _("已申请。学校和县中心都同意以前，照样纳入考核。"))
        return redirect("staff:appeal", pk=pk)
    queries.record_read(file.appeal, by=request.actor, page="exclusion", at=at)
    lead = _("剔除只是不算进考核，办理、答复和回访都不变。两级都同意才生效，家长会知道。")
    back = reverse("staff:appeal", args=[pk])
    return _asked(request, form, title=_("申请剔除"), button=_("申请剔除"), back=back, at=at, lead=lead)


@staff_only(*rules.ASKERS)
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest) -> HttpResponseBase:
    """A unit contests one of its figures."""
    at = timezone.now()
    units = appraisal.units_of(request.actor)
    given = {"actor": request.actor, "units": units}
    form = ObjectForm(request.POST, **given) if request.method == "POST" else ObjectForm(**given)
    made: list[Any] = []

    def act() -> None:
        asked = form.given()
        made.append(object_to_figure(asked.pop("unit"), **asked, by=request.actor, at=at))

    if request.method == "POST" and form.is_valid() and done(form, act):
        messages.success(request, _("已提出。没有定过这个数的上一级来决定。"))
        return redirect("staff:objection", pk=made[0].pk)
    back = reverse("staff:objections")
    return _asked(request, form, title=_("提考核申诉"), button=_("提出"), back=back, at=at)


def _asked(request: HttpRequest, form: BareForm, *, at: datetime, **words: str) -> HttpResponse:
    context = frame(request, current="appraisal", at=at) | words | {"form": form}
    return render(request, "staff/duty/form.html", context, status=422 if form.errors else 200)


def _request(request: HttpRequest, pk: int) -> Any:
    try:
        return appraisal.request_for(request.actor, pk)
    except appraisal.Missing as missing:
        raise Http404 from missing


def _objection(request: HttpRequest, pk: int) -> Any:
    try:
        return appraisal.objection_for(request.actor, pk)
    except appraisal.Missing as missing:
        raise Http404 from missing


def _stage(one: Any) -> str:
    # An objection has one level alone.
    waits = hasattr(one, "indicator") and one.stage == RequestStage.ASKED
    return _("等决定") if waits else _(label(RequestStage(one.stage)))


def _indicator(one: Any) -> str:
    known = BY_CODE.get(one.indicator)
    return _(known.name) if known is not None else one.indicator


urlpatterns = [
    path("exclusions/", exclusions, name="exclusions"),
    path("exclusions/<int:pk>/", exclusion, name="exclusion"),
    path("exclusions/<int:pk>/<slug:act>/", exclusion_act, name="exclusion_act"),
    path("appeals/<int:pk>/exclusion/", ask_exclusion, name="ask_exclusion"),
    path("objections/", objections, name="objections"),
    path("objections/add/", contest, name="object"),
    path("objections/<int:pk>/", objection, name="objection"),
    path("objections/<int:pk>/<slug:act>/", objection_act, name="objection_act"),
]
