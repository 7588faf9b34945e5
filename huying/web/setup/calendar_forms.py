"""What can be changed in a calendar, one form a kind: each says which change it makes and from which day it counts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals.arrangements import calendars as arranged
from huying.appeals.due import recounting
from huying.appeals.due.recounting import Recounted
from huying.people import calendars
from huying.rules import hourwords, workdays
from huying.rules.actors import Actor
from huying.rules.workdays import WEEKDAYS, BadCalendar, Calendar, DayFact
from huying.web.setup.calendar_picture import WeekHours, week_lines

MOST_DAYS = 800
EARLIEST, LATEST = date(2019, 1, 1), date(2099, 12, 31)
OFF, WORKED = "off", "worked"


def day_field(words: Any, **more: Any) -> forms.DateField:
    """A day, picked or typed as 2026-11-24."""
    said = {"invalid": gettext_lazy("请写成 2026-11-24 这样的日期"), "required": gettext_lazy("请填日期")}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=words, widget=widget, error_messages=said, **more)


class CalendarForm(forms.Form):
    """One kind of change. Whoever confirms it is recorded, with the source that is named here."""

    words: Any = ""
    intro: Any = ""
    source = forms.CharField(
        label=gettext_lazy("依据"),
        help_text=gettext_lazy("文号或通知名称"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写依据，如文号或通知名称")},
    )

    field_order = ["text", "sheet", "year", "first", "last", "day", "hours", "state", "name", "terms"]

    def __init__(self, *args: Any, unit: Any, calendar: Calendar, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.calendar, self.today = unit, calendar, today
        self.prepare()

    def prepare(self) -> None:
        """What stands in the form before anybody typed."""

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        """What is to be done."""
        raise NotImplementedError

    def days(self) -> tuple[date, ...]:
        """The days that are touched, to be shown; none where every week is."""
        return ()

    def since(self) -> date:
        """From which day open dates are counted again."""
        return min(self.days(), default=self.today)

    def week_of(self, after: Calendar) -> WeekHours | None:
        """The week that is to hold, to be shown; none where days are changed."""
        return None

    def foresee(self, *, by: int, at: datetime) -> Recounted:
        """Which dates would move; nothing stays written."""
        return recounting.rehearse(self.change(by=by, at=at), unit=self.unit, since=self.since(), at=at)

    def make(self, *, by: Actor, at: datetime) -> Recounted:
        """It is done and on record, and open dates are counted again."""
        made = self.change(by=by.account or 0, at=at)
        source = self.cleaned_data["source"]
        return arranged.change(made, unit=self.unit, since=self.since(), source=source, by=by, at=at)

    def carried(self) -> dict[str, str]:
        """What the confirming page sends again, by name."""
        return {name: str(self.data.get(self.add_prefix(name), "")) for name in self.fields}


class DaysForm(CalendarForm):
    """Closures and make-up days: a day or a stretch of days is off, or worked."""

    words = gettext_lazy("改几天：放假、停课、补班")
    intro = gettext_lazy("学期和寒暑假请在“学期和假期”里写，它们不改变期限。")
    first = day_field(gettext_lazy("从哪天"))
    last = day_field(gettext_lazy("到哪天"), required=False, help_text=gettext_lazy("只有一天就不用填"))
    state = forms.ChoiceField(
        label=gettext_lazy("这几天"),
        choices=[(OFF, gettext_lazy("不上班")), (WORKED, gettext_lazy("上班"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选上班还是不上班")},
    )
    name = forms.CharField(label=gettext_lazy("叫什么"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last") or cleaned.get("first")
        if first is None:
            return cleaned
        if not EARLIEST <= first <= LATEST or not EARLIEST <= last <= LATEST:
            self.add_error("first", _("日期要在 2019 年到 2099 年之间"))
        elif last < first:
            self.add_error("last", _("到哪天不能早于从哪天"))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("last", _("一次最多改 800 天"))
        return cleaned

    def days(self) -> tuple[date, ...]:
        first = self.cleaned_data["first"]
        return tuple(workdays.days_from(first, self.cleaned_data.get("last") or first))

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        given, source = self.cleaned_data, self.cleaned_data["source"]
        is_workday = given["state"] == WORKED
        facts = [DayFact(day, is_workday, name=given["name"], source=source) for day in self.days()]
        return lambda: calendars.set_days(self.unit, facts, source=source, at=at, by=by)


class HoursForm(CalendarForm):
    """One date has hours of its own: a half day."""

    words = gettext_lazy("某一天的上班时间（半天）")
    day = day_field(gettext_lazy("哪一天"))
    hours = forms.CharField(
        label=gettext_lazy("上班时间"),
        help_text=gettext_lazy("如 8:00-12:00；空着就和平常一样"),
        required=False,
        max_length=120,
    )

    def clean_day(self) -> date:
        if not EARLIEST <= self.cleaned_data["day"] <= LATEST:
            raise forms.ValidationError(_("日期要在 2019 年到 2099 年之间"))
        return self.cleaned_data["day"]

    def clean_hours(self) -> Any:
        return _read_hours(self.cleaned_data["hours"])

    def days(self) -> tuple[date, ...]:
        return (self.cleaned_data["day"],)

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        hours = [(one.opens, one.closes) for one in self.cleaned_data["hours"]]
        day, source = self.cleaned_data["day"], self.cleaned_data["source"]
        return lambda: calendars.set_hours(self.unit, day, hours, source=source, at=at, by=by)


class WeekForm(CalendarForm):
    """The hours of every weekday."""

    words = gettext_lazy("每周的上班时间")
    intro = gettext_lazy("一天可以写几段，中间空格，如 8:00-12:00 13:30-17:00；不上班就空着。过去的日子不会变。")
    starts_on = day_field(gettext_lazy("从哪天起"), help_text=gettext_lazy("最早明天"))

    def prepare(self) -> None:
        tomorrow = self.today + timedelta(days=1)
        self.fields["starts_on"].initial = tomorrow
        week = self.calendar.week_on(tomorrow)
        for number, name in enumerate(WEEKDAYS):
            hours = hourwords.write_hours(week.get(number, ()))
            self.fields[f"day{number}"] = forms.CharField(
                label=_(name), required=False, max_length=120, initial=hours, strip=True
            )
        self.fields["source"] = self.fields.pop("source")

    def clean_starts_on(self) -> date:
        if self.cleaned_data["starts_on"] <= self.today:
            raise forms.ValidationError(_("最早从明天起：今天和过去的日子已经按原来的时间算了"))
        if self.cleaned_data["starts_on"] > LATEST:
            raise forms.ValidationError(_("日期要在 2019 年到 2099 年之间"))
        return self.cleaned_data["starts_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        week: dict[int, Any] = {}
        for number in range(7):
            try:
                hours = hourwords.read_hours(cleaned.get(f"day{number}", ""), where=WEEKDAYS[number])
                week |= {number: [(one.opens, one.closes) for one in hours]} if hours else {}
            except BadCalendar as wrong:
                self.add_error(f"day{number}", wrong.said(_))
        if not week and not self.errors:
            raise forms.ValidationError(_("一周里至少要有一天上班"))
        cleaned["week"] = week
        return cleaned

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        given = self.cleaned_data
        return lambda: calendars.set_week(
            self.unit, given["week"], starts_on=given["starts_on"], source=given["source"], at=at, by=by
        )

    def since(self) -> date:
        return self.cleaned_data["starts_on"]

    def week_of(self, after: Calendar) -> WeekHours | None:
        return WeekHours(self.since(), week_lines(after, self.since()))


class TermsForm(CalendarForm):
    """Terms and school holidays, told beside a date."""

    words = gettext_lazy("学期和假期")
    intro = gettext_lazy("一行一个。寒暑假期限照常走，日期旁边会写明。")
    terms = forms.CharField(
        label=gettext_lazy("学期和假期"),
        help_text=gettext_lazy("如：秋季学期 2026-09-01 至 2027-01-22"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def prepare(self) -> None:
        self.fields["terms"].initial = hourwords.write_terms(self.calendar.terms)

    def clean_terms(self) -> Any:
        try:
            return hourwords.read_terms(self.cleaned_data["terms"])
        except BadCalendar as wrong:
            raise forms.ValidationError(wrong.said(_)) from wrong

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        terms, source = self.cleaned_data["terms"], self.cleaned_data["source"]
        return lambda: calendars.set_terms(self.unit, terms, source=source, at=at, by=by)

    def since(self) -> date:
        """Terms move no date: nothing has to be counted again."""
        return LATEST


def _read_hours(text: str) -> Any:
    try:
        return hourwords.read_hours(text)
    except BadCalendar as wrong:
        raise forms.ValidationError(wrong.said(_)) from wrong
