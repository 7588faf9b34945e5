"""The piles people work from, each a condition on top of the gate. All sizes come in one statement.

Who decides a step is said by `permissions`; a pile says whom the work waits for, with the posts of that day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from huying.appeals import facts, heads, queries, sealedwords, search
from huying.appeals.models import Appeal, AssistingUnit, Event
from huying.people import queries as people
from huying.people.models import Post
from huying.people.prepared import PreparedFor
from huying.rules import history, lifecycle, permissions
from huying.rules.actors import Actor, PostFact
from huying.rules.enums import Action, PostKind, State, UnitLevel

SOON = timedelta(days=1)
NOTHING = Q(pk__in=[])
OPEN = Q(state__in=lifecycle.OPEN)
WORKING = Q(state__in=(State.DISPATCHED, State.HANDLING))
SCHOOL_AND_ABOVE = (UnitLevel.SCHOOL, UnitLevel.DISTRICT, UnitLevel.COUNTY, UnitLevel.CITY)
DELIVERING = (Action.APPROVE_ANSWER, Action.ANSWER_AT_ONCE)

# What a rail counts: open work, and what is finished but still waits for somebody. Each kind has an index of its own.
COUNTED = (OPEN | Q(state=State.JOINED), Q(unreviewed=True), Q(disputed=True))


@dataclass(frozen=True)
class Pile:
    """`posts`: who has it on the rail (None: all); `order`: due, newest or oldest; `is_counted`: its size shows.

    `where` takes who looks, the day, and the moment until which a date is near.
    """

    name: str
    where: Callable[[Actor, date, datetime], Q]
    posts: tuple[PostKind, ...] | None = None
    order: str = "due"
    is_counted: bool = True

    def holds(self, actor: Actor, *, at: datetime) -> Q:
        """The condition at a moment."""
        return self.where(actor, facts.local_day(at), at + SOON)


def of(actor: Actor) -> list[Pile]:
    """The piles on this person's rail."""
    return [pile for pile in PILES if pile.posts is None or actor.holding(*pile.posts)]


def named(name: str, actor: Actor) -> Pile | None:
    """The pile with this name, when it is one of this person's."""
    return next((pile for pile in of(actor) if pile.name == name), None)


def filled(pile: Pile, actor: Actor, *, at: datetime) -> QuerySet[Appeal]:
    """What lies on a pile, as far as this person may see it, in no order yet."""
    return queries.visible_to(actor).filter(pile.holds(actor, at=at))


def shown(pile: Pile, actor: Actor, *, at: datetime) -> QuerySet[Appeal]:
    """The same, each saying whether its title may be shown (`is_sealed`)."""
    return sealedwords.marked(filled(pile, actor, at=at))


def sizes(actor: Actor, *, at: datetime) -> dict[str, int]:
    """How much lies on each counted pile of this person, in one statement."""
    names = [pile.name for pile in _counted_of(actor)]
    rows = _SIZES.rows((actor, facts.local_day(at)), at + SOON) if names else []
    return dict(zip(names, rows[0], strict=True)) if rows else dict.fromkeys(names, 0)


def kinds(pile: Pile, actor: Actor, *, at: datetime) -> dict[str, int]:
    """How many of each kind lie on a pile, the most frequent first."""
    return dict(_KINDS.rows((pile, actor, facts.local_day(at)), at + SOON))


def _counted_of(actor: Actor) -> list[Pile]:
    return [pile for pile in of(actor) if pile.is_counted]


def _sizes(actor: Actor, on: date, soon: datetime) -> QuerySet[Any]:
    counts = {pile.name: Count("pk", filter=pile.where(actor, on, soon)) for pile in _counted_of(actor)}
    counted = queries.visible_to(actor).filter(_counted()).order_by()
    # A constant first: then all rows are one group.
    return counted.values(all=Value(1)).annotate(**counts).values_list(*counts)


def _counted() -> Q:
    """What a rail counts, asked for so that the indexes of its kinds are used."""
    if connection.vendor == "postgresql":
        return reduce(or_, COUNTED)
    # SQLite looks at no index where one condition names several kinds.
    first, *others = (Appeal.objects.filter(one).order_by().values_list("pk", flat=True) for one in COUNTED)
    return Q(pk__in=first.union(*others))


def _kinds(pile: Pile, actor: Actor, on: date, soon: datetime) -> QuerySet[Any]:
    rows = queries.visible_to(actor).filter(pile.where(actor, on, soon)).order_by()
    return rows.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")


# Putting them together was the most of a page. They are as they are for one person with the posts of one day.
_SIZES, _KINDS = PreparedFor(_sizes), PreparedFor(_kinds)


def found(actor: Actor, words: str) -> QuerySet[Appeal]:
    """Appeals this person may see in which every word stands. A 举报 is found by its number alone: trying words would
    read what is not shown, and no reader is on record for it."""
    matching = search.matching(queries.visible_to(actor), words)
    return sealedwords.marked(matching).filter(Q(is_sealed=False) | Q(number=words) | Q(external_ref=words))


# ---------- whose desk ----------


def _at_my_desk(actor: Actor, on: date) -> Q:
    own = Q(desk_id__in=[post.unit.id for post in actor.holding(*permissions.DESK)])
    return own | _left_to_the_county(actor, on=on)


def _left_to_the_county(actor: Actor, *, on: date) -> Q:
    """Desks below a county dispatcher: where nobody sits, and where two returns ask for a ruling from above."""
    above = actor.holding(PostKind.COUNTY_DISPATCHER)
    if not above:
        return NOTHING
    sits = Post.objects.filter(people.in_force(on), unit=OuterRef("desk"), kind__in=permissions.DESK)
    second = _events(Action.APPROVE_DECLINE).order_by("sequence").values("pk")[1:2]
    asks_for_ruling = Q(state=State.RECEIVED) & Q(Exists(second))
    return _below(above, "desk") & (~Exists(sits) | asks_for_ruling)


def _below(posts: Iterable[PostFact], unit: str) -> Q:
    found = NOTHING
    for post in posts:
        found |= Q(**{f"{unit}__path__startswith": post.unit.path})
    return found


def _triage(actor: Actor, on: date, soon: datetime) -> Q:
    return Q(state=State.RECEIVED) & _at_my_desk(actor, on)


def _declines(actor: Actor, on: date, soon: datetime) -> Q:
    return Q(decline_pending=True) & _at_my_desk(actor, on)


def _sent(actor: Actor, on: date, soon: datetime) -> Q:
    out = (State.DISPATCHED, State.HANDLING, State.ANSWERED, State.DEFERRED)
    return Q(state__in=out) & _at_my_desk(actor, on)


def _to_close(actor: Actor, on: date, soon: datetime) -> Q:
    asked = Q(Exists(_calls_of_this_answer().filter(data__reached=True))) | Q(Exists(_third_try()))
    return _at_my_desk(actor, on) & (Q(disputed=True) | (Q(state=State.CALLBACK, unreviewed=False) & asked))


# ---------- whose unit ----------


def _for_me_to_answer(actor: Actor, on: date) -> Q:
    """Appeals for whose lead unit this person acts: its head, or the nearest head above an empty or walled post."""
    found = NOTHING
    for post in actor.holding(*permissions.HEADS):
        closer = people.closer_heads(below=post.unit, unit_path=OuterRef("lead_unit__path"), on=on)
        is_mine = Q(lead_unit__path__startswith=post.unit.path) & ~Exists(heads.free(closer, on=on))
        found |= is_mine & heads.not_near(post.unit, on=on)
    return found


def _to_sign(actor: Actor, on: date, soon: datetime) -> Q:
    return Q(state=State.DISPATCHED, decline_pending=False) & _for_me_to_answer(actor, on)


def _handling(actor: Actor, on: date, soon: datetime) -> Q:
    nobody_yet = Q(in_charge=None) & _for_me_to_answer(actor, on)
    return Q(state__in=(State.HANDLING, State.DEFERRED)) & (Q(in_charge_id=actor.person) | nobody_yet)


def _assisting(actor: Actor, on: date, soon: datetime) -> Q:
    units = [post.unit.id for post in actor.holding(*permissions.HEADS)]
    part = AssistingUnit.objects.filter(appeal=OuterRef("pk"), unit_id__in=units, is_current=True, is_done=False)
    return WORKING & Q(Exists(part))


def _to_review(actor: Actor, on: date, soon: datetime) -> Q:
    """Answers for which this person is the head one tier above; higher where that post is empty, walled, or wrote."""
    found = NOTHING
    author = Subquery(_events(Action.ANSWER, outer=OuterRef(OuterRef("pk"))).order_by("-sequence").values("person")[:1])
    for post in actor.holding(*permissions.HEADS):
        closer = people.closer_heads(below=post.unit, unit_path=OuterRef("lead_unit__path"), on=on, itself=False)
        free = heads.free(closer.exclude(person_id=author), on=on)
        is_lower = Q(lead_unit__path__startswith=post.unit.path) & ~Q(lead_unit_id=post.unit.id)
        is_top = Q(lead_unit_id=post.unit.id) if post.unit.level is UnitLevel.COUNTY else NOTHING
        found |= is_top | (is_lower & ~Exists(free) & heads.not_near(post.unit, on=on))
    wrote = _events(Action.ANSWER).order_by("-sequence").values("person")[:1]
    return Q(state=State.ANSWERED) & found & _is_not(wrote, actor)


def _is_not(person: QuerySet, actor: Actor) -> Q:
    """Whether the person that a subquery names is somebody else."""
    mine = Appeal.objects.filter(pk=OuterRef("pk")).alias(who=Subquery(person)).filter(who=actor.person)
    return ~Exists(mine)


# ---------- decisions ----------


def _time_asked(actor: Actor, on: date, soon: datetime) -> Q:
    asked = Q(extension_pending=True) | Q(deferral_pending=True)
    by_principal = _below(actor.holding(PostKind.PRINCIPAL), "place") & ~Q(lead_unit__level__in=SCHOOL_AND_ABOVE)
    school_has_one = Post.objects.filter(people.in_force(on), unit=OuterRef("place"), kind=PostKind.PRINCIPAL).exclude(
        person=OuterRef("in_charge")
    )
    left_above = Q(lead_unit__level__in=SCHOOL_AND_ABOVE) | ~Exists(school_has_one)
    by_county = _below(actor.holding(PostKind.COUNTY_SUPERVISOR), "place") & left_above
    return asked & (by_principal | by_county) & ~Q(in_charge_id=actor.person)


def _unreviewed(actor: Actor, on: date, soon: datetime) -> Q:
    """Acts that wait for a second person; the county's where the school has none."""
    hand = _events(*history.REVIEWED_ACTS).order_by("-sequence").values("person")[:1]
    in_school = _below(actor.holding(PostKind.DISPATCHER, PostKind.PRINCIPAL, PostKind.INSPECTOR), "place")
    others = Post.objects.filter(
        people.in_force(on),
        unit=OuterRef("place"),
        kind__in=(PostKind.DISPATCHER, PostKind.PRINCIPAL, PostKind.INSPECTOR),
    )
    hand_outside = _events(*history.REVIEWED_ACTS, outer=OuterRef(OuterRef("pk"))).order_by("-sequence")
    second = others.exclude(person_id=Subquery(hand_outside.values("person")[:1]))
    above = actor.holding(PostKind.COUNTY_DISPATCHER, PostKind.COUNTY_SUPERVISOR)
    return Q(unreviewed=True) & (in_school | (_below(above, "place") & ~Exists(second))) & _is_not(hand, actor)


# ---------- callbacks ----------


def _to_call(actor: Actor, on: date, soon: datetime) -> Q:
    """Delivered answers that are to be called back and have not been, by somebody who had no hand in them."""
    asked = _events(*DELIVERING).filter(sequence=_last_delivery(), data__callback_required=True)
    done = _calls_of_this_answer().filter(data__reached=True)
    own_hand = Event.objects.filter(
        appeal=OuterRef("pk"), person_id=actor.person, action__in=(*history.HANDLING_ACTS, Action.ANSWER_AT_ONCE)
    )
    waits = Q(state__in=permissions.CALLER_STATES) & Q(Exists(asked)) & ~Exists(done) & ~Exists(own_hand)
    return waits & _below(actor.holding(PostKind.CALLER), "place")


def _events(*actions: Action, outer: OuterRef | None = None) -> QuerySet[Event]:
    return Event.objects.filter(appeal=outer or OuterRef("pk"), action__in=actions)


def _last_delivery() -> Subquery:
    last = Event.objects.filter(appeal=OuterRef("appeal"), action__in=DELIVERING)
    return Subquery(last.order_by("-sequence").values("sequence")[:1])


def _calls_of_this_answer() -> QuerySet[Event]:
    return _events(Action.CALL_BACK).filter(sequence__gt=_last_delivery())


def _third_try() -> QuerySet[Event]:
    """Three tries may meet the unreachable rule; whether they do is said by `callbacks`."""
    return _calls_of_this_answer().order_by("sequence").values("pk")[2:3]


# ---------- to keep an eye on, and to look up ----------


def _soon(actor: Actor, on: date, soon: datetime) -> Q:
    return OPEN & Q(paused=False, next_due_at__lte=soon)


def _flag(name: str) -> Callable[[Actor, datetime], Q]:
    return lambda actor, on, soon: OPEN & Q(**{name: True})


def _open(actor: Actor, on: date, soon: datetime) -> Q:
    return OPEN


def _done(actor: Actor, on: date, soon: datetime) -> Q:
    return ~OPEN | Q(state=State.CALLBACK)


def _all(actor: Actor, on: date, soon: datetime) -> Q:
    return Q()


P = PostKind
DESK, HEADS = permissions.DESK, permissions.HEADS
OVER = (P.DISPATCHER, *permissions.OVERSEERS)
SEERS = (*permissions.PLACE_SEERS, *permissions.UNIT_SEERS)

PILES: tuple[Pile, ...] = (
    Pile("triage", _triage, DESK),
    Pile("declines", _declines, DESK),
    Pile("to_sign", _to_sign, HEADS),
    Pile("handling", _handling),
    Pile("assisting", _assisting, HEADS),
    Pile("to_review", _to_review, (P.GRADE_HEAD, P.OFFICE_HEAD, P.PRINCIPAL, P.COUNTY_SUPERVISOR)),
    Pile("time_asked", _time_asked, (P.PRINCIPAL, P.COUNTY_SUPERVISOR)),
    Pile("to_call", _to_call, (P.CALLER,)),
    Pile("to_close", _to_close, DESK),
    Pile("sent", _sent, DESK),
    Pile("unreviewed", _unreviewed, OVER),
    Pile("safety", _flag("safety"), SEERS),
    Pile("soon", _soon, SEERS),
    Pile("paused", _flag("paused"), SEERS),
    Pile("supervised", _flag("supervised"), (P.PRINCIPAL, P.INSPECTOR, P.COUNTY_SUPERVISOR)),
    Pile("done", _done, SEERS, order="newest", is_counted=False),
    Pile("oldest", _open, SEERS, order="oldest", is_counted=False),
    Pile("all", _all, (*SEERS, P.CLERK), order="newest", is_counted=False),
)
