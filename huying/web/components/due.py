"""A deadline in words and a shape, never in colour alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from huying.web.components import moments

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """`shape` is far, soon, late, hold or done; `left` says how long; `moment` the absolute time, where it helps."""

    shape: str
    left: str
    moment: str = ""
    brief: str = ""

    @property
    def words(self) -> str:
        return _("%(left)s，%(moment)s") % {"left": self.left, "moment": self.moment} if self.moment else self.left

    @property
    def short_words(self) -> str:
        """What fits beside a title in a list."""
        return self.brief or self.left


def due_words(
    due_at: datetime | None,
    *,
    at: datetime,
    done_at: datetime | None = None,
    held: str | None = None,
    soon_from: datetime | None = None,
    provisional: bool = False,
) -> Due:
    """The chip of one clock as seen at `at`.

    `done_at` is when the step was finished, `held` why the clock stands still (may be empty), `soon_from` the moment
    of the yellow card (a day before, unless told), `provisional` true when the year's calendar is not confirmed.
    """
    if done_at is not None:
        return _done(due_at, done_at)
    if held is not None:
        return _held(held)
    if due_at is None:
        return Due("far", _("没有期限"))
    if at > due_at:
        return Due("late", _("超 %(span)s") % {"span": span_words(at - due_at)})
    return _running(due_at, at=at, soon_from=soon_from or due_at - DAY, provisional=provisional)


def span_words(span: timedelta) -> str:
    """Past 24 hours in whole days, below in hours and minutes."""
    if span >= DAY:
        return _("%(n)d 天") % {"n": span.days}
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours and minutes:
        return _("%(h)d 小时 %(m)d 分") % {"h": hours, "m": minutes}
    if hours:
        return _("%(h)d 小时") % {"h": hours}
    return _("%(m)d 分") % {"m": max(minutes, 1)}


def _done(due_at: datetime | None, done_at: datetime) -> Due:
    if due_at is not None and done_at > due_at:
        return Due("late", _("办完，超 %(span)s") % {"span": span_words(done_at - due_at)})
    return Due("done", _("按期办完") if due_at is not None else _("办完"))


def _held(reason: str) -> Due:
    words = _("已暂停，%(reason)s") % {"reason": reason} if reason else _("已暂停")
    return Due("hold", words)


def _running(due_at: datetime, *, at: datetime, soon_from: datetime, provisional: bool) -> Due:
    left = due_at - at
    moment = _moment(due_at, at=at, with_clock=left < DAY, provisional=provisional)
    words = _("还有 %(span)s") % {"span": span_words(left)}
    if at >= soon_from:
        # In a list whole hours are enough; the minutes stand on the order itself.
        whole = timedelta(hours=left // timedelta(hours=1)) if timedelta(hours=1) <= left < DAY else left
        return Due("soon", words, moment, _("还有 %(span)s") % {"span": span_words(whole)})
    return Due("far", words, moment, moment if left < DAY else words)


def _moment(due_at: datetime, *, at: datetime, with_clock: bool, provisional: bool) -> str:
    day = moments.near_day_words(due_at, at=at) if with_clock else _other_day(due_at, at=at)
    words = _("%(day)s %(clock)s 前") % {"day": day, "clock": moments.clock_words(due_at)} if with_clock else day
    return _("%(words)s，暂定") % {"words": words} if provisional else words


def _other_day(due_at: datetime, *, at: datetime) -> str:
    return moments.day_words(due_at, year=moments.local_day(due_at).year != moments.local_day(at).year)
