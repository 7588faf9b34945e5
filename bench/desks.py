"""What the visitors ask for: a case of the school's desk, and matters a class teacher has in hand."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huying.appeals import facts, queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.register import Code, Intake, register
from huying.channels import inbox
from huying.people import keys
from huying.people import queries as people
from huying.people.models import Account
from huying.rules import numbers
from huying.rules.actors import FILER, TIMER, Actor
from huying.rules.enums import AppealKind, ContactWay, PostKind
from huying.vault import codes


@dataclass(frozen=True)
class Asked:
    """Where the visitors go. Parents file with other schools than the one whose desk is looked at: a page is measured
    at the size that is said, not with all that was filed before it."""

    schools: tuple[str, ...]
    case: int
    number: str
    worker: str
    cases: tuple[int, ...]


def account(login: str) -> Any:
    """The sign-in of a post of the demo."""
    return Account.objects.select_related("person__unit").get(login=login)


def actor(login: str, *, on: date) -> Actor:
    """Who that is on this day."""
    return people.actor_of(account(login), on=on)


def school(*, on: date) -> Any:
    """The school whose desk is looked at."""
    return _held(PostKind.DISPATCHER, actor("dispatcher", on=on))


def prepare(many: int, *, at: datetime) -> Asked:
    """So many matters lie with the class teacher, signed for and talked over."""
    on = facts.local_day(at)
    desk, teacher = actor("dispatcher", on=on), actor("class_teacher", on=on)
    klass = _held(PostKind.CLASS_TEACHER, teacher)
    cases = tuple(_in_hand(klass, desk, teacher, at=at) for _ in range(many))
    seen = queries.visible_to(desk).exclude(closed_at=None).order_by("-received_at", "-pk").first()
    if seen is None:
        raise LookupError("nothing was closed")
    others = people.schools().exclude(pk=school(on=on).pk)
    return Asked(tuple(one.code for one in others), seen.pk, seen.number, "class_teacher", cases)


def _held(kind: PostKind, by: Actor) -> Any:
    return people.unit(by.holding(kind)[0].unit.id)


def _in_hand(klass: Any, desk: Actor, teacher: Actor, *, at: datetime) -> int:
    place = people.school_of(klass)
    topic, channel = queries.topic_by_code("homework"), inbox.channel_by_code("web")
    if place is None or topic is None or channel is None:
        raise LookupError("the demo is not loaded")
    stored = codes.code_digest(keys.ring(), numbers.receipt_code(secrets.randbelow))
    intake = Intake(
        place, channel, topic, AppealKind.HELP, body="孩子坐最后一排，看不清黑板。", received_at=at, klass=klass
    )
    code = Code(digest=stored.digest, key=stored.key_id)
    appeal = queries.get_for(TIMER, register(intake, code=code, by=FILER, at=at).pk)
    dispatch(appeal, lead=klass, summary="座位靠后", by=desk, at=at)
    acknowledge(appeal, by=teacher, at=at)
    contact(appeal, way=ContactWay.PHONE, reached=True, by=teacher, at=at)
    return appeal.pk
