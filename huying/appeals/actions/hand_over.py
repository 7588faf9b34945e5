from datetime import date, datetime

from django.db import transaction

from huying.appeals import facts, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.people.actions import end_post
from huying.people.models import Person, Post
from huying.rules import lifecycle
from huying.rules.actors import TIMER, Actor
from huying.rules.enums import Action


@transaction.atomic
def hand_over(person: Person, *, successor: Person | None, by: Actor, at: datetime) -> int:
    """All open work of a person lies with the successor, else with the head of the unit (R7); how many appeals.

    A successor who is in conflict with an appeal does not get it. Clocks run on.
    """
    moved = Appeal.objects.filter(in_charge=person, state__in=lifecycle.OPEN).select_related(*facts.NEEDED)
    count = 0
    for appeal in moved:
        move(appeal, successor=successor, by=by, at=at)
        count += 1
    return count


@transaction.atomic
def leave_post(post: Post, *, on: date, successor: Person | None, by: Actor, at: datetime) -> int:
    """That day is the last in the post, and the open work of the unit is in other hands at once; how many appeals.

    What the person has in hand through another post stays with them.
    """
    end_post.end_post(post, on=on)
    held = Appeal.objects.filter(
        in_charge=post.person_id, lead_unit__path__startswith=post.unit.path, state__in=lifecycle.OPEN
    )
    count = 0
    for appeal in held.select_related(*facts.NEEDED):
        move(appeal, successor=successor, by=by, at=at)
        count += 1
    return count


def move(appeal: Appeal, *, successor: Person | None, by: Actor, at: datetime) -> None:
    """One appeal is in other hands; the head of the unit has it where no successor may."""
    case = facts.of(appeal, at=at)
    named = {one.person for one in case.subjects if one.is_live}
    heir = successor if successor is not None and successor.pk not in named else None
    record = {"from": appeal.in_charge_id, "to": heir.pk if heir else None, "ordered_by": by.person}
    changes = {"in_charge": heir}
    # The change of a post orders it; whoever orders need not be allowed to see what moves.
    taken = take(appeal, Action.HAND_OVER, by=TIMER, at=at, record=record, changes=changes)
    notices.to_worker(appeal, "handed_over", of=taken, at=at)
