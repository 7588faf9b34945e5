"""What somebody is writing and has not sent yet."""

from django.db import models

from huying.people.models import Account


class Draft(models.Model):
    """Unsent words of one person for one field of one appeal, sealed: drafts may quote people."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    appeal = models.BigIntegerField()
    field = models.CharField(max_length=40)
    sealed = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "appeal", "field"], name="one_draft_per_field")]
