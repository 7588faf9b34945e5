"""Work calendars: which days are worked, and in which hours. The national one has no unit; a unit's lies over it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from huying.people.models.accounts import Account
from huying.people.models.units import Unit


class WorkCalendar(models.Model):
    """The days and hours of one organisation. `version` rises with every change, and explanations name it.

    `stamp` is a digest of all that the calendar says: whoever keeps a copy in memory knows by it that it is current.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="work_calendar")
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("unit", 0, output_field=models.BigIntegerField()),
                name="one_calendar_per_unit",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarYear(models.Model):
    """A year whose official notice is in: only such a year gives firm dates."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="one_row_per_confirmed_year")]


class CalendarDay(models.Model):
    """One day that is not as its weekday says, or that has a name: a holiday, a make-up working day, a closure."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    is_workday = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="one_row_per_calendar_day")]


class WorkingHours(models.Model):
    """One stretch of working hours, of a weekday (Monday is 0) or of one date (a half day).

    Weekly hours hold from `starts_on` on, or ever since, until the next week begins: rows with one first day are one
    week, and a week that has begun is never written over.
    """

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["date", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=False, date__isnull=True) | Q(weekday__isnull=True, date__isnull=False),
                name="hours_of_a_weekday_or_of_a_date",
            ),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="hours_open_before_they_close"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(weekday__isnull=False), name="only_a_week_has_a_first_day"
            ),
        ]


class SchoolTerm(models.Model):
    """A term or school holiday, by name. It is told beside a date and moves none: clocks run on in July."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="term_starts_before_it_ends")
        ]


class CalendarChange(models.Model):
    """One change of a calendar, kept: who, when, from which notice, and what each changed day was before."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200)
    days = models.JSONField(default=list)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["calendar", "version"], name="one_change_per_version")]
