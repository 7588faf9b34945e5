from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huying.oversight.models import Answered, Slip
from huying.rules import survey as rules
from huying.rules.actors import Actor
from huying.rules.enums import SurveyAnswer, SurveyQuestion
from huying.rules.workdays import local_day


@transaction.atomic
def answer_slip(slip: Slip, *, said: Mapping[SurveyQuestion, SurveyAnswer], key: str, by: Actor, at: datetime) -> None:
    """The answers are counted under a drawn `key`, the slip is used up; who, when and which slip stands nowhere."""
    survey = slip.survey
    if not rules.is_open(opens_on=survey.opens_on, closes_on=survey.closes_on, on=local_day(at)):
        raise rules.SlipClosed("这次调查不在答的日子里")
    if not Slip.objects.filter(pk=slip.pk, is_used=False).update(is_used=True):
        raise rules.SlipUsed("这张条已经答过了")
    Answered.objects.create(id=key, survey=survey, said={question.value: one.value for question, one in said.items()})
