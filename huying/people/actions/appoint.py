from datetime import date

from huying.people.models import Person, Post, Unit
from huying.rules.enums import PostKind


def appoint(person: Person, *, kind: PostKind, unit: Unit, on: date) -> Post:
    """The person holds the post in the unit from that day on; asked twice, they hold it once."""
    held = Post.objects.filter(person=person, kind=kind, unit=unit, ends_on__isnull=True).first()
    return held or Post.objects.create(person=person, kind=kind, unit=unit, starts_on=on)
