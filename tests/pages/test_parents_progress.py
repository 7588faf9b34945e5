"""查进度: where a matter stands, in plain words; what its owner can do; and nothing of anybody else's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from huying.appeals.actions.answer import answer
from huying.appeals.actions.ask import ask
from huying.appeals.actions.assign import assign
from huying.appeals.actions.contact import contact
from huying.appeals.actions.decline import decline
from huying.appeals.actions.defer import defer
from huying.appeals.actions.join import join
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.rate import rate
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.send_back import send_back
from huying.appeals.actions.split import split
from huying.appeals.progress.record import TOLD
from huying.channels.models import IntakeForm
from huying.people import keys
from huying.rules.enums import ContactWay, PauseReason, RedLine, RefusalGround, Satisfaction, State, TextKind
from huying.vault import codes
from huying.web.parents import record
from tests import given
from tests.cast import at
from tests.channels import samples
from tests.pages.parent import CODE, code_on, everything, hold, page_of, said


@pytest.fixture(autouse=True)
def _evening(monkeypatch):
    """Every page is opened at 17:00 on the day of the stories."""
    monkeypatch.setattr(timezone, "now", lambda: at(17))


def test_every_act_that_is_told_has_its_words():
    assert set(record.WORDS) == TOLD


def do(client, appeal, doing, **fields):
    return client.post(f"/progress/{appeal.pk}/{doing}/", fields)


def test_a_matter_just_filed_says_who_looks_at_it_and_by_when(client, stage):
    page = page_of(client, given.registered(stage))
    assert "惠民服务站在看。" in page
    assert "最晚 12月1日（周二）17:00答复。" in page


def test_a_matter_with_a_class_names_the_role_and_no_person(client, stage):
    appeal = given.handled(stage)
    assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(13))
    page = page_of(client, appeal)
    assert "三年级4班班主任在办。" in page
    assert "王芳" not in page


def test_a_date_can_be_opened_day_by_day(client, stage):
    page = page_of(client, given.dispatched(stage))
    assert "这个日期怎么来的" in page
    assert "11月25日（周三）：第 1 个工作日" in page


def test_an_answer_that_waits_for_review_is_nobody_s_to_read(client, stage):
    page = page_of(client, given.answered(stage))
    assert given.FULL.reply not in page
    assert "写好了，上一级在看。" in page


def test_a_new_draft_after_a_round_never_shows_before_it_is_approved(client, stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    send_back(appeal, reason="座位没有换，请再办", by=stage.dispatcher, at=at(16, 10))
    appeal = given.fresh(appeal)
    contact(appeal, way=ContactWay.PHONE, reached=True, by=stage.teacher, at=at(16, 15))
    answer(given.fresh(appeal), draft=replace(given.FULL, reply="这次真的换了。"), by=stage.teacher, at=at(16, 20))
    page = page_of(client, given.fresh(appeal))
    assert "这次真的换了。" not in page
    assert given.FULL.reply in page


def test_the_internal_note_never_shows(client, stage):
    assert given.FULL.note not in page_of(client, given.closed(stage))


def test_a_matter_for_elsewhere_says_where_and_why(client, stage):
    appeal = given.registered(stage)
    refuse(
        appeal,
        ground=RefusalGround.OTHER,
        route="县人民法院立案庭",
        reason="这是合同纠纷。",
        by=stage.dispatcher,
        at=at(11),
    )
    page = page_of(client, appeal)
    assert "这件事不归学校办。请到这里办：" in page
    assert "县人民法院立案庭" in page
    assert "这是合同纠纷。" in page
    assert "已交办" not in page


def test_a_matter_put_off_says_why_and_until_when(client, stage):
    appeal = given.handled(stage)
    until = date(2026, 12, 20)
    request_deferral(appeal, plan="换教室", review_on=until, reason="等新楼", by=stage.teacher, at=at(13))
    defer(given.fresh(appeal), plan="新楼完工后换教室", review_on=until, reason="新楼年底完工",
          by=stage.principal, at=at(14))  # fmt: skip
    page = page_of(client, given.fresh(appeal))
    assert "12月20日（周日）再看一次。" in page
    assert "新楼完工后换教室" in page
    assert "新楼年底完工" in page


def test_a_pause_shows_its_question_with_a_field_to_answer_it(client, stage):
    appeal = given.handled(stage)
    pause(
        appeal, ground=PauseReason.MORE_INFORMATION, question="孩子几班？", reason="缺班级", by=stage.teacher, at=at(13)
    )
    page = page_of(client, given.fresh(appeal))
    assert "等您补充，日期先停着。" in page
    assert page.index("孩子几班？") < page.index('name="message"') < page.index("从头到现在")


def test_while_a_decline_waits_it_is_being_settled_who_does_it(client, stage):
    appeal = given.dispatched(stage)
    decline(
        appeal, clause="分工第二条", suggested=stage.units["office"], reason="归总务处", by=stage.teacher, at=at(12)
    )
    assert "正在确定谁来办。" in page_of(client, given.fresh(appeal))


def test_joined_appeals_never_tell_who_else_filed_and_part_by_one_tap(client, stage):
    main, mine = given.registered(stage, body="另一位家长的话，说了同样的事。"), given.registered(stage)
    join(mine, main=main, reason="同一件事", by=stage.dispatcher, at=at(11))
    page = page_of(client, given.fresh(mine))
    assert "别人看不到您的" in page
    assert main.number not in page
    assert "另一位家长的话" not in page
    do(client, mine, "unjoin")
    assert given.fresh(mine).state == State.RECEIVED


def test_the_parts_of_a_split_matter_stand_under_one_code(client, stage):
    appeal = given.registered(stage, items=["换座位", "退校车费"])
    second = appeal.items.last()
    split(appeal, items=[second.pk], title="退校车费", reason="两件不同的事", by=stage.dispatcher, at=at(11))
    page = page_of(client, appeal)
    assert "您的几件事" in page
    assert page.count("?part=") == 2


def test_a_question_is_answered_where_it_is_read(client, stage):
    appeal = given.handled(stage)
    ask(appeal, question="孩子近视多少度？", by=stage.teacher, at=at(13))
    hold(client, appeal)
    do(client, given.fresh(appeal), "message", message="两百度。")
    page = client.get("/progress/").content.decode()
    assert "学校想问您" not in page
    assert "两百度。" in page


def test_words_too_long_come_back_whole(client, stage):
    appeal = given.handled(stage)
    hold(client, appeal)
    page = do(client, appeal, "message", message="长" * 2001)
    assert (page.status_code, "长" * 2001 in page.content.decode()) == (422, True)
    assert "最多 2000 个字" in page.content.decode()


def test_an_empty_message_asks_for_a_few_words(client, stage):
    appeal = given.handled(stage)
    hold(client, appeal)
    page = do(client, appeal, "message", message=" \n")
    assert (page.status_code, page.content.decode().count("请写几句，或放一张照片。")) == (422, 2)


def test_a_photo_added_later_is_the_holder_s_to_open_and_nobody_else_s(client, stage):
    appeal, other = given.handled(stage), given.registered(stage)
    hold(client, appeal)
    shot = SimpleUploadedFile("妈妈的手机.jpg", samples.picture("JPEG"), content_type="image/jpeg")
    do(client, appeal, "message", message="看得清的座位", files=shot)
    (kept,) = appeal.attachments.all()
    address = f"/progress/{appeal.pk}/files/{kept.file.token}/"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], "图片1.jpg" in client.get("/progress/").content.decode()) == (
        200, "image/jpeg", True)  # fmt: skip
    assert "sandbox" in answer["Content-Security-Policy"]
    hold(client, other)
    assert client.get(address).status_code == 404
    assert client.get(f"/progress/{other.pk}/files/{kept.file.token}/").status_code == 404
    client.logout()
    assert client.get(address)["Location"] == "/progress/"


def test_material_of_the_school_is_not_handed_to_the_parent(client, stage):
    appeal = given.closed(stage)
    assert not appeal.attachments.filter(is_for_appellant=True).exists()
    hold(client, appeal)
    assert client.get(f"/progress/{appeal.pk}/files/{'0' * 32}/").status_code == 404


def test_a_rating_needs_a_choice_and_keeps_its_reason(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    page = do(client, appeal, "rate", reason="等了很久")
    assert (page.status_code, "请选一个。" in page.content.decode(), "等了很久" in page.content.decode()) == (
        422,
        True,
        True,
    )


def test_nothing_is_chosen_before_one_rates_and_afterwards_it_is_said_back(client, stage):
    appeal = given.delivered(stage)
    assert "checked" not in page_of(client, appeal)
    rate(appeal, satisfaction=Satisfaction.BASICALLY, by=stage.holding(appeal), at=at(16))
    page = page_of(client, given.fresh(appeal))
    assert "您评的是：基本满意。" in page
    assert "交评价" not in page


def test_after_closing_it_is_disputed_first_and_reopened_later(client, stage, monkeypatch):
    appeal = given.closed(stage)
    page = page_of(client, appeal)
    assert "没解决，要求重新办" in page
    assert "不满意，可以要求重新办" not in page.split("从头到现在")[1]
    monkeypatch.setattr(timezone, "now", lambda: at(10, day=10, month=12))
    page = page_of(Client(), appeal)
    assert "没解决，要求重新办" not in page
    assert "不满意，可以要求重新办" in page


def test_asking_to_have_it_taken_up_again_reaches_the_desk(client, stage, monkeypatch):
    appeal = given.closed(stage)
    monkeypatch.setattr(timezone, "now", lambda: at(10, day=10, month=12))
    hold(client, appeal)
    do(client, appeal, "reopen", again="座位又换回去了")
    assert appeal.texts.filter(kind=TextKind.MESSAGE).last().body == "要求重新办。座位又换回去了"


def test_withdrawing_needs_words_of_one_s_own(client, stage):
    appeal = given.registered(stage)
    hold(client, appeal)
    page = do(client, appeal, "withdraw", why="")
    assert (page.status_code, page.content.decode().count("请写一句为什么不办了。")) == (422, 2)
    assert not given.fresh(appeal).withdraw_pending


def test_until_when_a_withdrawal_can_be_undone_is_a_date(client, stage):
    appeal = given.registered(stage)
    hold(client, appeal)
    do(client, appeal, "withdraw", why="孩子说好了")
    page = client.get("/progress/").content.decode()
    assert "记下了。72 小时内可以反悔，这期间照常办。" in page
    assert "11月27日（周五）17:00前可以反悔" in page


def test_where_a_child_is_in_danger_the_wish_is_noted_and_work_goes_on(client, stage):
    appeal = given.registered(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.dispatcher, at=at(11))
    hold(client, appeal)
    do(client, given.fresh(appeal), "withdraw", why="孩子说好了")
    assert "学校还要接着办" in client.get("/progress/").content.decode()
    assert not given.fresh(appeal).withdraw_pending


def test_a_step_that_is_not_open_any_more_says_so_and_keeps_the_words(client, stage):
    appeal = given.closed(stage)
    hold(client, appeal)
    page = do(client, appeal, "withdraw", why="孩子说好了")
    assert (page.status_code, "现在不能做这一步" in page.content.decode()) == (422, True)


def test_when_the_half_hour_is_over_the_code_is_asked_for_and_the_words_come_along(client, stage):
    filed = client.post("/report/", said())
    appeal = given.fresh(everything()[0])
    hold(client, appeal, left=timedelta(minutes=-1))
    page = do(client, appeal, "message", message="还有一件要补充")
    assert (page.status_code, "还有一件要补充" in page.content.decode()) == (401, True)
    page = client.post("/progress/", {"code": code_on(filed), "kept_message": "还有一件要补充"})
    assert (page.status_code, "还有一件要补充" in page.content.decode()) == (200, True)
    assert not appeal.texts.filter(kind=TextKind.MESSAGE).exists()


def test_a_code_that_was_read_out_and_is_not_registered_yet_says_so_and_nothing_else(client, stage):
    stored = codes.code_digest(keys.ring(), CODE)
    IntakeForm.objects.create(
        account=stage.accounts["clerk"], unit=stage.units["school"], code_digest=stored.digest, code_key=stored.key_id,
        opened_at=at(16), saved_at=at(16), registers_at=at(17, 30),
    )  # fmt: skip
    page = client.post("/progress/", {"code": CODE})
    assert (page.status_code, "正在登记。请过一会儿再查。" in page.content.decode()) == (422, True)


def test_nothing_secret_stands_in_an_address_a_cookie_or_the_session(client, stage):
    filed = client.post("/report/", said())
    page = client.post("/progress/", {"code": code_on(filed)}, follow=True)
    kept = f"{page.redirect_chain}{client.cookies}{dict(client.session)}"
    assert CODE not in kept
    assert "4821" not in kept


def test_the_browser_gets_a_new_session_with_the_code(client, stage):
    filed = client.post("/report/", said())
    hold(client, everything()[0])
    before = client.session.session_key
    client.post("/progress/", {"code": code_on(filed)})
    assert client.session.session_key != before


def test_closing_the_page_ends_what_the_browser_holds(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    client.post("/progress/leave/")
    assert "查询码丢了" in client.get("/progress/").content.decode()


def test_leaving_in_a_hurry_ends_it_too(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    client.get("/comfort/leave/")
    assert "查询码丢了" in client.get("/progress/").content.decode()


def test_reading_never_changes_anything(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    before = appeal.events.count()
    for address in ("/progress/", f"/progress/{appeal.pk}/dispute/", "/progress/leave/"):
        client.get(address)
    assert given.fresh(appeal).version == appeal.version
    assert appeal.events.count() == before
