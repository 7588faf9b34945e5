"""A joint study: who calls it, what it decides, whose trays it fills; and reminding many at once."""

from datetime import date

import pytest

from huying.appeals.models import Topic
from huying.channels.models import Letter
from huying.oversight import proceedings
from huying.oversight.actions.close_study import close_study
from huying.oversight.actions.decide_study import Decision, decide_study
from huying.oversight.actions.remind_many import remind_many
from huying.oversight.models import Proceeding
from huying.oversight.trace import Overtaken
from huying.rules.enums import Action, ProceedingAct
from huying.rules.interviews import NotYoursToCall, Unfit
from tests import given
from tests.cast import at
from tests.oversight import talks

A = ProceedingAct


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_several_units_are_called_together_over_one_problem(stage):
    proceeding = talks.studied(stage, topic=Topic.objects.get(code="canteen"))
    assert (proceeding.unit.name, proceeding.stage, proceeding.study.topic.name) == (
        "澄川县实验小学",
        "announced",
        "食堂与饮水",
    )
    assert told("study_opened") == ["李强", "钱进"]
    assert [one.act for one in proceedings.waiting_for(stage.grade_head)] == [A.OPEN_STUDY]
    assert [one.act for one in proceedings.waiting_for(stage.principal)] == [A.DECIDE_STUDY]


def test_a_study_of_one_unit_or_of_units_above_the_caller_is_refused(stage):
    with pytest.raises(Unfit, match="两个"):
        talks.studied(stage, units=("office", "office"))
    with pytest.raises(NotYoursToCall):
        talks.studied(stage, units=("office", "other_school"))
    assert not Proceeding.objects.exists()


def test_a_case_about_one_of_the_heads_is_not_talked_over_before_them(stage):
    about_her = given.complaint_about(stage, "grade_head")
    with pytest.raises(Unfit, match=about_her.number):
        talks.studied(stage, cases=[about_her])
    with pytest.raises(Unfit, match="看不到"):
        talks.studied(stage, cases=[given.complaint_about(stage, "principal")])


def test_each_head_sees_of_the_cases_what_their_own_lists_show(stage):
    appeal = given.handled(stage)
    proceeding = talks.studied(stage, cases=[appeal])
    assert [one.pk for one in proceedings.cases_of(proceeding, stage.grade_head)] == [appeal.pk]
    assert list(proceedings.cases_of(proceeding, stage.office_head)) == []


def test_what_is_decided_lies_in_the_trays_of_those_who_do_it(stage):
    proceeding = talks.decided(stage)
    # Sixty days after the 26th of November.
    assert (proceeding.stage, proceeding.next_on) == ("under_way", date(2027, 1, 25))
    (waiting,) = proceedings.waiting_for(stage.grade_head)
    assert (waiting.act, waiting.words, waiting.due_on) == (A.FINISH_ITEM, "排错峰表", date(2026, 12, 4))
    assert (told("item_set"), told("study_decided")) == (["李强"], ["李强", "钱进"])


def test_a_decision_without_cause_or_from_somebody_else_is_refused(stage):
    proceeding = talks.studied(stage)
    decision = Decision(cause="", measures="错峰", items=[talks.item(stage)])
    with pytest.raises(Unfit, match="原因"):
        decide_study(proceeding, decision=decision, by=stage.principal, at=at(17, day=26))
    with pytest.raises(NotYoursToCall):
        decide_study(proceeding, decision=decision, by=stage.grade_head, at=at(17, day=26))
    with pytest.raises(Overtaken):
        close_study(proceeding, found="有效", by=stage.principal, at=at(17, day=26))


def test_a_study_ends_with_what_came_of_it(stage):
    proceeding = talks.decided(stage)
    with pytest.raises(Unfit):
        close_study(proceeding, found=" ", by=stage.principal, at=at(9, day=25, month=1, year=2027))
    with pytest.raises(NotYoursToCall):
        close_study(proceeding, found="有效", by=stage.office_head, at=at(9, day=25, month=1, year=2027))
    close_study(proceeding, found="排队时间减了一半。", by=stage.principal, at=at(9, day=25, month=1, year=2027))
    assert (talks.fresh(proceeding).stage, told("study_closed")) == ("closed", ["李强", "钱进"])


def test_many_are_reminded_with_the_same_words_and_what_cannot_be_is_told(stage):
    first, second, done = given.handled(stage), given.dispatched(stage), given.closed(stage)
    hidden = given.complaint_about(stage, "principal")
    asked = [first.pk, second.pk, done.pk, hidden.pk]
    reminded = remind_many(asked, words="请今天办结。", by=stage.principal, at=at(17))
    assert (set(reminded.done), reminded.left) == ({first.number, second.number}, (done.number,))
    last = given.fresh(first).events.order_by("sequence").last()
    assert (last.action, [text.body for text in last.texts.all()]) == (Action.REMIND, ["请今天办结。"])
    assert Letter.objects.filter(kind="reminded").count() == 2
