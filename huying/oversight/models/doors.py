"""Tests of the doors (渠道自测): whether a call, a form or a letter really arrives."""

from django.db import models

from huying.channels.models import Channel
from huying.people.models import Account, Person, Unit


class DoorTest(models.Model):
    """Somebody tried a channel of a unit from outside, and it arrived or did not. Append-only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    arrived = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["unit", "on"])]
