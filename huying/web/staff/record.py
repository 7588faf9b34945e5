"""The record of an appeal in words: who did what, newest first."""

from typing import Any

from django.utils.translation import gettext as _

from huying.appeals import repeats
from huying.appeals.casefile import CaseFile
from huying.rules import permissions
from huying.rules.enums import Action, ActorKind, ContactWay, ExclusionGround, RedLine, Resolved, Satisfaction, TextKind
from huying.rules.labels import label
from huying.web.components.parts import Entry

# What is said elsewhere on the page, or stays inside, is no note of the record.
NOTED = (TextKind.REASON, TextKind.QUESTION, TextKind.MESSAGE, TextKind.DEMAND, TextKind.PLAN)
CONFIDED = (Action.RATE, Action.CALL_BACK, Action.CLOSE)
LINKING = (Action.LINK_REPEAT, Action.UNLINK_REPEAT)
TALKED = (Action.CONTACT, Action.ASSIST)


def entries_of(file: CaseFile) -> list[Entry]:
    """Every event, newest first."""
    may_know = permissions.sees_ratings(file.actor, file.case)
    known = repeats.known(file)
    return [
        Entry(
            words=_words(event, may_know=may_know, known=known),
            at=event.at,
            is_caller=event.actor_kind == ActorKind.APPELLANT,
            note=_note(file, event),
        )
        for event in reversed(file.events)
        # That there was an earlier matter is told only to who may see it.
        if event.action not in LINKING or repeats.named(event) in known
    ]


def _note(file: CaseFile, event: Any) -> str:
    kinds = (*NOTED, TextKind.NOTE) if event.action in TALKED else NOTED
    return "\n".join(text.body for text in file.said_with(event) if text.kind in kinds)


def _words(event: Any, *, may_know: bool, known: frozenset[int]) -> str:
    who = _who(event)
    if event.action == Action.REGISTER and repeats.named(event) in known:
        return _("%(who)s%(what)s") % {
            "who": who,
            "what": _("%(what)s，同一电话问过同类事") % {"what": _registered(event)},
        }
    teller = TELLERS.get(Action(event.action))
    if event.action in CONFIDED and not may_know:
        teller = None
    what = teller(event) if teller is not None else _(label(Action(event.action)))
    return _("%(who)s%(what)s") % {"who": who, "what": what}


def _who(event: Any) -> str:
    if event.person is not None:
        return event.person.name
    return _(label(ActorKind(event.actor_kind)))


def _registered(event: Any) -> str:
    if event.data.get("twin"):
        return _("登记，提议并入%(number)s") % {"number": event.data["twin"]}
    return _("提交") if event.actor_kind == ActorKind.APPELLANT else _("登记")


def _dispatched(event: Any) -> str:
    words = _("裁定由%(unit)s办") if event.data.get("is_ruling") else _("派给%(unit)s")
    return words % {"unit": event.unit_named or _("一个单位")}


def _contacted(event: Any) -> str:
    way = _(label(ContactWay(event.data["way"])))
    if event.data.get("impossible"):
        return _("没有办法联系家长")
    return (_("%(way)s联系家长，联系上了") if event.data.get("reached") else _("%(way)s联系家长，没联系上")) % {
        "way": way
    }


def _assigned(event: Any) -> str:
    return _("指定%(person)s经办") % {"person": event.person_named or _("经办人")}


def _declined(event: Any) -> str:
    return _("申请退单，建议交给%(unit)s") % {"unit": event.unit_named or _("别的单位")}


def _escalated(event: Any) -> str:
    return _("提到%(unit)s") % {"unit": event.unit_named or _("上一级")}


def _called_back(event: Any) -> str:
    data = event.data
    if not data.get("reached"):
        return _("回访，没有接通")
    said = [_("联系过") if data.get("contacted") else _("没有联系")]
    said.append(_("解决了") if data.get("resolved") else _("没有解决"))
    said.append(_(label(Satisfaction(data["satisfaction"]))))
    return _("回访：%(said)s") % {"said": "，".join(said)}


def _rated(event: Any) -> str:
    words = _("评价：%(said)s") % {"said": _(label(Satisfaction(event.data["satisfaction"])))}
    return f"{words}{_('（代发查询码）')}" if event.data.get("is_spoken") else words


def _marked(event: Any) -> str:
    return _("标为红线：%(signal)s") % {"signal": _(label(RedLine(event.data["signal"])))}


def _reported(event: Any) -> str:
    return _("报告%(whom)s") % {"whom": event.data.get("reported_to", "")}


def _closed(event: Any) -> str:
    if event.data.get("not_asked"):
        return _("办结，没有抽到回访")
    said = event.data.get("resolved_by_callback")
    return (
        _("办结")
        if said in (None, Resolved.NOT_ASKED)
        else _("办结，回访说%(said)s") % {"said": _(label(Resolved(said)))}
    )


def _excluded(event: Any) -> str:
    return _("剔除，不纳入考核：%(ground)s") % {"ground": _(label(ExclusionGround(event.data["ground"])))}


TELLERS = {
    Action.REGISTER: _registered,
    Action.DISPATCH: _dispatched,
    Action.CONTACT: _contacted,
    Action.ASSIGN: _assigned,
    Action.DECLINE: _declined,
    Action.ESCALATE: _escalated,
    Action.CALL_BACK: _called_back,
    Action.RATE: _rated,
    Action.MARK_SAFETY: _marked,
    Action.RECORD_REPORT: _reported,
    Action.CLOSE: _closed,
    Action.EXCLUDE: _excluded,
}
