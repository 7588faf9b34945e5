"""A pile holds an appeal exactly when its reader may take the step that the pile waits for."""

import pytest

from huying.appeals import piles, queries
from huying.appeals.actions.answer import answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.assign import assign
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.join import join
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.models import Subject
from huying.people.models import Post
from huying.rules import permissions
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, AppealKind, PostKind, State, SubjectStatus, UnitLevel
from tests import cast, given
from tests.cast import PEOPLE, Stage, at

NOW = at(17)
# The step that each pile waits for.
WAITS_FOR = {
    "to_sign": Action.ACKNOWLEDGE,
    "to_review": Action.APPROVE_ANSWER,
    "to_call": Action.CALL_BACK,
    "assisting": Action.ASSIST,
}
STORIES = (given.registered, given.dispatched, given.handled, given.contacted, given.answered, given.delivered)


def as_it_is(stage) -> None:
    """Everyone at their posts."""


def without(*names: str):
    """Some posts are empty."""

    def leave(stage) -> None:
        Post.objects.filter(person__in=[stage.person(name) for name in names]).update(ends_on="2026-11-01")

    leave.__name__ = f"without {' and '.join(names)}"
    return leave


def tell() -> Stage:
    stage = cast.enter()
    for story in STORIES:
        story(stage, kind=AppealKind.COMPLAINT)
        if story in LED:
            story(stage, kind=AppealKind.COMPLAINT, lead="grade", **by_the_grade(story))
    return stage


@pytest.fixture
def told(db, worlds):
    """The cast, and complaints at every step of the way, led by a class and by a grade."""
    with worlds.on(tell) as stage:
        yield stage


CASTS = (as_it_is, without("grade_head"), without("teacher"), without("principal"), without("grade_head", "principal"))


def lies_on(pile: str, actor) -> set[int]:
    found = piles.named(pile, actor)
    return set(piles.filled(found, actor, at=NOW).values_list("pk", flat=True)) if found is not None else set()


def in_sight_of(actor) -> dict[int, CaseFacts]:
    """The appeals this actor may see, each with its facts."""
    seen = queries.visible_to(actor).values_list("pk", flat=True)
    return {pk: queries.case_for(actor, pk, at=NOW)[1] for pk in seen}


def may_take(action: Action, actor, cases: dict[int, CaseFacts]) -> set[int]:
    """Those of them on which this actor may take the step."""
    return {pk for pk, case in cases.items() if permissions.may(actor, action, case)}


@pytest.mark.parametrize("leave", CASTS, ids=[one.__name__ for one in CASTS])
def test_a_pile_and_the_permission_behind_it_agree(told, leave):
    leave(told)
    for who in PEOPLE:
        actor = getattr(told, who)
        cases = in_sight_of(actor)
        for pile, action in WAITS_FOR.items():
            assert lies_on(pile, actor) == may_take(action, actor, cases), (who, pile)


LED = (given.dispatched, given.handled, given.contacted, given.answered)


def by_the_grade(story) -> dict[str, str]:
    return {} if story is given.dispatched else {"by": "grade_head"}


@pytest.mark.parametrize("named", ["teacher", "grade_head"])
def test_the_wall_passes_review_and_signature_to_the_next_head(stage, named):
    for story in (given.dispatched, given.answered):
        appeal = story(stage, kind=AppealKind.COMPLAINT)
        name_subject(appeal, person=stage.person(named), by=stage.dispatcher, at=at(16))
    for who in PEOPLE:
        actor = getattr(stage, who)
        cases = in_sight_of(actor)
        for pile in ("to_sign", "to_review"):
            assert lies_on(pile, actor) == may_take(WAITS_FOR[pile], actor, cases), (who, pile)


def teaches(stage: Stage, who: str, unit: str) -> None:
    """They hold a class beside their own post."""
    Post.objects.create(
        person=stage.person(who), unit=stage.units[unit], kind=PostKind.CLASS_TEACHER, starts_on=cast.TODAY
    )


def a_principal_who_teaches(stage: Stage) -> Subject:
    """About the 级部 in which the principal teaches, and it lies with the school."""
    teaches(stage, "principal", "class")
    return Subject(unit=stage.units["grade"])


def a_head_who_teaches_under_another(stage: Stage) -> Subject:
    """About the head of a 级部 in which the head of the unit that has it teaches too."""
    cast.found(stage, "grade_four", "四年级部", UnitLevel.GRADE, "school")
    cast.found(stage, "class_four", "四年级1班", UnitLevel.CLASS, "grade_four")
    Post.objects.create(
        person=stage.person("caller"),
        unit=stage.units["grade_four"],
        kind=PostKind.GRADE_HEAD,
        starts_on=cast.TODAY,
    )
    teaches(stage, "office_head", "class_four")
    return Subject(person=stage.person("caller"))


@pytest.mark.parametrize(
    ("about", "lead", "walled", "instead"),
    [
        (a_principal_who_teaches, "school", "principal", "county_supervisor"),
        (a_head_who_teaches_under_another, "office", "office_head", "principal"),
    ],
)
def test_whoever_is_walled_off_by_a_second_post_is_passed_over(stage, about, lead, walled, instead):
    subject = about(stage)
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT)
    subject.appeal, subject.status = appeal, SubjectStatus.CONFIRMED
    subject.save()
    dispatch(appeal, lead=stage.units[lead], by=stage.county_dispatcher, at=at(12))
    for who in PEOPLE:
        actor = getattr(stage, who)
        assert lies_on("to_sign", actor) == may_take(Action.ACKNOWLEDGE, actor, in_sight_of(actor)), who
    assert lies_on("to_sign", getattr(stage, walled)) == set()
    assert lies_on("to_sign", getattr(stage, instead)) == {appeal.pk}


def test_who_was_put_in_charge_has_it_and_the_head_no_more(stage):
    appeal = given.handled(stage, lead="grade", by="grade_head")
    assign(appeal, person=stage.person("other_teacher"), by=stage.grade_head, at=at(13))
    assert lies_on("handling", stage.other_teacher) == {appeal.pk}
    assert lies_on("handling", stage.grade_head) == set()


def test_sizes_are_those_of_the_piles(stage):
    for story in STORIES:
        story(stage, kind=AppealKind.COMPLAINT)
    for who in PEOPLE:
        actor = getattr(stage, who)
        counted = {pile.name: len(lies_on(pile.name, actor)) for pile in piles.of(actor) if pile.is_counted}
        assert piles.sizes(actor, at=NOW) == counted, who


def test_an_appeal_with_two_helping_units_lies_on_a_pile_once(stage):
    appeal = given.registered(stage)
    fields = {"lead": stage.units["grade"], "assisting": [stage.units["class"], stage.units["other_class"]]}
    dispatch(appeal, **fields, by=stage.dispatcher, at=at(11))
    seen = list(queries.visible_to(stage.grade_head).values_list("pk", flat=True))
    assert seen == [appeal.pk]


def test_a_joined_voice_is_called_back_for_itself(stage):
    main, voice = given.contacted(stage), given.registered(stage)
    join(voice, main=main, reason="同一件事", by=stage.dispatcher, at=at(13))
    answer(given.fresh(main), draft=given.FULL, by=stage.teacher, at=at(14))
    approve_answer(given.fresh(main), checked=True, by=stage.grade_head, at=at(15))
    assert given.fresh(voice).state == State.JOINED
    assert voice.pk in lies_on("to_call", stage.caller)
