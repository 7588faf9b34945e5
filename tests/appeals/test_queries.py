"""The gate at its edges: who sees nothing at all, and who is kept out though the place is theirs."""

from dataclasses import replace

from huying.appeals import queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.rules.actors import NOBODY, Actor
from huying.rules.enums import ActorKind, AppealKind
from tests import given
from tests.cast import at


def test_nobody_sees_nothing(stage):
    given.registered(stage)
    assert list(queries.visible_to(NOBODY)) == []
    assert list(queries.visible_to(Actor(kind=ActorKind.STAFF))) == []


def test_posts_without_a_person_see_what_the_posts_see(stage):
    appeal = given.registered(stage)
    assert list(queries.visible_to(replace(stage.dispatcher, person=None))) == [appeal]


def test_what_is_behind_a_wall_is_told_apart(stage):
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT, subjects=["王芳"])
    assert list(queries.walled_from(stage.teacher)) == [appeal]
    assert list(queries.walled_from(stage.dispatcher)) == []


def test_history_that_was_not_recorded_is_said_to_be_missing(stage):
    history = Actor(kind=ActorKind.IMPORT, name="导入")
    appeal = given.registered(stage, by=history, is_imported=True)
    given.dispatch(appeal, lead=stage.units["class"], by=history, at=at(11))
    appeal = given.fresh(appeal)
    acknowledge(appeal, by=history, at=at(12))
    given.answer(given.fresh(appeal), draft=given.Draft(reply="已换。"), by=history, at=at(13))
    assert "not_recorded" in given.fresh(appeal).events.order_by("sequence").last().data
