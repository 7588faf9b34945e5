"""Every step with something sensible in hand, for machines that take steps at random."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.answer import Draft, answer
from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.actions.ask import ask
from huying.appeals.actions.assign import assign
from huying.appeals.actions.assist import assist
from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.clear_safety import clear_safety
from huying.appeals.actions.close import close
from huying.appeals.actions.confirm import confirm
from huying.appeals.actions.contact import contact
from huying.appeals.actions.decline import decline
from huying.appeals.actions.defer import defer
from huying.appeals.actions.dismiss_subject import dismiss_subject
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.dispute_contact import dispute_contact
from huying.appeals.actions.escalate import escalate
from huying.appeals.actions.exclude import exclude
from huying.appeals.actions.include import include
from huying.appeals.actions.join import join
from huying.appeals.actions.lift_supervision import lift_supervision
from huying.appeals.actions.link_repeat import link_repeat
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.name_reader import name_reader
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.overturn import overturn
from huying.appeals.actions.pause import pause
from huying.appeals.actions.publish import publish
from huying.appeals.actions.rate import rate
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.record_report import record_report
from huying.appeals.actions.recuse import recuse
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.reject_decline import reject_decline
from huying.appeals.actions.reject_deferral import reject_deferral
from huying.appeals.actions.reject_extension import reject_extension
from huying.appeals.actions.reject_unmask import reject_unmask
from huying.appeals.actions.remind import remind
from huying.appeals.actions.reopen import reopen
from huying.appeals.actions.replace_code import replace_code
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.request_unmask import request_unmask
from huying.appeals.actions.resume import resume
from huying.appeals.actions.send_back import send_back
from huying.appeals.actions.split import split
from huying.appeals.actions.summarise import summarise
from huying.appeals.actions.supervise import supervise
from huying.appeals.actions.take_down import take_down
from huying.appeals.actions.take_statement import take_statement
from huying.appeals.actions.undefer import undefer
from huying.appeals.actions.undo_withdraw import undo_withdraw
from huying.appeals.actions.unjoin import unjoin
from huying.appeals.actions.unlink_repeat import unlink_repeat
from huying.appeals.actions.unmask import unmask
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.models import Appeal, Topic
from huying.people.models import Person
from huying.rules.actors import Actor
from huying.rules.enums import (
    Action,
    AppealKind,
    ContactField,
    ContactWay,
    ExclusionGround,
    Finding,
    PauseReason,
    RecusalReason,
    RedLine,
    RefusalGround,
    Resolved,
    Satisfaction,
    UnmaskPurpose,
)
from tests import given
from tests.cast import Stage

# Who can be complained about in these stories, and which units.
NAMED = ("teacher", "other_teacher", "grade_head", "office_head", "clerk", "dispatcher", "principal")
NAMED_UNITS = ("class", "grade", "office", "school")
LEADS = ("class", "other_class", "grade", "office", "school", "other_school", "county")
# One seed for each step: what may be drawn depends on the rows, and on PostgreSQL even their keys differ between runs.
CHANCE = st.randoms(use_true_random=True)
CALLS = (given.GOOD_CALL, given.BAD_CALL, Call(reached=False))


@dataclass(frozen=True)
class Hand:
    """One try: somebody takes up an appeal at a moment. `pick` chooses one of several; `say` gives words or none."""

    stage: Stage
    appeal: Appeal
    by: Actor
    at: datetime
    pick: Callable[[Sequence[Any]], Any]
    say: Callable[[], str]
    others: Sequence[Appeal] = ()

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def subject(self) -> int:
        """One of those complained about, or nobody that exists."""
        return self.pick([*self.appeal.subjects.order_by("pk").values_list("pk", flat=True), 0])

    def unreviewed(self) -> int:
        """An act that may wait for a second person, or one that never does."""
        acts = ("refuse", "refer_out", "reclassify", "pause")
        return self.pick([*self.appeal.events.filter(action__in=acts).values_list("sequence", flat=True), 1])

    def contact(self) -> int:
        return self.pick([*self.appeal.events.filter(action="contact").values_list("sequence", flat=True), 1])

    def later(self) -> datetime:
        return (self.appeal.due_at or self.at) + timedelta(days=self.pick([1, 3, 60]))

    def plan(self) -> dict[str, Any]:
        review_on = (self.at + timedelta(days=20)).date()
        return {"plan": "寒假换", "review_on": review_on, "reason": self.say()}


def _answer(hand: Hand) -> None:
    items = dict.fromkeys(hand.appeal.items.values_list("pk", flat=True), "已办。")
    full = Draft(
        reply="孩子已换到第三排。",
        items=items,
        finding=Finding.SUBSTANTIATED,
        resolved=Resolved.YES,
        note="通过电话。",
        policy="无",
        evidence="没有书面材料",
    )
    answer(hand.appeal, draft=hand.pick([full, full, full, Draft(reply=hand.say())]), **hand.who)


def _name(hand: Hand) -> None:
    person = hand.pick([True, False])
    typed = [*hand.appeal.subjects.order_by("pk").values_list("pk", flat=True), None]
    whom = (
        {"person": hand.stage.person(hand.pick(NAMED))}
        if person
        else {"unit": hand.stage.units[hand.pick(NAMED_UNITS)]}
    )
    name_subject(hand.appeal, subject=hand.pick(typed), **whom, **hand.who)


def _split(hand: Hand) -> None:
    items = list(hand.appeal.items.order_by("pk").values_list("pk", flat=True))
    split(hand.appeal, items=items[: hand.pick([0, 1, 2])], title="另一件事", reason=hand.say(), **hand.who)


def _replace_code(hand: Hand) -> None:
    code = given.code()
    replace_code(hand.appeal, digest=code.digest, key=code.key, called_back=hand.pick([True, False]), **hand.who)


def _reclassify(hand: Hand) -> None:
    topic = Topic.objects.get(code=hand.pick(["classing", "ethics", "canteen"]))
    classes = Classes(kind=hand.pick(list(AppealKind)), topic=topic, is_petition=hand.pick([False, False, True]))
    reclassify(hand.appeal, classes=classes, reason=hand.say(), **hand.who)


def _assign(hand: Hand) -> None:
    assign(hand.appeal, person=hand.pick(list(Person.objects.order_by("pk"))), **hand.who)


def _assist(hand: Hand) -> None:
    assist(hand.appeal, unit=hand.stage.units[hand.pick(["office", "other_class"])], note=hand.say(), **hand.who)


def _dispatch(hand: Hand) -> None:
    units = hand.stage.units
    helping = hand.pick([(), (), ("office",), ("other_class", "office")])
    dispatch(
        hand.appeal,
        lead=units[hand.pick(LEADS)],
        assisting=[units[name] for name in helping],
        summary=hand.say(),
        **hand.who,
    )


def _pause(hand: Hand) -> None:
    ground = hand.pick(list(PauseReason))
    pause(hand.appeal, ground=ground, question=hand.say(), reason=hand.say(), **hand.who)


def _refuse(hand: Hand) -> None:
    ground = hand.pick(list(RefusalGround))
    refuse(hand.appeal, ground=ground, route=hand.say(), reason=hand.say(), **hand.who)


def _decline(hand: Hand) -> None:
    suggested = hand.stage.units["office"]
    decline(hand.appeal, clause=hand.say(), suggested=suggested, reason=hand.say(), **hand.who)


def _request_unmask(hand: Hand) -> None:
    words = {"purpose": UnmaskPurpose.CALL, "fields": [ContactField.PHONE], "hours": hand.pick([2, 24, 100])}
    request_unmask(hand.appeal, **words, reason=hand.say(), **hand.who)


def _name_reader(hand: Hand) -> None:
    person = hand.stage.person(hand.pick(["dispatcher", "inspector", "teacher"]))
    former = hand.pick([None, hand.stage.person("clerk").pk, hand.stage.person("dispatcher").pk])
    name_reader(hand.appeal, person=person, instead_of=former, reason=hand.say(), **hand.who)


def _exclude(hand: Hand) -> None:
    first = hand.pick([None, hand.stage.person("principal"), hand.stage.person("county_supervisor")])
    exclude(hand.appeal, ground=ExclusionGround.UNFOUNDED, first=first, reason=hand.say(), **hand.who)


def _publish(hand: Hand) -> None:
    drafter = hand.pick([None, hand.stage.person("dispatcher"), hand.stage.person("principal")])
    publish(hand.appeal, publication="t", drafter=drafter, **hand.who)


def _escalate(hand: Hand) -> None:
    escalate(hand.appeal, to=hand.stage.units[hand.pick(["school", "county"])], cause="by_hand", **hand.who)


def _supervise(hand: Hand) -> None:
    supervise(hand.appeal, demand=hand.say(), due_at=hand.later(), reason=hand.say(), **hand.who)


MOVES: dict[Action, Callable[[Hand], Any]] = {
    Action.MARK_SAFETY: lambda h: mark_safety(h.appeal, signal=h.pick(list(RedLine)), **h.who),
    Action.CLEAR_SAFETY: lambda h: clear_safety(h.appeal, reason=h.say(), **h.who),
    Action.RECORD_REPORT: lambda h: record_report(h.appeal, reported_to=h.say(), reported_at=h.at, **h.who),
    Action.REFUSE: _refuse,
    Action.REFER_OUT: lambda h: refer_out(h.appeal, route=h.say(), handed_over="电话", reason=h.say(), **h.who),
    Action.JOIN: lambda h: join(h.appeal, main=h.pick([*h.others, h.appeal]), reason=h.say(), **h.who),
    Action.UNJOIN: lambda h: unjoin(h.appeal, reason=h.say(), **h.who),
    Action.SPLIT: _split,
    Action.ANSWER_AT_ONCE: lambda h: answer_at_once(h.appeal, reply=h.say(), minutes=5, **h.who),
    Action.DISPATCH: _dispatch,
    Action.ACKNOWLEDGE: lambda h: acknowledge(h.appeal, **h.who),
    Action.DECLINE: _decline,
    Action.APPROVE_DECLINE: lambda h: approve_decline(h.appeal, reason=h.say(), **h.who),
    Action.REJECT_DECLINE: lambda h: reject_decline(h.appeal, reason=h.say(), **h.who),
    Action.ASSIGN: _assign,
    Action.CONTACT: lambda h: contact(h.appeal, way=ContactWay.PHONE, reached=h.pick([True, False]), **h.who),
    Action.ASK: lambda h: ask(h.appeal, question=h.say(), **h.who),
    Action.ASSIST: _assist,
    Action.TAKE_STATEMENT: lambda h: take_statement(h.appeal, question="那天？", statement=h.say(), **h.who),
    Action.PAUSE: _pause,
    Action.RESUME: lambda h: resume(h.appeal, **h.who),
    Action.REQUEST_EXTENSION: lambda h: request_extension(h.appeal, due_at=h.later(), reason=h.say(), **h.who),
    Action.APPROVE_EXTENSION: lambda h: approve_extension(h.appeal, due_at=h.later(), **h.who),
    Action.REJECT_EXTENSION: lambda h: reject_extension(h.appeal, reason=h.say(), **h.who),
    Action.REQUEST_DEFERRAL: lambda h: request_deferral(h.appeal, **h.plan(), **h.who),
    Action.DEFER: lambda h: defer(h.appeal, **h.plan(), **h.who),
    Action.REJECT_DEFERRAL: lambda h: reject_deferral(h.appeal, reason=h.say(), **h.who),
    Action.UNDEFER: lambda h: undefer(h.appeal, **h.who),
    Action.ANSWER: _answer,
    Action.APPROVE_ANSWER: lambda h: approve_answer(h.appeal, checked=h.pick([True, True, False]), **h.who),
    Action.SEND_BACK: lambda h: send_back(h.appeal, reason=h.say(), **h.who),
    Action.CALL_BACK: lambda h: call_back(h.appeal, call=h.pick(CALLS), reason=h.say(), **h.who),
    Action.CLOSE: lambda h: close(h.appeal, closing=given.CLOSING, reason=h.say(), **h.who),
    Action.RATE: lambda h: rate(h.appeal, satisfaction=h.pick(list(Satisfaction)), **h.who),
    Action.DISPUTE: lambda h: dispute(h.appeal, reason=h.say(), **h.who),
    Action.DISPUTE_CONTACT: lambda h: dispute_contact(h.appeal, contact=h.contact(), is_true=False, **h.who),
    Action.REOPEN: lambda h: reopen(h.appeal, reason=h.say(), **h.who),
    Action.WITHDRAW: lambda h: withdraw(h.appeal, reason=h.say(), **h.who),
    Action.UNDO_WITHDRAW: lambda h: undo_withdraw(h.appeal, **h.who),
    Action.CONFIRM: lambda h: confirm(h.appeal, reviews=h.unreviewed(), **h.who),
    Action.OVERTURN: lambda h: overturn(h.appeal, reviews=h.unreviewed(), reason=h.say(), **h.who),
    Action.RECLASSIFY: _reclassify,
    Action.NAME_SUBJECT: _name,
    Action.DISMISS_SUBJECT: lambda h: dismiss_subject(h.appeal, subject=h.subject(), reason=h.say(), **h.who),
    Action.RECUSE: lambda h: recuse(h.appeal, ground=RecusalReason.RELATIVE, reason=h.say(), **h.who),
    Action.ADD_MESSAGE: lambda h: add_message(h.appeal, message=h.say(), **h.who),
    Action.REPLACE_CODE: _replace_code,
    Action.ESCALATE: _escalate,
    Action.SUPERVISE: _supervise,
    Action.LIFT_SUPERVISION: lambda h: lift_supervision(h.appeal, reason=h.say(), **h.who),
    Action.REMIND: lambda h: remind(h.appeal, **h.who),
    Action.REQUEST_UNMASK: _request_unmask,
    Action.REJECT_UNMASK: lambda h: reject_unmask(h.appeal, reason=h.say(), **h.who),
    Action.NAME_READER: _name_reader,
    Action.READ_ORIGINAL: lambda h: read_original(h.appeal, **h.who),
    Action.SUMMARISE: lambda h: summarise(h.appeal, summary=h.say(), **h.who),
    Action.APPROVE_UNMASK: lambda h: approve_unmask(h.appeal, **h.who),
    Action.UNMASK: lambda h: unmask(h.appeal, **h.who),
    Action.EXCLUDE: _exclude,
    Action.INCLUDE: lambda h: include(h.appeal, reason=h.say(), **h.who),
    Action.LINK_REPEAT: lambda h: link_repeat(h.appeal, earlier=h.pick([*h.others, h.appeal]), reason=h.say(), **h.who),
    Action.UNLINK_REPEAT: lambda h: unlink_repeat(h.appeal, reason=h.say(), **h.who),
    Action.PUBLISH: _publish,
    Action.TAKE_DOWN: lambda h: take_down(h.appeal, publication="t", reason=h.say(), **h.who),
}
