"""What a monthly bulletin (月度通报) says, before it is laid out: plain values, frozen, nothing to be looked up.

Texts for people are Chinese as they are to be printed. A figure that is not shown, because the group is too small or
there is nothing to count, is None in its number and says why in its words ("—", "少于 5 件"). People stand nowhere:
appeals are named by number, units by name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huying.papers.sheets import Form

Cell = str | int | float | date | datetime | None


class Standing(StrEnum):
    """Whether the paper is a draft, marked 草稿 on every page, or issued, with number and seal."""

    DRAFT = "draft"
    ISSUED = "issued"


@dataclass(frozen=True)
class Head:
    """A column of a table: its code in figures.json, its words, and what its cells hold."""

    code: str
    words: str
    form: Form = Form.NUMBER


@dataclass(frozen=True)
class Grid:
    """A table with its caption. A cell of None is printed as `hidden`, the reason stands in `note`."""

    code: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    hidden: str = "—"


@dataclass(frozen=True)
class IndicatorFact:
    """One indicator: n of N, its value as a number (None: not shown) and in words, and how it was counted.

    `form` says what `value` is: SHARE 0.88, or NUMBER for a count, days or a score. `compared` says 环比、同比.
    `basis` is the moment it selects by (按受理时间), `version` that of the formula.
    """

    code: str
    name: str
    n: int | None
    of: int | None
    value: float | None
    said: str
    basis: str
    version: str
    form: Form = Form.SHARE
    compared: str = ""
    formula: str = ""


@dataclass(frozen=True)
class CounterFact:
    """One anti-suppression counter (防压诉计数): always printed, also when it is zero."""

    code: str
    name: str
    n: int | None
    said: str
    of: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ListedCase:
    """One appeal of a list, by its number alone."""

    number: str
    unit: str
    said: str = ""
    due_at: datetime | None = None
    days_late: int | None = None


@dataclass(frozen=True)
class CaseList:
    """Appeals that are named by number: 超期未办结, 超期办结, 退办重办 …"""

    code: str
    caption: str
    cases: tuple[ListedCase, ...]


@dataclass(frozen=True)
class AlarmFact:
    """A hot topic or an alarm (焦点问题预警): why it was raised, in words, and how far it is."""

    code: str
    name: str
    said: str
    n: int
    standing: str = ""


@dataclass(frozen=True)
class MatterFact:
    """One 约谈, 商研, 督办 or 挂账: of which unit, about what, since when, due when, how far."""

    kind: str
    unit: str
    about: str
    on: date
    due_on: date | None = None
    standing: str = ""


@dataclass(frozen=True)
class ChangedFigure:
    """One figure that reads otherwise than in the older issue."""

    name: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True)
class Correction:
    """The older issue that this one replaces, by number and digest, and everything that changed."""

    number: str
    issued_on: date
    digest: str
    changes: tuple[ChangedFigure, ...]


@dataclass(frozen=True)
class BulletinFacts:
    """A month of one unit, ready to be printed: see each part. Sections without anything to say are left out,
    except the indicators and the counters, which always stand.

    `number` is the 发文字号 in full (澄实小惠〔2026〕3号), empty for a draft. `digest` is the frozen figures' own
    (hex), `seal` one line that says how they are sealed; both are printed at the end. `overview` are the sentences
    of 总体情况; `good` 值得夸的; `tasks` 下一步; `remarks` what a person wrote, paragraph by paragraph.
    """

    unit: str
    title: str
    since: date
    until: date
    standing: Standing
    computed_at: datetime
    digest: str
    overview: tuple[str, ...]
    indicators: tuple[IndicatorFact, ...]
    counters: tuple[CounterFact, ...]
    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    addressee: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    seal: str = ""
    breakdowns: tuple[Grid, ...] = ()
    units: Grid | None = None
    lists: tuple[CaseList, ...] = ()
    alarms: tuple[AlarmFact, ...] = ()
    matters: tuple[MatterFact, ...] = ()
    good: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    correction: Correction | None = None
