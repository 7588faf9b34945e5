import secrets
from dataclasses import dataclass, field
from datetime import datetime

from huying.people.models import Account, Person

# No letters that are taken for digits: it is read from paper once, and then replaced.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12


@dataclass(frozen=True)
class OpenedAccount:
    """A sign-in and the one-time password that only its owner is told."""

    account: Account
    password: str = field(repr=False)


def open_account(
    person: Person, *, login: str, at: datetime, password: str = "", is_demo: bool = False
) -> OpenedAccount:
    """The person can sign in and must choose a password of their own at once; a demo account keeps the printed one."""
    once = password or "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    account = Account.objects.create_user(
        login=login, password=once, person=person, must_change_password=not is_demo, is_demo=is_demo, created_at=at
    )
    return OpenedAccount(account, once)
