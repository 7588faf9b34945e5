import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huying.people.models import Account, RecoveryCode, SecondFactor
from huying.people.second_factors import of, opened, sealed
from huying.vault import one_time


@transaction.atomic
def confirm_second_factor(account: Account, *, said: str, at: datetime) -> list[str]:
    """The telephone that shows this code is the second factor, and codes for paper are told this once.

    None at all when the code is not that of the secret that waits: then nothing has changed.
    """
    factor = of(account.pk)
    secret = opened(factor, field="pending") if factor is not None else ""
    if factor is None or not secret:
        return []
    step = one_time.matching_step(secret, said, at=at, after=0)
    if step is None:
        return []
    fresh = {"sealed": sealed(secret, account=account.pk, field="sealed"), "pending": "", "confirmed_at": at}
    won = SecondFactor.objects.filter(pk=factor.pk, pending=factor.pending).update(**fresh, last_step=step)
    return renew_recovery_codes(account) if won else []


@transaction.atomic
def renew_recovery_codes(account: Account) -> list[str]:
    """New codes for paper, told this once; those before them are worth nothing."""
    words = one_time.paper_words(secrets.randbelow)
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, place=place, digest=make_password(word))
        for place, word in enumerate(words, start=1)
    )
    return [one_time.paper_code(place, word) for place, word in enumerate(words, start=1)]
