from django.db import transaction

from huying.people.models import Account, RecoveryCode, SecondFactor


@transaction.atomic
def drop_second_factor(account: Account) -> bool:
    """No telephone and no paper belongs to this sign-in any more; whether one did."""
    RecoveryCode.objects.filter(account=account).delete()
    return SecondFactor.objects.filter(account=account).delete()[0] > 0
