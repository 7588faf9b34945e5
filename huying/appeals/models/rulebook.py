"""Dated data: topics, limits, routing rules. An appeal keeps the rules it was born under."""

from django.db import models

from huying.people.models import Unit
from huying.rules import labels
from huying.rules.enums import AppealKind, ClockKind, LimitUnit, Severity, UnitLevel


class Topic(models.Model):
    """A branch of the topic tree; its code is what other data names."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A free label."""

    name = models.CharField(max_length=40, unique=True)


class Limit(models.Model):
    """A dated time limit and where it comes from. Empty conditions mean "every"."""

    step = models.CharField(max_length=20, choices=labels.choices(ClockKind))
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=4, choices=labels.choices(LimitUnit))
    kind = models.CharField(max_length=12, choices=labels.choices(AppealKind), blank=True)
    tier = models.CharField(max_length=10, choices=labels.choices(UnitLevel), blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True)
    severity = models.CharField(max_length=8, choices=labels.choices(Severity), blank=True)
    channel = models.CharField(max_length=40, blank=True)
    moves_past_holidays = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["step", "id"]


class Parameter(models.Model):
    """A dated number of the rules that is no time limit: a share, a cap, a threshold."""

    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "valid_from"]


class RoutingRule(models.Model):
    """A dated line of the routing table: where a topic starts, or which office of a school takes it; which help."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=12, choices=labels.choices(AppealKind), blank=True)
    starts_at = models.CharField(max_length=10, choices=labels.choices(UnitLevel))
    office_name = models.CharField(max_length=40, blank=True)
    assisting_names = models.JSONField(default=list, blank=True)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class NumberSequence(models.Model):
    """The last number given out by an organisation in a year."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_sequence_per_year")]


class NumberGap(models.Model):
    """Numbers that nobody will find here: an older copy was put back, and they were given out, or may have been, after
    it was made. Declared once, kept like an event, and told by the next seal."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["organisation_id", "year", "first"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year", "first"], name="one_gap_per_start")]
