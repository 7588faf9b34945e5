import secrets

from huying.people.models import Account, SecondFactor
from huying.people.second_factors import sealed
from huying.vault import one_time


def begin_second_factor(account: Account) -> None:
    """A new secret waits for its first code; the telephone in use until now goes on until then."""
    secret = one_time.new_secret(secrets.token_bytes)
    fresh = sealed(secret, account=account.pk, field="pending")
    SecondFactor.objects.update_or_create(account=account, defaults={"pending": fresh})


def stop_second_factor(account: Account) -> None:
    """No secret waits any more; the telephone in use goes on."""
    SecondFactor.objects.filter(account=account).exclude(confirmed_at=None).update(pending="")
