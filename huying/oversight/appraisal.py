"""Requests for exclusion and appraisal objections, read: only with what they are about in sight."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.appeals import queries
from huying.appeals.models import Appeal, Event
from huying.oversight.models import AppraisalAct, AppraisalObjection, ExclusionRequest
from huying.people.models import Unit
from huying.rules import appraisal as rules
from huying.rules.actors import Actor
from huying.rules.appraisal import ObjectionFacts, RequestFacts
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, Correction, RequestStage

# Whoever did one of these set what the figures stand on.
SETTING = (Action.CLOSE, Action.EXCLUDE, Action.INCLUDE)


class Missing(Exception):
    """There is no such request for this person: the same answer whether it exists or not."""


def requests_for(actor: Actor) -> QuerySet[ExclusionRequest]:
    """The requests about appeals this person may know of."""
    seen = queries.visible_to(actor).values("pk")
    return ExclusionRequest.objects.filter(appeal__in=seen).select_related("appeal", "unit", "asked_by", "first_by")


def request_for(actor: Actor, pk: int) -> ExclusionRequest:
    """One of them; Missing otherwise."""
    found = requests_for(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def facts_of(request: ExclusionRequest) -> RequestFacts:
    """A request as the rules read it."""
    return RequestFacts(RequestStage(request.stage), request.asked_by_id, request.first_by_id)


def may_decide(actor: Actor, request: ExclusionRequest, *, at: datetime) -> bool:
    """Whether the next decision is this person's."""
    try:
        _appeal, case = queries.case_for(actor, request.appeal_id, at=at)
    except queries.Missing:
        return False
    return rules.decides(actor, case, facts_of(request))


def pending_of(appeal: Appeal) -> ExclusionRequest | None:
    """The request about this appeal that waits for a decision."""
    return ExclusionRequest.objects.filter(appeal=appeal, stage__in=rules.OPEN).first()


def may_ask(actor: Actor, case: CaseFacts) -> bool:
    """Whether this person may ask now to leave the appeal out of appraisal."""
    ready = case.state in rules.STATES and case.history.counted and rules.asks(actor, case)
    return ready and not ExclusionRequest.objects.filter(appeal=case.id, stage__in=rules.OPEN).exists()


def objections_for(actor: Actor) -> QuerySet[AppraisalObjection]:
    """The objections of one's own unit, and those of units one stands over, with every case they name in sight."""
    sight = Q(pk__in=[])
    for post in actor.holding(*rules.ASKERS):
        sight |= Q(unit=post.unit.id)
    for post in actor.holding(*rules.IN_SCHOOL, *rules.AT_COUNTY):
        sight |= Q(unit__path__startswith=post.unit.path)
    named = AppraisalObjection.cases.through.objects.filter(appraisalobjection=OuterRef("pk"))
    unseen = named.exclude(appeal__in=queries.visible_to(actor).values("pk"))
    return AppraisalObjection.objects.filter(sight).exclude(Exists(unseen)).select_related("unit", "asked_by")


def objection_for(actor: Actor, pk: int) -> AppraisalObjection:
    """One of them; Missing otherwise."""
    found = objections_for(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def objection_facts(objection: AppraisalObjection) -> ObjectionFacts:
    """An objection as the rules read it: who set what, from the ledgers of the cases it names."""
    acts = Event.objects.filter(appeal__in=objection.cases.all(), action__in=SETTING, person__isnull=False)
    firsts = ExclusionRequest.objects.filter(appeal__in=objection.cases.all(), first_by__isnull=False)
    setters = {*acts.values_list("person", flat=True), *firsts.values_list("first_by", flat=True)}
    stage = RequestStage(objection.stage)
    return ObjectionFacts(stage, objection.unit.fact, objection.asked_by_id, frozenset(setters))


def may_decide_objection(actor: Actor, objection: AppraisalObjection) -> bool:
    """Whether this person decides on it now."""
    return rules.decides_objection(actor, objection_facts(objection))


def units_of(actor: Actor) -> list[Unit]:
    """The units whose figures this person may contest."""
    held = [post.unit for post in actor.holding(*rules.ASKERS) if rules.objects(actor, post.unit)]
    return list(Unit.objects.filter(pk__in=[unit.id for unit in held]))


def corrections(units: Iterable[Unit], *, since: date, until: date) -> list[AppraisalObjection]:
    """The granted objections that touch this period: what figures say beside themselves."""
    granted = AppraisalObjection.objects.filter(stage=RequestStage.GRANTED, unit__in=[*units])
    return list(granted.filter(since__lte=until, until__gte=since).select_related("unit").order_by("decided_at", "pk"))


def counted_note(objection: AppraisalObjection) -> str:
    """What a granted objection has corrected, in words; empty where the ledger itself says it."""
    return objection.note if objection.correction == Correction.NOTE else ""


def acts_of(
    *, request: ExclusionRequest | None = None, objection: AppraisalObjection | None = None
) -> list[AppraisalAct]:
    """Who asked and who decided, in order."""
    rows = AppraisalAct.objects.filter(request=request, objection=objection)
    return list(rows.select_related("person").order_by("pk"))
