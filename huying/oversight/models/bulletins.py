"""Monthly bulletins: frozen figures, what people wrote beside them, and a record that only grows."""

from django.db import models

from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import BulletinAct, BulletinStage


class Bulletin(models.Model):
    """The bulletin of a unit for a period. `facts` are its figures as they were counted, `digest` covers them.

    `words` are what a person may change while it is a draft: sentences, addressee, next tasks. `statement` is signed
    when it is issued. `corrects` names the issue that this one replaces.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    stage = models.CharField(max_length=10, choices=labels.choices(BulletinStage))
    number = models.CharField(max_length=60, blank=True)
    year = models.PositiveIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    statement = models.JSONField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "serial"], name="one_bulletin_per_number"),
        ]
        indexes = [models.Index(fields=["unit", "since"])]


class BulletinRecord(models.Model):
    """One act on a bulletin: who, when, what, and the digest of the figures it was done to. Append-only."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=labels.choices(BulletinAct))
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["bulletin_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "sequence"], name="one_record_per_sequence")]
