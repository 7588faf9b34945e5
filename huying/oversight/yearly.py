"""The facts of a yearly report: the year of a unit so far against the same days of the year before. Nothing is kept.

Counted as bulletins are (`bulletinfacts`): a school's figures leave out what went past it. Surveys stand apart.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime

from huying.oversight import bulletinfacts, figures, surveys, targets
from huying.oversight.figures import Report, Scope
from huying.oversight.models import Survey
from huying.papers.bulletin.annex import annex
from huying.papers.bulletin.facts import BulletinFacts, Grid, Head, IndicatorFact, Standing
from huying.papers.letters.issue import Issue
from huying.papers.letters.yearly import YearlyFacts, yearly
from huying.papers.official.as_docx import docx
from huying.papers.official.as_html import page
from huying.papers.official.as_pdf import pdf
from huying.papers.sheets import Form
from huying.people.models import Unit
from huying.rules import sentences
from huying.rules import targets as rules
from huying.rules.enums import AppealKind, Measure, SurveyQuestion, UnitLevel
from huying.rules.enums import Standing as Counts
from huying.rules.labels import label
from huying.rules.periods import Period
from huying.rules.refusals import Refusal
from huying.rules.sentences import Month
from huying.rules.survey import Outcome

FIRST_YEAR = 2000
ALL = frozenset(Counts)
MONTH_HEADS = (
    Head("month", "月份", Form.TEXT),
    Head("received", "收到"),
    Head("due", "到期"),
    Head("on_time", "按时"),
    Head("closed", "办结"),
    Head("called", "有效回访"),
    Head("satisfied", "满意率", Form.SHARE),
)
MARGIN = "仅凭偶然，变化也可在{low:+.0%}至{high:+.0%}之间。"
HEALTH = "数量减少不等于问题减少，要和下面的对照计数一起看。"


class NoSuchYear(Refusal):
    """There is no report of a year that has not begun, or lies before all records."""


def period_of(year: int, *, on: date) -> Period:
    """The calendar year, or as much of it as has passed. Raises NoSuchYear."""
    if not FIRST_YEAR <= year <= on.year:
        raise NoSuchYear("这一年还没有开始，或者太早了")
    return Period(date(year, 1, 1), min(date(year, 12, 31), on))


def of(unit: Unit, year: int, *, on: date, at: datetime) -> YearlyFacts:
    """The facts of a draft, as of that day, with their digest. Raises NoSuchYear."""
    period, scope = period_of(year, on=on), figures.of_unit(unit, on=on)
    now = figures.of(scope, period, on=on)
    before = figures.of(scope, period.year_before, on=on)
    said = bulletinfacts.month(scope, now, before, before)
    facts = YearlyFacts(
        issue=Issue(organ=unit.name, on=on, is_draft=True),
        to="各级部、各处室" if UnitLevel(unit.level) is UnitLevel.SCHOOL else "各学校",
        name=f"{year}年度",
        since=period.since,
        until=period.until,
        computed_at=at,
        digest="",
        overview=_yearly_words(sentences.overview(replace(said, received_last_year=0))),
        indicators=tuple(_against_last_year(bulletinfacts.indicator_facts(now, before, before))),
        counters=(*bulletinfacts.counter_facts(now), *bulletinfacts.door_facts(unit, scope, period)),
        target=_target(scope, now, before),
        grids=tuple(_grids(unit, scope, period, on=on)),
        done=_yearly_words(sentences.good(said)),
        problems=_problems(said),
        plans=_yearly_words(sentences.tasks(said)),
        remarks=tuple(_surveys(unit, period, on=on)),
    )
    return replace(facts, digest=digest(facts))


def digest(facts: YearlyFacts) -> str:
    """SHA-256 of the numbers as `canonical` writes them."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def canonical(facts: YearlyFacts) -> bytes:
    """figures.json: everything counted in it, in one way of writing."""
    counted = asdict(replace(facts, digest=""))
    return json.dumps(counted, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8")


def files(facts: YearlyFacts) -> dict[str, bytes]:
    """{name: contents} of bulletin.docx, .pdf, .xlsx, .html and figures.json, as a month's bulletin has them."""
    laid_out, at = yearly(facts), facts.computed_at
    return {
        "bulletin.docx": docx(laid_out, at=at),
        "bulletin.pdf": pdf(laid_out, at=at),
        "bulletin.xlsx": annex(_as_a_bulletin(facts)),
        "bulletin.html": page(laid_out).encode("utf-8"),
        "figures.json": canonical(facts),
    }


def _as_a_bulletin(facts: YearlyFacts) -> BulletinFacts:
    """The tables in the shape that the annex of a bulletin takes."""
    return BulletinFacts(
        unit=facts.issue.organ,
        title=f"{facts.name}诉求办理工作报告",
        since=facts.since,
        until=facts.until,
        standing=Standing.DRAFT,
        computed_at=facts.computed_at,
        digest=facts.digest,
        overview=facts.overview,
        indicators=facts.indicators,
        counters=facts.counters,
        breakdowns=facts.grids,
    )


def _yearly_words(some: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences of a month, said of a year: what was "before" is the same days of last year."""
    return tuple(one.replace("上期", "上年同期").replace("本期", "本年").replace("本月", "本年") for one in some)


def _against_last_year(some: Iterator[IndicatorFact]) -> Iterator[IndicatorFact]:
    """Only 同比: the period before a year is the year before."""
    for one in some:
        yield replace(one, compared=one.compared.split("，")[-1])


def _problems(said: Month) -> tuple[str, ...]:
    lines = (
        (said.late + said.late_open, "超期 {n} 件，其中到现在还没有答复的 {more} 件", said.late_open),
        (said.sent_back, "答复被退办 {n} 件", 0),
        (said.contact_denied, "登记已联系、家长说没有联系的 {n} 件", 0),
        (said.unreviewed, "还没有第二个人复核的 {n} 件", 0),
    )
    return tuple(words.format(n=n, more=more) + "。" for n, words, more in lines if n)


def _target(scope: Scope, now: Report, before: Report) -> str:
    """How complaints stand against the band; the counters beside it say whether fewer is better."""
    last = min(now.period.until, now.on)
    band = targets.band(on=last)
    trend = rules.trend(_complaints(scope, now), _complaints(scope, before), band=band)
    words = f"投诉和举报 {trend.now} 件，上年同期 {trend.before} 件"
    if trend.change is not None:
        words += f"，变化 {trend.change:+.1%}"
    words += f"。年度目标是减少 {band.least}%至{band.most}%：{label(trend.standing)}。"
    if trend.low is not None and trend.high is not None:
        words += MARGIN.format(low=trend.low, high=trend.high)
    return words + HEALTH


def _complaints(scope: Scope, report: Report) -> int:
    kinds = figures.by(scope, report.period, "kind", on=report.on)
    wanted = (AppealKind.COMPLAINT.value, AppealKind.REPORT.value)
    return sum(kinds[kind].of([Measure.RECEIVED], ALL) for kind in wanted if kind in kinds)


def _grids(unit: Unit, scope: Scope, period: Period, *, on: date) -> Iterator[Grid]:
    rows = tuple(_month_row(name, found, on=on) for name, found in figures.by_month(scope, period, on=on).items())
    yield Grid("months", "各月办理情况", MONTH_HEADS, rows, "有效回访不足 10 件的不计满意率。")
    for grid in bulletinfacts.breakdowns(scope, period, on=on):
        yield replace(grid, heads=tuple(replace(one, words=_yearly_words((one.words,))[0]) for one in grid.heads))
    units = bulletinfacts.by_units(unit, period, on=on)
    if units is not None:
        yield units


def _month_row(name: str, sums: figures.Sums, *, on: date) -> tuple[str | int | float | None, ...]:
    found = figures.report(sums, Period.month(name), on=on)
    due, rate = found["on_time_rate"], found["satisfaction_rate"]
    share = round(float(rate.value), 4) if rate.value is not None and not rate.is_small else None
    return (
        f"{int(name[5:])}月", found.count("volume"), due.N, int(due.n), found.count("closed"), rate.N, share,
    )  # fmt: skip


def _surveys(unit: Unit, period: Period, *, on: date) -> Iterator[str]:
    """What families said when asked apart from any appeal, for surveys of the unit that ended within the year."""
    rows = Survey.objects.filter(unit=unit, closes_on__gte=period.since, closes_on__lte=period.until)
    for one in rows.order_by("closes_on", "pk"):
        found = surveys.outcome(one, on=on)
        if found is not None:
            yield _survey_words(one, found)


def _survey_words(survey: Survey, found: Outcome) -> str:
    parts = [f"发出 {found.printed} 份" + (f"，收回 {found.returned} 份" if found.returned is not None else "")]
    whole = next((one.share for one in found.results if one.question is SurveyQuestion.OVERALL), None)
    if whole is None:
        parts.append("收回太少，不计满意度")
    else:
        parts.append(f"总体满意 {whole.value:.0%}（{whole.low:.0%}至{whole.high:.0%}）")
    days = f"{survey.first:%Y-%m-%d}至{survey.last:%Y-%m-%d}"
    return f"社会满意度调查（{days}，不记名，与回访分开计）：{'；'.join(parts)}。"
