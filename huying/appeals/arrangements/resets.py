"""A new way in for who lost theirs: one administrator asks, another of another post signs, and only then it happens."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.appeals.arrangements import accounts as invitations
from huying.channels import post
from huying.people import changes, resets
from huying.people import queries as people
from huying.people.actions.drop_second_factor import drop_second_factor
from huying.people.actions.end_sign_ins import end_sign_in, end_sign_ins
from huying.people.actions.invite import Invited
from huying.people.changes import Refused
from huying.people.models import AccessReset, Account, Post
from huying.rules import accounts
from huying.rules.accounts import Lost
from huying.rules.actors import Actor
from huying.rules.enums import PostKind
from huying.rules.workdays import local_day

SHORTEST_REASON = 5


@dataclass(frozen=True)
class Signed:
    """What came of a signature: an invitation for paper where the password was lost too."""

    invited: Invited | None


@transaction.atomic
def ask(account: Account, *, lost: Lost, reason: str, by: Actor, at: datetime) -> AccessReset:
    """The request waits three days for the second signature, and everyone who may give it knows. Raises `Refused`."""
    person = account.person
    asked_as = accounts.asks_as(by, owner=person.pk, path=person.unit.path)
    if asked_as is None:
        raise Refused(_("自己的不能自己申请，请另一位管理员来办"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明怎么核实是本人，至少五个字"), field="reason")
    if lost is not Lost.PASSWORD and not account.has_second_factor:
        raise Refused(_("这个账号没有绑定手机"), field="lost")
    AccessReset.objects.filter(account=account, decided_at=None, ends_at__lte=at).update(decided_at=at)
    try:
        with transaction.atomic():
            made = AccessReset.objects.create(
                account=account,
                lost=lost,
                reason=reason.strip(),
                asked_by_id=by.account,
                asked_as=asked_as,
                asked_at=at,
                ends_at=at + resets.GOOD_FOR,
            )
    except IntegrityError as error:
        raise Refused(_("已经有人申请过了，等第二个人签字")) from error
    _recorded("reset_asked", made, by=by, at=at)
    _signers_told(made, at=at)
    return made


@transaction.atomic
def sign(request: AccessReset, *, by: Actor, at: datetime) -> Signed:
    """The way in is new: the telephone, the password or both are void and every session is over.

    Raises `Refused` for who may not sign, and for a request that was decided or ran out meanwhile.
    """
    account, person = request.account, request.account.person
    _require_signer(request, by=by)
    if not (account.is_active and person.is_active):
        raise Refused(_("这个账号已经停用"))
    _decided(request, is_signed=True, by=by, at=at)
    lost = Lost(request.lost)
    if lost is not Lost.PASSWORD:
        drop_second_factor(account)
    end_sign_ins(account, at=at)
    _recorded("reset_signed", request, by=by, at=at)
    post.tell("factor_reset", key=f"reset:{request.pk}:done", at=at, person=person.pk)
    if lost is Lost.PHONE:
        return Signed(None)
    return Signed(invitations.invite_signed(person, by=by, at=at))


@transaction.atomic
def refuse(request: AccessReset, *, by: Actor, at: datetime) -> None:
    """The request is off: by somebody who might have signed it, or taken back by who asked. Raises `Refused`."""
    if by.account != request.asked_by_id:
        _require_signer(request, by=by)
    _decided(request, is_signed=False, by=by, at=at)
    _recorded("reset_refused", request, by=by, at=at)


def may_sign(request: AccessReset, *, by: Actor) -> bool:
    """Whether this would be the second signature."""
    person = request.account.person
    asked_as = PostKind(request.asked_as)
    asker = request.asked_by.person_id
    path = person.unit.path
    return accounts.signs_as(by, owner=person.pk, asker=asker, asked_as=asked_as, path=path) is not None


def end_one(account: Account, *, handle: str, by: Actor, at: datetime) -> int:
    """One session of somebody else, or with no handle all of them, is over; how many. Recorded."""
    with transaction.atomic():
        ended = end_sign_in(account, handle=handle) if handle else end_sign_ins(account, at=at)
        if ended:
            _account_recorded("sessions_ended", account, [("sessions", "", ended)], by=by, at=at)
    return ended


def _require_signer(request: AccessReset, *, by: Actor) -> None:
    if not may_sign(request, by=by):
        raise Refused(_("要另一个管理岗位上的另一个人签字，也不能是本人"))


def _decided(request: AccessReset, *, is_signed: bool, by: Actor, at: datetime) -> None:
    open_still = resets.still_open(at=at).filter(pk=request.pk)
    if not open_still.order_by().update(decided_by_id=by.account, decided_at=at, is_signed=is_signed):
        raise Refused(_("这个申请已经办过了，或者过期了"))


def _signers_told(request: AccessReset, *, at: datetime) -> None:
    person = request.account.person
    above = people.units_above(person.unit.path)
    kinds = [kind for kind in accounts.ADMINISTRATORS if kind != request.asked_as]
    held = Post.objects.filter(people.in_force(local_day(at)), kind__in=kinds, unit__in=above)
    for unit, kind in held.values_list("unit", "kind").distinct():
        key = f"reset:{request.pk}:{unit}:{kind}"
        post.tell("reset_to_sign", key=key, at=at, unit=unit, post=kind, data={"person": person.pk})


def _recorded(act: str, request: AccessReset, *, by: Actor, at: datetime) -> None:
    lines = [("login", "", request.account.login), ("lost", "", request.lost)]
    _account_recorded(act, request.account, lines, by=by, at=at)


def _account_recorded(
    act: str, account: Account, lines: list[tuple[str, str, object]], *, by: Actor, at: datetime
) -> None:
    person = account.person
    place = people.school_of(person.unit) or person.unit
    changes.record(area="account", act=act, subject=person.name, place=place, by=by, at=at, lines=lines)
