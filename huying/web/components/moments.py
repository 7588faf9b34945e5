"""Dates and times in the words people use here, always in the county's own time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = (
    gettext_noop("周一"),
    gettext_noop("周二"),
    gettext_noop("周三"),
    gettext_noop("周四"),
    gettext_noop("周五"),
    gettext_noop("周六"),
    gettext_noop("周日"),
)


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock of the county."""
    return moment.astimezone(SHANGHAI)


def local_day(when: date | datetime) -> date:
    """The local day: an evening in UTC may already be tomorrow here."""
    return local(when).date() if isinstance(when, datetime) else when


def day_words(when: date | datetime, *, year: bool = False) -> str:
    """11月24日（周二）; with `year`, 2026年11月24日（周二）."""
    on = local_day(when)
    parts = {"year": on.year, "month": on.month, "day": on.day, "weekday": _(WEEKDAYS[on.weekday()])}
    if year:
        return _("%(year)d年%(month)d月%(day)d日（%(weekday)s）") % parts
    return _("%(month)d月%(day)d日（%(weekday)s）") % parts


def short_day_words(when: date | datetime) -> str:
    """11月24日."""
    on = local_day(when)
    return _("%(month)d月%(day)d日") % {"month": on.month, "day": on.day}


def clock_words(moment: datetime) -> str:
    """8:05, without a leading zero, as people say it."""
    here = local(moment)
    return f"{here.hour}:{here.minute:02d}"


def moment_words(moment: datetime) -> str:
    """11月24日（周二）17:00."""
    return _("%(day)s%(clock)s") % {"day": day_words(moment), "clock": clock_words(moment)}


def short_moment_words(moment: datetime) -> str:
    """11月24日 17:00, for records where the weekday does not matter."""
    return f"{short_day_words(moment)} {clock_words(moment)}"


def month_words(when: date | datetime) -> str:
    """2026年11月."""
    on = local_day(when)
    return _("%(year)d年%(month)d月") % {"year": on.year, "month": on.month}


def near_day_words(moment: datetime, *, at: datetime) -> str:
    """今天, 明天 or the date as seen from `at`, with the year when it is another one."""
    on, today = local_day(moment), local_day(at)
    if on == today:
        return _("今天")
    if (on - today).days == 1:
        return _("明天")
    return day_words(on, year=on.year != today.year)
