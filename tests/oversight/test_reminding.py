"""Days that come near are told once, the day after once more, and only to whom they wait for."""

from huying.appeals.actions.name_subject import name_subject
from huying.channels.models import Letter
from huying.oversight import proceedings, reminding
from huying.oversight.actions.finish_item import finish_item
from tests import given
from tests.cast import at
from tests.oversight import talks


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_a_commitment_is_told_the_day_before_and_the_day_after_however_often_the_loop_runs(stage):
    talks.signed(stage)
    assert reminding.remind_due(at=at(9, day=2, month=12)) == 0
    for hour in (9, 10):
        reminding.remind_due(at=at(hour, day=3, month=12))
    assert told("item_due") == ["钱进"]
    for day in (5, 6, 7):
        reminding.remind_due(at=at(9, day=day, month=12))
    assert told("item_due") == ["钱进", "钱进"]


def test_what_is_done_is_not_told(stage):
    talks.signed(stage)
    (waiting,) = proceedings.waiting_for(stage.office_head)
    item = proceedings.item_for(stage.office_head, waiting.item)
    finish_item(item, note="做了", by=stage.office_head, at=at(9, day=1, month=12))
    reminding.remind_due(at=at(9, day=6, month=12))
    assert told("item_due") == []


def test_whose_talk_it_is_hears_of_its_day(stage):
    talks.called(stage, unit="school", by="county_supervisor")
    assert reminding.remind_due(at=at(9, day=25)) == 2
    assert told("proceeding_due") == ["方舟", "陆远"]


def test_nobody_behind_a_wall_is_told(stage):
    appeal = given.handled(stage)
    talks.called(stage, unit="school", by="county_supervisor", cases=[appeal])
    person = stage.person("second_supervisor")
    name_subject(given.fresh(appeal), person=person, by=stage.dispatcher, at=at(17, 30))
    reminding.remind_due(at=at(9, day=25))
    assert told("proceeding_due") == ["陆远"]
