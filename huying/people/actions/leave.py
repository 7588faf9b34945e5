from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from huying.people.actions.end_sign_ins import end_sign_ins
from huying.people.models import Account, Invitation, Person, Post


@transaction.atomic
def leave(person: Person, *, on: date, at: datetime) -> None:
    """From that day on the person is no longer here: no post, no sign-in, no invitation. What they did stays theirs."""
    # The day before is the last: a head who has left must not be counted as the head of today.
    posts_left(person, on=on).update(ends_on=on - timedelta(days=1))
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    for account in Account.objects.filter(person=person):
        account.is_active = False
        account.save(update_fields=["is_active"])
        end_sign_ins(account, at=at)
    person.is_active = False
    person.save(update_fields=["is_active"])


def posts_left(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts that a person holds on that day or later."""
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), person=person)
