"""Who may do what, asked before every step (domain §2.3–2.5, R1–R3). `sees` agrees with `appeals.queries.visible_to`.

The conflict wall comes first and beats every post. A deciding post that belongs to the handling unit, or is in
conflict, is passed over: the decision goes one tier up, and never stops (R3, R7).
"""

from collections.abc import Callable

from huying.rules import conflicts, lifecycle
from huying.rules.actors import Actor, PostFact
from huying.rules.case import CaseFacts, SubjectFact, UnitFact
from huying.rules.enums import Action, ActorKind, AppealKind, Flag, PostKind, State, UnitLevel

Relation = Callable[[Actor, CaseFacts], bool]

P = PostKind
DESK = (P.DISPATCHER, P.COUNTY_DISPATCHER)
OVERSEERS = (P.PRINCIPAL, P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
HEADS = (P.CLASS_TEACHER, P.GRADE_HEAD, P.OFFICE_HEAD, P.PRINCIPAL, P.COUNTY_SUPERVISOR)
PLACE_SEERS = (P.DISPATCHER, P.PRINCIPAL, P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)
TAKERS = (P.DISPATCHER, P.PRINCIPAL)
UNIT_SEERS = (P.CLASS_TEACHER, P.GRADE_HEAD, P.OFFICE_HEAD)
CALLER_STATES = (State.CALLBACK, State.JOINED)
HEAD_OF_LEVEL = {
    UnitLevel.CLASS: P.CLASS_TEACHER,
    UnitLevel.GRADE: P.GRADE_HEAD,
    UnitLevel.OFFICE: P.OFFICE_HEAD,
    UnitLevel.SCHOOL: P.PRINCIPAL,
    UnitLevel.DISTRICT: P.COUNTY_SUPERVISOR,
    UnitLevel.COUNTY: P.COUNTY_SUPERVISOR,
    UnitLevel.CITY: P.COUNTY_SUPERVISOR,
}


class NotAllowed(Exception):
    """This person may not do this step on this appeal; the text says why, in words for people."""


def sees(actor: Actor, facts: CaseFacts) -> bool:
    """Whether the actor may know that the appeal exists."""
    if actor.is_machine:
        return True
    if actor.kind is ActorKind.APPELLANT:
        return facts.id in actor.appeals
    if not actor.is_staff or conflicts.is_walled(actor, facts.subjects):
        return False
    return _in_hand(actor, facts) or any(_post_sees(post, actor, facts) for post in actor.posts)


def _in_hand(actor: Actor, facts: CaseFacts) -> bool:
    return actor.person is not None and facts.in_charge == actor.person


def _post_sees(post: PostFact, actor: Actor, facts: CaseFacts) -> bool:
    if post.kind in PLACE_SEERS:
        return post.unit.holds(facts.place.path) or (post.kind in TAKERS and _is_sent_to(post.unit, facts))
    if post.kind in UNIT_SEERS:
        return any(post.unit.holds(unit.path) for unit in _workers(facts))
    if post.kind is P.CLERK:
        return post.unit.holds(facts.place.path) and _clerk_sees(actor, facts)
    if post.kind is P.CALLER:
        return post.unit.holds(facts.place.path) and facts.state in CALLER_STATES
    return False


def _is_sent_to(unit: UnitFact, facts: CaseFacts) -> bool:
    """What the county sends to another school than the one it was written about is that school's to handle."""
    return any(unit.holds(one.path) for one in (facts.desk, *_workers(facts)))


def _workers(facts: CaseFacts) -> tuple[UnitFact, ...]:
    return facts.assisting if facts.lead is None else (facts.lead, *facts.assisting)


def _clerk_sees(actor: Actor, facts: CaseFacts) -> bool:
    # The words of a 举报 are for two named people at most: the clerk who took it is one of them.
    return facts.kind is not AppealKind.REPORT or facts.history.registered_by == actor.person


def _holds(actor: Actor, kinds: tuple[PostKind, ...], unit: UnitFact) -> bool:
    """Whether the actor holds such a post in this unit or above it."""
    return any(post.unit.holds(unit.path) for post in actor.holding(*kinds))


def at_the_desk(actor: Actor, facts: CaseFacts) -> bool:
    """The dispatcher who has it, or one of a tier above. The hand that handles never holds the pen too."""
    return _holds(actor, _desk_posts(facts), facts.desk)


def _desk_posts(facts: CaseFacts) -> tuple[PostKind, ...]:
    """Where somebody of the county is complained about, its dispatcher may be the one, and no desk left below: then
    the county's supervisor may do the desk's work (R7)."""
    return (*DESK, P.COUNTY_SUPERVISOR) if any(_works_above(one, facts.desk) for one in facts.subjects) else DESK


def _works_above(subject: SubjectFact, desk: UnitFact) -> bool:
    """Whether the one complained about works above the schools, where this desk stands or over it."""
    is_over_it = bool(subject.home) and desk.path.startswith(subject.home)
    return subject.is_live and is_over_it and (desk.path != subject.home or desk.level.tier > UnitLevel.SCHOOL.tier)


def at_the_desk_apart(actor: Actor, facts: CaseFacts) -> bool:
    """The desk, but a person who has not handled the appeal (R2)."""
    return at_the_desk(actor, facts) and actor.person not in facts.history.hands


def concludes(actor: Actor, facts: CaseFacts) -> bool:
    """The desk, apart from the hands. What a desk answered itself, or the county handled, may leave nobody there who
    is apart: then the county's supervisor concludes it (R7)."""
    by_the_desk = facts.lead is None or facts.lead.level.tier >= UnitLevel.COUNTY.tier
    above = by_the_desk and _holds(actor, (P.COUNTY_SUPERVISOR,), facts.place)
    return at_the_desk_apart(actor, facts) or (above and actor.person not in facts.history.hands)


def dispatches(actor: Actor, facts: CaseFacts) -> bool:
    """The desk, or a head downwards in the own unit (下派)."""
    goes_lower = facts.lead is not None and facts.lead.level is not UnitLevel.CLASS
    return at_the_desk(actor, facts) or (goes_lower and heads_it(actor, facts))


def heads_it(actor: Actor, facts: CaseFacts) -> bool:
    """The head of the lead unit; where that post is empty or in conflict, the next head above (R7)."""
    return facts.answering is not None and heads(actor, facts.answering)


def heads(actor: Actor, unit: UnitFact) -> bool:
    """Whether the actor is the head of this very unit."""
    return any(post.unit.id == unit.id for post in actor.holding(HEAD_OF_LEVEL[unit.level]))


def in_charge(actor: Actor, facts: CaseFacts) -> bool:
    """The person in charge; while nobody is, the head of the lead unit."""
    return _in_hand(actor, facts) or (facts.in_charge is None and heads_it(actor, facts))


def assists(actor: Actor, facts: CaseFacts) -> bool:
    """The head of an assisting unit."""
    return any(heads(actor, unit) for unit in facts.assisting)


def reviews(actor: Actor, facts: CaseFacts) -> bool:
    """The head one tier above the lead unit, never the hand that wrote the answer (R2)."""
    return facts.reviewing is not None and heads(actor, facts.reviewing) and actor.person != facts.history.answered_by


def decides_time(actor: Actor, facts: CaseFacts) -> bool:
    """The principal; the county's supervisor where the school tier handles; never who asked or who handles (R2, R3)."""
    if actor.person is not None and actor.person in (
        facts.history.extension_asked_by,
        facts.history.deferral_asked_by,
        facts.in_charge,
    ):
        return False
    by_county = _holds(actor, (P.COUNTY_SUPERVISOR,), facts.place)
    lead_is_school = facts.lead is not None and facts.lead.level.tier >= UnitLevel.SCHOOL.tier
    return by_county or (not lead_is_school and _holds(actor, (P.PRINCIPAL,), facts.place))


def decides_decline(actor: Actor, facts: CaseFacts) -> bool:
    """The desk or the tier above, never the decliner, nor a post of the unit that declines (R3). Nobody stands above
    the county: what it declines is ruled on by another person there (R7)."""
    if actor.person == facts.history.declined_by:
        return False
    lead = facts.lead
    own = lead.id if lead is not None and lead.level.tier < UnitLevel.COUNTY.tier else None
    posts = actor.holding(*_desk_posts(facts))
    return any(post.unit.holds(facts.desk.path) and post.unit.id != own for post in posts)


def calls(actor: Actor, facts: CaseFacts) -> bool:
    """A caller who neither handled the appeal nor works in a unit that did, nor in one near the Subject."""
    if actor.person in facts.history.hands:
        return False
    posts = [post for post in actor.holding(P.CALLER) if post.unit.holds(facts.place.path)]
    works_there = actor.home is not None and (
        any(unit.holds(actor.home.path) for unit in _workers(facts)) or conflicts.is_near(actor.home, facts.subjects)
    )
    own_post = any(post.unit.id in facts.history.lead_units for post in posts)
    return bool(posts) and not works_there and not own_post


def sends_back(actor: Actor, facts: CaseFacts) -> bool:
    """The reviewer before delivery, and the county once the reviewer's rounds are used up; the desk after it."""
    if facts.state is not State.ANSWERED:
        return concludes(actor, facts)
    used_up = facts.history.reworks >= facts.rework_cap
    return reviews(actor, facts) or (used_up and is_above(actor, facts) and actor.person not in facts.history.hands)


def second_person(actor: Actor, facts: CaseFacts) -> bool:
    """Someone above or beside, not of the acting hand; the county where the school has none."""
    if any(act.by == actor.person for act in facts.history.unreviewed):
        return False
    return _holds(actor, (P.DISPATCHER, *OVERSEERS), facts.place)


def clears_red_line(actor: Actor, facts: CaseFacts) -> bool:
    """Only the principal or the county's supervisor, never of the handling unit."""
    posts = actor.holding(P.PRINCIPAL, P.COUNTY_SUPERVISOR)
    return any(
        post.unit.holds(facts.place.path) and (facts.lead is None or post.unit.id != facts.lead.id) for post in posts
    )


def pauses(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) if facts.state is State.RECEIVED else in_charge(actor, facts)


def resumes(actor: Actor, facts: CaseFacts) -> bool:
    return pauses(actor, facts) or actor.kind is ActorKind.APPELLANT


def undefers(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) or _holds(actor, (P.PRINCIPAL,), facts.place)


def at_the_counter(actor: Actor, facts: CaseFacts) -> bool:
    return _holds(actor, (P.CLERK,), facts.place)


def names(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_counter(actor, facts) or at_the_desk(actor, facts)


def answers_at_once(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) or (at_the_counter(actor, facts) and facts.history.registered_by == actor.person)


def asks(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) or in_charge(actor, facts)


def adds(actor: Actor, facts: CaseFacts) -> bool:
    return actor.kind is ActorKind.APPELLANT or at_the_counter(actor, facts) or at_the_desk(actor, facts)


def withdraws(actor: Actor, facts: CaseFacts) -> bool:
    """The appellant; or a caller who recorded the call in which they said so."""
    return actor.kind is ActorKind.APPELLANT or (
        bool(_holds(actor, (P.CALLER,), facts.place)) and actor.person not in facts.history.hands
    )


def unjoins(actor: Actor, facts: CaseFacts) -> bool:
    return actor.kind is ActorKind.APPELLANT or at_the_desk(actor, facts)


def reopens(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk_apart(actor, facts) or _holds(actor, (P.INSPECTOR, P.COUNTY_SUPERVISOR), facts.place)


def supervises(actor: Actor, facts: CaseFacts) -> bool:
    return _holds(actor, (P.INSPECTOR, P.PRINCIPAL, P.COUNTY_SUPERVISOR), facts.place)


def lifts(actor: Actor, facts: CaseFacts) -> bool:
    return actor.person == facts.history.supervised_by or _holds(actor, (P.COUNTY_SUPERVISOR,), facts.place)


def reminds(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) or supervises(actor, facts)


def escalates(actor: Actor, facts: CaseFacts) -> bool:
    bad = facts.history.last_rating == "DISSATISFIED"
    return at_the_desk(actor, facts) or (actor.kind is ActorKind.APPELLANT and bad)


def holds_it(actor: Actor, facts: CaseFacts) -> bool:
    """Anyone in whose hands it lies now."""
    return any(held(actor, facts) for held in (in_charge, heads_it, at_the_desk, reviews, assists, calls))


def hands_over(actor: Actor, facts: CaseFacts) -> bool:
    return heads_it(actor, facts) or at_the_desk(actor, facts) or bool(actor.holding(P.SYSTEM_ADMIN))


def reports(actor: Actor, facts: CaseFacts) -> bool:
    return at_the_desk(actor, facts) or supervises(actor, facts)


def anyone_who_sees(actor: Actor, facts: CaseFacts) -> bool:
    return actor.is_staff


def the_appellant(actor: Actor, facts: CaseFacts) -> bool:
    return actor.kind is ActorKind.APPELLANT


def asks_to_unmask(actor: Actor, facts: CaseFacts) -> bool:
    """The person in charge, or a caller; both only while the appeal is theirs to work on. Once it is closed, whoever
    checks a closing by a second call (抽查), and nobody who had a hand in it."""
    if facts.state is State.CLOSED:
        return checks_a_closing(actor, facts)
    return in_charge(actor, facts) or calls(actor, facts)


def checks_a_closing(actor: Actor, facts: CaseFacts) -> bool:
    """The inspector, or the county; nobody who handled it or dispatched it."""
    touched = {*facts.history.hands, facts.history.dispatched_by, facts.in_charge}
    return actor.person not in touched and _holds(
        actor, (P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR), facts.place
    )


def approves_unmask(actor: Actor, facts: CaseFacts) -> bool:
    """The principal; the county's supervisor for whoever asks from above or is the principal. Never who asked, nor a
    hand of the case (R2, R3)."""
    ask = facts.history.unmask_ask
    if ask is None or actor.person in (ask.by, facts.in_charge) or actor.person in facts.history.hands:
        return False
    by_school = not ask.is_above and _holds(actor, (P.PRINCIPAL,), facts.place)
    return by_school or _holds(actor, (P.COUNTY_SUPERVISOR,), facts.place)


def unmasks(actor: Actor, facts: CaseFacts) -> bool:
    """Who asked, while the permission runs and the appeal is still theirs."""
    return facts.unmask_grant(actor.person) is not None and asks_to_unmask(actor, facts)


READING = (P.CLERK, P.DISPATCHER, P.PRINCIPAL, P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)


def may_be_reader(actor: Actor, facts: CaseFacts) -> bool:
    """Somebody of the tier that has it, or above, who sees it and has no hand in it: handlers work from the summary."""
    handles = actor.person in facts.history.hands or any(ask(actor, facts) for ask in (_in_hand, heads_it, assists))
    return sees(actor, facts) and not handles and _holds(actor, READING, facts.desk)


def is_reader(actor: Actor, facts: CaseFacts) -> bool:
    """One of the two named readers, as long as nothing stands against it: judged by the posts and walls of today."""
    return actor.person is not None and actor.person in facts.history.readers and may_be_reader(actor, facts)


def may_open(actor: Actor, facts: CaseFacts) -> bool:
    """A reader; or the desk while a seat is free, which it takes by opening."""
    takes_a_seat = len(facts.history.readers) < lifecycle.MOST_READERS and at_the_desk(actor, facts)
    return is_reader(actor, facts) or (takes_a_seat and may_be_reader(actor, facts))


def excludes(actor: Actor, facts: CaseFacts) -> bool:
    """The second level: the county, never a hand of the case (R2, R3)."""
    by_county = _holds(actor, (P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR), facts.place)
    return by_county and actor.person not in facts.history.hands


PUBLISHERS = (P.DISPATCHER, P.PRINCIPAL, P.INSPECTOR, P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR)


def publishes(actor: Actor, facts: CaseFacts) -> bool:
    """The second person over a public text, never a hand of the case (R2)."""
    return _holds(actor, PUBLISHERS, facts.place) and actor.person not in facts.history.hands


def takes_down(actor: Actor, facts: CaseFacts) -> bool:
    """Whoever could have published it, hands or not: taking down harms nobody."""
    return _holds(actor, PUBLISHERS, facts.place)


def nobody(actor: Actor, facts: CaseFacts) -> bool:
    """Time alone does it."""
    return False


WHO: dict[Action, Relation] = {
    Action.MARK_SAFETY: anyone_who_sees,
    Action.CLEAR_SAFETY: clears_red_line,
    Action.RECORD_REPORT: reports,
    Action.REFUSE: at_the_desk,
    Action.REFER_OUT: at_the_desk,
    Action.JOIN: at_the_desk_apart,
    Action.UNJOIN: unjoins,
    Action.SPLIT: at_the_desk,
    Action.ANSWER_AT_ONCE: answers_at_once,
    Action.DISPATCH: dispatches,
    Action.ACKNOWLEDGE: heads_it,
    Action.DECLINE: heads_it,
    Action.APPROVE_DECLINE: decides_decline,
    Action.REJECT_DECLINE: decides_decline,
    Action.ASSIGN: heads_it,
    Action.CONTACT: in_charge,
    Action.ASK: asks,
    Action.ASSIST: assists,
    Action.TAKE_STATEMENT: in_charge,
    Action.PAUSE: pauses,
    Action.RESUME: resumes,
    Action.REQUEST_EXTENSION: in_charge,
    Action.APPROVE_EXTENSION: decides_time,
    Action.REJECT_EXTENSION: decides_time,
    Action.REQUEST_DEFERRAL: in_charge,
    Action.DEFER: decides_time,
    Action.REJECT_DEFERRAL: decides_time,
    Action.UNDEFER: undefers,
    Action.ANSWER: in_charge,
    Action.APPROVE_ANSWER: reviews,
    Action.SEND_BACK: sends_back,
    Action.CALL_BACK: calls,
    Action.CLOSE: concludes,
    Action.RATE: the_appellant,
    Action.DISPUTE: the_appellant,
    Action.DISPUTE_CONTACT: the_appellant,
    Action.REOPEN: reopens,
    Action.WITHDRAW: withdraws,
    Action.UNDO_WITHDRAW: the_appellant,
    Action.CONFIRM: second_person,
    Action.OVERTURN: second_person,
    Action.RECLASSIFY: at_the_desk,
    Action.NAME_SUBJECT: names,
    Action.DISMISS_SUBJECT: names,
    Action.RECUSE: holds_it,
    Action.ADD_MESSAGE: adds,
    Action.REPLACE_CODE: at_the_counter,
    Action.HAND_OVER: hands_over,
    Action.ESCALATE: escalates,
    Action.SUPERVISE: supervises,
    Action.LIFT_SUPERVISION: lifts,
    Action.REMIND: reminds,
    Action.REQUEST_UNMASK: asks_to_unmask,
    Action.APPROVE_UNMASK: approves_unmask,
    Action.REJECT_UNMASK: approves_unmask,
    Action.UNMASK: unmasks,
    Action.NAME_READER: at_the_desk,
    Action.READ_ORIGINAL: may_open,
    Action.SUMMARISE: is_reader,
    Action.ERASE: nobody,
    Action.EXCLUDE: excludes,
    Action.INCLUDE: excludes,
    Action.LINK_REPEAT: at_the_desk,
    Action.UNLINK_REPEAT: at_the_desk,
    Action.PUBLISH: publishes,
    Action.TAKE_DOWN: takes_down,
}

REGISTRARS = (
    P.CLERK,
    P.DISPATCHER,
    P.CLASS_TEACHER,
    P.GRADE_HEAD,
    P.OFFICE_HEAD,
    P.PRINCIPAL,
    P.INSPECTOR,
    P.COUNTY_DISPATCHER,
    P.COUNTY_SUPERVISOR,
)


def may(actor: Actor, action: Action, facts: CaseFacts) -> bool:
    """Whether this actor may take this step here: seen, not walled off, the right post, and a line in the table."""
    if not lifecycle.is_open_to(action, facts, actor.kind):
        return False
    return has_the_right(actor, action, facts)


def has_the_right(actor: Actor, action: Action, facts: CaseFacts) -> bool:
    """Whether the actor's posts and relations allow the step, whatever the state."""
    if actor.is_machine:
        return True
    return sees(actor, facts) and WHO[action](actor, facts)


def may_register(actor: Actor, *, place: UnitFact) -> bool:
    """Whether the actor may take in an appeal for this place. An appellant always may."""
    if actor.kind in (ActorKind.APPELLANT, ActorKind.TIMER, ActorKind.IMPORT):
        return True
    return actor.is_staff and any(
        post.unit.holds(place.path) or place.holds(post.unit.path) for post in actor.holding(*REGISTRARS)
    )


def require(actor: Actor, action: Action, facts: CaseFacts) -> None:
    """Nothing happens when the actor may; `NotAllowed` otherwise."""
    if not has_the_right(actor, action, facts):
        raise NotAllowed("这件事不由您办理")


def is_ruling(actor: Actor, facts: CaseFacts) -> bool:
    """Whether a dispatch by this actor would be a ruling: made by a tier above the desk's own dispatcher."""
    above = (P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR) if facts.desk.level.tier < UnitLevel.COUNTY.tier else DESK
    return facts.history.returns >= 2 and _holds(actor, above, facts.desk)


def is_above(actor: Actor, facts: CaseFacts) -> bool:
    """Whether the actor stands a tier above the school: the county decides what the school has used up."""
    return _holds(actor, (P.COUNTY_DISPATCHER, P.COUNTY_SUPERVISOR), facts.place)


def open_steps(actor: Actor, facts: CaseFacts) -> tuple[Action, ...]:
    """The steps whose buttons are drawn for this actor, in the order of the table."""
    return tuple(action for action in Action if action in WHO and may(actor, action, facts))


def is_blocked(facts: CaseFacts) -> bool:
    """Whether a request waits for somebody else's decision."""
    waiting = {Flag.DECLINE_PENDING, Flag.EXTENSION_PENDING, Flag.DEFERRAL_PENDING}
    return bool(waiting & facts.flags)


def reads_original(actor: Actor, facts: CaseFacts) -> bool:
    """Whether the appellant's own words are shown to this actor. Those of a 举报 are for two named readers, for half an
    hour each time one of them opens them on record; everyone else works from the summary of facts."""
    if not facts.is_sealed or actor.kind is ActorKind.APPELLANT:
        return True
    return facts.is_open_before(actor.person) and is_reader(actor, facts)


def knows_subjects(actor: Actor, facts: CaseFacts) -> bool:
    """Whether the names of those complained about are shown: to the desk and the counter, and to who must hear them."""
    return any(ask(actor, facts) for ask in (names, in_charge, heads_it, reviews))


def sees_ratings(actor: Actor, facts: CaseFacts) -> bool:
    """Whether what the appellant said of the answer is shown: never to the hands that gave it."""
    if actor.person in facts.history.hands or _in_hand(actor, facts) or heads_it(actor, facts):
        return False
    return _holds(actor, (P.CALLER, P.DISPATCHER, *OVERSEERS), facts.place)
