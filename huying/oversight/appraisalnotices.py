"""Who is told of a request for exclusion or an appraisal objection: by name, and only who may decide on it or asked."""

from datetime import datetime

from huying.channels import post
from huying.oversight import appraisal
from huying.oversight.models import AppraisalObjection, ExclusionRequest
from huying.people import queries as people
from huying.rules import appraisal as rules
from huying.rules.workdays import local_day

DECIDERS = (*rules.IN_SCHOOL, *rules.AT_COUNTY)


def to_deciders(request: ExclusionRequest, kind: str, *, at: datetime) -> None:
    """Everybody who may take the next decision is told."""
    for person in people.holding_over(request.appeal.place.path, kinds=DECIDERS, on=local_day(at)):
        actor = people.actor_as(person, on=local_day(at))
        if appraisal.may_decide(actor, request, at=at):
            _of_request(request, kind, person=person.pk, at=at)


def to_asker(request: ExclusionRequest, kind: str, *, at: datetime) -> None:
    """Who asked is told."""
    if request.asked_by_id is not None:
        _of_request(request, kind, person=request.asked_by_id, at=at)


def of_objection(objection: AppraisalObjection, kind: str, *, at: datetime) -> None:
    """Who may decide on the objection is told; once it is decided, who made it."""
    about = {"objection": objection.pk}
    for person in _concerned(objection, at=at):
        key = f"objection.{objection.pk}.{objection.stage}:{kind}:p{person}"
        post.tell(kind, key=key, at=at, person=person, data=about)


def _concerned(objection: AppraisalObjection, *, at: datetime) -> list[int]:
    if objection.decided_at is not None:
        return [objection.asked_by_id] if objection.asked_by_id is not None else []
    found = people.holding_over(objection.unit.path, kinds=DECIDERS, on=local_day(at))
    actors = [people.actor_as(person, on=local_day(at)) for person in found]
    seeing = [one for one in actors if appraisal.objections_for(one).filter(pk=objection.pk).exists()]
    return [one.person for one in seeing if one.person and appraisal.may_decide_objection(one, objection)]


def _of_request(request: ExclusionRequest, kind: str, *, person: int, at: datetime) -> None:
    key = f"exclusion.{request.pk}.{request.stage}:{kind}:p{person}"
    about = {"appeal": request.appeal_id, "number": request.appeal.number}
    post.tell(kind, key=key, at=at, person=person, **about)
