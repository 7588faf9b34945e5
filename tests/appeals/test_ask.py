"""A question waits at the receipt."""

from huying.appeals.actions.ask import ask
from huying.appeals.models import Clock
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, refused, step, written
from tests.cast import at


def test_the_question_is_in_the_file_and_no_clock_stops(stage):
    appeal = given.handled(stage)
    running = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).count()
    ask(appeal, question="孩子近视多少度？", by=stage.teacher, at=at(13))

    assert written(given.fresh(appeal)) == step(
        "ask: handling → handling",
        "class_teacher class",
        words=(("question", "孩子近视多少度？"),),
        told="asked: appellant",
    )
    assert Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).count() == running


def test_the_desk_may_ask_before_anything_else(stage):
    appeal = given.registered(stage)
    ask(appeal, question="是哪个班？", by=stage.dispatcher, at=at(10, 30))
    assert written(appeal).by == "dispatcher school"


def test_nobody_else_asks_and_nobody_asks_nothing(stage):
    appeal = given.handled(stage)
    for name in ("clerk", "grade_head", "principal", "caller", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            ask(appeal, question="？", by=getattr(stage, name), at=at(13))
    with refused(appeal, NotPossible, "请写要问的内容"):
        ask(appeal, question="", by=stage.teacher, at=at(13))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        ask(appeal, question="是哪个班？", by=stage.teacher, at=at(18))
