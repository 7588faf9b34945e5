from datetime import datetime

from huying.people.models import Account


def change_password(account: Account, *, password: str, at: datetime) -> None:
    """The account has a password that only its owner knows."""
    account.set_password(password)
    account.must_change_password = False
    account.password_set_at = at
    account.save(update_fields=["password", "must_change_password", "password_set_at"])
