"""The survey: a slip answers once, nobody can tell which answer came from it, and results wait for the end."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from huying.oversight import surveys
from huying.oversight.actions.answer_slip import answer_slip
from huying.oversight.actions.print_slips import print_slips
from huying.oversight.models import Answered, Slip, Survey
from huying.people import keys
from huying.rules import numbers
from huying.rules import survey as rules
from huying.rules.enums import SurveyAnswer, SurveyQuestion
from huying.vault import codes
from tests.cast import at
from tests.oversight.seen import slip, surveyed

SAID = {SurveyQuestion.OVERALL: SurveyAnswer.YES, SurveyQuestion.FEARLESS: SurveyAnswer.NO}


def drawn(many: int) -> list[str]:
    """Well-formed codes, the same every time."""
    bodies = [f"{number:015d}" for number in range(many)]
    return [body + numbers.check_digit(body) for body in bodies]


def answered(stage, survey, many, answer=SurveyAnswer.YES, start=0):
    for place, one in enumerate(slip(survey, *drawn(start + many)[start:])):
        answer_slip(one, said={SurveyQuestion.OVERALL: answer}, key=f"{start + place:032x}", by=stage.mother, at=at(12))


def test_a_slip_answers_once_and_nothing_ties_the_answer_to_it(stage):
    [one] = slip(surveyed(stage), *drawn(1))
    answer_slip(one, said=SAID, key="a" * 32, by=stage.mother, at=at(12))
    with pytest.raises(rules.SlipUsed):
        answer_slip(one, said=SAID, key="b" * 32, by=stage.mother, at=at(12))
    row = Answered.objects.get()
    assert row.said == {"overall": "yes", "fearless": "no"}
    assert {field.name for field in Answered._meta.fields} == {"id", "survey", "said"}
    assert {field.name for field in Slip._meta.fields} == {"id", "survey", "digest", "key", "is_used"}


def test_the_code_stands_on_the_paper_alone(stage):
    [one] = slip(surveyed(stage), *drawn(1))
    assert one.digest not in (drawn(1)[0], codes.code_digest(keys.ring(), drawn(1)[0]).digest)
    assert [codes.slip_digest(keys.ring(), drawn(1)[0])] == codes.candidate_slips(keys.ring(), drawn(1)[0])


@pytest.mark.parametrize(("day", "month"), [(23, 11), (5, 12)])
def test_no_answer_before_and_after_its_days(stage, day, month):
    [one] = slip(surveyed(stage), *drawn(1))
    with pytest.raises(rules.SlipClosed):
        answer_slip(one, said=SAID, key="a" * 32, by=stage.mother, at=at(12, day=day, month=month))
    assert not Slip.objects.get().is_used


def test_while_it_runs_nothing_is_told_and_then_with_its_margin(stage):
    survey = surveyed(stage)
    answered(stage, survey, 15)
    answered(stage, survey, 5, SurveyAnswer.NO, start=15)
    survey = surveys.get_for(stage.principal, survey.pk)
    assert surveys.outcome(survey, on=date(2026, 12, 4)) is None
    told = surveys.outcome(survey, on=date(2026, 12, 5))
    assert told is not None
    assert (told.printed, told.returned, told.rate) == (20, 20, 1.0)
    share = told.results[0].share
    assert share is not None and share.value == 0.75 and 0.5 < share.low < 0.6 and 0.85 < share.high < 0.92


def test_a_small_school_is_told_only_that_too_few_answered(stage):
    survey = surveyed(stage, families=12)
    answered(stage, survey, 4)
    told = surveys.outcome(Survey.objects.get(), on=date(2026, 12, 5))
    assert told is not None
    assert (told.returned, told.results[0].answered, told.results[0].share) == (None, None, None)


def test_the_school_neither_makes_nor_prints_its_own_survey(stage):
    survey = Survey.objects.select_related("unit").get(pk=surveyed(stage).pk)
    digests = [codes.slip_digest(keys.ring(), one) for one in drawn(2)]
    with pytest.raises(rules.NotYourSurvey):
        print_slips(survey, digests=digests, by=stage.principal, at=at(9))
    with pytest.raises(rules.BadSurvey):
        print_slips(survey, digests=digests, by=stage.county_supervisor, at=at(9, day=5, month=12))
    assert Survey.objects.get().printed == 0


def test_others_do_not_know_of_it(stage):
    survey = surveyed(stage)
    for name in ("other_principal", "dispatcher", "teacher", "clerk", "auditor"):
        with pytest.raises(surveys.NoSuchSurvey):
            surveys.get_for(getattr(stage, name), survey.pk)
    assert [place.code for place in surveys.places(stage.county_supervisor)] == ["school", "other_school"]
    assert surveys.places(stage.principal) == []


def test_an_answer_cannot_be_changed(stage):
    [one] = slip(surveyed(stage), *drawn(1))
    answer_slip(one, said=SAID, key="a" * 32, by=stage.mother, at=at(12))
    for change in (lambda: Answered.objects.update(said={}), lambda: Answered.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
