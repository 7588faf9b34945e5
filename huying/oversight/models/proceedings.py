"""Proceedings: talks, joint studies and spot checks, each with its record that only grows."""

from django.db import models

from huying.appeals.models import Appeal, Seal, Topic
from huying.people.models import Account, Person, Unit
from huying.rules import labels
from huying.rules.enums import (
    CheckResult,
    InterviewGround,
    InterviewWeight,
    PostKind,
    ProceedingAct,
    ProceedingKind,
    ProceedingStage,
    RecheckResult,
    Satisfaction,
    SigningSide,
)


class Proceeding(models.Model):
    """What all three have in common. `unit` is the one talked to, the lowest above all that study, or the one checked;
    `opened_in` the unit of the post it was opened from; `next_on` the day it waits for.

    Its number says nothing of how many there are: a gap would tell of one that is hidden.
    """

    kind = models.CharField(max_length=12, choices=labels.choices(ProceedingKind))
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    parties = models.ManyToManyField(Unit, related_name="+")
    stage = models.CharField(max_length=12, choices=labels.choices(ProceedingStage))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_in = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opened_as = models.CharField(max_length=20, choices=labels.choices(PostKind))
    next_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["stage", "next_on"]), models.Index(fields=["kind", "opened_at"])]


class ProceedingCase(models.Model):
    """An appeal that a talk or a study is about, or one on the list of a spot check: `entry` is then the digest of its
    closing."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="cases")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proceeding", "appeal"], name="a_case_stands_once")]


class ProceedingEvent(models.Model):
    """One act in a proceeding: who, when, what. Append-only."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    act = models.CharField(max_length=24, choices=labels.choices(ProceedingAct))
    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["proceeding_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["proceeding", "sequence"], name="one_act_per_sequence")]


class Interview(models.Model):
    """A talk (约谈). Once it was held, `digest` covers the record that both sides sign."""

    proceeding = models.OneToOneField(Proceeding, on_delete=models.PROTECT, primary_key=True, related_name="interview")
    weight = models.CharField(max_length=10, choices=labels.choices(InterviewWeight))
    ground = models.CharField(max_length=16, choices=labels.choices(InterviewGround))
    reason = models.TextField()
    alarm = models.PositiveBigIntegerField(null=True)
    follows = models.OneToOneField(Proceeding, on_delete=models.PROTECT, null=True, related_name="+")
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    attendants = models.CharField(max_length=400, blank=True)
    shown = models.TextField(blank=True)
    view = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True)
    recheck_days = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=16, choices=labels.choices(RecheckResult), blank=True)
    found = models.TextField(blank=True)


class Signature(models.Model):
    """One side signed the record of a talk, from their own account, on the words with that digest. Append-only."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=labels.choices(SigningSide))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["proceeding", "side"], name="each_side_signs_once")]


class RectificationItem(models.Model):
    """What somebody has taken on (整改), with its day; of a talk or of a study."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="items")
    what = models.CharField(max_length=400)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["owner", "done_at", "due_on"])]


class JointStudy(models.Model):
    """A joint study (商研): several units over one problem. Its effect is counted later, over equal stretches."""

    proceeding = models.OneToOneField(Proceeding, on_delete=models.PROTECT, primary_key=True, related_name="study")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.TextField()
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    effect_days = models.PositiveSmallIntegerField(default=0)
    found = models.TextField(blank=True)


class SpotCheck(models.Model):
    """A spot check (抽查). The list is frozen before the seal that seeds the draw exists."""

    proceeding = models.OneToOneField(Proceeding, on_delete=models.PROTECT, primary_key=True, related_name="spot_check")
    since = models.DateField()
    until = models.DateField()
    share = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    seal_after = models.PositiveIntegerField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="+")
    seed = models.CharField(max_length=64, blank=True)

    @property
    def entries(self) -> list[str]:
        """The frozen list, in the order in which it was digested."""
        listed = ProceedingCase.objects.filter(proceeding=self.pk).exclude(entry="")
        return sorted(listed.values_list("entry", flat=True))


class SpotCall(models.Model):
    """One appeal that was drawn, and what was said when the family was called a second time."""

    check_of = models.ForeignKey(SpotCheck, on_delete=models.PROTECT, related_name="calls")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=64)
    lot = models.PositiveIntegerField()
    due_on = models.DateField()
    first_resolved = models.BooleanField(null=True)
    first_satisfaction = models.CharField(max_length=12, choices=labels.choices(Satisfaction), blank=True)
    resolved = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=12, choices=labels.choices(Satisfaction), blank=True)
    result = models.CharField(max_length=16, choices=labels.choices(CheckResult), blank=True)
    note = models.TextField(blank=True)
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["lot"]
        constraints = [models.UniqueConstraint(fields=["check_of", "appeal"], name="drawn_once")]
