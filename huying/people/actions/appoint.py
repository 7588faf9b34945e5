from datetime import date

from django.db.models import Q

from huying.people.models import Person, Post, Unit
from huying.rules.enums import PostKind


def appoint(person: Person, *, kind: PostKind, unit: Unit, on: date, until: date | None = None) -> Post:
    """The person holds the post in the unit from that day on, up to a last day if there is one; asked twice, once."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on=until)
    if until is not None:
        # A time that was over before the present one began is another appointment.
        lasting &= Q(starts_on__lte=until)
    held = Post.objects.filter(lasting, person=person, kind=kind, unit=unit).first()
    return held or Post.objects.create(person=person, kind=kind, unit=unit, starts_on=on, ends_on=until)
