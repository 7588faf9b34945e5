"""The facts of a monthly bulletin, counted and frozen: what a unit may know of itself, and nothing that names a person.

A school's figures leave out what went past it. In a county's issue, which its schools read, such an appeal stands in
the county's own line, so that no school finds a difference to its own figures.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from huying.appeals.models import Appeal, Topic
from huying.channels.models import Channel
from huying.oversight import bulletinlists, doors, figures, hiding
from huying.oversight.figures import Report, Scope
from huying.papers.bulletin.facts import BulletinFacts, CounterFact, Grid, Head, IndicatorFact, Standing
from huying.papers.bulletin.figures import canonical
from huying.papers.sheets import Form
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import catalogue, indicators, sentences
from huying.rules.catalogue import BASIS_WORDS
from huying.rules.enums import AppealKind, Measure, UnitLevel
from huying.rules.enums import Standing as Counts
from huying.rules.indicators import Figure, Indicator, Sums
from huying.rules.labels import label
from huying.rules.periods import Period
from huying.rules.sentences import Month, Share
from huying.rules.workdays import local_day

NONE = "—"
FEW = 10
ALL = frozenset(Counts)


def of(unit: Unit, period: Period, *, on: date, at: datetime) -> BulletinFacts:
    """The facts of a draft: figures as of that day, with their digest."""
    scope = figures.of_unit(unit, on=on)
    now = figures.of(scope, period, on=on)
    before = figures.of(scope, period.before, on=on)
    year = figures.of(scope, period.year_before, on=on)
    said = month(scope, now, before, year)
    facts = BulletinFacts(
        unit=unit.name,
        title=f"关于{_span(period)}教育惠民诉求办理情况的通报",
        since=period.since,
        until=period.until,
        standing=Standing.DRAFT,
        computed_at=at,
        digest="",
        overview=sentences.overview(said),
        good=sentences.good(said),
        tasks=sentences.tasks(said),
        indicators=tuple(indicator_facts(now, before, year)),
        counters=(*counter_facts(now), *door_facts(unit, scope, period)),
        breakdowns=tuple(breakdowns(scope, period, on=on)),
        units=by_units(unit, period, on=on),
        lists=bulletinlists.cases(scope, period, on=on),
        alarms=bulletinlists.alarms(unit, period),
        matters=bulletinlists.matters(unit, period),
    )
    return replace(facts, digest=hashlib.sha256(canonical(facts)).hexdigest())


def suggested(facts: BulletinFacts) -> dict[str, Any]:
    """The words of a draft before anybody changed them."""
    return {
        "overview": list(facts.overview),
        "good": list(facts.good),
        "tasks": list(facts.tasks),
        "remarks": [],
        "addressee": ["各级部、各处室" if _is_school(facts) else "各学校"],
        "copies_to": [],
    }


def _is_school(facts: BulletinFacts) -> bool:
    return facts.units is None or facts.units.code != "schools"


def sign_of(unit: Unit) -> str:
    """What stands before the year in the number of a paper: the short name of the unit and 惠."""
    return f"{unit.name[:2]}{'校' if unit.level == UnitLevel.SCHOOL else '教'}惠"


def month(scope: Scope, now: Report, before: Report, year: Report) -> Month:
    """What the sentences speak of."""
    kinds = figures.by(scope, now.period, "kind", on=now.on)
    topics, earlier = (figures.by(scope, one.period, "topic_id", on=one.on) for one in (now, before))
    names = dict(Topic.objects.values_list("pk", "name"))
    came = {pk: _volume(found) for pk, found in topics.items()}
    ranked = sorted((pk for pk in came if came[pk]), key=lambda pk: (-came[pk], names[pk]))
    last = min(now.period.until, now.on)
    return Month(
        received=now.count("volume"),
        received_before=before.count("volume"),
        received_last_year=year.count("volume"),
        kinds=[(label(kind), _volume(kinds.get(kind.value, Sums()))) for kind in AppealKind],
        topics=[(names[pk], came[pk], _volume(earlier.get(pk, Sums()))) for pk in ranked],
        on_time=_share(now["on_time_rate"]),
        late=now.count("final_late"),
        late_open=now.count("final_late_open"),
        in_hand=figures.in_hand(scope, on=last),
        oldest_days=_oldest(scope, on=last),
        closed=now.count("closed"),
        at_once=_share(now["first_time_closure_rate"]),
        called=now["response_rate"].N or 0,
        resolved=int(now["resolution_rate"].n),
        satisfied=_share(now["satisfaction_rate"]),
        red_lines=now.count("red_line"),
        contact_denied=now.count("contact_denied"),
        withdrawn=now.count("withdrawn"),
        unreviewed=now.count("unreviewed"),
        sent_back=now.count("sent_back"),
    )


def _oldest(scope: Scope, *, on: date) -> int | None:
    """For how many days the oldest that is in hand has been here."""
    open_ = figures.open_at(scope, on=on)
    first = Appeal.objects.filter(pk__in=open_).order_by("received_at").values_list("received_at", flat=True).first()
    return (on - local_day(first)).days if first is not None else None


def _volume(sums: Sums) -> int:
    return sums.of([Measure.RECEIVED], ALL)


def _share(figure: Figure) -> Share:
    n = int(figure.n) if figure.n.denominator == 1 else round(float(figure.n), 2)
    return Share(n, figure.N or 0)


def indicator_facts(now: Report, before: Report, year: Report) -> Iterator[IndicatorFact]:
    """Every rate and count of the catalogue, compared with the period before and the year before."""
    for one in (*catalogue.RATES, *catalogue.COUNTS):
        yield _indicator(one, now[one.code], before[one.code], year[one.code])


def _indicator(one: Indicator, figure: Figure, before: Figure, year: Figure) -> IndicatorFact:
    is_share = one.is_rate
    shown = figure.value is not None and not figure.is_small
    value = float(figure.value) if figure.value is not None and shown else None
    return IndicatorFact(
        code=one.code,
        name=one.name,
        n=_whole(figure.n),
        of=figure.N,
        value=round(value, 4) if value is not None else (None if is_share or one.parts else float(figure.n)),
        said=said(one, figure),
        basis=BASIS_WORDS[one.basis],
        version=f"{one.version}",
        form=Form.SHARE if is_share else Form.NUMBER,
        compared=_compared(one, figure, before, year),
        formula=one.formula,
    )


def _whole(n: Fraction) -> Any:
    return int(n) if n.denominator == 1 else round(float(n), 2)


def said(one: Indicator, figure: Figure) -> str:
    """88.1%（37/42）, 3/7, — or a count; 暂 while it may still change."""
    later = "（暂）" if figure.is_provisional else ""
    if figure.N is None:
        return f"{_whole(figure.n)}{later}"
    if figure.value is None:
        return NONE
    if one.parts:
        return f"{_whole(figure.n)} 次回访" if figure.is_small else f"{float(figure.value):.1f}{later}"
    counts = f"{_whole(figure.n)}/{figure.N}"
    return f"{counts}{later}" if figure.is_small else f"{float(figure.value):.1%}（{counts}）{later}"


def _compared(one: Indicator, now: Figure, before: Figure, year: Figure) -> str:
    """环比 and 同比: for a count in percent, for a rate in points; nothing where there is too little to compare."""
    parts = ((name, _step(one, now, base)) for name, base in (("环比", before), ("同比", year)))
    return "，".join(f"{name}{words}" for name, words in parts if words)


def _step(one: Indicator, now: Figure, base: Figure) -> str:
    if now.N is None:
        more = indicators.change(now.n, base.n)
        # Of a handful, a percentage says more than there is.
        few = more is None or base.n < FEW
        return ("" if now.n == base.n else f"{int(now.n - base.n):+d} 件") if few else f"{float(more):+.0%}"
    if now.value is None or base.value is None or now.is_small or base.is_small:
        return ""
    points = float(now.value - base.value) * (1 if one.parts else 100)
    return f"{points:+.1f}" + ("" if one.parts else " 个百分点")


def counter_facts(now: Report) -> Iterator[CounterFact]:
    """The anti-suppression counters, all of them."""
    for one in catalogue.COUNTERS:
        figure = now[one.code]
        words = f"{_whole(figure.n)}" + (f"/{figure.N}" if figure.N is not None else "")
        yield CounterFact(one.code, one.name, int(figure.n), words, of=figure.N, note=one.formula)


def door_facts(unit: Unit, scope: Scope, period: Period) -> Iterator[CounterFact]:
    """What no stroke tells: ratings that came in a burst, and whether the doors were tried."""
    burst = len(doors.rated_in_bursts(scope, period))
    yield CounterFact("rating_bursts", "集中评价", burst, str(burst), note="十分钟内五个以上同样的评价")
    opened, there_are = doors.tested(unit, period)
    said = f"{opened}/{there_are}"
    yield CounterFact("doors_tested", "渠道自测", opened, said, of=there_are, note="从外面试过、收到了的渠道 ÷ 渠道")


def breakdowns(scope: Scope, period: Period, *, on: date) -> Iterator[Grid]:
    """By channel, kind, topic and tier."""
    channels = dict(Channel.objects.values_list("pk", "name"))
    topics = dict(Topic.objects.values_list("pk", "name"))
    kinds: dict[Any, str] = {kind.value: label(kind) for kind in AppealKind}
    yield _grid("channels", "渠道", "channel_id", channels, scope, period, on=on)
    yield _grid("kinds", "类别", "kind", kinds, scope, period, on=on)
    yield _grid("topics", "事项", "topic_id", topics, scope, period, on=on)
    levels = dict(Unit.objects.values_list("pk", "level"))
    yield _grid(
        "tiers", "办理层级", "unit_id", {one.value: label(one) for one in UnitLevel}, scope, period, on=on,
        key=lambda pk: levels.get(pk), measure=Measure.CLOSED,
    )  # fmt: skip


def _grid(
    code: str,
    caption: str,
    column: str,
    names: Mapping[Any, str],
    scope: Scope,
    period: Period,
    *,
    on: date,
    key: Callable[[Any], Any] = lambda one: one,
    measure: Measure = Measure.RECEIVED,
) -> Grid:
    now = figures.by(scope, period, column, on=on, key=key)
    before = figures.by(scope, period.before, column, on=on, key=key)
    counts = {one: (now.get(one, Sums()).of([measure], ALL), before.get(one, Sums()).of([measure], ALL))
              for one in now.keys() | before.keys()}  # fmt: skip
    shown = sorted((one for one in counts if any(counts[one])), key=lambda one: (-counts[one][0], names[one]))
    what = "办结" if measure is Measure.CLOSED else "收到"
    return Grid(
        code=code,
        caption=f"按{caption}",
        heads=(Head("name", caption, Form.TEXT), Head("now", f"本期{what}"), Head("before", f"上期{what}")),
        rows=tuple((names[one], *counts[one]) for one in shown),
    )


UNIT_HEADS = (
    Head("name", "单位", Form.TEXT),
    Head("dispatched", "承办"),
    Head("due", "到期"),
    Head("on_time", "按时"),
    Head("late", "超期"),
    Head("closed", "办结"),
    Head("sent_back", "退办"),
    Head("called", "有效回访"),
    Head("satisfied", "满意率", Form.SHARE),
)
SMALL = "单位有效回访不足 10 件的不计满意率、不排名次。"


def by_units(unit: Unit, period: Period, *, on: date) -> Grid | None:
    """Inside a school by who had it in hand; in a county by school, with the county's own line last."""
    if UnitLevel(unit.level).tier > UnitLevel.SCHOOL.tier:
        return _schools(unit, period, on=on)
    below = list(unit.children.filter(is_active=True).order_by("path"))
    if not below:
        return None
    places = {pk: under.pk for under in below for pk in people.units_under(under.path).values_list("pk", flat=True)}
    found = figures.by(figures.of_unit(unit, on=on), period, "unit_id", on=on, key=places.get)
    rows = tuple(_row(one.name, found[one.pk], period, on=on) for one in below if one.pk in found)
    return Grid("units", "各级部、处室", UNIT_HEADS, rows, SMALL) if rows else None


def _schools(unit: Unit, period: Period, *, on: date) -> Grid:
    past = hiding.past_the_schools(on=on)
    schools = list(people.schools().filter(path__startswith=unit.path))
    places = {pk: one.pk for one in schools for pk in people.units_under(one.path).values_list("pk", flat=True)}
    own = figures.by(Scope(unit=unit, without=(past,)), period, "place_id", on=on, key=places.get)
    whole = figures.by(Scope(unit=unit, only=past), period, "place_id", on=on, key=lambda pk: 0)
    rows = [_row(one.name, own[one.pk], period, on=on) for one in schools if one.pk in own]
    if 0 in whole:
        rows.append(_row("县级直接办理", whole[0], period, on=on))
    return Grid("schools", "各学校", UNIT_HEADS, tuple(rows), SMALL)


def _row(name: str, sums: Sums, period: Period, *, on: date) -> tuple[Any, ...]:
    found = figures.report(sums, period, on=on)
    rate = found["satisfaction_rate"]
    value = round(float(rate.value), 4) if rate.value is not None and not rate.is_small else None
    due = found["on_time_rate"]
    late = found.count("final_late") + found.count("final_late_open")
    return (
        name, found["on_time_acceptance_rate"].N, due.N, int(due.n), late, found.count("closed"),
        found.count("sent_back"), rate.N, value,
    )  # fmt: skip


def _span(period: Period) -> str:
    if period.is_month:
        return f"{period.since.year}年{period.since.month}月"
    since, until = period.since, period.until
    return f"{since.year}年{since.month}月{since.day}日至{until.year}年{until.month}月{until.day}日"
