"""The one gate to proceedings: `visible_to` for many, `get_for` for one, and what waits for whom on which day.

Whoever is walled off from one case of a proceeding, or from one on the list of a spot check, knows nothing of it at
all: a number that is one too high would tell. Cases are always read through `appeals.queries`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.appeals import queries
from huying.appeals.models import Appeal
from huying.oversight.models import Interview, Proceeding, ProceedingCase, RectificationItem, Signature, SpotCall
from huying.people.models import Unit
from huying.people.prepared import PreparedObjectsFor
from huying.rules import interviews, permissions
from huying.rules.actors import Actor, PostFact
from huying.rules.enums import PostKind, ProceedingAct, ProceedingKind, ProceedingStage, SigningSide

OPEN = (ProceedingStage.ANNOUNCED, ProceedingStage.HELD, ProceedingStage.UNDER_WAY)
SHOWN_WITH = ("unit", "opened_by", "opened_in", "interview", "study__topic", "spot_check__seal")
MOST_CASES = 200
A, S = ProceedingAct, ProceedingStage


class Missing(Exception):
    """There is no such proceeding for this person: the same answer whether it exists or not."""


@dataclass(frozen=True)
class Waiting:
    """Something with a day that waits for a person: what to do in which proceeding; `item` where it is a commitment."""

    proceeding: Proceeding
    act: ProceedingAct
    due_on: date
    words: str = ""
    item: int | None = None

    def is_late(self, *, on: date) -> bool:
        return self.due_on < on


def visible_to(actor: Actor) -> QuerySet[Proceeding]:
    """The proceedings this actor may know of, by the posts and walls of today."""
    if not actor.is_staff or actor.person is None:
        return Proceeding.objects.none()
    talks = ~Q(kind=ProceedingKind.CHECK)
    sight = Q(Exists(RectificationItem.objects.filter(proceeding=OuterRef("pk"), owner_id=actor.person)))
    sight |= talks & Q(Exists(_parties_of(headed(actor))))
    for post in actor.holding(*permissions.OVERSEERS):
        sight |= Q(opened_in__path__startswith=post.unit.path) | (talks & Q(unit__path__startswith=post.unit.path))
    # Asked the other way round, every case of every long list would be looked at.
    walled = ProceedingCase.objects.filter(appeal__in=queries.walled_from(actor)).values("proceeding")
    return Proceeding.objects.filter(sight).exclude(pk__in=walled).select_related(*SHOWN_WITH)


def headed(actor: Actor) -> list[int]:
    """The units this person is the head of."""
    return [post.unit.id for post in actor.posts if post.kind is permissions.HEAD_OF_LEVEL[post.unit.level]]


def get_for(actor: Actor, pk: int) -> Proceeding:
    """One proceeding this actor may see; `Missing` otherwise."""
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def item_for(actor: Actor, pk: int) -> RectificationItem:
    """One commitment of a proceeding this actor may see; `Missing` otherwise."""
    rows = RectificationItem.objects.filter(pk=pk, proceeding__in=visible_to(actor).values("pk"))
    found = rows.select_related("owner").first()
    if found is None:
        raise Missing
    found.proceeding = get_for(actor, found.proceeding_id)
    return found


def call_for(actor: Actor, pk: int) -> SpotCall:
    """One call of a spot check, of an appeal this actor may see too; `Missing` otherwise."""
    rows = SpotCall.objects.filter(pk=pk, check_of__in=visible_to(actor).values("pk"))
    found = rows.select_related("check_of__proceeding", "appeal").first()
    if found is None or not queries.visible_to(actor).filter(pk=found.appeal_id).exists():
        raise Missing
    return found


def cases_of(proceeding: Proceeding, actor: Actor) -> QuerySet[Appeal]:
    """The appeals a proceeding is about, as far as this person may see them."""
    listed = ProceedingCase.objects.filter(proceeding=proceeding).values("appeal")
    return queries.visible_to(actor).filter(pk__in=listed).select_related("topic", "lead_unit").order_by("number")


def calls_of(proceeding: Proceeding, actor: Actor) -> QuerySet[SpotCall]:
    """The appeals drawn by a spot check that this person may see, by lot."""
    rows = SpotCall.objects.filter(check_of=proceeding.pk)
    # First which were drawn, then which of them may be seen: else every appeal of the county would be asked about.
    drawn = list(rows.values_list("appeal", flat=True))
    seen = list(queries.visible_to(actor).filter(pk__in=drawn).values_list("pk", flat=True))
    return rows.filter(appeal__in=seen).select_related("appeal__place", "called_by")


def has_uncalled(proceeding: Proceeding) -> bool:
    """Whether somebody that a spot check drew has not been called yet."""
    return SpotCall.objects.filter(check_of=proceeding.pk, result="").exists()


def keeps(actor: Actor, proceeding: Proceeding) -> bool:
    """Whether it is this person's to take further: who holds the post it was opened from, today."""
    return any(
        post.unit.id == proceeding.opened_in_id and post.kind == proceeding.opened_as
        for post in actor.holding(*interviews.STUDIERS)
    )


def is_head(actor: Actor, proceeding: Proceeding) -> bool:
    """Whether this person is the head of the unit it is about."""
    return proceeding.unit_id in headed(actor)


def side_of(actor: Actor, proceeding: Proceeding) -> SigningSide | None:
    """For which side this person signs, if neither has signed for it yet."""
    side = interviews.side_of(actor, proceeding.unit.fact)
    if side is SigningSide.CALLER and not keeps(actor, proceeding):
        return None
    signed = Signature.objects.filter(proceeding=proceeding, side=side)
    return side if side is not None and not signed.exists() else None


def waiting_for(actor: Actor) -> list[Waiting]:
    """What waits for this person in proceedings, the nearest day first."""
    rows = [*_items(actor), *(one for each in _OPEN.all((actor,)) for one in _steps(each, actor))]
    return sorted(rows, key=lambda one: (one.due_on, one.proceeding.pk))


def may_open(actor: Actor) -> tuple[ProceedingKind, ...]:
    """Which kinds this person may open somewhere."""
    posts = {
        ProceedingKind.INTERVIEW: interviews.CALLERS,
        ProceedingKind.STUDY: interviews.STUDIERS,
        ProceedingKind.CHECK: CHECK_OPENERS,
    }
    return tuple(kind for kind, kinds in posts.items() if actor.holding(*kinds))


CHECK_OPENERS = (PostKind.INSPECTOR, PostKind.COUNTY_SUPERVISOR, PostKind.COUNTY_DISPATCHER)


def callable_units(actor: Actor) -> QuerySet[Unit]:
    """The units this person may call to a talk."""
    under = Q(pk__in=[])
    for post in actor.holding(*interviews.CALLERS):
        under |= Q(path__startswith=post.unit.path)
    found = Unit.objects.filter(under, is_active=True)
    fit = [unit.pk for unit in found if interviews.calling_post(actor, unit.fact) is not None]
    return Unit.objects.filter(pk__in=fit)


def units_under(actor: Actor, *kinds: PostKind) -> QuerySet[Unit]:
    """The units at and below the ones in which this person holds such a post."""
    under = Q(pk__in=[])
    for post in actor.holding(*kinds):
        under |= Q(path__startswith=post.unit.path)
    return Unit.objects.filter(under, is_active=True)


def named(actor: Actor, numbers: Iterable[str], *, unit: Unit) -> list[Appeal]:
    """The appeals with these numbers at and below a unit, or handled there, that this person may see. Raises Unfit."""
    wanted = list(dict.fromkeys(numbers))
    there = Q(place__path__startswith=unit.path) | Q(lead_unit__path__startswith=unit.path)
    found = list(queries.visible_to(actor).filter(there, number__in=wanted).order_by("number", "pk")[:MOST_CASES])
    missing = [number for number in wanted if number not in {one.number for one in found}]
    if missing:
        raise interviews.Unfit("在%(unit)s找不到：%(numbers)s", unit=unit.name, numbers="、".join(missing))
    return found


def _parties_of(units: Iterable[int]) -> QuerySet[Unit]:
    through = Proceeding.parties.through
    return through.objects.filter(proceeding_id=OuterRef("pk"), unit_id__in=[*units])


def _open(actor: Actor) -> QuerySet[Proceeding]:
    # Every tray asks: what a page of one proceeding shows of it is not read here.
    rows = visible_to(actor).filter(stage__in=OPEN, next_on__isnull=False)
    return rows.select_related(None).select_related("unit")


def _mine(actor: Actor) -> QuerySet[RectificationItem]:
    mine = RectificationItem.objects.filter(
        owner_id=actor.person,
        done_at=None,
        proceeding__stage=S.UNDER_WAY,
        proceeding__in=visible_to(actor).values("pk"),
    )
    return mine.select_related("proceeding__unit")


# Every worklist asks for both: they are put together once for each person with the posts of that day.
_OPEN, _MINE = PreparedObjectsFor(Proceeding, _open), PreparedObjectsFor(RectificationItem, _mine)


def _items(actor: Actor) -> Iterator[Waiting]:
    for one in _MINE.all((actor,)):
        yield Waiting(one.proceeding, A.FINISH_ITEM, one.due_on, words=one.what, item=one.pk)


NEXT = {
    (ProceedingKind.INTERVIEW, S.ANNOUNCED): A.HOLD_INTERVIEW,
    (ProceedingKind.INTERVIEW, S.UNDER_WAY): A.RECHECK_INTERVIEW,
    (ProceedingKind.STUDY, S.ANNOUNCED): A.DECIDE_STUDY,
    (ProceedingKind.STUDY, S.UNDER_WAY): A.CLOSE_STUDY,
    (ProceedingKind.CHECK, S.ANNOUNCED): A.DRAW_CHECK,
    (ProceedingKind.CHECK, S.UNDER_WAY): A.RECORD_CHECK,
}


def _steps(proceeding: Proceeding, actor: Actor) -> Iterator[Waiting]:
    """The step it stands before, for those whose it is; the unit that was called comes on the day too."""
    if proceeding.next_on is None:
        return
    kind, stage = ProceedingKind(proceeding.kind), ProceedingStage(proceeding.stage)
    if stage is S.HELD:
        if side_of(actor, proceeding) is not None:
            yield Waiting(proceeding, A.SIGN_RECORD, proceeding.next_on)
    elif keeps(actor, proceeding):
        yield Waiting(proceeding, NEXT[kind, stage], proceeding.next_on)
    elif stage is S.ANNOUNCED and proceeding.parties.filter(pk__in=headed(actor)).exists():
        yield Waiting(proceeding, A.CALL_INTERVIEW if kind is ProceedingKind.INTERVIEW else A.OPEN_STUDY,
                      proceeding.next_on)  # fmt: skip


def may_follow(proceeding: Proceeding, actor: Actor) -> bool:
    """Whether this person may call the heavier talk that a raised one asks for."""
    if proceeding.stage != S.RAISED or Interview.objects.filter(follows=proceeding).exists():
        return False
    former = PostFact(PostKind(proceeding.opened_as), proceeding.opened_in.fact)
    try:
        interviews.require_caller(actor, proceeding.unit.fact, raised_from=former)
    except interviews.NotYoursToCall:
        return False
    return True
