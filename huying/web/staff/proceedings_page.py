"""One proceeding as it is drawn: facts, cases, commitments, signatures, record, and the steps that are open to me."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.appeals import sealedwords
from huying.oversight import findings, letters, proceedings
from huying.rules import accountability
from huying.rules.actors import Actor
from huying.rules.enums import (
    CheckResult,
    InterviewGround,
    InterviewWeight,
    ProceedingAct,
    ProceedingKind,
    ProceedingStage,
    RecheckResult,
    Satisfaction,
    SigningSide,
)
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.components.due import Due
from huying.web.components.parts import Entry
from huying.web.staff.sheet import report_title

A, K, S = ProceedingAct, ProceedingKind, ProceedingStage


class NotThere(Http404):
    """There is no such proceeding for this person."""


@dataclass(frozen=True)
class Button:
    """One step that may be taken, with the page of its form."""

    words: str
    url: str
    is_main: bool = True


@dataclass(frozen=True)
class Item:
    """One commitment as a line."""

    pk: int
    what: str
    owner: str
    due: Due
    note: str
    url: str


def opened(request: HttpRequest, pk: int) -> Any:
    """The proceeding, or a page that does not exist."""
    try:
        return proceedings.get_for(request.actor, pk)
    except proceedings.Missing as missing:
        raise NotThere from missing


def due_of(one: Any, *, on: date, day: date | None = None) -> Due:
    """The chip of the day a proceeding, or something in it, waits for."""
    if day is None and (one.stage not in proceedings.OPEN or one.next_on is None):
        return Due("done", _(label(S(one.stage))))
    due_on = day or one.next_on
    left = (due_on - on).days
    if left < 0:
        return Due("late", _("超 %(span)s") % {"span": _("%(n)d 天") % {"n": -left}})
    shape = "soon" if left <= 1 else "far"
    return Due(shape, moments.near_day_words(_noon(due_on), at=_noon(on)), brief=moments.short_day_words(due_on))


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=moments.SHANGHAI)


def one_page(one: Any, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """The context of a proceeding's page."""
    on = moments.local_day(at)
    kind = K(one.kind)
    is_check = kind is K.CHECK
    cases = [] if is_check else list(sealedwords.marked(proceedings.cases_of(one, actor)))
    calls = _calls(one, actor) if is_check else []
    return {
        "one": one,
        "kind": _kind_words(one),
        "stage": _(label(S(one.stage))),
        "due": due_of(one, on=on),
        "facts": list(_facts(one)),
        "said": list(_said(one)),
        "cases": [(case, report_title(case) if case.is_sealed else case.title) for case in cases],
        "items": [_item(row, one, actor, on=on) for row in one.items.select_related("owner", "done_by")],
        "signatures": [
            (_(label(SigningSide(row.side))), row.person.name, row.at)
            for row in one.signatures.select_related("person")
        ],
        "is_check": is_check,
        "calls": calls,
        "differences": _differences(one, actor) if calls else [],
        "entries_count": len(one.spot_check.entries) if is_check else 0,
        "measured": findings.measured(one, actor, on=on) if kind is K.STUDY else None,
        "entries": [entry_of(event) for event in one.events.select_related("person").order_by("-sequence")],
        "buttons": list(buttons(one, actor)),
        "papers": list(papers(one)),
    }


def _kind_words(one: Any) -> str:
    if one.kind == K.INTERVIEW:
        return _(label(InterviewWeight(one.interview.weight)))
    return _(label(K(one.kind)))


def _facts(one: Any) -> Iterable[tuple[str, str]]:
    yield _("单位"), "、".join(unit.name for unit in one.parties.all())
    yield _("发起"), f"{one.opened_in.name} {one.opened_by.name}"
    if one.kind == K.INTERVIEW:
        yield _("因为什么"), _(label(InterviewGround(one.interview.ground)))
        yield _("时间"), moments.moment_words(one.interview.meets_at)
        yield _("地点"), one.interview.place
        if one.interview.attendants:
            yield _("参加人"), one.interview.attendants
        if one.interview.result:
            yield _("复查结果"), _(label(RecheckResult(one.interview.result)))
    elif one.kind == K.STUDY:
        if one.study.topic is not None:
            yield _("主题"), one.study.topic.name
        yield _("时间"), moments.moment_words(one.study.meets_at)
        yield _("地点"), one.study.place
    else:
        yield (
            _("办结时段"),
            _("%(since)s至%(until)s")
            % {
                "since": moments.day_words(one.spot_check.since),
                "until": moments.day_words(one.spot_check.until),
            },
        )
        yield _("抽取比例"), f"{one.spot_check.share}%"


def _said(one: Any) -> Iterable[tuple[str, str]]:
    """Longer words, each under its heading; what nobody has written yet is not there."""
    if one.kind == K.INTERVIEW:
        said = one.interview
        words = [
            (_("事由"), said.reason),
            (_("出示的事实"), said.shown),
            (_("对方的说法"), said.view),
            (_("复查"), said.found),
        ]
    elif one.kind == K.STUDY:
        said = one.study
        words = [
            (_("问题"), said.problem),
            (_("原因"), said.cause),
            (_("办法"), said.measures),
            (_("效果"), said.found),
        ]
    else:
        words = []
    return [(head, body) for head, body in words if body]


def _item(row: Any, one: Any, actor: Actor, *, on: date) -> Item:
    is_open = row.done_at is None and one.stage == S.UNDER_WAY
    may = is_open and (row.owner_id == actor.person or proceedings.keeps(actor, one))
    if row.done_at is not None:
        due = Due("done", _("%(day)s完成") % {"day": moments.short_day_words(row.done_at)})
    elif one.stage in proceedings.OPEN:
        due = due_of(one, on=on, day=row.due_on)
    else:
        due = Due("hold", _("没有填完成"))
    url = reverse("staff:finish_item", args=[row.pk]) if may else ""
    return Item(row.pk, row.what, row.owner.name, due, row.done_note, url)


@dataclass(frozen=True)
class CallLine:
    """One appeal that was drawn: what was said first, what the second time."""

    lot: int
    appeal: Any
    first: str
    second: str
    result: str
    note: str
    who: str
    url: str
    chain: str = ""


def _calls(one: Any, actor: Actor) -> list[CallLine]:
    may_ask = bool(actor.holding(*accountability.OPENERS))
    return [_call(row, one, may_ask=may_ask) for row in proceedings.calls_of(one, actor)]


def _call(row: Any, one: Any, *, may_ask: bool) -> CallLine:
    is_open = not row.result and one.stage == S.UNDER_WAY
    return CallLine(
        lot=row.lot,
        appeal=row.appeal,
        first=answer_words(row.first_resolved, row.first_satisfaction),
        second=answer_words(row.resolved, row.satisfaction) if row.result else "",
        result=_(label(CheckResult(row.result))) if row.result else "",
        note=row.note,
        who=row.called_by.name if row.called_by is not None else "",
        url=reverse("staff:record_check", args=[row.pk]) if is_open else "",
        chain=reverse("staff:chain", args=[row.appeal_id])
        if may_ask and row.result == CheckResult.FALSE_CLOSURE
        else "",
    )


@dataclass(frozen=True)
class DifferenceLine:
    """How many of a school's appeals got worse, and between which shares that may lie."""

    name: str
    share: Any
    span: str


def _differences(one: Any, actor: Actor) -> list[DifferenceLine]:
    return [DifferenceLine(each.name, each.share, _span(each.share)) for each in findings.differences(one, actor)]


def _span(share: Any) -> str:
    if not share.n:
        return "–"
    return _("%(low)d%% 至 %(high)d%%") % {"low": round(100 * share.low), "high": round(100 * share.high)}


def answer_words(resolved: bool | None, satisfaction: str) -> str:
    """What a family said in a callback."""
    if resolved is None:
        return _("没有回答")
    solved = _("已解决") if resolved else _("没解决")
    return f"{solved}，{_(label(Satisfaction(satisfaction)))}" if satisfaction else solved


def entry_of(event: Any) -> Entry:
    """One line of the record."""
    who = event.person.name if event.person is not None else _("系统")
    words = _("%(who)s%(what)s") % {"who": who, "what": _(label(A(event.act)))}
    return Entry(words, event.at, note=event.note or _data_words(event))


def _data_words(event: Any) -> str:
    """What stands in the record beside words: digests that anybody can check."""
    names = {
        "digest": gettext_noop("记录摘要"),
        "list": gettext_noop("名单摘要"),
        "seal": gettext_noop("封存"),
        "seed": gettext_noop("种子"),
    }
    said = [f"{_(words)} {event.data[name][:16]}…" for name, words in names.items() if event.data.get(name)]
    if event.act == A.RECORD_CHECK:
        result = _(label(CheckResult(event.data["result"])))
        said.append(_("第 %(lot)d 签：%(result)s") % {"lot": event.data["lot"], "result": result})
    return "，".join(said)


STEPS: dict[tuple[ProceedingKind, ProceedingStage], tuple[ProceedingAct, ...]] = {
    (K.INTERVIEW, S.ANNOUNCED): (A.HOLD_INTERVIEW, A.CALL_OFF),
    (K.INTERVIEW, S.HELD): (A.SIGN_RECORD,),
    (K.INTERVIEW, S.UNDER_WAY): (A.RECHECK_INTERVIEW,),
    (K.STUDY, S.ANNOUNCED): (A.DECIDE_STUDY, A.CALL_OFF),
    (K.STUDY, S.UNDER_WAY): (A.CLOSE_STUDY,),
    (K.CHECK, S.ANNOUNCED): (A.DRAW_CHECK, A.CALL_OFF),
    (K.CHECK, S.UNDER_WAY): (A.CLOSE_CHECK,),
}


def steps_of(one: Any, actor: Actor) -> tuple[ProceedingAct, ...]:
    """The steps of this proceeding that are open to this person now."""
    found = STEPS.get((K(one.kind), S(one.stage)), ())
    if A.SIGN_RECORD in found:
        return found if proceedings.side_of(actor, one) is not None else ()
    if A.CLOSE_CHECK in found and proceedings.has_uncalled(one):
        return ()
    return found if proceedings.keeps(actor, one) else ()


def buttons(one: Any, actor: Actor) -> Iterable[Button]:
    """What may be done now, each with its page; a 重点约谈 where a talk was raised."""
    for act in steps_of(one, actor):
        url = reverse("staff:proceeding_step", args=[one.pk, act])
        yield Button(_(label(act)), url, is_main=act is not A.CALL_OFF)
    if proceedings.may_follow(one, actor):
        yield Button(_("安排重点约谈"), f"{reverse('staff:call_interview')}?follows={one.pk}")


PAPERS = {
    letters.NOTICE: gettext_noop("约谈通知"),
    letters.RECORD: gettext_noop("约谈记录"),
    letters.MINUTES: gettext_noop("商研纪要"),
}


def papers(one: Any) -> Iterable[tuple[str, str]]:
    """The papers of this proceeding, each by one click."""
    yield _("打印"), reverse("staff:print_proceeding", args=[one.pk])
    for kind in letters.kinds_of(one):
        for form in ("docx", "pdf"):
            url = reverse("staff:proceeding_paper", args=[one.pk, kind, form])
            yield f"{_(PAPERS[kind])} {form.upper()}", url
