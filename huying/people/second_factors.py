"""Reading second factors: the sealed secrets, who still lacks one, and what a change of keys has left to do."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from huying.people.keys import ring
from huying.people.models import Account, Post, RecoveryCode, SecondFactor
from huying.people.queries import in_force
from huying.rules.accounts import GUARDED
from huying.vault import fields

SEALED = ("sealed", "pending")


def sealed(secret: str, *, account: int, field: str) -> str:
    """The secret, readable with our key only and in this account's row only."""
    return fields.seal(ring(), secret, row=f"account:{account}", field=field)


def opened(factor: SecondFactor, *, field: str) -> str:
    """The secret that a column holds; empty when it holds none."""
    kept = getattr(factor, field)
    return str(fields.open_(ring(), kept, row=f"account:{factor.account_id}", field=field)) if kept else ""


def of(account: int) -> SecondFactor | None:
    """The telephone of an account as it stands in the database now, confirmed or not."""
    return SecondFactor.objects.filter(account_id=account).first()


def pending_secret(account: int) -> str:
    """The secret that waits for its first code; empty when none does."""
    factor = of(account)
    return opened(factor, field="pending") if factor is not None else ""


def codes_left(account: int) -> int:
    """How many codes on paper are still good."""
    return RecoveryCode.objects.filter(account_id=account, used_at=None).count()


def lacking(*, on: date) -> QuerySet[Account]:
    """Open sign-ins whose posts of that day need a second factor, and that have none. Printed ones are left out."""
    guarded = Post.objects.filter(in_force(on), kind__in=GUARDED).values("person")
    with_one = Q(second_factor__confirmed_at__isnull=False)
    open_ones = Account.objects.filter(is_active=True, person__is_active=True, is_demo=False, person__in=guarded)
    return open_ones.exclude(with_one).select_related("person").order_by("pk")


def guarded_among(persons: Iterable[int], *, on: date) -> set[int]:
    """Those of these persons who hold a post that needs a second factor, today or later."""
    held = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), person__in=set(persons), kind__in=GUARDED)
    return set(held.values_list("person_id", flat=True))


def left() -> QuerySet[SecondFactor]:
    """The rows in which an older key still reads a secret."""
    prefix = fields.prefix(ring())
    old = Q(pk__in=())
    for name in SEALED:
        old |= ~Q(**{f"{name}__startswith": prefix}) & ~Q(**{name: ""})
    return SecondFactor.objects.filter(old).order_by("pk")


def reseal(*, most: int) -> int:
    """Up to so many rows are under the current key; how many were looked at."""
    rows = list(left()[:most])
    for row in rows:
        for name in SEALED:
            _reseal(row, name)
    return len(rows)


def _reseal(row: SecondFactor, name: str) -> None:
    kept = getattr(row, name)
    if kept:
        fresh = fields.reseal(ring(), kept, row=f"account:{row.account_id}", field=name)
        # Whoever takes another telephone meanwhile has sealed it anew already: theirs stands.
        SecondFactor.objects.filter(pk=row.pk, **{name: kept}).update(**{name: fresh})
