"""A note of a talk may name the family: all but its writer read it masked, and of a 举报 not at all."""

import pytest

from huying.appeals import callnotes, casefile
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.contact import contact
from huying.appeals.identities import Contact
from huying.rules.enums import AppealKind, ContactWay, PrivacyMode
from tests import given
from tests.cast import at

FAMILY = Contact(
    name="欧阳 甲申禾", phone="138 0000 5678", other="微信 jia_7714", relation="乙卯的姥姥", child="欧阳丙豆"
)
NOTE = "接电话的是甲申禾（乙卯的姥姥），欧阳丙豆还坐最后一排，回电 138-0000-5678 或 jia_7714，王小雨妈妈也知道"
MASKED = "接电话的是***（***），***还坐最后一排，回电 *** 或 ***，王**妈妈也知道"


def notes(appeal, actor):
    file = casefile.read(actor, appeal.pk, at=at(17))
    return [text.body for text in file.texts if text.body in (NOTE, MASKED)]


def called(stage, **fields):
    """Called back by the caller, who wrote down who answered."""
    appeal = given.delivered(stage, contact=FAMILY, **fields)
    call_back(appeal, call=given.BAD_CALL, reason=NOTE, by=stage.caller, at=at(16))
    return given.fresh(appeal)


def test_every_part_of_the_identity_and_whatever_looks_like_a_name_is_masked():
    assert callnotes.without(NOTE, FAMILY) == MASKED
    assert callnotes.without("座位没有换", FAMILY) == "座位没有换"
    assert callnotes.without("座位没有换", Contact()) == "座位没有换"
    assert callnotes.without("", FAMILY) == ""


def test_one_letter_is_no_name_and_wild_characters_are_taken_as_they_are():
    assert callnotes.without("他说（好）", Contact(name="他", other="(.*) [")) == "他说（好）"


@pytest.mark.parametrize("mode", [PrivacyMode.CONFIDENTIAL, PrivacyMode.ANONYMOUS])
def test_all_but_the_caller_read_the_note_masked(stage, mode):
    appeal = called(stage, privacy=mode)
    names = ("principal", "inspector", "dispatcher", "county_dispatcher", "county_supervisor", "caller")
    read = {name: notes(appeal, getattr(stage, name)) for name in names}
    assert read.pop("caller") == [NOTE]
    assert read == {name: [MASKED] for name in read}


def test_where_a_family_filed_openly_the_note_stands_as_it_was_written(stage):
    appeal = called(stage, privacy=PrivacyMode.OPEN)
    assert notes(appeal, stage.principal) == [NOTE]


def test_a_handler_s_note_is_masked_too(stage):
    appeal = given.handled(stage, contact=FAMILY, privacy=PrivacyMode.CONFIDENTIAL)
    contact(appeal, way=ContactWay.PHONE, reached=True, note=NOTE, by=stage.teacher, at=at(13))
    assert [notes(appeal, actor) for actor in (stage.teacher, stage.dispatcher, stage.grade_head)] == [
        [NOTE],
        [MASKED],
        [MASKED],
    ]


def test_the_note_to_a_report_is_for_the_readers_and_who_wrote_it(stage):
    appeal = called(stage, kind=AppealKind.REPORT, privacy=PrivacyMode.CONFIDENTIAL)
    names = ("principal", "inspector", "county_dispatcher", "county_supervisor", "dispatcher")
    assert {name: notes(appeal, getattr(stage, name)) for name in names} == {name: [] for name in names}
    assert notes(appeal, stage.caller) == [NOTE]
    given.opened(appeal, by=stage.dispatcher, when=at(16, 50))
    assert notes(appeal, stage.dispatcher) == [MASKED]
