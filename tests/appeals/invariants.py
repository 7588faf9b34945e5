"""What holds of every appeal after every step, checked without the code that makes it hold where that can be."""

from collections.abc import Iterable
from datetime import date

from huying.appeals import clocks, facts
from huying.appeals.models import Appeal, Clock, Event, NumberSequence, Subject
from huying.people.models import Post, Unit
from huying.rules import conflicts, history, lifecycle, permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, Flag, PostKind, State, SubjectStatus, UnitLevel
from tests.appeals.test_ledger import broken

A, F = Action, Flag
HEADS = (PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.PRINCIPAL)
BELOW_SCHOOL = (UnitLevel.CLASS, UnitLevel.GRADE, UnitLevel.OFFICE)
HANDLING = (A.ACKNOWLEDGE, A.CONTACT, A.ASSIST, A.TAKE_STATEMENT, A.ANSWER, A.ANSWER_AT_ONCE)
# Whoever did the first may not be the one who does the second.
APART = (
    ((A.ANSWER,), (A.APPROVE_ANSWER,)),
    ((A.REQUEST_EXTENSION,), (A.APPROVE_EXTENSION, A.REJECT_EXTENSION)),
    ((A.REQUEST_DEFERRAL,), (A.DEFER, A.REJECT_DEFERRAL)),
    ((A.DECLINE,), (A.APPROVE_DECLINE, A.REJECT_DECLINE)),
)


def events_of(appeal: Appeal) -> list[Event]:
    return list(Event.objects.filter(appeal=appeal).order_by("sequence"))


def the_row_is_what_its_events_say(appeal: Appeal) -> None:
    events = events_of(appeal)
    past = history.replay(facts.step_of(event) for event in events)
    assert (past.state, past.flags, past.round, len(events)) == (
        appeal.state,
        appeal.flag_set,
        appeal.round,
        appeal.version,
    )
    assert broken(appeal) is None


def the_clocks_are_those_of_its_events(appeal: Appeal) -> None:
    counted = [(s.kind, s.unit, s.started_at, s.round, s.due.at, s.stopped_at) for s in clocks.states_of(appeal)]
    rows = Clock.objects.filter(appeal=appeal)
    stored = list(rows.values_list("kind", "unit_id", "started_at", "round", "due_at", "stopped_at"))
    assert sorted(stored, key=repr) == sorted(((kind.value, *rest) for kind, *rest in counted), key=repr)


def no_number_is_missing() -> None:
    for sequence in NumberSequence.objects.all():
        mine = Appeal.objects.filter(organisation=sequence.organisation_id, number__startswith=f"{sequence.year}-")
        assert sorted(mine.values_list("number", flat=True)) == [
            f"{sequence.year}-{n:04}" for n in range(1, sequence.last + 1)
        ]


def nobody_decides_on_their_own_work(appeal: Appeal) -> None:
    events = [event for event in events_of(appeal) if event.actor_kind == ActorKind.STAFF]
    for place, event in enumerate(events):
        earlier = events[:place]
        for first, second in APART:
            if event.action in second:
                last = next(one for one in reversed(earlier) if one.action in first)
                assert last.person_id != event.person_id, (event.action, event.sequence)
        if event.action in (A.CALL_BACK, A.CLOSE, A.JOIN):
            hands = {one.person_id for one in earlier if one.action in HANDLING}
            assert event.person_id not in hands, (event.action, event.sequence)
        if event.action in (A.CONFIRM, A.OVERTURN):
            act = next(one for one in earlier if one.sequence == event.data["reviews"])
            assert act.person_id != event.person_id, (event.action, event.sequence)


def subjects_of(appeal: Appeal) -> list[Subject]:
    live = Subject.objects.filter(appeal=appeal).exclude(status=SubjectStatus.DISMISSED)
    return list(live.select_related("person__unit", "unit"))


def nothing_was_sent_to_the_subject(subjects: Iterable[Subject], *, unit: Unit, on: date) -> None:
    """The unit is not the Subject's own, nor headed by the Subject, nor itself complained about."""
    for one in subjects:
        if one.unit is not None:
            assert not unit.path.startswith(one.unit.path), (one.unit.name, unit.name)
        if one.person is None:
            continue
        assert not (unit.level in BELOW_SCHOOL and one.person.unit.path.startswith(unit.path)), unit.name
        posts = Post.objects.filter(person=one.person, kind__in=HEADS, starts_on__lte=on).exclude(ends_on__lt=on)
        for post in posts.select_related("unit"):
            assert not unit.path.startswith(post.unit.path), (post.unit.name, unit.name)


def needs(case: CaseFacts) -> list[tuple[str, frozenset[Action]]]:
    """What an appeal waits for, and the steps of which somebody must be able to take one."""
    flags, waits = case.flags, []
    flagged = {
        F.DECLINE_PENDING: {A.APPROVE_DECLINE, A.REJECT_DECLINE},
        F.EXTENSION_PENDING: {A.REJECT_EXTENSION},
        F.DEFERRAL_PENDING: {A.REJECT_DEFERRAL},
        F.UNREVIEWED: {A.CONFIRM},
        F.SUPERVISED: {A.LIFT_SUPERVISION},
        F.PAUSED: {A.RESUME},
    }
    waits += [(flag.value, steps) for flag, steps in flagged.items() if flag in flags]
    if case.state in lifecycle.OPEN and conflicts.holds_back(case):
        waits.append(("a name", {A.NAME_SUBJECT, A.DISMISS_SUBJECT}))
    elif case.state in NEXT and not flags & BLOCKING:
        waits.append((str(case.state), NEXT[State(case.state)]))
    return [(name, frozenset(steps)) for name, steps in waits]


BLOCKING = {F.DECLINE_PENDING, F.EXTENSION_PENDING, F.DEFERRAL_PENDING, F.PAUSED, F.UNREVIEWED}
NEXT = {
    State.RECEIVED: {A.DISPATCH},
    State.DISPATCHED: {A.ACKNOWLEDGE},
    State.HANDLING: {A.ANSWER},
    State.ANSWERED: {A.APPROVE_ANSWER},
    State.CALLBACK: {A.CALL_BACK},
    State.DEFERRED: {A.UNDEFER},
    State.JOINED: {A.UNJOIN},
}


def it_is_no_trap(case: CaseFacts, staff: dict[str, Actor]) -> None:
    """Whatever the appeal waits for, somebody on the staff may do it."""
    for name, steps in needs(case):
        able = [who for who, actor in staff.items() if any(permissions.may(actor, step, case) for step in steps)]
        assert able, f"{case.id} waits for {name}: nobody may {sorted(steps)}"
    if case.state is State.CALLBACK and Flag.UNREVIEWED not in case.flags:
        closers = [who for who, actor in staff.items() if permissions.may(actor, Action.CLOSE, case)]
        assert closers, f"{case.id}: nobody may close"
