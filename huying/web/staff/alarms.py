"""Early warnings: what is out of the ordinary and why, its cases, and what is done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from huying.oversight import alarms
from huying.oversight.actions.close_alarm import close_alarm
from huying.oversight.actions.fulfil import fulfil
from huying.oversight.actions.raise_alarm import raise_alarm
from huying.oversight.actions.rectify import rectify
from huying.oversight.actions.take_up import take_up
from huying.oversight.actions.warn import warn
from huying.rules import alarms as rules
from huying.rules.enums import AlarmKind, AlarmRule, AlarmStatus, AlarmStep, InterviewGround, PostKind, RedLine
from huying.rules.labels import label
from huying.rules.refusals import Refusal
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.components.parts import Choice, Entry
from huying.web.staff import asking
from huying.web.staff.frame import ALARMED, frame
from huying.web.staff.tray import row_of

ROWS = 30
MOST_AT_ONCE = 200
MOST_CASES = 100
MOST_BROUGHT = 20
NEWEST = keyset.Order("found_at", is_descending=True)


@dataclass(frozen=True)
class Line:
    """One warning of the list."""

    pk: int
    unit: str
    what: str
    why: str
    status: str
    is_urgent: bool
    found_at: datetime
    many: int
    may_be_warned: bool


def why(alarm: Any, numbers: dict[str, Any]) -> str:
    """The reason in the reader's language."""
    return rules.why(AlarmRule(alarm.rule), numbers, say=_)


def what(alarm: Any) -> str:
    """What it is about: the rule, and the topic, channel or red line where there is one."""
    danger = alarm.numbers.get("danger")
    about = [
        _(alarm.topic.name) if alarm.topic is not None else "",
        _(alarm.channel.name) if alarm.channel is not None else "",
        _(label(RedLine(danger))) if danger else "",
    ]
    return " · ".join([_(label(AlarmRule(alarm.rule))), *(one for one in about if one)])


def _line(alarm: Any, request: HttpRequest) -> Line:
    steps = alarms.open_steps(alarm, request.actor)
    return Line(
        alarm.pk,
        alarm.unit.name,
        what(alarm),
        why(alarm, alarm.numbers),
        _(label(AlarmStatus(alarm.status))),
        alarm.kind == AlarmKind.URGENT or alarm.is_raised,
        alarm.found_at,
        alarm.many,
        AlarmStep.REMIND in steps and alarm.status == AlarmStatus.OPEN and not alarm.is_apart,
    )


@require_safe
@staff_only(*ALARMED)
def listing(request: HttpRequest) -> HttpResponse:
    """The warnings this person may know of, those that run first asked for."""
    is_closed = request.GET.get("closed") == "1"
    page = keyset.page(alarms.listed(request.actor, is_closed=is_closed), NEWEST, request.GET, size=ROWS)
    sizes = alarms.sizes(request.actor)
    closed = sizes.pop(AlarmStatus.CLOSED, 0)
    here = reverse("staff:alarms")
    lines = [_line(alarm, request) for alarm in page.rows]
    kept = "closed=1&" if is_closed else ""
    context = frame(request, current="alarms") | {
        "choices": [
            Choice(_("没结束的"), here, sum(sizes.values()), is_current=not is_closed),
            Choice(_("已结束"), f"{here}?closed=1", closed, is_current=is_closed),
        ],
        "lines": lines,
        "may_warn": any(line.may_be_warned for line in lines),
        "older": f"?{kept}{page.following}" if page.following else "",
        "newer": f"?{kept}{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/alarms.html", context)


@require_POST
@staff_only(PostKind.COUNTY_SUPERVISOR)
def warn_many(request: HttpRequest) -> HttpResponse:
    """The units of all chosen warnings are reminded; what could not be is told, and the others are."""
    chosen = [int(pk) for pk in request.POST.getlist("alarm")[:MOST_AT_ONCE] if pk.isascii() and pk.isdigit()]
    reason = request.POST.get("reason", "").replace("\0", "")[:500]
    done = 0
    for alarm in alarms.visible_to(request.actor).filter(pk__in=chosen).select_related("unit", "watched_by"):
        try:
            warn(alarm, reason=reason, by=request.actor, at=timezone.now())
            done += 1
        except Refusal as refusal:
            messages.warning(request, f"{alarm.unit.name}：{refusal.said(_)}")
    said = ngettext("已提醒 %(done)s 条。", "已提醒 %(done)s 条。", done) % {"done": done}
    messages.success(request, said if chosen else _("先勾选要提醒的预警。"))
    return redirect("staff:alarms")


class ReasonForm(forms.Form):
    """What is said for the record."""

    reason = asking.WordsField(
        label=gettext_lazy("情况和理由"),
        most=500,
        clean_words=asking.words.clean_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def given(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class RectifyForm(ReasonForm):
    """What is put right, and by which day."""

    due_on = asking.day(gettext_lazy("哪天以前改好"))

    def given(self) -> dict[str, Any]:
        return {**super().given(), "due_on": self.cleaned_data["due_on"]}


def _talk(alarm: Any, **given: Any) -> None:
    take_up(alarm, step=AlarmStep.TALK, **given)


def _study(alarm: Any, **given: Any) -> None:
    take_up(alarm, step=AlarmStep.STUDY, **given)


ACTS: dict[AlarmStep, tuple[Callable[..., None], type[ReasonForm]]] = {
    AlarmStep.REMIND: (warn, ReasonForm),
    AlarmStep.TALK: (_talk, ReasonForm),
    AlarmStep.STUDY: (_study, ReasonForm),
    AlarmStep.RECTIFY: (rectify, RectifyForm),
    AlarmStep.FULFIL: (fulfil, ReasonForm),
    AlarmStep.RAISE: (raise_alarm, ReasonForm),
    AlarmStep.CLOSE: (close_alarm, ReasonForm),
}
HINTS = {
    AlarmStep.REMIND: gettext_lazy("单位负责人会收到通知。"),
    AlarmStep.TALK: gettext_lazy("写明约谈谁、谈什么。"),
    AlarmStep.STUDY: gettext_lazy("写明请哪些科室一起商研。"),
    AlarmStep.RECTIFY: gettext_lazy("写明改什么、谁来改。改好以后过几个工作日复查。"),
    AlarmStep.FULFIL: gettext_lazy("写明复查看到的结果。到了复查日才能做。"),
    AlarmStep.RAISE: gettext_lazy("没有改好，或者本级解决不了。"),
    AlarmStep.CLOSE: gettext_lazy("不用再做什么了，写明为什么。"),
}


@dataclass(frozen=True)
class Move:
    """One step that is open, with its form."""

    step: str
    words: str
    hint: str
    address: str
    form: ReasonForm
    is_open: bool


@require_safe
@staff_only(*ALARMED)
def alarm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One warning: why, its cases, what was done, what can be done."""
    return _page(request, _found(request, pk))


@require_POST
@staff_only(*ALARMED)
def alarm_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The step is taken, or the page comes again and says why not."""
    alarm = _found(request, pk)
    if step not in {one.value for one in ACTS}:
        raise Http404
    act, kind = ACTS[AlarmStep(step)]
    form = kind(request.POST)
    if form.is_valid():
        try:
            act(alarm, **form.given(), by=request.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.said(_))
        else:
            messages.success(request, _("已%(what)s。") % {"what": _(label(AlarmStep(step)))})
            return redirect("staff:alarm", pk)
    return _page(request, alarm, failed=(AlarmStep(step), form))


def _found(request: HttpRequest, pk: int) -> Any:
    try:
        return alarms.get_for(request.actor, pk)
    except alarms.NoSuchAlarm:
        raise Http404 from None


def _page(request: HttpRequest, alarm: Any, *, failed: tuple[AlarmStep, ReasonForm] | None = None) -> HttpResponse:
    at = timezone.now()
    cases = alarms.cases_of(alarm, request.actor)
    context = frame(request, current="alarms", at=at) | {
        "alarm": alarm,
        "what": what(alarm),
        "kind": _(label(AlarmKind(alarm.kind))),
        "status": _(label(AlarmStatus(alarm.status))),
        "why": why(alarm, alarms.numbers_now(alarm)),
        "rows": [row_of(appeal, at=at) for appeal in cases[:MOST_CASES]],
        "many": cases.count(),
        "entries": [_entry(record) for record in alarms.records_of(alarm)],
        "moves": _moves(request, alarm, failed),
        "talks": alarms.talks_of(alarm, request.actor),
        "ways": _ways(request, alarm, [appeal.pk for appeal in cases[:MOST_BROUGHT]]),
        "failed": failed[1] if failed is not None else None,
    }
    return render(request, "staff/alarm.html", context, status=200 if failed is None else 422)


def _moves(request: HttpRequest, alarm: Any, failed: tuple[AlarmStep, ReasonForm] | None) -> list[Move]:
    moves = []
    for step in alarms.open_steps(alarm, request.actor):
        was = failed is not None and failed[0] is step
        form = failed[1] if failed is not None and was else ACTS[step][1](auto_id=f"{step}_%s")
        address = reverse("staff:alarm_step", args=[alarm.pk, step.value])
        moves.append(Move(step.value, _(label(step)), str(HINTS[step]), address, form, was))
    return moves


def _ways(request: HttpRequest, alarm: Any, cases: list[int]) -> list[tuple[str, str]]:
    """Where a talk or a joint study is called, with what is known already filled in."""
    steps = alarms.open_steps(alarm, request.actor)
    brought = [("title", f"{alarm.unit.name} {what(alarm)}"), *(("appeal", pk) for pk in cases)]
    ways = []
    if AlarmStep.TALK in steps:
        more = [("unit", alarm.unit_id), ("ground", InterviewGround.ALARM.value), ("alarm", alarm.pk)]
        ways.append((_("发起约谈"), f"{reverse('staff:call_interview')}?{urlencode([*more, *brought])}"))
    if AlarmStep.STUDY in steps:
        ways.append((_("发起商研"), f"{reverse('staff:open_study')}?{urlencode([('alarm', alarm.pk), *brought])}"))
    return ways


def _entry(record: Any) -> Entry:
    who = record.person.name if record.person is not None else _("系统")
    words = _("%(who)s：%(what)s") % {"who": who, "what": _(label(AlarmStep(record.step)))}
    return Entry(words, record.at, note=_note(record))


def _note(record: Any) -> str:
    if "numbers" in record.data:
        return rules.why(AlarmRule(record.alarm.rule), record.data["numbers"], say=_)
    if "rectify_by" in record.data:
        dates = _("%(rectify_by)s 以前改好，%(recheck_on)s 复查。") % record.data
        return f"{record.reason} {dates}"
    return record.reason


urlpatterns = [
    path("alarms/", listing, name="alarms"),
    path("alarms/warn/", warn_many, name="warn_many"),
    path("alarms/<int:pk>/", alarm_page, name="alarm"),
    path("alarms/<int:pk>/<slug:step>/", alarm_step, name="alarm_step"),
]
