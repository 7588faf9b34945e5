"""Counters shared by all workers: limits hold without a cache server."""

from django.db import models


class Counter(models.Model):
    """How often something happened in one window of time. `key` never holds an address, only its keyed digest."""

    key = models.CharField(max_length=96)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_counter_per_window")]
        indexes = [models.Index(fields=["window"])]
