"""All open work of a person moves at once."""

from huying.appeals.actions.hand_over import hand_over
from huying.appeals.actions.remind import remind
from tests import given
from tests.appeals.ledger import record, step, written
from tests.cast import at


def test_open_work_lies_with_the_successor_and_finished_work_stays(stage):
    first, second, done = given.handled(stage), given.handled(stage), given.closed(stage)
    moved = hand_over(
        stage.person("teacher"), successor=stage.person("other_teacher"), by=stage.system_admin, at=at(17)
    )

    assert moved == 2
    assert [given.fresh(one).in_charge.name for one in (first, second, done)] == ["孙梅", "孙梅", "王芳"]
    assert record(first) == {
        "from": stage.person("teacher").pk,
        "to": stage.person("other_teacher").pk,
        "ordered_by": stage.person("system_admin").pk,
        "in_charge": stage.person("other_teacher").pk,
    }
    assert written(first) == step("hand_over: handling → handling", "timer", told="handed_over: 孙梅")


def test_without_a_successor_the_head_of_the_unit_has_it(stage):
    appeal = given.handled(stage)
    due = appeal.due_at
    hand_over(stage.person("teacher"), successor=None, by=stage.system_admin, at=at(17))
    appeal = given.fresh(appeal)
    assert (appeal.in_charge, appeal.due_at) == (None, due)
    assert written(appeal).told == {"handed_over: class_teacher class"}


def test_a_successor_who_is_complained_about_does_not_get_it(stage):
    appeal = given.handled(stage, lead="office", by="office_head")
    given.name_subject(appeal, person=stage.person("teacher"), by=stage.dispatcher, at=at(13))
    hand_over(stage.person("office_head"), successor=stage.person("teacher"), by=stage.system_admin, at=at(17))
    assert given.fresh(appeal).in_charge is None


def test_who_has_nothing_in_hand_hands_over_nothing(stage):
    assert hand_over(stage.person("caller"), successor=None, by=stage.system_admin, at=at(17)) == 0


def test_what_was_read_before_is_stale_afterwards(stage):
    appeal = given.handled(stage)
    version = appeal.version
    hand_over(stage.person("teacher"), successor=None, by=stage.system_admin, at=at(17))
    remind(given.fresh(appeal), by=stage.dispatcher, at=at(17, 10))
    assert given.fresh(appeal).version == version + 2
