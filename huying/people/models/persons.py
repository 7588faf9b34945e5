"""The roster: who works where, and which posts they hold from which day to which."""

from django.db import models

from huying.people.models.units import Unit
from huying.rules import labels
from huying.rules.enums import PostKind


class Person(models.Model):
    """Someone on the roster. `unit` is where they work; what they may do follows from their posts."""

    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    title = models.CharField(max_length=60, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["unit__path", "id"]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A dated appointment of a person to a post in a unit. `ends_on` is the last day held; empty: no end known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=labels.choices(PostKind))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "kind"]), models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.unit_id}"
