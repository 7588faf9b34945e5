"""The yearly target as it stands: complaints so far against the same days of last year, and how the intake fares."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count, Q, QuerySet

from huying.appeals import parameters, queries
from huying.appeals.models import Appeal
from huying.people.models import Unit
from huying.rules import alarms, permissions, targets
from huying.rules.actors import Actor
from huying.rules.calendars import at_local
from huying.rules.enums import AppealKind, State, UnitLevel
from huying.rules.targets import Band, Intake, Trend

NOT_TAKEN_ON = (State.REFUSED, State.REFERRED, State.WITHDRAWN)
NOTHING = Intake(0)
READERS = (*permissions.OVERSEERS,)


@dataclass(frozen=True)
class Standing:
    """One school: complaints and all kinds as trends, the intake of both years, and what moved badly."""

    unit: Unit
    complaints: Trend
    all_kinds: Trend
    now: Intake
    before: Intake
    moved: tuple[str, ...]


@dataclass(frozen=True)
class _Counted:
    complaints: int = 0
    intake: Intake = NOTHING


def band(*, on: date) -> Band:
    """The target in force on that day, in per cent."""
    return Band(parameters.value("target_least", on=on), parameters.value("target_most", on=on))


def standings(actor: Actor, *, on: date) -> list[Standing]:
    """The schools this actor heads or watches, in the order of the tree: this is no league table.

    Counted is what the actor may know of, so that no difference tells of what is kept from them.
    """
    aim = band(on=on)
    now = _counted(actor, date(on.year, 1, 1), on)
    before = _counted(actor, *targets.same_days_before(on))
    return [_standing(unit, now, before, aim) for unit in _schools(actor)]


def _schools(actor: Actor) -> QuerySet[Unit]:
    sight = Q(pk__in=[])
    for post in actor.holding(*READERS):
        own = post.kind in alarms.BY_THE_UNIT
        sight |= Q(pk=post.unit.id) if own else Q(path__startswith=post.unit.path)
    return Unit.objects.filter(sight, level=UnitLevel.SCHOOL, is_active=True).order_by("position", "path")


def _counted(actor: Actor, first: date, last: date) -> dict[int, _Counted]:
    """School → what came in on these days."""
    since, until = at_local(first, time.min), at_local(last + timedelta(days=1), time.min)
    rows = queries.visible_to(actor).filter(received_at__gte=since, received_at__lt=until)
    found: dict[int, _Counted] = defaultdict(_Counted)
    for place, complaints, intake in _grouped(rows):
        found[place] = _Counted(complaints, intake)
    return found


def _grouped(rows: QuerySet[Appeal]) -> list[tuple[int, int, Intake]]:
    told = (
        rows.exclude(kind=AppealKind.PRAISE)
        .order_by()
        .values("place", "place__pupils")
        .annotate(
            received=Count("pk"),
            complaints=Count("pk", filter=Q(kind__in=(AppealKind.COMPLAINT, AppealKind.REPORT))),
            late=Count("pk", filter=Q(late_entry=True)),
            outside=Count("pk", filter=Q(channel__is_outer=True)),
            away=Count("pk", filter=Q(state__in=NOT_TAKEN_ON)),
            channels=Count("channel", distinct=True),
        )
    )
    return [
        (
            row["place"],
            row["complaints"],
            Intake(row["received"], row["late"], row["outside"], row["away"], row["channels"], row["place__pupils"]),
        )
        for row in told
    ]


def _standing(unit: Unit, now: dict[int, _Counted], before: dict[int, _Counted], aim: Band) -> Standing:
    mine, then = now[unit.pk], before[unit.pk]
    return Standing(
        unit,
        targets.trend(mine.complaints, then.complaints, band=aim),
        targets.trend(mine.intake.received, then.intake.received, band=aim),
        mine.intake,
        then.intake,
        targets.looks_unwell(mine.intake, then.intake),
    )
