"""Files brought in, cleaned and named by their content."""

from django.db import models


class StoredFile(models.Model):
    """A cleaned file. `token` is its public name; `draft` binds it to one form until an appeal takes it."""

    token = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12)
    content_type = models.CharField(max_length=60)
    suffix = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    draft = models.CharField(max_length=40, blank=True, db_index=True)
    uploaded_at = models.DateTimeField()
