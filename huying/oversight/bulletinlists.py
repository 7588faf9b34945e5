"""What a bulletin lists: overdue and reworked appeals by number, warnings, talks and supervision.

Many read a bulletin, and whoever is complained about may be among them: an appeal about somebody is counted, and its
number is not printed.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from huying.appeals.models import Appeal, Subject
from huying.oversight import appraisal, figures
from huying.oversight.figures import Scope
from huying.oversight.models import Alarm, AlarmCase, Proceeding
from huying.papers.bulletin.facts import AlarmFact, CaseList, ListedCase, MatterFact
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import alarms as rules
from huying.rules import catalogue, workdays
from huying.rules.enums import AlarmRule, AlarmStatus, ProceedingKind, ProceedingStage, State, SubjectStatus
from huying.rules.labels import label
from huying.rules.periods import Period
from huying.rules.workdays import local_day

LISTED = (("final_late_open", "超期未办结"), ("final_late", "超期办结"), ("sent_back", "退办重办"))
MOST = 60


def cases(scope: Scope, period: Period, *, on: date) -> tuple[CaseList, ...]:
    """The lists of a period, each by the date that passed first; empty ones are left out."""
    found = (
        _list(code, caption, figures.cases(scope, period, catalogue.BY_CODE[code], below=False, on=on), on=on)
        for code, caption in LISTED
    )
    return tuple(one for one in found if one is not None)


def _list(code: str, caption: str, keys: set[int], *, on: date) -> CaseList | None:
    if not keys:
        return None
    rows = _about_nobody(Appeal.objects.filter(pk__in=keys))
    shown = list(rows.select_related("lead_unit", "place").order_by("outer_due_at", "pk")[:MOST])
    hidden = len(keys) - len(shown)
    more = f"（共 {len(keys)} 件，其中 {hidden} 件涉及具体人员或限于篇幅，不列编号）" if hidden else ""
    return CaseList(code, f"{caption}{more}", tuple(_listed(one, on=on) for one in shown))


def _listed(appeal: Appeal, *, on: date) -> ListedCase:
    due = appeal.outer_due_at
    is_open = appeal.closed_at is None
    late = (on - local_day(due)).days if due is not None and is_open and local_day(due) < on else None
    unit = appeal.lead_unit.name if appeal.lead_unit is not None else appeal.place.name
    return ListedCase(appeal.number, unit, said=label(State(appeal.state)), due_at=due, days_late=late)


def alarms(unit: Unit, period: Period) -> tuple[AlarmFact, ...]:
    """The warnings of a period that everybody in the unit may know of."""
    named = AlarmCase.objects.filter(alarm=OuterRef("pk"), appeal__in=_live().values("appeal"))
    rows = Alarm.objects.filter(unit__path__startswith=unit.path, is_apart=False, found_at__range=_span(period))
    rows = rows.exclude(Exists(named)).select_related("unit", "topic").prefetch_related("cases").order_by("found_at")
    return tuple(_alarm(one) for one in rows)


def _alarm(one: Alarm) -> AlarmFact:
    topic = f"：{one.topic.name}" if one.topic is not None else ""
    return AlarmFact(
        code=one.rule,
        name=f"{one.unit.name}{topic}",
        said=rules.why(AlarmRule(one.rule), one.numbers),
        n=len(one.cases.all()),
        standing=label(AlarmStatus(one.status)),
    )


def matters(unit: Unit, period: Period) -> tuple[MatterFact, ...]:
    """Talks and studies opened in the period, what is supervised or put off, and what an objection has corrected."""
    return (*_proceedings(unit, period), *_supervised(unit), *_corrected(unit, period))


def _corrected(unit: Unit, period: Period) -> Iterable[MatterFact]:
    for one in appraisal.corrections(people.units_under(unit.path), since=period.since, until=period.until):
        named = catalogue.BY_CODE.get(one.indicator)
        about = f"{named.name if named is not None else one.indicator}。{appraisal.counted_note(one)}".rstrip("。")
        on = local_day(one.decided_at or one.asked_at)
        yield MatterFact("考核更正", one.unit.name, about, on, standing="已采纳")


def _proceedings(unit: Unit, period: Period) -> Iterable[MatterFact]:
    rows = Proceeding.objects.filter(unit__path__startswith=unit.path, opened_at__range=_span(period))
    rows = rows.exclude(kind=ProceedingKind.CHECK).exclude(cases__appeal__in=_live().values("appeal"))
    for one in rows.select_related("unit").distinct().order_by("opened_at"):
        yield MatterFact(
            kind=label(ProceedingKind(one.kind)),
            unit=one.unit.name,
            about=one.number,
            on=local_day(one.opened_at),
            due_on=one.next_on,
            standing=label(ProceedingStage(one.stage)),
        )


def _span(period: Period) -> tuple[datetime, datetime]:
    """Its first and its last moment."""
    return workdays.at_local(period.since, time(0)), workdays.at_local(period.until, time.max)


def _supervised(unit: Unit) -> Iterable[MatterFact]:
    rows = _about_nobody(Appeal.objects.filter(place__path__startswith=unit.path))
    for kind, some in (("督办", rows.filter(supervised=True)), ("挂账", rows.filter(state=State.DEFERRED))):
        for one in some.select_related("lead_unit", "place").order_by("pk")[:MOST]:
            lead = one.lead_unit.name if one.lead_unit is not None else one.place.name
            due = local_day(one.due_at) if one.due_at is not None else None
            yield MatterFact(kind, lead, one.number, local_day(one.received_at), due, label(State(one.state)))


def _about_nobody(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return rows.exclude(Exists(_live().filter(appeal=OuterRef("pk"))))


def _live() -> QuerySet[Subject]:
    return Subject.objects.exclude(status=SubjectStatus.DISMISSED)
