"""Reading surveys: whose they are, and what may be shown of them once they are over."""

from datetime import date

from django.db.models import Q, QuerySet

from huying.oversight.models import Answered, Slip, Survey
from huying.people.models import Unit
from huying.rules import survey as rules
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, SurveyAnswer, SurveyQuestion, UnitLevel

OWN = (PostKind.PRINCIPAL, PostKind.INSPECTOR)
ABOVE = (PostKind.COUNTY_SUPERVISOR, PostKind.COUNTY_DISPATCHER)


class NoSuchSurvey(Exception):
    """There is no such survey for this person."""


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """The surveys of the units this actor heads, or watches from above."""
    sight = Q(pk__in=[])
    for post in actor.holding(*OWN, *ABOVE):
        sight |= Q(unit__path__startswith=post.unit.path) if post.kind in ABOVE else Q(unit=post.unit.id)
    return Survey.objects.filter(sight).select_related("unit")


def get_for(actor: Actor, pk: int) -> Survey:
    """One survey this actor may see; NoSuchSurvey otherwise."""
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchSurvey
    return found


def places(actor: Actor) -> list[Unit]:
    """The schools this actor may ask about."""
    paths = [post.unit.path for post in actor.holding(PostKind.COUNTY_SUPERVISOR)]
    under = Q(pk__in=[])
    for path in paths:
        under |= Q(path__startswith=path)
    return list(Unit.objects.filter(under, level=UnitLevel.SCHOOL, is_active=True).order_by("position", "path"))


def slip_by(digests: list[str]) -> Slip | None:
    """The slip under one of these keyed digests."""
    return Slip.objects.filter(digest__in=digests).select_related("survey__unit").first()


def outcome(survey: Survey, *, on: date) -> rules.Outcome | None:
    """What may be shown; None while answers still come in: from two looks one could tell a single answer."""
    if on <= survey.closes_on:
        return None
    rows = Answered.objects.filter(survey=survey).values_list("said", flat=True)
    answers = [{SurveyQuestion(name): SurveyAnswer(value) for name, value in said.items()} for said in rows]
    return rules.outcome(answers, printed=survey.printed, families=survey.families)
