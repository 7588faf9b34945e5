"""Builders walk the real actions, so no test can hold an impossible appeal. Each returns a freshly read appeal."""

import secrets
from datetime import datetime
from typing import Any

from huying.appeals import queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import Draft, answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.close import Closing, close
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.register import Code, Intake, register
from huying.appeals.actions.take_statement import take_statement
from huying.appeals.models import Appeal, Topic
from huying.channels.models import Channel
from huying.people import keys
from huying.rules import numbers
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import AppealKind, ContactWay, Finding, Resolved, Satisfaction
from huying.vault import codes
from tests.cast import Stage, at


def code() -> Code:
    """A fresh 查询码, as it is stored."""
    digest = codes.code_digest(keys.ring(), numbers.receipt_code(secrets.randbelow))
    return Code(digest=digest.digest, key=digest.key_id)


def intake(stage: Stage, **fields: Any) -> Intake:
    """A mother asks for another seat, unless told otherwise."""
    usual: dict[str, Any] = {
        "place": stage.units["school"],
        "channel": Channel.objects.get(code=fields.pop("channel", "web")),
        "topic": Topic.objects.get(code=fields.pop("topic", "classing")),
        "kind": AppealKind.HELP,
        "body": "孩子坐最后一排，看不清黑板，想换到前面。",
        "received_at": at(10, 12),
        "klass": stage.units["class"],
    }
    return Intake(**{**usual, **fields})


def fresh(appeal: Appeal) -> Appeal:
    """The appeal as it stands in the database now."""
    return queries.get_for(TIMER, appeal.pk)


def registered(stage: Stage, *, by: Actor | None = None, **fields: Any) -> Appeal:
    return fresh(register(intake(stage, **fields), code=code(), by=by or stage.mother, at=at(10, 12)))


def opened(appeal: Appeal, *, by: Actor, when: datetime | None = None) -> Appeal:
    """The words of a 举报 are open to this reader for half an hour; the desk takes a free seat by that."""
    read_original(fresh(appeal), by=by, at=when or at(10, 50))
    return fresh(appeal)


def dispatched(stage: Stage, *, lead: str = "class", **fields: Any) -> Appeal:
    appeal = registered(stage, **fields)
    if appeal.kind == AppealKind.REPORT:
        appeal = opened(appeal, by=stage.dispatcher)
    dispatch(appeal, lead=stage.units[lead], summary="座位靠后", by=stage.dispatcher, at=at(11))
    return fresh(appeal)


def handled(stage: Stage, *, lead: str = "class", by: str = "teacher", **fields: Any) -> Appeal:
    """Signed for and in hand."""
    appeal = dispatched(stage, lead=lead, **fields)
    acknowledge(appeal, by=getattr(stage, by), at=at(12))
    return fresh(appeal)


def contacted(stage: Stage, **fields: Any) -> Appeal:
    appeal = handled(stage, **fields)
    contact(appeal, way=ContactWay.PHONE, reached=True, by=getattr(stage, fields.get("by", "teacher")), at=at(12, 40))
    return fresh(appeal)


FULL = Draft(
    reply="孩子已换到第三排，从下周起两周轮换一次。",
    finding=Finding.SUBSTANTIATED,
    resolved=Resolved.YES,
    note="与家长通过电话，已调座位。",
    policy="无",
    evidence="没有书面材料",
)


def answered(stage: Stage, **fields: Any) -> Appeal:
    appeal = contacted(stage, **fields)
    answer(appeal, draft=FULL, by=getattr(stage, fields.get("by", "teacher")), at=at(14))
    return fresh(appeal)


def delivered(stage: Stage, *, reviewer: str = "grade_head", **fields: Any) -> Appeal:
    """The answer is approved and out."""
    appeal = answered(stage, **fields)
    approve_answer(appeal, checked=True, by=getattr(stage, reviewer), at=at(15))
    return fresh(appeal)


GOOD_CALL = Call(reached=True, contacted=True, resolved=True, satisfaction=Satisfaction.SATISFIED)
BAD_CALL = Call(reached=True, contacted=True, resolved=False, satisfaction=Satisfaction.DISSATISFIED)


def called_back(stage: Stage, *, call: Call = GOOD_CALL, **fields: Any) -> Appeal:
    appeal = delivered(stage, **fields)
    call_back(appeal, call=call, reason="" if call is GOOD_CALL else "座位没有换", by=stage.caller, at=at(16))
    return fresh(appeal)


CLOSING = Closing(
    resolved_by_unit=Resolved.YES,
    resolved_by_callback=Resolved.YES,
    satisfaction=Satisfaction.SATISFIED,
    finding=Finding.SUBSTANTIATED,
    counted=True,
)


def closed(stage: Stage, *, when: datetime | None = None, **fields: Any) -> Appeal:
    appeal = called_back(stage, **fields)
    close(appeal, closing=CLOSING, by=stage.dispatcher, at=when or at(16, 30))
    return fresh(appeal)


def complaint_about(stage: Stage, name: str, **fields: Any) -> Appeal:
    """A complaint whose Subject is matched to the roster."""
    appeal = registered(stage, kind=AppealKind.COMPLAINT, topic="ethics", body="上课骂人，孩子不敢去学校。", **fields)
    name_subject(appeal, person=stage.person(name), by=stage.dispatcher, at=at(10, 30))
    return fresh(appeal)


def statement(stage: Stage, appeal: Appeal, *, by: Actor) -> Appeal:
    take_statement(appeal, question="那天发生了什么？", statement="我提高了声音，没有骂人。", by=by, at=at(13))
    return fresh(appeal)
