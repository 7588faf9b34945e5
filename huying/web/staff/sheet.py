"""One appeal as its page draws it: what was said, what is asked, until when, what has happened, what can be done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huying.appeals import casefile
from huying.appeals.casefile import CaseFile, Item, Named
from huying.rules.enums import (
    Action,
    AppealKind,
    ClockKind,
    Finding,
    Flag,
    PrivacyMode,
    RedLine,
    Resolved,
    State,
    SubjectStatus,
    TextKind,
)
from huying.rules.labels import label
from huying.rules.lifecycle import OPEN
from huying.web.components import due, moments
from huying.web.components.parts import Entry, Step
from huying.web.staff.record import entries_of

Pair = tuple[str, str]
SHOWN_FLAGS = (
    Flag.SUPERVISED, Flag.ESCALATED, Flag.DISPUTED, Flag.UNREVIEWED, Flag.DECLINE_PENDING, Flag.EXTENSION_PENDING,
    Flag.EXTENDED, Flag.DEFERRAL_PENDING, Flag.DESIGNATED, Flag.WITHDRAW_PENDING, Flag.IS_PETITION, Flag.LATE_ENTRY,
    Flag.IMPORTED,
)  # fmt: skip
LETTERS = "甲乙丙丁戊己庚辛"


@dataclass(frozen=True)
class Date:
    """One running date and what it is for."""

    words: str
    moment: str
    is_late: bool


@dataclass(frozen=True)
class Talk:
    """A question or an answer of the relay."""

    who: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Reply:
    """What the parent reads: the answer, and one to each item."""

    words: str
    items: tuple[Pair, ...]
    is_out: bool
    at: datetime


@dataclass(frozen=True)
class Shown:
    """A file of the appeal."""

    token: str
    words: str
    is_image: bool


@dataclass(frozen=True)
class Sheet:
    """What the templates draw; whatever the reader may not know is not in it."""

    file: CaseFile
    title: str
    number: str
    head: tuple[str, ...]
    chip: due.Due | None
    chip_after: str
    red: Pair | None
    said: str
    said_note: str
    wish: str
    summary: str
    facts: tuple[Pair, ...]
    items: tuple[str, ...]
    subjects: tuple[Pair, ...]
    flags: tuple[str, ...]
    bars: tuple[Step, ...]
    talk: tuple[Talk, ...]
    reply: Reply | None
    notes: tuple[str, ...]
    outcome: tuple[Pair, ...]
    statements: tuple[Pair, ...]
    dates: tuple[Date, ...]
    entries: list[Entry]
    files: tuple[Shown, ...] = field(default=())


def sheet_of(file: CaseFile) -> Sheet:
    """The sheet of a case file."""
    appeal = file.appeal
    chip, after = _chip(file)
    summary = file.last(TextKind.SUMMARY)
    return Sheet(
        file=file,
        title=appeal.title if file.reads else report_title(appeal),
        number=appeal.number,
        head=_head(file),
        chip=chip,
        chip_after=after,
        red=_red(file),
        said=file.last(TextKind.VERBATIM),
        said_note=_("家长原话，不能改。") if file.reads else "",
        wish=file.last(TextKind.WISH),
        summary=summary or ("" if file.reads else _("举报的原话只给指定的两个人看。事实摘要还没有写。")),
        facts=_facts(file),
        items=tuple(item_words(place, item) for place, item in enumerate(file.items, start=1)),
        subjects=tuple(_subject(place, one) for place, one in enumerate(file.subjects)),
        flags=tuple(_(label(flag)) for flag in SHOWN_FLAGS if flag in file.case.flags),
        bars=_bars(file),
        talk=_talk(file),
        reply=_reply(file),
        notes=_notes(file),
        outcome=_outcome(file),
        statements=_statements(file),
        dates=_dates(file),
        entries=entries_of(file),
        files=_files(file),
    )


def report_title(appeal: Any) -> str:
    """A report is listed by its topic: its first words are not for everybody."""
    return _("举报：%(topic)s") % {"topic": appeal.topic.name}


def item_words(place: int, item: Item) -> str:
    """What was asked for; of a 举报 only that there is such a point, as the summary of facts tells it."""
    return item.words or _("诉求点 %(n)d，见事实摘要") % {"n": place}


def _head(file: CaseFile) -> tuple[str, ...]:
    appeal = file.appeal
    outer = (appeal.external_ref,) if appeal.external_ref else ()
    return (appeal.number, *outer, appeal.channel.name, moments.moment_words(appeal.received_at))


def _chip(file: CaseFile) -> tuple[due.Due | None, str]:
    """The nearest running date, and what it is for."""
    appeal = file.appeal
    if appeal.state not in OPEN:
        return due.Due("done", _(label(State(appeal.state)))), ""
    if appeal.paused:
        return due.due_words(appeal.next_due_at, at=file.at, held=_("等家长补充")), ""
    if appeal.next_due_at is None:
        return None, ""
    drawn = due.due_words(appeal.next_due_at, at=file.at, provisional=appeal.provisional)
    kinds = [clock.kind for clock in file.clocks if clock.stopped_at is None and clock.due_at == appeal.next_due_at]
    if ClockKind.REPORT_AT_ONCE in kinds:
        return due.Due("late", _("马上报告")), ""
    return drawn, _(label(ClockKind(kinds[0]))) if kinds and kinds[0] != ClockKind.OUTER else ""


def _red(file: CaseFile) -> Pair | None:
    """The red line, its duty and whether it was done."""
    if Flag.SAFETY not in file.case.flags:
        return None
    kind = _(label(RedLine(file.appeal.red_line))) if file.appeal.red_line else ""
    reported = [event for event in file.events if event.action == Action.RECORD_REPORT]
    duty = _("已报告：%(whom)s") % {"whom": "、".join(event.data["reported_to"] for event in reported)}
    return kind, duty if reported else _("马上报告，并登记报告给谁、什么时间。")


def _facts(file: CaseFile) -> tuple[Pair, ...]:
    appeal = file.appeal
    kind = _("%(kind)s，%(topic)s") % {"kind": _(label(AppealKind(appeal.kind))), "topic": appeal.topic.name}
    where = appeal.klass or appeal.grade or appeal.place
    pairs = [(_("类别"), kind), (_("班级") if appeal.klass else _("单位"), where.name), (_("联系"), _contact(appeal))]
    if appeal.lead_unit is not None:
        pairs.append((_("主办"), appeal.lead_unit.name))
    if appeal.in_charge is not None:
        pairs.append((_("经办"), appeal.in_charge.name))
    if file.case.is_sealed:
        pairs.append((_("看原话"), "、".join(name for _pk, name in file.readers) or _("还没有人")))
    if appeal.round > 1 or file.case.history.reworks:
        rounds = _("第 %(n)d 轮，退办 %(m)d 次") % {"n": appeal.round, "m": file.case.history.reworks}
        pairs.append((_("轮次"), rounds))
    if appeal.joined_into is not None:
        pairs.append((_("并入"), appeal.joined_into.number))
    if file.earlier_number:
        pairs.append((_("重复诉求"), _("%(number)s 的重复") % {"number": file.earlier_number}))
    if file.later_repeats:
        pairs.append((_("后来重复"), _("%(n)d 件") % {"n": file.later_repeats}))
    if not appeal.counted:
        pairs.append((_("考核"), _("已剔除，不纳入")))
    return tuple(pairs)


def _contact(appeal: Any) -> str:
    """Whether something was left, never what."""
    identity = getattr(appeal, "identity", None)
    mode = _(label(PrivacyMode(appeal.privacy)))
    if identity is None or not (identity.has_phone or identity.has_name):
        return _("%(mode)s，没留电话") % {"mode": mode}
    if identity.has_phone and identity.has_name:
        return _("%(mode)s，姓名电话（已封存）") % {"mode": mode}
    return _("只留电话（已封存）") if identity.has_phone else _("只留姓名（已封存）")


def _subject(place: int, one: Named) -> Pair:
    """A role code for all, the name for who must know it."""
    role = _("当事人%(letter)s") % {"letter": LETTERS[place % len(LETTERS)]} if one.is_person else _("单位")
    said = [part for part in (one.name, one.typed and _("家长写的是“%(typed)s”") % {"typed": one.typed}) if part]
    status = "" if one.status is SubjectStatus.CONFIRMED else _(label(one.status))
    return role, "，".join([*said, *([status] if status else [])]) or _("已确认")


def _bars(file: CaseFile) -> tuple[Step, ...]:
    """The steps of whoever handles: got it, talked, wrote, reviewed."""
    case, history = file.case, file.case.history
    if file.appeal.lead_unit is None or file.appeal.state not in (State.DISPATCHED, State.HANDLING, State.ANSWERED):
        return ()
    signed = _moment(file, Action.ACKNOWLEDGE)
    talked = _moment(file, Action.CONTACT)
    standing = {State.DISPATCHED: 0, State.HANDLING: 2 if history.contacted else 1, State.ANSWERED: 3}[case.state]
    steps = (
        (_("收到"), signed),
        (_("联系家长"), talked if history.contacted else ""),
        (_("写结果"), _moment(file, Action.ANSWER) if standing > 2 else ""),
        (_("审核"), _("交上去以后")),
    )
    return tuple(
        Step(
            words,
            "done" if n < standing else "now" if n == standing else "todo",
            under=_("现在") if n == standing else under,
        )
        for n, (words, under) in enumerate(steps)
    )


def _moment(file: CaseFile, action: Action) -> str:
    found = [event.at for event in file.events if event.action == action]
    return moments.short_moment_words(found[-1]) if found else ""


def _talk(file: CaseFile) -> tuple[Talk, ...]:
    """Questions and what the parent added, in order."""
    asked = (Action.ASK, Action.PAUSE)
    lines = []
    for event in file.events:
        for text in file.said_with(event):
            if text.kind == TextKind.QUESTION and event.action in asked:
                lines.append(Talk(event.person.name if event.person else "", text.body, event.at))
            elif text.kind == TextKind.MESSAGE:
                lines.append(Talk(_("家长"), text.body, event.at))
    return tuple(lines)


def _reply(file: CaseFile) -> Reply | None:
    written = [event for event in file.events if event.action in (Action.ANSWER, Action.ANSWER_AT_ONCE)]
    if not written:
        return None
    event = written[-1]
    texts = file.said_with(event)
    items = {item.pk: item_words(place, item) for place, item in enumerate(file.items, start=1)}
    answers = tuple((items.get(text.refers_to, ""), text.body) for text in texts if text.kind == TextKind.ITEM_REPLY)
    words = next((text.body for text in texts if text.kind == TextKind.REPLY), "")
    delivered = file.case.history.delivered_at
    return Reply(words, answers, delivered is not None and delivered >= event.at, event.at)


def _notes(file: CaseFile) -> tuple[str, ...]:
    written = [event for event in file.events if event.action == Action.ANSWER]
    if not written:
        return ()
    return tuple(text.body for text in file.said_with(written[-1]) if text.kind == TextKind.NOTE)


def _outcome(file: CaseFile) -> tuple[Pair, ...]:
    appeal, pairs = file.appeal, []
    if appeal.finding:
        pairs.append((_("查明"), _(label(Finding(appeal.finding)))))
    if appeal.resolved_by_unit != Resolved.NOT_ASKED:
        pairs.append((_("单位说"), _(label(Resolved(appeal.resolved_by_unit)))))
    policy = next((event.data.get("policy") for event in reversed(file.events) if event.action == Action.ANSWER), "")
    if policy:
        pairs.append((_("依据"), policy))
    return tuple(pairs)


def _statements(file: CaseFile) -> tuple[Pair, ...]:
    found = []
    for event in file.events:
        if event.action == Action.TAKE_STATEMENT:
            said = {text.kind: text.body for text in file.said_with(event)}
            found.append((said.get(TextKind.QUESTION, ""), said.get(TextKind.STATEMENT, "")))
    return tuple(found)


def _dates(file: CaseFile) -> tuple[Date, ...]:
    """The dates that run, the nearest first."""
    running = [clock for clock in file.clocks if clock.stopped_at is None and not _is_spent(clock, at=file.at)]
    running.sort(key=lambda clock: clock.due_at)
    return tuple(
        Date(
            words=clock_words(clock, file),
            moment=_date_words(clock, at=file.at),
            is_late=clock.due_at < file.at,
        )
        for clock in running
    )


def _is_spent(clock: Any, *, at: datetime) -> bool:
    """A right that was not used in time is no date any more."""
    return clock.kind in (ClockKind.DECLINE, ClockKind.DISPUTE_WINDOW, ClockKind.REOPEN_WINDOW) and clock.due_at < at


def clock_words(clock: Any, file: CaseFile) -> str:
    """Only a sender's limit is one of an outer order; ours is a promise."""
    if clock.kind == ClockKind.OUTER and not file.appeal.channel.is_outer:
        return _("对外期限")
    return _(label(ClockKind(clock.kind)))


def _date_words(clock: Any, *, at: datetime) -> str:
    is_near = (moments.local_day(clock.due_at) - moments.local_day(at)).days in (0, 1)
    day = moments.near_day_words(clock.due_at, at=at)
    words = _("%(day)s %(clock)s 前") % {"day": day, "clock": moments.clock_words(clock.due_at)} if is_near else day
    return _("%(words)s，暂定") % {"words": words} if clock.provisional else words


def _files(file: CaseFile) -> tuple[Shown, ...]:
    if not file.appeal.files:
        return ()
    return tuple(Shown(token, words, is_image) for token, words, is_image in casefile.file_names(file))
