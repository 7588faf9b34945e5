"""Who filed, apart from what was filed."""

from django.db import models

from huying.people.models import Person, Unit
from huying.rules import labels
from huying.rules.enums import PostKind


class Identity(models.Model):
    """Name and contact of an appellant, encrypted; the phone can be found again by its keyed digest alone."""

    appeal = models.OneToOneField("appeals.Appeal", on_delete=models.PROTECT, related_name="identity")
    sealed = models.TextField()
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    has_phone = models.BooleanField(default=False)
    has_name = models.BooleanField(default=False)


class StandingApproval(models.Model):
    """A document drawn up by one and signed by the head of an organisation: holders of one post may see the identity of
    an open-mode appeal in their hands without asking each time. Dated, revocable, and every view is recorded all the
    same."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=20, choices=labels.choices(PostKind))
    document = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "post"],
                condition=models.Q(revoked_at=None),
                name="one_standing_approval_per_post",
            )
        ]
