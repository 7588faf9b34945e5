"""The appeal and what belongs to it. States, flags, owners and dates are written by `steps.take` alone."""

from django.db import models
from django.db.models import Q

from huying.appeals.models.rulebook import Tag, Topic
from huying.channels.models import Channel, IncomingMessage, StoredFile
from huying.people.models import Person, Unit
from huying.rules import labels
from huying.rules.enums import (
    AppealKind,
    Finding,
    Flag,
    PetitionClass,
    PrivacyMode,
    RedLine,
    Resolved,
    Satisfaction,
    Sensitivity,
    Severity,
    State,
    SubjectStatus,
)


class Receipt(models.Model):
    """The 查询码 in the appellant's hand, kept only as a keyed digest; a split appeal shares its receipt."""

    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=16)
    is_spoken = models.BooleanField(default=False)


class Appeal(models.Model):
    """One matter someone brought, and its flow sheet (诉求 and 工单 are one record)."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="appeals")
    form_token = models.CharField(max_length=40, null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    state = models.CharField(max_length=12, choices=labels.choices(State))
    round = models.PositiveIntegerField(default=1)
    decline_pending = models.BooleanField(default=False)
    designated = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    extension_pending = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    deferral_pending = models.BooleanField(default=False)
    supervised = models.BooleanField(default=False)
    escalated = models.BooleanField(default=False)
    safety = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    unreviewed = models.BooleanField(default=False)
    withdraw_pending = models.BooleanField(default=False)
    is_petition = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    late_entry = models.BooleanField(default=False)

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    external_ref = models.CharField(max_length=80, blank=True)
    source_message = models.ForeignKey(IncomingMessage, on_delete=models.PROTECT, null=True, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()

    kind = models.CharField(max_length=12, choices=labels.choices(AppealKind))
    petition_class = models.CharField(max_length=12, choices=labels.choices(PetitionClass), blank=True)
    petition_number = models.CharField(max_length=80, blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT)
    tags = models.ManyToManyField(Tag, blank=True)
    severity = models.CharField(max_length=8, choices=labels.choices(Severity), default=Severity.NORMAL)
    sensitivity = models.CharField(max_length=12, choices=labels.choices(Sensitivity), default=Sensitivity.NORMAL)
    red_line = models.CharField(max_length=24, choices=labels.choices(RedLine), blank=True)
    privacy = models.CharField(max_length=12, choices=labels.choices(PrivacyMode))
    pupil_involved = models.BooleanField(default=False)

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    grade = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    klass = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    desk = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_charge = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    due_at = models.DateTimeField(null=True, blank=True)
    outer_due_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    title = models.CharField(max_length=80)
    finding = models.CharField(max_length=20, choices=labels.choices(Finding), blank=True)
    resolved_by_unit = models.CharField(max_length=12, choices=labels.choices(Resolved), default=Resolved.NOT_ASKED)
    resolved_by_callback = models.CharField(max_length=12, choices=labels.choices(Resolved), default=Resolved.NOT_ASKED)
    satisfaction = models.CharField(max_length=12, choices=labels.choices(Satisfaction), default=Satisfaction.NOT_ASKED)
    counted = models.BooleanField(default=True)
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="voices")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    repeat_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_appeal_per_number"),
            models.UniqueConstraint(
                fields=["channel", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_appeal_per_outer_number",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "state", "next_due_at", "id"]),
            models.Index(fields=["lead_unit", "state", "next_due_at", "id"]),
            models.Index(fields=["in_charge", "state", "next_due_at", "id"]),
            models.Index(fields=["place", "state", "next_due_at", "id"]),
            models.Index(fields=["place", "received_at", "id"]),
            models.Index(fields=["received_at", "id"]),
            # What still waits for somebody is a small part: it is found without looking at all that is done.
            models.Index(fields=["state"], name="appeals_by_state"),
            models.Index(fields=["id"], condition=Q(unreviewed=True), name="appeals_unreviewed"),
            models.Index(fields=["id"], condition=Q(disputed=True), name="appeals_disputed"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def flag_set(self) -> frozenset[Flag]:
        """The flags that stand, read from their columns."""
        return frozenset(flag for flag in Flag if getattr(self, flag.value))


class AssistingUnit(models.Model):
    """A unit that helps (协办); its part has a clock of its own."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="assisting")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "unit"], name="one_part_per_assisting_unit")]


class RequestItem(models.Model):
    """One demand inside an appeal; the answer covers each. Its words stand in `Text` (kind request_item)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    text = models.ForeignKey("appeals.Text", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]


class Subject(models.Model):
    """Who or what is complained about. Typed by the appellant or found in the text; matched to the roster by a person.

    The typed words stand in `Text` (kind subject). A proposal already walls off whom it names.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="subjects")
    status = models.CharField(max_length=12, choices=labels.choices(SubjectStatus))
    text = models.ForeignKey("appeals.Text", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["unit"])]


class Attachment(models.Model):
    """A file that belongs to an appeal, and the event it came with."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("appeals.Event", on_delete=models.PROTECT, null=True, related_name="+")
    is_for_appellant = models.BooleanField(default=False)
