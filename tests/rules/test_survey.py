"""The survey: how sure a share is, and what small numbers must not tell."""

from datetime import date
from math import isclose

import pytest

from huying.rules import survey
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, SurveyAnswer, SurveyQuestion, UnitLevel
from huying.rules.survey import BadSurvey, Share

YES, MOSTLY, NO, UNSURE = SurveyAnswer
ON = date(2026, 11, 24)
COUNTY, SCHOOL = UnitFact(1, "/1/", UnitLevel.COUNTY), UnitFact(2, "/1/2/", UnitLevel.SCHOOL)


def near(share: Share, value: float, low: float, high: float) -> bool:
    return all(
        isclose(one, other, abs_tol=5e-4) for one, other in ((share.value, value), (share.low, low), (share.high, high))
    )


def test_wilson_s_interval_as_in_the_books():
    # 8 of 10 without end: 0.490 to 0.943; 0 of 10: 0 to 0.278
    assert near(survey.wilson(8, 10), 0.8, 0.4902, 0.9433)
    assert near(survey.wilson(0, 10), 0.0, 0.0, 0.2775)
    assert near(survey.wilson(10, 10), 1.0, 0.7225, 1.0)


def test_the_more_of_all_families_answer_the_narrower_it_is_down_to_a_point():
    widths = [(one := survey.wilson(80, 100, among=among)).high - one.low for among in (100_000, 400, 150, 101)]
    assert widths == sorted(widths, reverse=True)
    assert survey.wilson(80, 100, among=100) == Share(0.8, 0.8, 0.8)
    # 100 of 150 families are worth 100·149/50 = 298 answers
    assert near(survey.wilson(80, 100, among=150), 0.8, 0.7508, 0.8416)


def said(**counts: int) -> list[dict[SurveyQuestion, SurveyAnswer]]:
    return [{SurveyQuestion.OVERALL: SurveyAnswer(name)} for name, many in counts.items() for _ in range(many)]


def overall(answers, families=500):
    return survey.outcome(answers, printed=100, families=families).results[0]


def test_a_result_says_how_many_what_share_and_its_margin():
    found = survey.outcome(said(yes=30, mostly=10, no=10, unsure=5), printed=100, families=500)
    assert (found.printed, found.returned, found.rate) == (100, 55, 0.55)
    first = found.results[0]
    assert (first.answered, first.counts) == (55, {YES: 30, MOSTLY: 10, NO: 10, UNSURE: 5})
    # whoever is unsure says neither: 40 of 50
    assert first.share is not None and first.share.value == 0.8 and first.share.low < 0.8 < first.share.high
    assert found.results[1].share is None


def test_of_fewer_than_five_answers_not_even_their_number_is_told():
    found = survey.outcome(said(yes=4), printed=100, families=500)
    assert (found.returned, found.rate) == (None, None)
    assert survey.outcome(said(yes=9), printed=0, families=500).rate is None


def test_of_fewer_than_ten_there_is_no_share_and_no_count():
    first = overall(said(yes=9))
    assert (first.answered, first.share, set(first.counts.values())) == (None, None, {None})
    assert overall(said(yes=5, unsure=20)).share is None


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((30, 10, 10, 0), (30, 10, 10, 0)),
        ((30, 10, 2, 5), (30, 10, None, None)),
        ((30, 3, 2, 5), (30, None, None, 5)),
        ((30, 0, 2, 0), (None, 0, None, 0)),
    ],
)
def test_a_small_count_takes_the_next_with_it_into_hiding(counts, shown):
    found = survey.veiled(dict(zip(SurveyAnswer, counts, strict=True)))
    assert tuple(found.values()) == shown


def test_where_everything_is_small_everything_is_hidden():
    assert survey.veiled({YES: 3}) == {YES: None}


def test_a_hidden_count_is_not_told_by_the_share_either():
    share = overall(said(yes=40, no=2)).share
    assert share is not None
    assert (share.value, share.low * 20 % 1, share.high) == (0.95, 0.0, 1.0)


def holding(kind, unit):
    return Actor(ActorKind.STAFF, posts=(PostFact(kind, unit),))


def test_a_survey_is_made_by_the_tier_above():
    survey.require_maker(holding(PostKind.COUNTY_SUPERVISOR, COUNTY), unit=SCHOOL)
    for actor in (
        holding(PostKind.COUNTY_SUPERVISOR, SCHOOL),
        holding(PostKind.PRINCIPAL, SCHOOL),
        holding(PostKind.COUNTY_DISPATCHER, COUNTY),
    ):
        with pytest.raises(survey.NotYourSurvey):
            survey.require_maker(actor, unit=SCHOOL)


GOOD = {
    "first": date(2026, 9, 1),
    "last": ON,
    "opens_on": ON,
    "closes_on": date(2026, 12, 5),
    "families": 300,
    "on": ON,
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": date(2026, 8, 1)},
        {"closes_on": date(2026, 11, 23), "opens_on": date(2026, 11, 1)},
        {"opens_on": date(2026, 12, 6)},
        {"families": 0},
    ],
)
def test_days_and_numbers_that_do_not_fit_are_refused(wrong):
    survey.check(**GOOD)
    with pytest.raises(BadSurvey):
        survey.check(**{**GOOD, **wrong})


@pytest.mark.parametrize(("many", "printed"), [(0, 0), (501, 0), (100, 550)])
def test_not_any_number_of_slips_is_printed(many, printed):
    survey.check_slips(300, printed=0, families=300)
    with pytest.raises(BadSurvey):
        survey.check_slips(many, printed=printed, families=300)


def test_answers_are_taken_between_its_days():
    days = {"opens_on": ON, "closes_on": date(2026, 12, 5)}
    assert survey.is_open(**days, on=ON) and survey.is_open(**days, on=date(2026, 12, 5))
    assert not survey.is_open(**days, on=date(2026, 12, 6)) and not survey.is_open(**days, on=date(2026, 11, 23))
