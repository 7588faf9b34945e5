"""The escalation ladder as dated data, the sweep's pulse, and the dates a corrected calendar has moved."""

from django.db import models

from huying.rules import labels
from huying.rules.enums import ClockKind, Colour, LimitUnit, Rung, Severity


class LadderStep(models.Model):
    """One rung: so long before or after a date (or from the start), tell that post. Empty conditions mean "every"."""

    clock = models.CharField(max_length=20, choices=labels.choices(ClockKind), blank=True)
    severity = models.CharField(max_length=8, choices=labels.choices(Severity), blank=True)
    position = models.PositiveIntegerField()
    value = models.IntegerField()
    unit = models.CharField(max_length=4, choices=labels.choices(LimitUnit), default=LimitUnit.WORKING_DAYS)
    from_start = models.BooleanField(default=False)
    colour = models.CharField(max_length=8, choices=labels.choices(Colour))
    tells = models.CharField(max_length=12, choices=labels.choices(Rung))
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["clock", "position"]


class LadderEntry(models.Model):
    """A step of the ladder that was taken: once a clock and rung, whatever restarts. Who was told stands beside it."""

    clock = models.ForeignKey("appeals.Clock", on_delete=models.CASCADE, related_name="entries")
    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="+")
    rung = models.PositiveIntegerField()
    colour = models.CharField(max_length=8, choices=labels.choices(Colour))
    tells = models.CharField(max_length=12, choices=labels.choices(Rung))
    unit = models.BigIntegerField(null=True, blank=True)
    post = models.CharField(max_length=20, blank=True)
    person = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    waits_for_escalation = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["clock", "rung"], name="one_entry_per_clock_and_rung")]
        indexes = [
            models.Index(fields=["appeal", "id"]),
            models.Index(
                fields=["id"],
                condition=models.Q(waits_for_escalation=True),
                name="entries_to_escalate",
            ),
            models.Index(fields=["taken_at", "id"]),
        ]


class Pulse(models.Model):
    """When a loop last looked, by wall time: a clock set back is seen before it does harm."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    held_since = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)


class DateMove(models.Model):
    """A date that a corrected calendar moved, with the old and the new one; kept like an event."""

    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="date_moves")
    kind = models.CharField(max_length=20, choices=labels.choices(ClockKind))
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    calendar = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["appeal", "at"])]
