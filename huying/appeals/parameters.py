"""Dated numbers of the rules that are no time limits."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from huying.appeals.models import Parameter
from huying.people.prepared import Prepared

# What ships, and what an installation without rows falls back to: filing never fails for a configuration reason.
SHIPPED = {
    "callback_sample": 20,
    "rework_cap": 2,
    "reopen_cap": 2,
    "small_number": 5,
    "outer_margin_days": 1,
    "extension_days": 5,
    "petition_extension_days": 30,
    "retention_years": 3,
    "repeat_days": 90,
    "recheck_days": 10,
    "study_effect_days": 60,
    "spot_check_share": 5,
    "spot_check_days": 10,
    "target_least": 10,
    "target_most": 15,
    "alarms_false_per_100_schools": 25,
    "alarms_repeat": 3,
    "alarms_repeat_days": 60,
    "alarms_many": 3,
    "alarms_overdue": 5,
    "rate_floor": 10,
    "basically_weight": 90,
    "response_weight": 10,
    "resolution_weight": 50,
    "satisfaction_weight": 40,
    "report_month_starts": 1,
    "report_day": 3,
    "door_test_days": 31,
    "statement_days": 5,
    "duty_objection_days": 10,
}


def value(name: str, *, on: date) -> int:
    """The number in force on that day."""
    found = _IN_FORCE.first(name, on)
    return int(found[0]) if found is not None else SHIPPED[name]


def _in_force(name: Any, on: Any) -> QuerySet[Any]:
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = Parameter.objects.filter(valid, name=name, valid_from__lte=on)
    return rows.order_by("-valid_from", "-pk").values_list("value")[:1]


_IN_FORCE = Prepared(_in_force)
