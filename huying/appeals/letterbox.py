"""Letters to a member of staff, by name or by post. One about an appeal shows only while they may see the appeal."""

from datetime import datetime

from django.db.models import Q, QuerySet

from huying.appeals import queries
from huying.channels.models import Letter
from huying.rules.actors import Actor


def letters_for(actor: Actor) -> QuerySet[Letter]:
    """The letters to this person or to a post they hold today, in no order yet."""
    mine = Q(person_id=actor.person)
    for post in actor.posts:
        mine |= Q(unit_id=post.unit.id, post=post.kind)
    seen = Q(appeal=None) | Q(appeal__in=queries.visible_to(actor).values("pk"))
    return Letter.objects.filter(mine).filter(seen)


def unread(actor: Actor) -> int:
    """How many of them nobody has marked as read."""
    return letters_for(actor).filter(read_at=None).count()


def mark_read(actor: Actor, *, until: int, at: datetime) -> int:
    """The letters up to the one with this key are read; how many had not been. A letter to a post is read for all."""
    return letters_for(actor).filter(read_at=None, pk__lte=until).update(read_at=at)
