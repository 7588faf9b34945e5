"""The ledger: events that are never edited or deleted, the texts beside them, and who looked."""

from django.db import models

from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import Action, ActorKind, State, TextKind


class Event(models.Model):
    """One act, recorded. `digest` covers it and the digest before it; triggers refuse any change.

    `row` and `dates` are digests of what the appeal's own row says once the act is done.
    """

    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    action = models.CharField(max_length=24, choices=labels.choices(Action))
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=12, choices=labels.choices(ActorKind))
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=12, choices=labels.choices(State), blank=True)
    to_state = models.CharField(max_length=12, choices=labels.choices(State))
    flags = models.CharField(max_length=240, blank=True)
    data = models.JSONField(default=dict)
    row = models.CharField(max_length=64, default="")
    dates = models.CharField(max_length=64, default="")
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["appeal_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["appeal", "sequence"], name="one_event_per_sequence")]
        indexes = [models.Index(fields=["action", "at"])]


class Text(models.Model):
    """Words of an appeal, with the salt of their digest: erasing the row leaves the chain whole."""

    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="texts")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="texts")
    kind = models.CharField(max_length=16, choices=labels.choices(TextKind))
    body = models.TextField()
    salt = models.BinaryField(max_length=16)
    refers_to = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["appeal", "kind"])]


class ReadRecord(models.Model):
    """Someone opened an appeal. Append-only, like the events."""

    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["appeal", "at"]), models.Index(fields=["at"])]
