"""Private addresses at which a calendar program reads the deadlines of one person."""

from django.db import models

from huying.people.models import Account


class Feed(models.Model):
    """One address an account. Only its keyed digest is kept: who loses the address makes a new one."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
