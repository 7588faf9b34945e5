"""The gate by the rules alone: who writes, who agrees, what is never public."""

import pytest

from huying.rules import publication as rules
from huying.rules.enums import AppealKind, Flag, PublicationStanding, State
from huying.rules.publication import NotPublishable, NotYoursToPublish, Piece
from tests.rules.scene import COUNTY, GRADE, POSTS, SCHOOL, case, someone

CLOSED = case(State.CLOSED)


def after(**history):
    return case(State.CLOSED, past=history)


def those(asked):
    return {name for name in POSTS if asked(someone(name))}


def test_the_dispatchers_draft_once_the_unit_is_open_and_the_matter_closed():
    assert those(lambda who: rules.may_draft(who, CLOSED, is_open=True)) == {"dispatcher", "county_dispatcher"}
    assert those(lambda who: rules.may_draft(who, CLOSED, is_open=False)) == set()
    assert those(lambda who: rules.may_draft(who, case(State.CALLBACK), is_open=True)) == set()
    rules.require_drafter(someone("dispatcher"), CLOSED)
    with pytest.raises(NotYoursToPublish):
        rules.require_drafter(someone("principal"), CLOSED)


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        (case(State.HANDLING), "办结以后才能公开"),
        (after(was_red=True), "红线事项不单件公开"),
        (after(was_report=True), "举报不单件公开"),
        (case(State.CLOSED, kind=AppealKind.REPORT), "举报不单件公开"),
        (case(State.CLOSED, Flag.DISPUTED), "家长有异议，先处理完"),
        (after(is_published=True), "这件已经公开"),
        (after(is_erased=True), "已经清除过"),
    ],
)
def test_what_is_never_public(matter, says):
    with pytest.raises(NotPublishable, match=says):
        rules.require_gate(matter, is_open=True)
    with pytest.raises(NotPublishable, match="还没有开放网上公开"):
        rules.require_gate(matter, is_open=False)


def test_a_closed_matter_of_an_open_unit_may_be_public():
    rules.require_gate(CLOSED, is_open=True)


def test_the_second_person_neither_wrote_nor_handled():
    by = {"dispatcher", "principal", "inspector", "county_dispatcher", "county_supervisor"}
    assert those(lambda who: rules.may_decide(who, CLOSED, drafter=None)) == by
    assert those(lambda who: rules.may_decide(who, CLOSED, drafter=someone("dispatcher").person)) == by - {"dispatcher"}
    handled = after(hands=frozenset({someone("principal").person}))
    assert those(lambda who: rules.may_decide(who, handled, drafter=None)) == by - {"principal"}
    with pytest.raises(NotYoursToPublish, match="起草的人"):
        rules.require_decider(someone("inspector"), CLOSED, drafter=someone("inspector").person)
    with pytest.raises(NotYoursToPublish, match="经办过"):
        rules.require_decider(someone("principal"), handled, drafter=None)
    rules.require_decider(someone("inspector"), CLOSED, drafter=someone("dispatcher").person)


def test_a_hand_may_take_down_what_it_could_not_publish():
    handled = after(hands=frozenset({someone("principal").person}))
    assert rules.may_take_down(someone("principal"), handled)
    assert not rules.may_take_down(someone("teacher"), handled)


def test_only_the_head_of_the_very_unit_opens_it():
    assert those(lambda who: rules.may_open(who, SCHOOL)) == {"principal"}
    assert those(lambda who: rules.may_open(who, COUNTY)) == {"county_supervisor"}
    assert those(lambda who: rules.may_open(who, GRADE)) == set()
    rules.require_head(someone("principal"), SCHOOL)
    with pytest.raises(NotYoursToPublish):
        rules.require_head(someone("dispatcher"), SCHOOL)


def test_who_has_to_do_with_public_texts():
    assert those(rules.is_publisher) == {
        "dispatcher", "principal", "inspector", "other_principal", "other_dispatcher", "county_dispatcher",
        "county_supervisor",
    }  # fmt: skip


def test_every_piece_is_decided_and_some_never_stay():
    name, phone, klass = Piece("name", "王"), Piece("phone", "5550000"), Piece("class", "三年级4班")
    assert rules.undecided([name, phone, name], [phone]) == (name,)
    assert rules.undecided([klass], [klass]) == (klass,)
    rules.require_decided([name], [name])
    with pytest.raises(NotPublishable, match="还有 2 处"):
        rules.require_decided([name, phone, name], [])


def test_the_parent_s_own_words_are_not_copied():
    said = "孩子坐最后一排，看不清黑板，想换到前面。"
    rules.require_own_words(["有家长问座位怎么换"], said)
    rules.require_own_words(["看不清黑板，想换到前面"], said)
    rules.require_own_words(["什么"], "")
    with pytest.raises(NotPublishable, match="家长的原话"):
        rules.require_own_words(["好", "他说孩子坐最后一排，看不清 黑板，想换到前面。"], said)


def test_all_is_written_and_short_enough():
    rules.require_words("题", "问", "答")
    for words in (("", "问", "答"), ("题", " ", "答"), ("题", "问", "")):
        with pytest.raises(NotPublishable, match="都要写"):
            rules.require_words(*words)
    with pytest.raises(NotPublishable, match="最多 40"):
        rules.require_words("题" * 41, "问", "答")
    with pytest.raises(NotPublishable, match="最多 2000"):
        rules.require_words("题", "问" * 2001, "答")


def test_a_step_begins_where_it_begins_and_a_no_has_a_reason():
    rules.require_standing(PublicationStanding.DRAFTED, PublicationStanding.DRAFTED)
    with pytest.raises(NotPublishable):
        rules.require_standing(PublicationStanding.WITHHELD, PublicationStanding.DRAFTED)
    rules.require_reason("有理由")
    with pytest.raises(NotPublishable, match="理由"):
        rules.require_reason("  ")
