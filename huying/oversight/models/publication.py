"""Public texts (网上公开): written apart from the appeal, with a record that only grows."""

from django.db import models
from django.db.models import Q

from huying.appeals.models import Appeal, Topic
from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import PublicationAct, PublicationStanding

LIVE = (PublicationStanding.DRAFTED.value, PublicationStanding.PUBLISHED.value)


class PublishedCase(models.Model):
    """A question and its answer in the office's own words. What everyone reads is here and nowhere else: no number, no
    day, no unit below the school; `month` is the first of the month in which the matter was closed.

    `token` is its address, by chance and not by order; `school` stays empty where the text speaks of "a school".
    `kept` are the pieces that software marked and a person left in.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    token = models.SlugField(max_length=16, unique=True)
    standing = models.CharField(max_length=12, choices=labels.choices(PublicationStanding))
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=40)
    question = models.TextField()
    answer = models.TextField()
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    month = models.DateField()
    kept = models.JSONField(default=list)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"], condition=Q(standing__in=LIVE), name="one_live_public_text_per_appeal"
            )
        ]
        indexes = [models.Index(fields=["standing", "published_on", "id"])]


class PublicationEvent(models.Model):
    """One act on a public text: who, when, what, why; `data` holds the digest of the words it was about, never the
    words: what had to be taken down is not kept for ever. Append-only."""

    case = models.ForeignKey(PublishedCase, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=labels.choices(PublicationAct))
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["case_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="one_publication_act_per_sequence")]


class OpennessDecision(models.Model):
    """Whether a unit publishes answers one by one, as its head decided; the latest holds. Append-only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["unit_id", "id"]


class OpenMonth(models.Model):
    """A month's public figures as they were first shown, small counts hidden, never made again: what differs between
    two makings would tell what came between. Append-only."""

    month = models.DateField(unique=True)
    made_at = models.DateTimeField()
    shown = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-month"]
