"""Did they really contact you? The appellant's answer stands beside the record."""

from huying.appeals.actions.dispute_contact import dispute_contact
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def reply(appeal, stage, *, contact=4, is_true=False, by=None):
    dispute_contact(appeal, contact=contact, is_true=is_true, by=by or stage.holding(appeal), at=at(13))


def test_a_no_is_counted_and_desk_and_inspector_know(stage):
    appeal = given.contacted(stage)
    reply(appeal, stage)
    assert record(appeal) == {"contact": 4, "is_true": False}
    assert written(given.fresh(appeal)) == step(
        "dispute_contact: handling → handling",
        "appellant",
        told="""contact_denied: dispatcher school
                contact_denied: inspector school""",
    )


def test_a_yes_alarms_nobody(stage):
    appeal = given.contacted(stage)
    reply(appeal, stage, is_true=True)
    assert written(appeal).told == set()


def test_only_a_recorded_contact_can_be_denied(stage):
    appeal = given.contacted(stage)
    for sequence in (3, 5):
        with refused(appeal, NotPossible, "没有这条联系记录"):
            reply(appeal, stage, contact=sequence)


def test_nobody_denies_it_in_their_name(stage):
    appeal = given.contacted(stage)
    for by in (stage.teacher, stage.dispatcher, stage.mother):
        with refused(appeal, (NotAllowed, NotPossible)):
            reply(appeal, stage, by=by)


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.contacted(stage), stage)
    with refused(appeal, Stale):
        reply(appeal, stage)
