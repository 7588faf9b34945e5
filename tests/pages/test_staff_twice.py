"""A step that comes twice is taken once, and whoever sent it is told so; what is too large breaks nothing."""

import pytest

from huying.rules.enums import Action, State, TextKind
from tests import given

WORDS = "孩子已换到第三排，从下周起全班两周轮换一次座位。"


def send(client, appeal, step, **fields):
    return client.post(f"/staff/appeals/{appeal.pk}/{step}/", {"version": appeal.version, **fields})


@pytest.mark.parametrize(
    ("build", "step", "fields"),
    [
        (given.dispatched, Action.ACKNOWLEDGE, {}),
        (given.handled, Action.CONTACT, {"quick": "phone-reached"}),
        (given.contacted, Action.ANSWER, {"reply": WORDS, "resolved": "YES"}),
        (given.contacted, Action.ASK, {"question": "是哪一天？"}),
    ],
)
def test_a_step_sent_twice_is_taken_once_and_the_sender_is_told(office, stage, build, step, fields):
    appeal = build(stage)
    client = office.as_("teacher")
    first, second = send(client, appeal, step, **fields), send(client, appeal, step, **fields)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "这一步您已经交过了。您写的还在下面，可以抄下来。" in second.content.decode()
    assert given.fresh(appeal).events.filter(action=step).count() == 1
    assert fields.get("reply", "") in second.content.decode()


def test_a_step_that_somebody_else_took_names_them_and_not_oneself(office, stage):
    appeal = given.registered(stage)
    send(office.as_("principal"), appeal, "mark_safety", signal="other_danger")
    page = send(office.as_("dispatcher"), appeal, "mark_safety", signal="other_danger")
    assert (page.status_code, "您刚才" in page.content.decode()) == (409, False)


def test_five_megabytes_in_an_answer_are_refused_without_a_fault(office, stage):
    appeal = given.contacted(stage)
    page = send(office.as_("teacher"), appeal, "answer", reply="字" * 1_700_000, resolved="YES")
    assert 400 <= page.status_code < 500
    assert given.fresh(appeal).state == State.HANDLING


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("已换座位😀👨‍👩‍👧。", "已换座位😀👨‍👩‍👧。"),
        ("已换\x00座位。", "已换座位。"),
        ("已换\u202e座位。", "已换座位。"),
        ("تم النقل 已换座位。", "تم النقل 已换座位。"),
        ("一\r\n二", "一\n二"),
        ("<b>已换</b>", "<b>已换</b>"),
    ],
)
def test_an_answer_is_kept_as_it_was_typed_but_for_what_nobody_sees(office, stage, typed, kept):
    appeal = given.contacted(stage)
    send(office.as_("teacher"), appeal, "answer", reply=typed, resolved="YES")
    assert given.fresh(appeal).texts.get(kind=TextKind.REPLY).body == kept
