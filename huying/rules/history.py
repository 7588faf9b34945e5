"""The events of an appeal, read in order. Everything the rules ask about the past is folded here, and nowhere else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from huying.rules.case import CallTry, History, Opening, StepFact, UnmaskAsk, UnmaskGrant, UnreviewedAct
from huying.rules.enums import Action, ActorKind, AppealKind, Flag, State

HANDLING_ACTS = frozenset(
    {
        Action.ACKNOWLEDGE,
        Action.CONTACT,
        Action.ASSIST,
        Action.TAKE_STATEMENT,
        Action.REQUEST_EXTENSION,
        Action.REQUEST_DEFERRAL,
        Action.ANSWER,
    }
)
REVIEWED_ACTS = frozenset({Action.REFUSE, Action.REFER_OUT, Action.RECLASSIFY, Action.PAUSE})


def replay(steps: Iterable[StepFact]) -> History:
    """What the events say. An appeal without events has no state."""
    past = History()
    for step in steps:
        past = after(past, step)
    return past


def after(past: History, step: StepFact) -> History:
    """The history once one more event stands."""
    hands = past.hands | {step.person} if step.action in HANDLING_ACTS and step.person is not None else past.hands
    past = replace(past, hands=hands)
    reader = READERS.get(step.action)
    if reader is not None:
        past = reader(past, step)
    if step.action in REVIEWED_ACTS and Flag.UNREVIEWED in step.flags:
        past = replace(past, unreviewed=(*past.unreviewed, _unreviewed(step)))
    was_red = past.was_red or Flag.SAFETY in step.flags
    return replace(past, state=step.to_state, flags=step.flags, was_red=was_red)


def _unreviewed(step: StepFact) -> UnreviewedAct:
    return UnreviewedAct(
        sequence=step.sequence,
        action=step.action,
        by=step.person,
        former_state=step.from_state or step.to_state,
        former=step.data.get("former", {}),
    )


def _registered(past: History, step: StepFact) -> History:
    # Whoever took it down has heard the words: of the two who may read them, they are one.
    who = step.person if step.actor_kind is ActorKind.STAFF else None
    linked = _repeated(past, step)
    return replace(linked, registered_by=step.person, readers=() if who is None else (who,))


def _reclassified(past: History, step: StepFact) -> History:
    was_report = step.data.get("former", {}).get("kind") == AppealKind.REPORT
    return replace(past, was_report=past.was_report or was_report)


def _reader_named(past: History, step: StepFact) -> History:
    gone, new = step.data.get("instead_of"), step.data.get("reader")
    kept = tuple(one for one in past.readers if one not in (gone, new))
    return replace(past, readers=(*kept, *((new,) if isinstance(new, int) else ())))


def _original_read(past: History, step: StepFact) -> History:
    others = tuple(one for one in past.openings if one.person != step.person)
    return replace(past, openings=(*others, Opening(step.person, step.at)))


def _dispatched(past: History, step: StepFact) -> History:
    lead = step.data.get("lead_unit")
    return replace(
        past,
        dispatched_by=step.person,
        dispatched_at=step.at,
        lead_units=past.lead_units | ({lead} if lead is not None else frozenset()),
        decline_rejected=False,
        contacted=past.contacted,
    )


def _declined(past: History, step: StepFact) -> History:
    return replace(past, declined_by=step.person)


def _decline_approved(past: History, step: StepFact) -> History:
    return replace(past, returns=past.returns + 1, declined_by=None)


def _decline_rejected(past: History, step: StepFact) -> History:
    return replace(past, decline_rejected=True, declined_by=None)


def _contacted(past: History, step: StepFact) -> History:
    done = bool(step.data.get("reached") or step.data.get("impossible"))
    return replace(past, contacted=past.contacted or done, has_contact=True)


def _assisted(past: History, step: StepFact) -> History:
    unit = step.data.get("for_unit")
    return replace(past, assisted_units=past.assisted_units | ({unit} if unit is not None else frozenset()))


def _statement(past: History, step: StepFact) -> History:
    return replace(past, statement_taken=True)


def _extension_asked(past: History, step: StepFact) -> History:
    return replace(past, extension_used=True, extension_asked_by=step.person)


def _deferral_asked(past: History, step: StepFact) -> History:
    return replace(past, deferral_asked_by=step.person)


def _answered(past: History, step: StepFact) -> History:
    return replace(past, answered_by=step.person, answered_at=step.at)


def _delivered(past: History, step: StepFact) -> History:
    asked = bool(step.data.get("callback_required", True))
    return replace(past, delivered_at=step.at, callback_required=asked, tries=())


def _answered_at_once(past: History, step: StepFact) -> History:
    answered = _answered(past, step)
    hands = answered.hands | ({step.person} if step.person is not None else frozenset())
    return _delivered(replace(answered, hands=hands), step)


def _sent_back(past: History, step: StepFact) -> History:
    return replace(past, reworks=past.reworks + 1, delivered_at=None, tries=())


def _called(past: History, step: StepFact) -> History:
    data = step.data
    one = CallTry(
        at=_moment(data.get("tried_at"), step.at),
        reached=bool(data.get("reached")),
        contacted=data.get("contacted"),
        resolved=data.get("resolved"),
        satisfaction=data.get("satisfaction"),
    )
    return replace(past, tries=(*past.tries, one))


def _moment(text: Any, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) else otherwise


def _closed(past: History, step: StepFact) -> History:
    # Confirming a closing again after a dispute never moves its time.
    first = past.closed_at if step.from_state is State.CLOSED and past.closed_at else step.at
    return _counted(replace(past, closed_at=first), step)


def _disputed(past: History, step: StepFact) -> History:
    return replace(past, disputed_rounds=past.disputed_rounds | {_answer_round(past)})


def _rated(past: History, step: StepFact) -> History:
    rating = step.data.get("satisfaction")
    return replace(past, rated_rounds=past.rated_rounds | {_answer_round(past)}, last_rating=rating)


def _answer_round(past: History) -> int:
    return past.round + past.reworks


def _reopened(past: History, step: StepFact) -> History:
    return replace(
        past,
        round=past.round + 1,
        reopens=past.reopens + 1,
        delivered_at=None,
        closed_at=None,
        tries=(),
        decline_rejected=False,
        contacted=False,
        statement_taken=False,
        extension_used=False,
    )


def _reviewed(past: History, step: StepFact) -> History:
    which = step.data.get("reviews")
    return replace(past, unreviewed=tuple(act for act in past.unreviewed if act.sequence != which))


def _supervised(past: History, step: StepFact) -> History:
    return replace(past, supervised_by=step.person, supervised_unit=step.unit)


def _escalated(past: History, step: StepFact) -> History:
    unit = step.data.get("watching")
    return replace(past, watched_by=past.watched_by | ({unit} if unit is not None else frozenset()))


def _reported(past: History, step: StepFact) -> History:
    return replace(past, reports=(*past.reports, str(step.data.get("reported_to", ""))))


def _withdrawn(past: History, step: StepFact) -> History:
    return replace(past, withdraw_since=step.at if Flag.WITHDRAW_PENDING in step.flags else None)


def _joined(past: History, step: StepFact) -> History:
    return replace(past, main=step.data.get("main"))


def _unjoined(past: History, step: StepFact) -> History:
    return replace(past, main=None)


def _unmask_asked(past: History, step: StepFact) -> History:
    ask = UnmaskAsk(
        by=step.person,
        purpose=str(step.data["purpose"]),
        hours=int(step.data["hours"]),
        fields=frozenset(step.data["fields"]),
        is_above=bool(step.data.get("is_above")),
    )
    asked = replace(past, unmask_ask=ask)
    return _unmask_granted(asked, step) if step.data.get("standing") else asked


def _unmask_granted(past: History, step: StepFact) -> History:
    ask = past.unmask_ask
    if ask is None:
        return past
    grant = UnmaskGrant(ask.by, ask.purpose, step.at + timedelta(hours=ask.hours), ask.fields)
    return replace(past, unmask_ask=None, unmask_grants=(*past.unmask_grants, grant))


def _unmask_rejected(past: History, step: StepFact) -> History:
    return replace(past, unmask_ask=None)


def _recused(past: History, step: StepFact) -> History:
    """Whoever steps back sees nobody's identity any more, and reads nobody's words."""
    kept = tuple(one for one in past.unmask_grants if one.person != step.person)
    ask = past.unmask_ask
    return replace(
        past,
        unmask_grants=kept,
        unmask_ask=None if ask is not None and ask.by == step.person else ask,
        readers=tuple(one for one in past.readers if one != step.person),
    )


def _erased(past: History, step: StepFact) -> History:
    return replace(past, is_erased=True)


def _counted(past: History, step: StepFact) -> History:
    """Whether it counts in appraisal: as a closing, an exclusion or its end says it."""
    return replace(past, counted=bool(step.data.get("counted", past.counted)))


def _repeated(past: History, step: StepFact) -> History:
    return replace(past, repeat_of=step.data.get("repeat_of"))


def _published(past: History, step: StepFact) -> History:
    return replace(past, is_published=step.action is Action.PUBLISH)


READERS: dict[Action, Callable[[History, StepFact], History]] = {
    Action.REGISTER: _registered,
    Action.DISPATCH: _dispatched,
    Action.DECLINE: _declined,
    Action.APPROVE_DECLINE: _decline_approved,
    Action.REJECT_DECLINE: _decline_rejected,
    Action.CONTACT: _contacted,
    Action.ASSIST: _assisted,
    Action.TAKE_STATEMENT: _statement,
    Action.REQUEST_EXTENSION: _extension_asked,
    Action.REQUEST_DEFERRAL: _deferral_asked,
    Action.ANSWER: _answered,
    Action.APPROVE_ANSWER: _delivered,
    Action.ANSWER_AT_ONCE: _answered_at_once,
    Action.SEND_BACK: _sent_back,
    Action.CALL_BACK: _called,
    Action.CLOSE: _closed,
    Action.DISPUTE: _disputed,
    Action.RATE: _rated,
    Action.REOPEN: _reopened,
    Action.CONFIRM: _reviewed,
    Action.OVERTURN: _reviewed,
    Action.ESCALATE: _escalated,
    Action.SUPERVISE: _supervised,
    Action.RECORD_REPORT: _reported,
    Action.WITHDRAW: _withdrawn,
    Action.UNDO_WITHDRAW: _withdrawn,
    Action.JOIN: _joined,
    Action.UNJOIN: _unjoined,
    Action.REQUEST_UNMASK: _unmask_asked,
    Action.APPROVE_UNMASK: _unmask_granted,
    Action.REJECT_UNMASK: _unmask_rejected,
    Action.RECUSE: _recused,
    Action.RECLASSIFY: _reclassified,
    Action.NAME_READER: _reader_named,
    Action.READ_ORIGINAL: _original_read,
    Action.ERASE: _erased,
    Action.EXCLUDE: _counted,
    Action.INCLUDE: _counted,
    Action.LINK_REPEAT: _repeated,
    Action.UNLINK_REPEAT: _repeated,
    Action.PUBLISH: _published,
    Action.TAKE_DOWN: _published,
}
