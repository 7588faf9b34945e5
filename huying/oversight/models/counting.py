"""The tally: each appeal as the strokes it adds to the measures, one for each day and measure. Rebuilt from events."""

from django.db import models

from huying.appeals.models import Appeal, Topic
from huying.channels.models import Channel
from huying.people.models import Unit
from huying.rules import labels
from huying.rules.enums import AppealKind, Measure, Standing


class Counted(models.Model):
    """How far an appeal has been counted: by how many of its events, up to which moved date, by which rules."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    rules = models.PositiveSmallIntegerField()
    newest_move = models.BigIntegerField(default=0)


# Five rows to look up for each of two million would be most of the work. What stands here is only what the events say.
LOOSE = {"db_index": False, "db_constraint": False}


class Stroke(models.Model):
    """One appeal counted in one measure on one day. A day's tally is the sum of its strokes.

    `place` is the unit the appeal belongs to, `unit` the one that had it in hand when this happened; classes are those
    the appeal has now. Strokes are written by `counting` alone, all of an appeal at once.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    measure = models.CharField(max_length=24, choices=labels.choices(Measure))
    day = models.DateField()
    amount = models.IntegerField(default=1)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", **LOOSE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", **LOOSE)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", **LOOSE)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", **LOOSE)
    kind = models.CharField(max_length=12, choices=labels.choices(AppealKind))
    standing = models.CharField(max_length=10, choices=labels.choices(Standing))

    class Meta:
        indexes = [models.Index(fields=["measure", "day"], name="strokes_by_measure")]
