"""Reading invitations: whose a token is, and who of the staff still has no way in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huying.people import keys
from huying.people.models import Account, Invitation, Person
from huying.vault import invitations


class NoInvitation(Exception):
    """The link opens nothing: used, too old, withdrawn or never made. Which of these is not told."""

    def __init__(self) -> None:
        super().__init__(_("这个邀请用不了：用过了、过期了，或者网址抄错了。请找系统管理员再要一张。"))


class Way(StrEnum):
    """Whether somebody can come in."""

    IN = "in"
    INVITED = "invited"
    LATE = "late"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """Somebody on the roster, and whether they can sign in."""

    person: Person
    way: Way
    login: str
    ends_at: datetime | None


def still_open(*, at: datetime) -> QuerySet[Invitation]:
    """Invitations that would let somebody in now."""
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, ends_at__gt=at, person__is_active=True)


def of_token(token: str, *, at: datetime) -> Invitation:
    """The open invitation of this token. Raises NoInvitation."""
    digests = [one.digest for one in invitations.candidates(keys.ring(), token)]
    rows = still_open(at=at).filter(digest__in=digests).select_related("person__unit__parent")
    found = rows.first() if digests else None
    if found is None:
        raise NoInvitation
    return found


def to_be(invitation: Invitation) -> Account:
    """The sign-in this invitation leads to, for checking a password against its names; nothing is written."""
    found = Account.objects.filter(person=invitation.person).first()
    return found or Account(login=invitation.login, person=invitation.person)


def standing(people: Iterable[Person], *, at: datetime) -> list[Standing]:
    """These people, each with whether they can sign in."""
    staff = list(people)
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=staff)}
    rows = Invitation.objects.filter(person__in=staff, used_at=None, withdrawn_at=None)
    asked = {one.person_id: one for one in rows}
    return [_standing(one, accounts.get(one.pk), asked.get(one.pk), at=at) for one in staff]


def _standing(person: Person, account: Account | None, asked: Invitation | None, *, at: datetime) -> Standing:
    if account is not None and account.is_active and account.has_usable_password():
        return Standing(person, Way.IN, account.login, None)
    if asked is not None:
        way = Way.INVITED if asked.ends_at > at else Way.LATE
        return Standing(person, way, asked.login, asked.ends_at)
    return Standing(person, Way.NONE, account.login if account is not None else "", None)
