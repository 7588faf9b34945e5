"""What leaves an order out of appraisal (剔除), and what contests a figure (考核申诉), each with who decided."""

from django.db import models
from django.db.models import Q

from huying.appeals.models import Appeal
from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import Correction, ExclusionGround, RequestStage


class ExclusionRequest(models.Model):
    """A unit asks that an order be left out of appraisal. Its two decisions stand in `AppraisalAct`, both ways."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=labels.choices(ExclusionGround))
    reason = models.TextField()
    stage = models.CharField(max_length=16, choices=labels.choices(RequestStage))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    first_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["stage", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=Q(stage__in=["asked", "first_granted"]),
                name="one_open_exclusion_per_appeal",
            )
        ]


class AppraisalObjection(models.Model):
    """A unit contests a figure of a period. `indicator` is the code the figure is printed under."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    cases = models.ManyToManyField(Appeal, related_name="+")
    reason = models.TextField()
    stage = models.CharField(max_length=16, choices=labels.choices(RequestStage))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    correction = models.CharField(max_length=8, choices=labels.choices(Correction), blank=True)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["unit", "stage"]), models.Index(fields=["stage", "asked_at"])]


class AppraisalAct(models.Model):
    """One act upon a request or an objection: who, when, which way and why. Append-only."""

    request = models.ForeignKey(ExclusionRequest, on_delete=models.PROTECT, null=True, related_name="acts")
    objection = models.ForeignKey(AppraisalObjection, on_delete=models.PROTECT, null=True, related_name="acts")
    stage = models.CharField(max_length=16, choices=labels.choices(RequestStage))
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ["id"]
