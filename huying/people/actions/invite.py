import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from huying.people import keys
from huying.people.actions.change_password import remember_password
from huying.people.actions.end_sign_ins import end_sign_ins
from huying.people.models import Account, Invitation, Person
from huying.vault import invitations

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """An invitation and the token that is shown once and kept nowhere."""

    invitation: Invitation
    token: str = field(repr=False)


@transaction.atomic
def invite(person: Person, *, by: int | None, at: datetime) -> Invited:
    """The person can choose a password of their own with a link that opens once; an earlier link opens nothing more.

    A sign-in that stands already loses its password and all its sessions at once.
    """
    account = Account.objects.filter(person=person).first()
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if account is not None:
        remember_password(account, at=at)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        end_sign_ins(account, at=at)
    token = invitations.new_token(secrets.randbelow)
    kept = invitations.digest(keys.ring(), token)
    made = Invitation.objects.create(
        person=person,
        login=account.login if account is not None else _free_login(person),
        digest=kept.digest,
        key=kept.key_id,
        is_reset=account is not None,
        made_at=at,
        made_by_id=by,
        ends_at=at + GOOD_FOR,
    )
    return Invited(made, token)


def _free_login(person: Person) -> str:
    """The staff number where nobody has it yet; with the school's code before it where another school uses it too."""
    number = person.staff_number
    wanted = [number, f"{person.unit.code}-{number}"] if number else []
    for login in [*wanted, f"u{person.pk}", f"u{person.pk}x"]:
        taken = Account.objects.filter(login__iexact=login).exists()
        promised = Invitation.objects.filter(login__iexact=login, used_at=None, withdrawn_at=None)
        if not taken and not promised.exclude(person=person).exists():
            return login
    return f"u{person.pk}-{secrets.token_hex(3)}"
