"""Invitations: a link that lets one person, once, choose a password that nobody else ever knows."""

from django.db import models

from huying.people.models.accounts import Account
from huying.people.models.persons import Person


class Invitation(models.Model):
    """One link. Only the keyed digest of its token is kept, so a copy of the database opens nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    login = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=40)
    is_reset = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="one_open_invitation_per_person",
            )
        ]

    def __str__(self) -> str:
        return self.login
