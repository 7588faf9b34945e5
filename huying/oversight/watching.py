"""What the daily look looks at: the appeals as dated counts, cases and words, those a school may not know of apart."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from huying.appeals import sealedwords
from huying.appeals.models import Appeal, Event, Identity, Subject, Text
from huying.oversight.models import Stroke
from huying.people import queries as people
from huying.people.models import Post, Unit
from huying.rules import lifecycle
from huying.rules.alarms import Case
from huying.rules.baselines import LEARNS_FROM, Series
from huying.rules.calendars import local_day
from huying.rules.enums import Action, AppealKind, Measure, PostKind, Satisfaction, SubjectStatus, TextKind

LOOKS_BACK = timedelta(days=LEARNS_FROM + 60)
USUAL_PUPILS = 800.0


@dataclass(frozen=True)
class Watched:
    """Appeals that are watched together: all cases, each once."""

    cases: tuple[Case, ...]
    pupils: dict[int, float]
    schools: tuple[int, ...]
    county: int | None

    def since(self, first: date) -> tuple[Case, ...]:
        """The cases from that day on."""
        return tuple(case for case in self.cases if case.on >= first)

    def series(self) -> list[Series]:
        """Daily counts by unit; by unit and topic; and by unit, topic and channel. A school without a case is there."""
        found: dict[tuple[int, int | None, int | None], Counter[date]] = defaultdict(Counter)
        for school in self.schools:
            found[school, None, None] = Counter()
        for case in self.cases:
            for topic, channel in ((None, None), (case.topic, None), (case.topic, case.channel)):
                found[case.unit, topic, channel][case.on] += 1
        return [
            Series(unit, counts, topic, channel, self.pupils.get(unit, USUAL_PUPILS))
            for (unit, topic, channel), counts in found.items()
        ]

    def county_series(self) -> list[Series]:
        """Daily counts of the whole county by topic: what rises everywhere rises in no school alone."""
        if self.county is None:
            return []
        found: dict[int | None, Counter[date]] = defaultdict(Counter)
        for case in self.cases:
            found[case.topic][case.on] += 1
        return [Series(self.county, counts, topic) for topic, counts in found.items()]


def watched(*, at: datetime) -> tuple[Watched, frozenset[int]]:
    """Every appeal of the last years but praise, as the tally has it, and which of them a school's own head may not
    know of."""
    rows = _received(at).annotate(is_kept=Exists(_about_the_head(on=local_day(at))))
    columns = ("appeal_id", "place_id", "day", "topic_id", "channel_id", "appeal__red_line", "is_kept")
    persons = _persons(at)
    cases, kept = [], set()
    for pk, place, day, topic, channel, red_line, is_kept in rows.values_list(*columns).iterator(chunk_size=5000):
        cases.append(Case(pk, place, day, topic, channel, persons.get(pk, ""), red_line))
        if is_kept:
            kept.add(pk)
    county = people.county()
    schools = tuple(people.schools().values_list("pk", flat=True))
    return Watched(tuple(cases), _pupils(), schools, county.pk if county is not None else None), frozenset(kept)


def without(some: Watched, left_out: Iterable[int]) -> Watched:
    """The same without these cases."""
    gone = set(left_out)
    return replace(some, cases=tuple(case for case in some.cases if case.id not in gone))


def _received(at: datetime) -> QuerySet[Stroke]:
    on = local_day(at)
    told = Stroke.objects.filter(measure=Measure.RECEIVED, day__gte=on - LOOKS_BACK, day__lte=on)
    return told.exclude(kind=AppealKind.PRAISE)


def _about_the_head(*, on: date) -> QuerySet[Subject]:
    """For a subquery: that an appeal is about the school it belongs to, or about whoever heads it."""
    heads = Post.objects.filter(
        people.in_force(on), kind=PostKind.PRINCIPAL, unit=OuterRef("appeal__place"), person=OuterRef("person")
    )
    live = Subject.objects.filter(appeal=OuterRef("appeal")).exclude(status=SubjectStatus.DISMISSED)
    return live.filter(Q(unit=OuterRef("place")) | Exists(heads))


def _persons(at: datetime) -> dict[int, str]:
    """Appeal → a token that is the same for the same telephone; it leads back to nobody."""
    rows = Identity.objects.filter(appeal__in=_received(at).values("appeal")).exclude(phone_index="")
    return {
        appeal: hashlib.sha256(f"alarm {index}".encode()).hexdigest()[:20]
        for appeal, index in rows.values_list("appeal_id", "phone_index")
    }


def _pupils() -> dict[int, float]:
    """Unit → pupils; where nobody wrote them down, those of a usual school."""
    rows = list(Unit.objects.values_list("pk", "pupils"))
    usual = median([pupils for _, pupils in rows if pupils] or [USUAL_PUPILS])
    return {pk: float(pupils or usual) for pk, pupils in rows}


def late(*, at: datetime, left_out: Iterable[int] = ()) -> list[tuple[Case, int]]:
    """Open appeals past their date, each with the days it is late."""
    rows = Appeal.objects.filter(state__in=lifecycle.OPEN, due_at__lt=at, paused=False).exclude(pk__in=left_out)
    today = local_day(at)
    return [
        (Case(row.pk, row.place_id, local_day(row.received_at)), (today - local_day(row.due_at)).days)
        for row in rows.only("pk", "place_id", "received_at", "due_at")
    ]


def answers(*, at: datetime, days: int, left_out: Iterable[int] = ()) -> dict[int, list[tuple[int, bool]]]:
    """Unit → (case, whether dissatisfied) of the valid callbacks of the last days; the last of a case counts."""
    calls = Event.objects.filter(action=Action.CALL_BACK, at__gte=at - timedelta(days=days), at__lte=at)
    rows = calls.exclude(appeal__in=left_out).order_by("at").values_list("appeal_id", "appeal__place_id", "data")
    last = {(place, appeal): data.get("satisfaction") for appeal, place, data in rows if data.get("satisfaction")}
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for (place, appeal), said in last.items():
        found[place].append((appeal, said == Satisfaction.DISSATISFIED))
    return dict(found)


def words(cases: Iterable[int]) -> dict[int, str]:
    """What was told first, of those whose words are not kept for two readers."""
    told = Text.objects.filter(appeal=OuterRef("pk"), kind=TextKind.VERBATIM).order_by("pk").values("body")[:1]
    rows = sealedwords.marked(Appeal.objects.filter(pk__in=[*cases])).annotate(told=Subquery(told))
    return {row.pk: row.told for row in rows.only("pk") if row.told and not row.is_sealed}


def roster_names() -> list[str]:
    """Names that must not become a phrase."""
    return [name for name in people.roster_of("/").values_list("name", flat=True) if len(name) > 1]
