"""Early warnings: each with its rule, its cases and its numbers, and a record of what was done that only grows."""

from django.db import models
from django.db.models import Q

from huying.appeals.models import Appeal, Topic
from huying.channels.models import Channel
from huying.people.models import Person, Unit
from huying.rules import labels
from huying.rules.enums import AlarmKind, AlarmRule, AlarmStatus, AlarmStep


class Alarm(models.Model):
    """One matter to look into. `watched_by` is the unit above that looks; `is_apart`: among its cases are some about
    whoever heads the unit, so the unit is never told. `numbers` are those of the day it was found."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    watched_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=16, choices=labels.choices(AlarmRule))
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=labels.choices(AlarmKind))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=120)
    is_apart = models.BooleanField(default=False)
    numbers = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=labels.choices(AlarmStatus), default=AlarmStatus.OPEN)
    is_raised = models.BooleanField(default=False)
    rectify_by = models.DateField(null=True)
    recheck_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    version_of_row = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "is_apart"],
                condition=~Q(status=AlarmStatus.CLOSED),
                name="one_running_alarm_per_matter",
            )
        ]
        indexes = [models.Index(fields=["status", "found_at"], name="alarms_by_status")]

    def __str__(self) -> str:
        return self.matter


class AlarmCase(models.Model):
    """An appeal that belongs to a warning."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="cases")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alarm", "appeal"], name="one_place_per_alarm_case")]


class AlarmRecord(models.Model):
    """What happened to a warning: who, when, why. Triggers refuse any change. `data` holds the numbers of that day, the
    dates that were set, or what else it led to (`{"kind": …, "id": …}`)."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=labels.choices(AlarmStep))
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["alarm_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["alarm", "sequence"], name="one_alarm_record_per_sequence")]


class DailyLook(models.Model):
    """The look of one day was taken; how many warnings it found or let grow."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()
    found = models.PositiveIntegerField()
