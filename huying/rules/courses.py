"""Figures, each from the courses of appeals: what came in, what was answered, in how many days, and how much in time.

A figure is recomputed from the ledger alone; it shows n and N, and knows no default.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from huying.rules.case import StepFact
from huying.rules.enums import Action, State
from huying.rules.periods import Period
from huying.rules.workdays import Calendar, local_day, workday_after

ANSWER_DAYS = 5
DELIVERING = (Action.APPROVE_ANSWER, Action.ANSWER_AT_ONCE)
TAKING_BACK = (Action.SEND_BACK, Action.REOPEN)
OUTSIDE = (State.REFUSED, State.REFERRED, State.JOINED, State.WITHDRAWN)
READ = (
    Action.REGISTER,
    *DELIVERING,
    *TAKING_BACK,
    Action.REFUSE,
    Action.REFER_OUT,
    Action.JOIN,
    Action.UNJOIN,
    Action.WITHDRAW,
    Action.OVERTURN,
)


@dataclass(frozen=True)
class Course:
    """What counts of one appeal: when it came, when the answer that stands went out, and where it stands."""

    received_at: datetime
    delivered_at: datetime | None = None
    state: State = State.RECEIVED


def course_of(steps: Iterable[StepFact]) -> Course | None:
    """The course an appeal's events tell; None without a first event."""
    course: Course | None = None
    for step in steps:
        if course is None:
            said = step.data.get("received_at")
            course = Course(datetime.fromisoformat(said) if isinstance(said, str) else step.at)
        elif step.action in DELIVERING:
            course = replace(course, delivered_at=step.at)
        elif step.action in TAKING_BACK:
            course = replace(course, delivered_at=None)
        course = replace(course, state=step.to_state)
    return course


def summary(courses: Sequence[Course], *, period: Period, calendar: Calendar) -> dict[str, Any]:
    """The figures of a period: counts, the median of days from receipt to answer, on time of those due, by month."""
    answered = [one for one in courses if period.holds(one.delivered_at)]
    due = [(one, due_at) for one in courses if is_handled(one) and period.holds(due_at := due_of(one, calendar))]
    return {
        "received": sum(1 for one in courses if period.holds(one.received_at)),
        "answered": len(answered),
        "median_days_to_answer": _median_days(answered),
        "on_time": {
            "n": sum(1 for one, due_at in due if one.delivered_at is not None and one.delivered_at <= due_at),
            "N": len(due),
        },
        "by_month": _by_month(courses, period),
    }


def is_handled(course: Course) -> bool:
    """Whether it stands in handling figures: not refused, referred, joined or withdrawn."""
    return course.state not in OUTSIDE


def due_of(course: Course, calendar: Calendar) -> datetime:
    """The close of working hours of the fifth working day after receipt (潍坊条例 20)."""
    return calendar.close_of(workday_after(calendar, local_day(course.received_at), ANSWER_DAYS))


def _median_days(answered: Sequence[Course]) -> float | None:
    days = [(one.delivered_at - one.received_at) / timedelta(days=1) for one in answered if one.delivered_at]
    return round(median(days), 6) if days else None


def _by_month(courses: Sequence[Course], period: Period) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {
        month: {"month": month, "received": 0, "answered": 0} for month in period.months()
    }
    for one in courses:
        for name, at in (("received", one.received_at), ("answered", one.delivered_at)):
            if at is not None and period.holds(at):
                rows[f"{local_day(at):%Y-%m}"][name] += 1
    return list(rows.values())
