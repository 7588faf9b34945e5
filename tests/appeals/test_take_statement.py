"""The Subject is heard on the handler's questions."""

import pytest

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.take_statement import take_statement
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


@pytest.fixture
def about_teacher(stage):
    """A complaint about the class teacher, in the hands of the office."""
    appeal = given.complaint_about(stage, "teacher")
    dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.office_head, at=at(12))
    return given.fresh(appeal)


def hear(appeal, *, by, statement="我提高了声音，没有骂人。"):
    take_statement(appeal, question="那天发生了什么？", statement=statement, by=by, at=at(13))


def test_question_and_words_stand_in_the_file_and_nobody_is_told(stage, about_teacher):
    hear(about_teacher, by=stage.office_head)
    assert written(given.fresh(about_teacher)) == step(
        "take_statement: handling → handling",
        "office_head office",
        words=(("question", "那天发生了什么？"), ("statement", "我提高了声音，没有骂人。")),
    )


def test_nobody_but_the_person_in_charge_hears_them(stage, about_teacher):
    for name in ("teacher", "dispatcher", "grade_head", "principal"):
        with refused(about_teacher, NotAllowed):
            hear(about_teacher, by=getattr(stage, name))


def test_there_is_somebody_to_hear_and_something_was_said(stage, about_teacher):
    with refused(about_teacher, NotPossible, "请写陈述内容"):
        hear(about_teacher, by=stage.office_head, statement="")
    seat = given.handled(stage)
    with refused(seat, NotPossible, "没有被反映的人"):
        hear(seat, by=stage.teacher)


def test_a_second_hand_comes_too_late(stage, about_teacher):
    appeal = overtaken(about_teacher, stage)
    with refused(appeal, Stale):
        hear(appeal, by=stage.office_head)
