"""Letters to a member of staff, by name or by post. One about an appeal shows only while they may see the appeal."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from huying.appeals import queries, seals
from huying.channels.models import Letter
from huying.people import queries as people
from huying.people.prepared import PreparedFor
from huying.rules.actors import Actor


def letters_for(actor: Actor) -> QuerySet[Letter]:
    """The letters to this person or to a post they hold today, in no order yet."""
    mine = Q(person_id=actor.person)
    for post in actor.posts:
        mine |= Q(unit_id=post.unit.id, post=post.kind)
    # Looked up letter by letter: there are few of them, and there may be many appeals.
    seen = Q(appeal=None) | Q(Exists(queries.visible_to(actor).filter(pk=OuterRef("appeal"))))
    return Letter.objects.filter(mine).filter(seen)


def unread(actor: Actor) -> int:
    """How many of them nobody has marked as read."""
    return next((n for (n,) in _UNREAD.rows((actor,))), 0)


def _unread(actor: Actor) -> QuerySet[Any]:
    unread = letters_for(actor).filter(read_at=None).order_by()
    return unread.values(all=Value(1)).annotate(n=Count("pk")).values_list("n")


_UNREAD = PreparedFor(_unread)


def mark_read(actor: Actor, *, until: int, at: datetime) -> int:
    """The letters up to the one with this key are read; how many had not been. A letter to a post is read for all."""
    return letters_for(actor).filter(read_at=None, pk__lte=until).update(read_at=at)


def addresses(letter: Letter, *, on: date) -> list[str]:
    """Where the readers of a letter get mail: those with an address who may see what it is about on that day."""
    if letter.kind == seals.LETTER:
        return [letter.data["to"]]
    if letter.person_id is not None:
        readers = [people.person(letter.person_id)]
    elif letter.unit_id is not None:
        readers = list(people.holders(unit=letter.unit_id, kind=letter.post, on=on).select_related("unit"))
    else:
        readers = []
    written_to = [one for one in readers if one.email and one.is_active]
    return sorted({one.email for one in written_to if _may_read(letter, people.actor_as(one, on=on))})


def _may_read(letter: Letter, actor: Actor) -> bool:
    return letter.appeal is None or queries.visible_to(actor).filter(pk=letter.appeal).exists()
