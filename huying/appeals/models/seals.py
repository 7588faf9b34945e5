"""Seals: what an organisation's ledger was at a moment, in a few digits that outsiders keep."""

from django.db import models

from huying.people.models import Unit


class Seal(models.Model):
    """The statement of one seal with its signature. Seals of an organisation form a chain; triggers refuse change."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    made_at = models.DateTimeField()
    statement = models.JSONField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["organisation_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sequence"], name="one_seal_per_sequence")]
        indexes = [models.Index(fields=["organisation", "on"])]


class SealEntry(models.Model):
    """The head of one appeal's chain in a seal; written only when it moved since the seal before."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    sequence = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["appeal", "seal"], name="one_entry_per_seal")]
