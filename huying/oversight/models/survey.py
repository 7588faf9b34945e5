"""The survey of satisfaction: slips that are used once, and answers that nobody can put to a slip."""

from django.db import models

from huying.people.models import Person, Unit


class Survey(models.Model):
    """What families of a unit thought of a period (`first` to `last`), asked between two days. `families` is how many
    there are in all; a census hands a slip to each of them, else a sample is drawn."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_census = models.BooleanField(default=False)
    families = models.PositiveIntegerField()
    printed = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first} {self.last}"


class Slip(models.Model):
    """One printed slip, known by the keyed digest of its code. That it was used is kept, never when or for what."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=16)
    is_used = models.BooleanField(default=False)


class Answered(models.Model):
    """What one family answered. Its key is drawn, so that no order and no time tells which slip it came from."""

    id = models.CharField(max_length=32, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    said = models.JSONField(default=dict)
