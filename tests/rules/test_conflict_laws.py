"""Laws of the conflict guard (R1) over any tree of units, any posts, and any change of posts."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.rules import conflicts, permissions
from huying.rules.actors import Actor, PostFact
from huying.rules.case import SubjectFact, UnitFact
from huying.rules.enums import ActorKind, PostKind, State, SubjectStatus, UnitLevel
from tests.rules.scene import case

LIVE = [one for one in SubjectStatus if one is not SubjectStatus.DISMISSED]
BELOW = {
    UnitLevel.COUNTY: (UnitLevel.SCHOOL,),
    UnitLevel.SCHOOL: (UnitLevel.GRADE, UnitLevel.OFFICE),
    UnitLevel.GRADE: (UnitLevel.CLASS,),
}
HEADS = (PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.PRINCIPAL)


@dataclass(frozen=True)
class Town:
    """A tree of units, where each person works, and who holds which post where."""

    units: tuple[UnitFact, ...]
    homes: tuple[UnitFact, ...]
    posts: tuple[tuple[int, PostFact], ...]

    def heads(self, person: int) -> list[UnitFact]:
        return [post.unit for who, post in self.posts if who == person and post.kind in HEADS]

    def works_in(self, person: int) -> list[UnitFact]:
        """The units a person works in, and those above them up to the school."""
        places = [self.homes[person], *(post.unit for who, post in self.posts if who == person)]
        return [
            unit
            for unit in self.units
            if unit.level is not UnitLevel.COUNTY and any(unit.holds(place.path) for place in places)
        ]

    def actor(self, person: int) -> Actor:
        around = self.works_in(person)
        above = {who for who, post in self.posts if post.kind in HEADS and post.unit in around} - {person}
        return Actor(
            kind=ActorKind.STAFF,
            person=person,
            posts=tuple(post for who, post in self.posts if who == person),
            home=self.homes[person],
            superiors=frozenset(above),
            own_units=frozenset(unit.id for unit in around),
        )

    def subject(self, person: int, status: SubjectStatus = SubjectStatus.CONFIRMED) -> SubjectFact:
        headed = tuple(unit.path for unit in self.heads(person))
        return SubjectFact(1, status, person=person, home=self.homes[person].path, headed=headed)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    units = [UnitFact(1, "/1/", UnitLevel.COUNTY)]
    for pk in range(2, draw(st.integers(4, 14))):
        above = draw(st.sampled_from([unit for unit in units if unit.level in BELOW]))
        units.append(UnitFact(pk, f"{above.path}{pk}/", draw(st.sampled_from(BELOW[above.level]))))
    homes = draw(st.lists(st.sampled_from(units), min_size=2, max_size=8))
    posts = [(who, draw(a_post(units))) for who in draw(st.lists(st.integers(0, len(homes) - 1), max_size=10))]
    return Town(tuple(units), tuple(homes), tuple(posts))


@st.composite
def a_post(draw: st.DrawFn, units: list[UnitFact]) -> PostFact:
    """A head of the unit's own level, or a desk, a caller or a clerk anywhere."""
    unit = draw(st.sampled_from(units))
    others = [PostKind.DISPATCHER, PostKind.CALLER, PostKind.CLERK, PostKind.INSPECTOR, PostKind.COUNTY_DISPATCHER]
    return PostFact(draw(st.sampled_from([permissions.HEAD_OF_LEVEL[unit.level], *others])), unit)


def holds_in(town: Town, person: int) -> None:
    """All laws for one town and one person complained about."""
    about = [town.subject(person)]
    for who in range(len(town.homes)):
        actor = town.actor(who)
        commands = person != who and any(unit in town.works_in(who) for unit in town.heads(person))
        assert conflicts.is_walled(actor, about) is (who == person or commands)
        if conflicts.is_walled(actor, about):
            for state in State:
                facts = case(state, place=town.units[0], desk=town.units[0], in_charge=who, subjects=tuple(about))
                assert not permissions.sees(actor, facts)
                assert permissions.open_steps(actor, facts) == ()
    for unit in town.units:
        headed = any(one.holds(unit.path) for one in town.heads(person))
        beside = unit.level.tier < UnitLevel.SCHOOL.tier and unit.holds(town.homes[person].path)
        assert conflicts.is_near(unit, about) is (headed or beside)


@settings(max_examples=60, deadline=None)
@given(town=towns(), data=st.data())
def test_the_wall_and_the_near_units_follow_from_the_posts_of_today(town, data):
    holds_in(town, data.draw(st.integers(0, len(town.homes) - 1)))


@settings(max_examples=60, deadline=None)
@given(town=towns(), data=st.data())
def test_a_change_of_posts_moves_the_wall_at_once(town, data):
    person = data.draw(st.integers(0, len(town.homes) - 1))
    more = (data.draw(st.integers(0, len(town.homes) - 1)), data.draw(a_post(list(town.units))))
    holds_in(replace(town, posts=(*town.posts, more)), person)
    holds_in(replace(town, posts=town.posts[1:]), person)


@settings(max_examples=60, deadline=None)
@given(town=towns(), data=st.data())
def test_a_unit_complained_about_shuts_out_all_who_work_in_it(town, data):
    unit = data.draw(st.sampled_from(town.units))
    about = [SubjectFact(1, data.draw(st.sampled_from(LIVE)), unit=unit)]
    for who in range(len(town.homes)):
        assert conflicts.is_walled(town.actor(who), about) is (unit in town.works_in(who))
    assert [one for one in town.units if conflicts.is_near(one, about)] == [
        one for one in town.units if unit.holds(one.path)
    ]


@settings(max_examples=60, deadline=None)
@given(town=towns(), data=st.data())
def test_more_names_never_open_a_wall_and_a_dismissed_one_builds_none(town, data):
    people = st.integers(0, len(town.homes) - 1)
    one, other = town.subject(data.draw(people)), town.subject(data.draw(people), SubjectStatus.PROPOSED)
    gone = replace(other, status=SubjectStatus.DISMISSED)
    for who in range(len(town.homes)):
        actor = town.actor(who)
        apart = conflicts.is_walled(actor, [one]) or conflicts.is_walled(actor, [other])
        assert conflicts.is_walled(actor, [one, other]) is apart
        assert conflicts.is_walled(actor, [one, gone]) is conflicts.is_walled(actor, [one])
    for unit in town.units:
        assert conflicts.is_near(unit, [one, gone]) is conflicts.is_near(unit, [one])


@pytest.mark.proof
@settings(max_examples=20_000, deadline=None)
@given(town=towns(), data=st.data())
def test_the_wall_follows_from_the_posts_in_twenty_thousand_towns(town, data):
    holds_in(town, data.draw(st.integers(0, len(town.homes) - 1)))
