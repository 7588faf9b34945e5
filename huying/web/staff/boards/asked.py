"""Which days and which appeals a page is asked for; nonsense in an address asks for this month."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from huying.appeals import parameters, queries
from huying.oversight import boards
from huying.oversight.boards import Narrowed
from huying.rules.boards import Span, earlier, month_of, term_of, year_of
from huying.rules.enums import AppealKind
from huying.rules.labels import label
from huying.rules.periods import Period
from huying.web.components import moments

MONTHS_BACK = 13
KINDS = {kind.value: kind for kind in AppealKind}
LONGEST_DAYS = 1100


@dataclass(frozen=True)
class Asked:
    """The days asked for, those before, and the words for both."""

    span: Span
    period: Period
    before: Period
    title: str
    month: str
    query: dict[str, str]
    kept: Narrowed = field(default_factory=Narrowed)

    def url(self, **more: object) -> str:
        """The query that asks for the same again."""
        said = {**self.query, **{name: str(value) for name, value in more.items() if value not in ("", None)}}
        return f"?{urlencode(said)}" if said else "?"

    @property
    def is_narrowed(self) -> bool:
        return self.kept != Narrowed()


def asked(query: QueryDict, *, on: date, narrowed: bool = True) -> Asked:
    """What the address asks for."""
    first_day = max(1, min(28, parameters.value("report_month_starts", on=on)))
    this = month_of(on, first_day=first_day)
    span = query.get("span", "")
    if span not in {one.value for one in Span}:
        span = Span.MONTH
    kept, said = _narrowed(query) if narrowed else (Narrowed(), {})
    month = _month(query.get("month", ""), this)
    period, before, title = _days(Span(span), query, month, on=on, first_day=first_day)
    days = {"span": span} if span != Span.MONTH else {}
    if span == Span.MONTH and month != this:
        days["month"] = month
    if span == Span.RANGE:
        days |= {"since": period.since.isoformat(), "until": period.until.isoformat()}
    return Asked(Span(span), period, before, title, month, {**days, **said}, kept)


def _days(span: Span, query: QueryDict, month: str, *, on: date, first_day: int) -> tuple[Period, Period, str]:
    if span is Span.TERM:
        period = term_of(on)
        return period, term_of(period.since - timedelta(days=1)), _("本学期")
    if span is Span.YEAR:
        period = year_of(on)
        return period, period.year_before, _("%(year)d年") % {"year": on.year}
    if span is Span.RANGE:
        since, until = _day(query.get("since", ""), on.replace(day=1)), _day(query.get("until", ""), on)
        since, until = min(since, until), max(since, until)
        period = Period(max(since, until - timedelta(days=LONGEST_DAYS)), until)
        words = {"since": moments.short_day_words(period.since), "until": moments.short_day_words(period.until)}
        return period, period.before, _("%(since)s到%(until)s") % words
    period = Period.month(month, first_day=first_day)
    return period, Period.month(earlier(month, 1), first_day=first_day), moments.month_words(_named(month))


def _named(month: str) -> date:
    return Period.month(month).since


def _month(said: str, this: str) -> str:
    """A month of the years the house knows; this one for anything else."""
    year, dash, number = said.partition("-")
    fits = dash and len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()
    if not fits or not 1 <= int(number) <= 12 or int(year) < 2000 or said > this:
        return this
    return said


def _day(said: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return otherwise
    return day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else otherwise


def _narrowed(query: QueryDict) -> tuple[Narrowed, dict[str, str]]:
    """The filters that name something; the others are as if they were not there."""
    found = {
        "topic": _one(query, "topic", [topic for _number, topic in queries.numbered_topics()]),
        "channel": _one(query, "channel", boards.channels()),
        "kind": KINDS.get(query.get("kind", "")),
        "tag": _one(query, "tag", boards.tags()),
    }
    said = {name: str(getattr(one, "pk", one)) for name, one in found.items() if one is not None}
    return Narrowed(**found), said


def _one(query: QueryDict, name: str, among: Any) -> Any:
    said = query.get(name, "")
    return next((one for one in among if str(one.pk) == said), None) if said else None


def choices(look: Asked, *, on: date) -> dict[str, Any]:
    """What the form offers: months, spans and filters, each with what is chosen."""
    first_day = max(1, min(28, parameters.value("report_month_starts", on=on)))
    this = month_of(on, first_day=first_day)
    months = [earlier(this, back) for back in range(MONTHS_BACK)]
    kept = look.kept
    return {
        "spans": [
            (Span.MONTH.value, _("月份"), look.span is Span.MONTH),
            (Span.TERM.value, _("本学期"), look.span is Span.TERM),
            (Span.YEAR.value, _("今年"), look.span is Span.YEAR),
            (Span.RANGE.value, _("任意一段"), look.span is Span.RANGE),
        ],
        "months": [(name, moments.month_words(_named(name)), name == look.month) for name in months],
        "since": look.period.since.isoformat(),
        "until": look.period.until.isoformat(),
        "topics": [(topic.pk, _(topic.name), topic == kept.topic) for _number, topic in queries.numbered_topics()],
        "channels": [(one.pk, _(one.name), one == kept.channel) for one in boards.channels()],
        "kinds": [(kind.value, _(label(kind)), kind is kept.kind) for kind in AppealKind],
        "tags": [(one.pk, one.name, one == kept.tag) for one in boards.tags()],
    }


def quick(look: Asked, *, on: date) -> list[tuple[str, str, bool]]:
    """This month and the last one, a click away: (words, address, whether it is shown)."""
    first_day = max(1, min(28, parameters.value("report_month_starts", on=on)))
    this = month_of(on, first_day=first_day)
    rest = {name: value for name, value in look.query.items() if name not in ("span", "month", "since", "until")}
    last = {**rest, "month": earlier(this, 1)}
    is_month = look.span is Span.MONTH
    return [
        (_("本月"), f"?{urlencode(rest)}", is_month and look.month == this),
        (_("上月"), f"?{urlencode(last)}", is_month and look.month == earlier(this, 1)),
        (_("本学期"), f"?{urlencode({**rest, 'span': Span.TERM.value})}", look.span is Span.TERM),
        (_("今年"), f"?{urlencode({**rest, 'span': Span.YEAR.value})}", look.span is Span.YEAR),
    ]
