"""The one gate to appeals: `visible_to` for many, `get_for` for one, and the piles people work from.

`visible_to` agrees with `permissions.sees`; a grid test proves it. Nobody reads an appeal in another way.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.appeals import facts, identities, sealedwords
from huying.appeals.models import Appeal, AssistingUnit, Event, ReadRecord, Receipt, Subject, Topic
from huying.channels import intake_forms
from huying.people.inserts import PreparedInsert
from huying.people.models import Unit
from huying.people.prepared import Prepared, PreparedObjects, PreparedObjectsFor
from huying.rules import permissions
from huying.rules.actors import Actor, PostFact
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, AppealKind, PostKind, SubjectStatus

NOTHING = Q(pk__in=[])
SHOWN_WITH = facts.NEEDED


class Missing(Exception):
    """There is no such appeal for this person: the same answer whether it exists or not."""


def visible_to(actor: Actor) -> QuerySet[Appeal]:
    """The appeals this actor may know of. Walls come first and are those of today."""
    if actor.kind is ActorKind.APPELLANT:
        return Appeal.objects.filter(pk__in=actor.appeals)
    if actor.is_machine:
        return Appeal.objects.all()
    if not actor.is_staff:
        return Appeal.objects.none()
    sight = NOTHING
    for post in actor.posts:
        sight |= _seen_from(post, actor)
    if actor.person is not None:
        sight |= Q(in_charge_id=actor.person)
    return Appeal.objects.filter(sight).exclude(_behind_a_wall(actor))


def _under(post: PostFact) -> QuerySet[Unit]:
    return Unit.objects.filter(path__startswith=post.unit.path).values("pk")


def _seen_from(post: PostFact, actor: Actor) -> Q:
    under = _under(post)
    if post.kind in permissions.TAKERS:
        return Q(place__in=under) | Q(desk__in=under) | _worked_on(under)
    if post.kind in permissions.PLACE_SEERS:
        return Q(place__in=under)
    if post.kind in permissions.UNIT_SEERS:
        return _worked_on(under)
    if post.kind is PostKind.CLERK:
        taken = Exists(Event.objects.filter(appeal=OuterRef("pk"), action=Action.REGISTER, person_id=actor.person))
        return Q(place__in=under) & (~Q(kind=AppealKind.REPORT) | Q(taken))
    if post.kind is PostKind.CALLER:
        return Q(place__in=under, state__in=permissions.CALLER_STATES)
    return NOTHING


def _worked_on(under: QuerySet[Unit]) -> Q:
    # No join: an appeal with two assisting units would come twice.
    helps = AssistingUnit.objects.filter(appeal=OuterRef("pk"), unit__in=under, is_current=True)
    return Q(lead_unit__in=under) | Q(Exists(helps))


def _behind_a_wall(actor: Actor) -> Exists:
    return Exists(_walling(actor).filter(appeal=OuterRef("pk")))


def _walling(actor: Actor) -> QuerySet[Subject]:
    """Those complained about who wall this actor off."""
    live = Subject.objects.exclude(status=SubjectStatus.DISMISSED)
    return live.filter(Q(person_id__in=actor.walled_persons) | Q(unit_id__in=actor.own_units))


def walled_from(actor: Actor) -> QuerySet[Appeal]:
    """The appeals behind this actor's wall: what lists one of them is kept from them as a whole."""
    # From the few that are complained about to their appeals: not every appeal is to be looked at for this.
    return Appeal.objects.filter(pk__in=_walling(actor).values("appeal"))


def get_for(actor: Actor, pk: int) -> Appeal:
    """One appeal this actor may see; `Missing` otherwise."""
    # A parent comes once or twice: nothing of theirs is worth keeping.
    found = _one_of(actor, pk).first() if actor.kind is ActorKind.APPELLANT else _ONE_OF.first((actor,), pk)
    if found is None:
        raise Missing
    return found


def _one_of(actor: Actor, pk: int) -> QuerySet[Appeal]:
    return visible_to(actor).filter(pk=pk).select_related(*SHOWN_WITH)


_ONE_OF = PreparedObjectsFor(Appeal, _one_of)


def case_for(actor: Actor, pk: int, *, at: datetime) -> tuple[Appeal, CaseFacts]:
    """One appeal this actor may see, with its facts; `Missing` otherwise."""
    appeal = get_for(actor, pk)
    return appeal, facts.of(appeal, at=at)


def receipt_by(digests: list[str]) -> Receipt | None:
    """The receipt stored under one of these keyed digests."""
    return Receipt.objects.filter(digest__in=digests).first()


def by_form_token(token_id: str) -> Appeal | None:
    """The appeal that a form already became: a second click brings the same one."""
    # Nearly always there is none yet: what belongs to an appeal is only read where there is one.
    found = _BY_FORM.first(token_id)
    return Appeal.objects.select_related(*SHOWN_WITH).get(pk=found[0]) if found else None


_BY_FORM = Prepared(lambda token_id: Appeal.objects.filter(form_token=token_id).values_list("pk")[:1])


def record_read(appeal: Appeal, *, by: Actor, page: str, at: datetime) -> None:
    """That this person opened the appeal stands in the read log."""
    if by.account is not None:
        _READ.one(ReadRecord(appeal=appeal, account_id=by.account, page=page, at=at))


_READ = PreparedInsert(ReadRecord)


def record_refusal(pk: int, *, by: Actor, page: str, at: datetime) -> None:
    """That this person asked for an appeal they may not know of stands in the read log, as refused."""
    if by.account is not None and Appeal.objects.filter(pk=pk).exists():
        ReadRecord.objects.create(appeal_id=pk, account_id=by.account, page=f"refused:{page}", at=at)


def topic_by_code(code: str) -> Topic | None:
    """The topic in use with this code, or None."""
    return _TOPIC.first(code)


_TOPIC = PreparedObjects(Topic, lambda code: Topic.objects.filter(code=code, is_active=True))


def appeals_under(receipt: int) -> frozenset[int]:
    """The appeals that answer to a receipt known by its key."""
    return frozenset(Appeal.objects.filter(receipt_id=receipt).values_list("pk", flat=True))


def is_reserved(digests: list[str]) -> bool:
    """Whether one of these codes was read out by a clerk whose form is still open."""
    return intake_forms.is_reserved(digests)


def numbered_topics() -> list[tuple[int, Topic]]:
    """The topics in use with the numbers they go by at the counter; one that goes out of use keeps its number."""
    return [(number, topic) for number, topic in enumerate(Topic.objects.all(), start=1) if topic.is_active]


def left_under(actor: Actor, phone: str) -> list[Appeal]:
    """The latest appeals left under the same phone, as far as this actor may see them."""
    indexes = identities.indexes_of(phone)
    if not indexes:
        return []
    found = visible_to(actor).filter(identity__phone_index__in=indexes).select_related("topic")
    return list(sealedwords.marked(found).order_by("-received_at")[:5])
