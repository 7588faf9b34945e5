"""The outbox: what is to be told, written in the transaction of the act itself."""

from django.db import models

from huying.people.models import Person, Unit


class Letter(models.Model):
    """One notice to a person, to the holders of a post in a unit, or to an appellant (who reads it at the receipt).

    It carries a number and a kind, never the content of a case. A worker leases it, delivers it under a Message-ID
    made from its key, and marks it; a worker that dies gives it back when the lease ends.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post = models.CharField(max_length=20, blank=True)
    appeal = models.BigIntegerField(null=True, blank=True)
    number = models.CharField(max_length=20, blank=True)
    data = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, db_index=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "read_at"]),
            models.Index(fields=["unit", "post", "read_at"]),
            models.Index(fields=["appeal"]),
        ]
