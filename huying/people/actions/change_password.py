from datetime import datetime

from django.conf import settings

from huying.people.models import Account, PastPassword
from huying.people.passwords import REMEMBERED


def change_password(account: Account, *, password: str, at: datetime) -> None:
    """The account has a password that only its owner knows."""
    remember_password(account, at=at)
    account.set_password(password)
    account.must_change_password = False
    account.password_set_at = at
    account.save(update_fields=["password", "must_change_password", "password_set_at"])


def remember_password(account: Account, *, at: datetime) -> None:
    """In the profile of 等保 the present password is kept, hashed, among the last few; otherwise nothing is kept."""
    if not settings.MLPS or account.pk is None or not account.has_usable_password():
        return
    PastPassword.objects.create(account=account, digest=account.password, until=at)
    lasting = PastPassword.objects.filter(account=account).values_list("pk", flat=True)[: REMEMBERED - 1]
    PastPassword.objects.filter(account=account).exclude(pk__in=list(lasting)).delete()
