"""Accountability cases, read: by those who keep them, and by the person whom one is about. Nobody else finds one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.appeals import casefile, clocks, facts, identities, queries
from huying.appeals.models import Appeal, Event, Text
from huying.oversight import dutybook
from huying.oversight.models import AccountabilityCase, DutyEvent, DutyFact
from huying.people import calendars
from huying.people import queries as people
from huying.people.models import Person
from huying.rules import accountability as rules
from huying.rules import conflicts, responsibility
from huying.rules.actors import Actor
from huying.rules.enums import Action, DutyAct, UnitLevel
from huying.rules.responsibility import Chain
from huying.rules.workdays import local_day

SHOWN_WITH = ("person__unit", "unit")


class Missing(Exception):
    """There is no such case for this person: the same answer whether it exists or not."""


def kept_by(actor: Actor) -> QuerySet[AccountabilityCase]:
    """The cases this person opens, serves or decides: over the unit by post, apart from the person it is about, with
    every appeal behind it in sight."""
    sight = Q(pk__in=[])
    for post in actor.holding(*rules.KEEPERS):
        over = Q(unit__path__startswith=post.unit.path)
        sight |= over if post.unit.level.tier > UnitLevel.SCHOOL.tier else over & Q(heads_school=False)
    unseen = DutyFact.objects.filter(case=OuterRef("pk")).exclude(appeal__in=queries.visible_to(actor).values("pk"))
    apart = AccountabilityCase.objects.filter(sight).exclude(person__in=actor.walled_persons)
    return apart.exclude(Exists(unseen)).select_related(*SHOWN_WITH)


def about(actor: Actor) -> QuerySet[AccountabilityCase]:
    """The cases about this very person that have been served on them (与我有关)."""
    mine = AccountabilityCase.objects.filter(person=actor.person, served_at__isnull=False)
    return mine.select_related(*SHOWN_WITH) if actor.person is not None else mine.none()


def get_kept(actor: Actor, pk: int) -> AccountabilityCase:
    """One case this person keeps; Missing otherwise."""
    return _one(kept_by(actor), pk)


def get_own(actor: Actor, pk: int) -> AccountabilityCase:
    """One case about this person; Missing otherwise."""
    return _one(about(actor), pk)


def _one(cases: QuerySet[AccountabilityCase], pk: int) -> AccountabilityCase:
    found = cases.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def tier_of(case: AccountabilityCase, by: Actor) -> int:
    """The highest tier at which this person decides on the case; 0 when at none."""
    over = [post for post in by.holding(*rules.DECIDERS) if post.unit.holds(case.unit.path)]
    return max((post.unit.level.tier for post in over), default=0)


def may_open(actor: Actor) -> bool:
    """Whether this person holds a post from which cases are opened."""
    return bool(actor.holding(*rules.OPENERS))


@dataclass(frozen=True)
class Fact:
    """One event that the finding stands on, as it may be read: when, what, in which unit; never of which appeal."""

    at: datetime
    action: Action
    unit: str


@dataclass(frozen=True)
class DutyFile:
    """A case as it lies open before somebody. `facts` are those this reader may see, `acts` what they may do now."""

    case: AccountabilityCase
    events: tuple[DutyEvent, ...]
    facts: tuple[Fact, ...]
    acts: tuple[DutyAct, ...]
    rules: rules.DutyFacts

    def last(self, *acts: DutyAct) -> DutyEvent | None:
        """The latest line of one of these acts."""
        return next((one for one in reversed(self.events) if one.act in acts), None)


def read(case: AccountabilityCase, *, by: Actor, at: datetime) -> DutyFile:
    """The file of a case that was fetched through the gate."""
    past = list(case.events.select_related("person").order_by("sequence"))
    told = dutybook.facts_of(case, past, at=at)
    is_own = by.person == case.person_id
    return DutyFile(case, tuple(past), served_facts(case, by=by if is_own else None), rules.open_acts(by, told), told)


def served_facts(case: AccountabilityCase, *, by: Actor | None = None) -> tuple[Fact, ...]:
    """The events behind a case. To the person it is about nothing is told of an appeal that is about them."""
    rows = list(case.facts.select_related("appeal"))
    if by is not None:
        rows = [row for row in rows if not _is_walled(row.appeal, by, at=case.opened_at)]
    found = [Event.objects.select_related("unit").get(appeal=row.appeal_id, sequence=row.sequence) for row in rows]
    return tuple(Fact(one.at, Action(one.action), one.unit.name if one.unit else "") for one in found)


def _is_walled(appeal: Appeal, actor: Actor, *, at: datetime) -> bool:
    return conflicts.is_walled(actor, facts.subjects_of(appeal, on=local_day(at)))


def chain_of(appeal: Appeal, *, at: datetime) -> Chain:
    """Who held an appeal that was fetched through the gate, and which dates passed in whose hands."""
    steps = facts.record_of(appeal).steps
    calendar = calendars.calendar_for(appeal.place)
    return responsibility.chain(steps, clocks.states_of(appeal), calendar, at=at)


def candidates(appeal: Appeal, *, by: Actor, at: datetime) -> list[Person]:
    """Those who had a hand in an appeal and may be held to account by this person."""
    hands = Event.objects.filter(appeal=appeal, person__isnull=False).values("person")
    held = [one.person for one in chain_of(appeal, at=at).holds if one.person is not None]
    persons = Person.objects.filter(Q(pk__in=hands) | Q(pk__in=held)).select_related("unit").order_by("pk")
    return [one for one in persons if rules.opens(by, dutybook.of_person(one, at=at))]


def gives_away(found: str, appeals: Sequence[Appeal]) -> bool:
    """Whether what is to be served tells of an appeal: its number, the family's words, their name or phone."""
    for appeal in appeals:
        texts = Text.objects.filter(appeal=appeal, kind__in=casefile.OWN_WORDS).values_list("body", flat=True)
        if rules.quotes(found, number=appeal.number, words=(*texts, appeal.title)):
            return True
        left = identities.opened(appeal)
        if left is not None and any(word and word in found for word in (left.name, left.phone, left.child)):
            return True
    return False


def names_of(persons: set[int | None]) -> dict[int, str]:
    """Names for the pages of the chain."""
    return people.persons_named(one for one in persons if one is not None)
