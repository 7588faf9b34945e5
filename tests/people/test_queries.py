"""Questions about who is where, at their edges."""

from huying.people import queries as people
from huying.people.models import Post
from huying.rules.enums import PostKind
from tests.cast import TODAY


def test_no_paths_lead_to_no_units_and_no_heads(stage):
    found = people.branch([], on=TODAY)
    assert (found.units, found.heads) == ({}, {})


def test_whoever_names_a_grade_alone_is_placed_in_the_grade(stage):
    assert people.class_ladder(stage.units["grade"]) == (None, stage.units["grade"])
    assert people.class_ladder(stage.units["class"]) == (stage.units["class"], stage.units["grade"])
    assert people.class_ladder(None) == (None, None)


def test_a_unit_without_a_grade_above_it_has_none(stage):
    assert people.class_ladder(stage.units["office"]) == (stage.units["office"], None)


def test_no_unit_has_a_code_that_cannot_be_stored(stage):
    assert people.unit_by_code("school") == stage.units["school"]
    assert (people.unit_by_code("nowhere"), people.unit_by_code("school\0")) == (None, None)


def test_whoever_left_holds_no_post(stage):
    account = stage.accounts["dispatcher"]
    account.is_active = False
    account.save()
    actor = people.actor_of(account, on=TODAY)
    assert (actor.posts, actor.name) == ((), account.person.name)
    assert account not in people.accounts()


def test_an_organisation_is_there_once_it_has_a_unit(stage):
    assert people.has_organisation()


def test_from_a_school_an_appeal_goes_to_the_school_s_own_units_and_from_the_county_further(stage):
    school, other, county = (stage.units[name] for name in ("school", "other_school", "county"))
    own = people.units_within_reach(school, is_county=False)
    assert all(one.path.startswith(school.path) for one in own)
    assert {school, other, county} <= set(people.units_within_reach(school, is_county=True))


def test_who_holds_two_administrators_posts_is_named(stage):
    assert people.double_administrators(on=TODAY) == []
    post = Post.objects.get(kind=PostKind.SECURITY_ADMIN)
    post.person = stage.person("system_admin")
    post.save()
    assert people.double_administrators(on=TODAY) == [stage.person("system_admin").name]


def test_a_principal_who_teaches_a_class_stands_over_the_head_of_its_grade(stage):
    Post.objects.create(
        person=stage.person("principal"), unit=stage.units["class"], kind=PostKind.CLASS_TEACHER, starts_on=TODAY
    )
    assert stage.principal.superiors == frozenset()
    assert stage.teacher.superiors == {stage.person("grade_head").pk, stage.person("principal").pk}


def test_some_persons_are_the_actors_of_their_posts(stage):
    wanted = {stage.person(name).pk for name in ("principal", "teacher")}
    found = {actor.person: actor for actor in people.actors_as(wanted, on=TODAY)}
    assert {person: actor.posts for person, actor in found.items()} == {
        actor.person: actor.posts for actor in (stage.principal, stage.teacher)
    }
