"""What pages say about time: moved dates, who decides, how much of a cap is left, which year is missing."""

import pytest
from django.test import Client

from huying.appeals.actions.pause import pause
from huying.appeals.actions.resume import resume
from huying.appeals.due import ladder, recounting
from huying.people import calendars
from huying.people.models import Post
from huying.rules import notices
from huying.rules.enums import PauseReason
from tests import given
from tests.cast import at
from tests.pages.parent import page_of

MOVING = "一、元旦：1月1日至4日放假调休，共4天。\n二、春节：2月5日至12日放假。1月9日（周六）上班。"


def confirmed_2027() -> None:
    notice = notices.read_text(MOVING, year=2027, source="通知")
    recounting.confirm_year(notice, source="通知", at=at(9, month=12))


def test_a_parent_reads_that_the_promised_date_moved_and_why(stage):
    calendars.seed_national(at=at(8))
    appeal = given.registered(stage, received_at=at(10, day=31, month=12))
    assert "放假安排改了" not in page_of(Client(), appeal)
    confirmed_2027()
    assert "放假安排改了，最晚答复从1月8日（周五）改到1月9日（周六）" in page_of(Client(), given.fresh(appeal))


def test_staff_read_every_date_that_a_calendar_moved(office, stage):
    calendars.seed_national(at=at(8))
    appeal = given.registered(stage, received_at=at(10, day=31, month=12))
    confirmed_2027()
    page = office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/dates/").content.decode()
    assert "日历改动带来的变化" in page
    assert "1月8日（周五）17:00 → <b>1月9日（周六）17:00</b>" in page


@pytest.mark.parametrize(
    ("day", "month", "warned"),
    [(31, 10, False), (1, 11, True), (31, 12, True)],
    ids=["October", "November", "New Year"],
)
def test_the_desk_is_warned_from_november_that_next_year_is_missing(office, stage, day, month, warned):
    calendars.seed_national(at=at(8))
    office.clock_shows(at(9, day=day, month=month))
    page = office.as_("dispatcher").get("/staff/").content.decode()
    assert ("2027 年的放假通知还没有导入" in page) is warned


def test_those_who_send_nothing_out_are_not_warned(office, stage):
    calendars.seed_national(at=at(8))
    assert "放假通知还没有导入" not in office.as_("teacher").get("/staff/").content.decode()


def step_page(office, name: str, appeal, step: str):
    return office.as_(name).get(f"/staff/appeals/{appeal.pk}/{step}/").context["form"]


def test_whoever_asks_for_more_time_reads_until_when_and_who_decides(office, stage):
    appeal = given.contacted(stage)
    form = step_page(office, "teacher", appeal, "request_extension")
    assert form["due_on"].help_text == "最晚到12月4日（周五）；由校长（赵明远）批"
    form = step_page(office, "teacher", appeal, "request_deferral")
    assert form["review_on"].help_text == "由校长（赵明远）批"


def test_without_a_principal_the_county_decides_and_the_page_says_so(office, stage):
    appeal = given.contacted(stage)
    Post.objects.filter(person=stage.person("principal")).delete()
    form = step_page(office, "teacher", appeal, "request_extension")
    assert form["due_on"].help_text.endswith("由县中心督办员批")


def test_whoever_pauses_reads_how_much_of_the_cap_is_left(office, stage):
    # Five working days of seven and a half hours; two of them paused from Tuesday 13:30 to Thursday 13:30.
    appeal = given.registered(stage)
    assert step_page(office, "dispatcher", appeal, "pause")["ground"].help_text == (
        "暂停加起来最多 5 个工作日，还剩 37 个工作小时"
    )
    fields = {"ground": PauseReason.MORE_INFORMATION, "question": "是哪一天？", "reason": "说得不清"}
    pause(appeal, **fields, by=stage.dispatcher, at=at(13, 30))
    resume(given.fresh(appeal), by=stage.dispatcher, at=at(13, 30, day=26))
    office.clock_shows(at(14, day=26))
    assert step_page(office, "dispatcher", appeal, "pause")["ground"].help_text == (
        "暂停加起来最多 5 个工作日，还剩 22 个工作小时"
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [(at(18, day=26), "黄牌：有事快到期，请看待办"), (at(9, day=30), "红牌：有事已经超期，请看待办")],
)
def test_a_digest_says_which_card_it_brings(office, stage, moment, words):
    given.contacted(stage)  # due on Friday the 27th
    ladder.climb(at=moment)
    office.clock_shows(moment)
    found = [
        line.words
        for name in ("teacher", "grade_head", "dispatcher", "principal")
        for line in office.as_(name).get("/staff/letters/").context["lines"]
    ]
    assert words in found
