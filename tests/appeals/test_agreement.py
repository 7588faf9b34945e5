"""Many and one agree: what a list shows is what the rules let see, for everyone, in every shape of an appeal."""

import pytest

from huying.appeals import facts, queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.models import Appeal
from huying.people import queries as people
from huying.people.models import Post
from huying.rules import permissions
from huying.rules.actors import FILER, IMPORT, NOBODY, TIMER, Actor, holder
from huying.rules.enums import ActorKind, PostKind, State
from tests import cast, given
from tests.appeals import town
from tests.cast import PEOPLE, TODAY, Stage, at

NOON = at(12, day=28)


def full() -> tuple[Stage, dict[str, Appeal]]:
    stage = cast.enter()
    return stage, town.built(stage)


@pytest.fixture
def full_town(db, worlds):
    """The cast, and an appeal in every shape."""
    with worlds.on(full) as made:
        yield made


@pytest.fixture
def grid(full_town):
    """Everyone of the cast, and every shape of an appeal with its facts."""
    stage, appeals = full_town
    cases = {appeal.pk: facts.of(appeal, at=NOON) for appeal in Appeal.objects.select_related(*facts.NEEDED)}
    return everyone(stage, appeals), cases


def everyone(stage: Stage, appeals):
    actors = {name: getattr(stage, name) for name in PEOPLE}
    machines = {"timer": TIMER, "import": IMPORT, "nobody": NOBODY, "filer": FILER}
    mother = stage.holding(appeals["contacted"])
    both = holder(receipt=1, appeals=frozenset({appeals["closed"].pk, appeals["report"].pk}))
    return {**actors, **machines, "mother": mother, "mother of two": both}


def listed(actor) -> list[int]:
    return sorted(queries.visible_to(actor).values_list("pk", flat=True))


def seen(actor, cases) -> list[int]:
    return sorted(pk for pk, case in cases.items() if permissions.sees(actor, case))


def test_the_list_and_the_rule_agree_for_everyone(grid):
    actors, cases = grid
    assert {case.state for case in cases.values()} == set(State)
    assert {name: listed(one) for name, one in actors.items()} == {
        name: seen(one, cases) for name, one in actors.items()
    }


def test_nobody_may_do_what_they_cannot_see(grid):
    actors, cases = grid
    for name, actor in actors.items():
        in_sight = set(listed(actor))
        blind = [case for pk, case in cases.items() if pk not in in_sight]
        assert [(name, case.id) for case in blind if permissions.open_steps(actor, case)] == []


def test_it_holds_for_whoever_has_two_posts(stage):
    Post.objects.create(
        person=stage.person("teacher"), unit=stage.units["office"], kind=PostKind.OFFICE_HEAD, starts_on=TODAY
    )
    Post.objects.create(person=stage.person("caller"), unit=stage.units["school"], kind=PostKind.CLERK, starts_on=TODAY)
    Post.objects.create(
        person=stage.person("inspector"), unit=stage.units["other_school"], kind=PostKind.CALLER, starts_on=TODAY
    )
    town.built(stage)
    cases = {appeal.pk: facts.of(appeal, at=NOON) for appeal in Appeal.objects.select_related(*facts.NEEDED)}
    for name in ("teacher", "caller", "inspector", "grade_head"):
        actor = getattr(stage, name)
        assert listed(actor) == seen(actor, cases), name


def test_a_closed_post_sees_nothing_the_next_day(full_town):
    stage, _appeals = full_town
    Post.objects.filter(person=stage.person("dispatcher")).update(ends_on=TODAY)
    account = stage.accounts["dispatcher"]
    assert listed(people.actor_of(account, on=TODAY)) != []
    assert listed(people.actor_of(account, on=at(8, day=25).date())) == []


def test_a_closed_account_sees_nothing(full_town):
    stage, _appeals = full_town
    account = stage.accounts["dispatcher"]
    account.is_active = False
    assert listed(people.actor_of(account, on=TODAY)) == []


def test_one_appeal_is_opened_by_the_same_rule(stage):
    appeal = town.about("teacher")(stage)
    assert queries.get_for(stage.dispatcher, appeal.pk) == appeal
    assert queries.case_for(stage.dispatcher, appeal.pk, at=NOON)[1].id == appeal.pk
    for hidden in (
        lambda: queries.get_for(stage.teacher, appeal.pk),
        lambda: queries.get_for(stage.dispatcher, 999_999),
    ):
        with pytest.raises(queries.Missing):
            hidden()


def test_an_appeal_with_two_helpers_comes_once(stage):
    appeal = town.helped(stage)
    assert listed(stage.office_head) == [appeal.pk]
    assert listed(stage.principal) == [appeal.pk]


def test_what_the_county_sends_to_another_school_is_there_for_who_must_handle_it(stage):
    appeal = given.registered(stage, by=stage.county_dispatcher, channel="hotline")
    strangers = [stage.other_principal, stage.other_dispatcher]
    assert [listed(one) for one in strangers] == [[], []]
    dispatch(appeal, lead=stage.units["other_school"], by=stage.county_dispatcher, at=at(11))
    assert [listed(one) for one in strangers] == [[appeal.pk], [appeal.pk]]
    acknowledge(given.fresh(appeal), by=stage.other_principal, at=at(12))
    assert given.fresh(appeal).state == State.HANDLING


def test_a_member_of_staff_without_a_person_sees_nothing(stage):
    given.handled(stage)
    assert listed(Actor(kind=ActorKind.STAFF, account=1)) == []


def test_a_post_in_a_unit_elsewhere_lies_behind_the_wall_around_its_head_too(stage):
    appeal = given.complaint_about(stage, "principal")
    Post.objects.create(
        person=stage.person("county_caller"), unit=stage.units["school"], kind=PostKind.DISPATCHER, starts_on=TODAY
    )
    actor = stage.county_caller
    assert stage.person("principal").pk in actor.superiors
    assert (listed(actor), seen(actor, {appeal.pk: facts.of(appeal, at=NOON)})) == ([], [])
