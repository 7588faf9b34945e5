"""A post ends, and nobody has to remember what lay with its holder: the open work moves by itself (R7)."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from huying.appeals import facts
from huying.appeals.actions import hand_over
from huying.appeals.models import Appeal
from huying.appeals.steps import Stale
from huying.people import queries as people
from huying.people.models import Post
from huying.rules import lifecycle
from huying.rules.actors import TIMER
from huying.rules.workdays import local_day

BATCH = 200


def hand_on(*, at: datetime, most: int = BATCH) -> int:
    """Open work of those who left the post or the house lies with the head of the unit; how many appeals."""
    return sum(_hand_on_one(pk, at=at) for pk in list(left_behind(at=at).values_list("pk", flat=True)[:most]))


def left_behind(*, at: datetime) -> QuerySet[Appeal]:
    """Open appeals in charge of somebody whose post over them has ended, with none in its place, or who is gone."""
    on = local_day(at)
    lead = ExpressionWrapper(OuterRef("lead_unit__path"), output_field=CharField())
    over = Post.objects.alias(lead=lead).filter(person=OuterRef("in_charge"), lead__startswith=F("unit__path"))
    ended = Exists(over.filter(ends_on__lt=on))
    held = Exists(over.filter(people.in_force(on)))
    gone = Q(in_charge__is_active=False) | (ended & ~held)
    return Appeal.objects.filter(gone, in_charge__isnull=False, state__in=lifecycle.OPEN).order_by("pk")


def _hand_on_one(pk: int, *, at: datetime) -> int:
    try:
        with transaction.atomic():
            appeal = left_behind(at=at).filter(pk=pk).select_related(*facts.NEEDED).first()
            if appeal is None:
                return 0
            hand_over.move(appeal, successor=None, by=TIMER, at=at)
            return 1
    except Stale:
        # Somebody moved the appeal this very moment; it is still there on the next round.
        return 0
