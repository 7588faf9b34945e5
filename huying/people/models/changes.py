"""What was set up differently, by whom and when: kept for good, so that an auditor can read it."""

from django.db import models

from huying.people.models.accounts import Account
from huying.people.models.units import Unit


class SetupChange(models.Model):
    """One change of the set-up. `lines` holds [field, before, after] in code words; triggers keep the rows as they are.

    `place` is the organisation it concerns; empty: all of them.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    area = models.CharField(max_length=20)
    act = models.CharField(max_length=20)
    subject = models.CharField(max_length=160)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.area} {self.act} {self.subject}"
