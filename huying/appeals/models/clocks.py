"""Running deadlines. Written with the step, rebuildable from the events."""

from django.db import models

from huying.people.models import Unit
from huying.rules import labels
from huying.rules.enums import ClockKind


class Clock(models.Model):
    """One deadline of an appeal. `next_step_at` is when the sweep looks at it next; `rung` the ladder step done."""

    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=20, choices=labels.choices(ClockKind))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    round = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    next_step_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    explanation = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "kind", "unit", "started_at"], name="one_clock_per_start")
        ]
        indexes = [models.Index(fields=["next_step_at"]), models.Index(fields=["appeal", "kind"])]
