"""Accountability cases (责任追究): whom and what each is about, and its record that only grows."""

from django.db import models

from huying.appeals.models import Appeal
from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, DutyStage


class AccountabilityCase(models.Model):
    """One person, one finding. `found` is what the person reads; it never holds the appeal nor who filed.

    `unit` is where the person worked when it was opened, `heads_school` whether they then headed a school. The columns
    say where the case stands; what was done stands in its record.
    """

    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    heads_school = models.BooleanField(default=False)
    finding = models.CharField(max_length=20, choices=labels.choices(DutyFinding))
    found = models.TextField()
    stage = models.CharField(max_length=12, choices=labels.choices(DutyStage))
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    heard_by = models.DateTimeField(null=True)
    objection_until = models.DateTimeField(null=True)
    measure = models.CharField(max_length=12, choices=labels.choices(DutyMeasure), blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["person", "stage"]), models.Index(fields=["stage", "opened_at"])]

    def __str__(self) -> str:
        return self.number


class DutyFact(models.Model):
    """An event of an appeal that the finding stands on, chosen from the ledger by its number. Append-only."""

    case = models.ForeignKey(AccountabilityCase, on_delete=models.PROTECT, related_name="facts")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "appeal", "sequence"], name="a_fact_stands_once")]


class DutyEvent(models.Model):
    """One act in a case: who, when, what. Append-only; `digest` covers it and the digest before it."""

    case = models.ForeignKey(AccountabilityCase, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=labels.choices(DutyAct))
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["case_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="one_duty_act_per_sequence")]
