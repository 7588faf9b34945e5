"""Units in tiers, from the county down to the class."""

from django.db import models

from huying.rules import labels
from huying.rules.case import UnitFact
from huying.rules.enums import UnitLevel


class Unit(models.Model):
    """A county centre, district, school, 级部, 处室 or class. `path` is "/1/4/9/", the ids from the top to itself.

    `closes_on` is the last day of a unit that will be closed.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=labels.choices(UnitLevel))
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, blank=True, db_index=True)
    pupils = models.PositiveIntegerField(default=0)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def fact(self) -> UnitFact:
        return UnitFact(id=self.pk, path=self.path, level=UnitLevel(self.level))
