"""Sheets of appeals that left the house: who took one, when, what for, of which appeals. Append-only."""

from django.db import models

from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import ExportPurpose


class Export(models.Model):
    """One sheet. `asked` says which appeals were asked for, `digest` is that of the file as it was handed over."""

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=labels.choices(ExportPurpose))
    asked = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    identities = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
