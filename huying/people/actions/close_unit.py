from datetime import date

from huying.people.models import Unit


def close_unit(unit: Unit, *, last_day: date) -> None:
    """That day is the unit's last; it is closed once the day is over."""
    unit.closes_on = last_day
    unit.save(update_fields=["closes_on"])


def open_unit(unit: Unit) -> None:
    """The unit is open, with no last day."""
    unit.closes_on, unit.is_active = None, True
    unit.save(update_fields=["closes_on", "is_active"])


def shut(unit: Unit) -> None:
    """The unit is no longer offered anywhere; what happened in it stays where it is."""
    unit.is_active = False
    unit.save(update_fields=["is_active"])
