"""Time limits are followed by new ones from a day to come, and compared with what the law says. None is rewritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huying.appeals import rulebook
from huying.appeals.models import Limit, Topic
from huying.people import changes
from huying.people.changes import Refused
from huying.rules.actors import Actor
from huying.rules.enums import LimitUnit
from huying.rules.limits import BadLimit, LimitFact
from huying.rules.shipped import OWN, SHIPPED
from huying.rules.workdays import local_day

FARTHEST = timedelta(days=400)


@dataclass(frozen=True)
class Row:
    """A limit as it stands in the table, with the name of its topic."""

    fact: LimitFact
    topic: str


def history(*, step: str = "") -> list[Row]:
    """Every limit that was, is or will be in force, by step, newest first."""
    rows = Limit.objects.order_by("step", "kind", "channel", "-valid_from", "-id")
    names = dict(Topic.objects.values_list("pk", "name"))
    wanted = rows.filter(step=step) if step else rows
    return [Row(rulebook.fact(row), names.get(row.topic_id or 0, "")) for row in wanted]


def law_for(limit: LimitFact) -> LimitFact | None:
    """The limit that a law sets for the same matter; None where only we ourselves speak."""
    same = [
        one for one in SHIPPED if one.source != OWN and one.step is limit.step and one.channel in ("", limit.channel)
    ]
    return max(same, key=lambda one: one.narrowness, default=None)


def against_the_law(limit: LimitFact) -> str:
    """ "longer", "shorter" or "other" (not comparable) than the law's; empty when equal or no law speaks."""
    law = law_for(limit)
    if law is None or law.amount == limit.amount:
        return ""
    if law.amount.unit is not limit.amount.unit:
        return "other"
    return "longer" if limit.amount.value > law.amount.value else "shorter"


@transaction.atomic
def follow(limit: LimitFact, *, on: date, is_known: bool, by: Actor, at: datetime) -> None:
    """From that day this limit is in force in the place of the one it follows; earlier appeals keep theirs.

    Raises `Refused` for a day that has begun, a length beyond the calendar, no source, or an unconfirmed clash with
    the law.
    """
    today = local_day(at)
    if on <= today:
        raise Refused(_("最早从明天起：今天收到的已经按原来的时限算了"), field="on")
    if on > today + FARTHEST:
        raise Refused(_("离现在太远，最多提前 %(days)d 天") % {"days": FARTHEST.days}, field="on")
    if not limit.source.strip():
        raise Refused(_("请写依据：哪个文件、第几条"), field="source")
    law = law_for(limit)
    clash = against_the_law(limit)
    if law is not None and clash in ("longer", "other") and not is_known:
        raise Refused(_("和%(law)s的时限不一样，确实要这样请勾选下面一格") % {"law": _(law.source)}, field="is_known")
    before = _in_place_of(limit, on=on)
    try:
        rulebook.follow(limit, on=on)
    except BadLimit as bad:
        raise Refused(_("期限太长，日历推算不到"), field="value") from bad
    lines: list[tuple[str, Any, Any]] = [
        ("value", _said(before), _said(limit)),
        ("source", before.source if before else "", limit.source),
        ("kind", "", limit.kind or ""),
        ("channel", "", limit.channel),
        ("from", "", on),
    ]
    subject = limit.step.value
    changes.record(area="limit", act="followed", subject=subject, place=None, by=by, at=at, lines=lines)


def _in_place_of(limit: LimitFact, *, on: date) -> LimitFact | None:
    """The row with the same conditions that is in force on that day."""
    wanted = _conditions(limit)
    same = [row.fact for row in history(step=limit.step) if _conditions(row.fact) == wanted]
    return next((one for one in same if one.valid_from <= on <= one.valid_to), None)


def _conditions(limit: LimitFact) -> tuple[object, ...]:
    bare = replace(limit, source="")
    return (bare.step, bare.kind, bare.tier, bare.topic, bare.severity, bare.channel)


def _said(limit: LimitFact | None) -> str:
    return "" if limit is None else f"{limit.amount.value} {LimitUnit(limit.amount.unit).value}"
