"""Who filed, apart from what was filed."""

from django.db import models


class Identity(models.Model):
    """Name and contact of an appellant, encrypted; the phone can be found again by its keyed digest alone."""

    appeal = models.OneToOneField("appeals.Appeal", on_delete=models.PROTECT, related_name="identity")
    sealed = models.TextField()
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    has_phone = models.BooleanField(default=False)
    has_name = models.BooleanField(default=False)
