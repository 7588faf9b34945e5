"""A second factor comes, is used and goes: recorded each time, and its owner is told of what may not be their doing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.channels import limits, post
from huying.people import changes, second_factors
from huying.people import queries as people
from huying.people.actions.begin_second_factor import begin_second_factor
from huying.people.actions.confirm_second_factor import confirm_second_factor, renew_recovery_codes
from huying.people.actions.drop_second_factor import drop_second_factor
from huying.people.actions.end_sign_ins import end_sign_ins
from huying.people.actions.pass_second_factor import pass_second_factor
from huying.people.changes import Refused
from huying.people.models import Account
from huying.rules import accounts
from huying.rules.actors import Actor
from huying.rules.workdays import local_day

WRONG = gettext_noop("动态码不对。请看手机上现在的六位数字，手机的时间要准。")


def begin(account: Account, *, said: str, device: str, at: datetime) -> None:
    """A new secret waits for its first code. Whoever has a telephone already shows a code of it first.

    Raises `Refused` for a wrong code and for a printed account, `TooMany` after too many wrong ones.
    """
    if account.is_demo:
        raise Refused(_("演示账号是大家共用的，不绑定手机"))
    if account.has_second_factor:
        _require(account, said=said, device=device, at=at)
    begin_second_factor(account)


def confirm(account: Account, *, said: str, device: str, keep: str, by: Actor, at: datetime) -> list[str]:
    """The telephone counts from now on, sign-ins elsewhere are over; the codes for paper, told this once.

    Raises `Refused` for a wrong code, `TooMany` after too many.
    """
    limits.require_factor(account=account.pk, device=device, at=at)
    act = "factor_replaced" if account.has_second_factor else "factor_set"
    with transaction.atomic():
        codes = confirm_second_factor(account, said=said, at=at)
        if codes:
            limits.give_back_factor(account=account.pk, device=device, at=at)
            end_sign_ins(account, at=at, but=keep)
            _recorded(act, account, by=by, at=at)
            post.tell("factor_set", key=f"factor:{account.pk}:{at.isoformat()}", at=at, person=account.person_id)
    if not codes:
        raise Refused(_(WRONG), field="code")
    return codes


def renew(account: Account, *, said: str, device: str, by: Actor, at: datetime) -> list[str]:
    """New codes for paper, told this once. Raises `Refused` for a wrong code, `TooMany` after too many."""
    _require(account, said=said, device=device, at=at)
    with transaction.atomic():
        _recorded("codes_renewed", account, by=by, at=at)
        return renew_recovery_codes(account)


def switch_off(account: Account, *, said: str, device: str, by: Actor, at: datetime) -> None:
    """No second factor is asked for any more. Raises `Refused` where the post needs one, and as above."""
    if accounts.needs_second_factor(by):
        raise Refused(_("您的岗位要有动态码，不能停用"))
    _require(account, said=said, device=device, at=at)
    with transaction.atomic():
        drop_second_factor(account)
        _recorded("factor_off", account, by=by, at=at)
        post.tell("factor_off", key=f"factor:{account.pk}:{at.isoformat()}", at=at, person=account.person_id)


def passes(account: Account, *, said: str, device: str, at: datetime) -> bool:
    """Whether the second step of the sign-in is done. Raises `TooMany` after too many wrong codes.

    A code from paper is recorded and its owner told: whoever finds the paper can sign in. So is guessing.
    """
    limits.require_factor(account=account.pk, device=device, at=at)
    with transaction.atomic():
        used = pass_second_factor(account, said=said, at=at)
        if used:
            limits.give_back_factor(account=account.pk, device=device, at=at)
        if used == "paper":
            _told("paper_used", account, at=at, left=second_factors.codes_left(account.pk))
        guesses_on = not used and not limits.has_factor_left(account=account.pk, device=device, at=at)
        if guesses_on and limits.is_first(f"guessed:{account.pk}", at=at):
            _told("factor_guessed", account, at=at)
    return bool(used)


def _require(account: Account, *, said: str, device: str, at: datetime) -> None:
    if not passes(account, said=said, device=device, at=at):
        raise Refused(_(WRONG), field="code")


def _told(kind: str, account: Account, *, at: datetime, left: int | None = None) -> None:
    by = people.actor_of(account, on=local_day(at))
    _recorded(kind, account, by=by, at=at, left=left)
    post.tell(kind, key=f"{kind}:{account.pk}:{at.isoformat()}", at=at, person=account.person_id)


def _recorded(act: str, account: Account, *, by: Actor, at: datetime, left: int | None = None) -> None:
    person = account.person
    place = people.school_of(person.unit) or person.unit
    lines = [("login", "", account.login)] + ([] if left is None else [("codes_left", "", left)])
    changes.record(area="account", act=act, subject=person.name, place=place, by=by, at=at, lines=lines)
