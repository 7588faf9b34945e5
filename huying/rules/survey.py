"""The survey of satisfaction (社会满意度): what is asked, how sure the result is, and what must not be shown.

It is no callback and is never mixed with one: whoever answers is nobody, and comes from among all families.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from huying.rules.actors import Actor
from huying.rules.case import UnitFact
from huying.rules.enums import PostKind, SurveyAnswer, SurveyQuestion
from huying.rules.refusals import Refusal

# 95 of 100 such intervals hold the true share.
SURE: Final = 1.96
FEWEST_FOR_A_SHARE: Final = 10
SMALL: Final = 5
MOST_SLIPS: Final = 500
GOOD: Final = (SurveyAnswer.YES, SurveyAnswer.MOSTLY)
TOLD: Final = (SurveyAnswer.YES, SurveyAnswer.MOSTLY, SurveyAnswer.NO)


class NotYourSurvey(Refusal):
    """A survey about a school is made by the tier above it."""


class BadSurvey(Refusal):
    """The days or numbers of a survey do not fit together."""


class SlipUsed(Refusal):
    """Somebody has answered with this slip already."""


class SlipClosed(Refusal):
    """The survey does not take answers on this day."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its margin: `low` to `high`, all from 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. `share` is None where too few answered; a count that would point at few is None."""

    question: SurveyQuestion
    answered: int | None
    share: Share | None
    counts: Mapping[SurveyAnswer, int | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole survey: slips handed out, how many were answered, the result of each question."""

    printed: int
    returned: int | None
    rate: float | None
    results: tuple[Result, ...]


def wilson(good: int, of: int, *, among: int | None = None, sure: float = SURE) -> Share:
    """The share with Wilson's interval, narrower where a good part of all families was asked (`among`: how many there
    are); a point when all of them answered. `of` is at least 1."""
    share = good / of
    if among is not None and of >= among:
        return Share(share, share, share)
    # As many independent answers as would be worth the same without end of families.
    worth = float(of) if among is None else of * (among - 1) / (among - of)
    square = sure * sure
    middle = (share + square / (2 * worth)) / (1 + square / worth)
    half = sure / (1 + square / worth) * sqrt(share * (1 - share) / worth + square / (4 * worth * worth))
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0))


def outcome(answers: Sequence[Mapping[SurveyQuestion, SurveyAnswer]], *, printed: int, families: int) -> Outcome:
    """What may be shown of these answers."""
    few = len(answers) < SMALL
    return Outcome(
        printed,
        None if few else len(answers),
        None if few or not printed else len(answers) / printed,
        tuple(_result(question, answers, families) for question in SurveyQuestion),
    )


def _result(
    question: SurveyQuestion, answers: Sequence[Mapping[SurveyQuestion, SurveyAnswer]], families: int
) -> Result:
    counts = {one: sum(said.get(question) is one for said in answers) for one in SurveyAnswer}
    told = sum(counts[one] for one in TOLD)
    good = sum(counts[one] for one in GOOD)
    if sum(counts.values()) < FEWEST_FOR_A_SHARE:
        return Result(question, None, None, dict.fromkeys(SurveyAnswer))
    shown = veiled(counts)
    share = wilson(good, told, among=max(families, told)) if told >= FEWEST_FOR_A_SHARE else None
    # A share to the last digit would tell what the counts keep.
    exact = share is not None and all(shown[one] is not None for one in TOLD)
    return Result(question, sum(counts.values()), share if exact else _coarse(share), shown)


def _coarse(share: Share | None) -> Share | None:
    """The same to the next twentieth, outwards."""
    if share is None:
        return None
    return Share(round(share.value * 20) / 20, int(share.low * 20) / 20, -int(-share.high * 20 // 1) / 20)


def veiled(counts: Mapping[SurveyAnswer, int]) -> dict[SurveyAnswer, int | None]:
    """The counts without those of one to four; when that leaves one alone hidden, the next smallest goes with it, for
    the sum would tell it."""
    hidden = {one for one, count in counts.items() if 0 < count < SMALL}
    open_ = [one for one in counts if one not in hidden]
    if len(hidden) == 1 and open_:
        hidden.add(min((one for one in open_ if counts[one]), key=lambda one: counts[one], default=open_[0]))
    return {one: None if one in hidden else count for one, count in counts.items()}


def require_maker(actor: Actor, *, unit: UnitFact) -> None:
    """The actor watches the unit from above. Raises NotYourSurvey."""
    above = actor.holding(PostKind.COUNTY_SUPERVISOR)
    if not any(post.unit.holds(unit.path) and post.unit.id != unit.id for post in above):
        raise NotYourSurvey("对学校的满意度调查由上级来做")


def check(*, first: date, last: date, opens_on: date, closes_on: date, families: int, on: date) -> None:
    """The period, the days and the number of families fit together. Raises BadSurvey."""
    if last < first:
        raise BadSurvey("调查的时段，末尾早于开头")
    if closes_on < opens_on:
        raise BadSurvey("截止日早于开始日")
    if closes_on < on:
        raise BadSurvey("截止日已经过了")
    if families < 1:
        raise BadSurvey("请写清有多少户")


def check_slips(many: int, *, printed: int, families: int) -> None:
    """So many more slips can be printed. Raises BadSurvey."""
    if not 1 <= many <= MOST_SLIPS:
        raise BadSurvey("一次印 1 到 %(most)s 张", most=MOST_SLIPS)
    if printed + many > families * 2:
        raise BadSurvey("印得比户数多太多了，已经印了 %(printed)s 张", printed=printed)


def is_open(*, opens_on: date, closes_on: date, on: date) -> bool:
    """Whether answers are taken on that day."""
    return opens_on <= on <= closes_on
