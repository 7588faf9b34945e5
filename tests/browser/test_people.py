"""One run per person, in a real browser: a grandmother on a phone, a class teacher, a dispatcher."""

import re

import pytest
from playwright.sync_api import expect

from huying.appeals import queries
from huying.rules.actors import TIMER
from huying.rules.enums import State
from tests import given
from tests.browser.at_work import sign_in, walk_in
from tests.browser.looking import SIDEWAYS, faultless, faults, led, standing

pytestmark = pytest.mark.browser
READING = 2100  # milliseconds: whoever sends a form sooner than in two seconds is taken for a machine


def file_a_matter(page, site, *, reading=0):
    """Three screens, as few taps as there are; the code on the receipt."""
    page.goto(f"{site}/report/?school=school")
    page.check("#id_kind_2")
    page.fill("#id_what", "孩子坐最后一排，看不清黑板，想换到前面。")
    page.check("#id_contact_0")
    led(page, "text=下一步：看一遍")
    page.wait_for_timeout(reading)
    led(page, "button:has-text('提交')")
    return re.sub(r"\D", "", re.search(r"(\d{4}\s*){4}", standing(page, ".stub").inner_text()).group())


def look_up(page, site, code):
    page.goto(f"{site}/progress/")
    page.fill("#id_code", f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}")
    led(page, "main button:has-text('查')")


@pytest.mark.usefixtures("at_any_pace")
def test_a_grandmother_files_on_a_phone_and_finds_it_again(phone, live_site, live_stage):
    code = file_a_matter(phone, live_site)
    assert (len(code), code in phone.url, code in phone.title()) == (16, False, False)
    look_up(phone, live_site, code)
    expect(phone.locator("h1")).to_have_text(re.compile("^孩子坐最后一排"))
    assert phone.evaluate(SIDEWAYS) == 0


def test_a_grandmother_files_without_scripts_at_her_own_pace(plain_phone, live_site, live_stage):
    code = file_a_matter(plain_phone, live_site, reading=READING)
    look_up(plain_phone, live_site, code)
    standing(plain_phone, "text=已收到")


@pytest.mark.usefixtures("at_any_pace")
def test_refreshing_the_receipt_files_nothing_twice(phone, live_site, live_stage):
    file_a_matter(phone, live_site)
    phone.reload()
    expect(phone.locator(".stub")).to_have_count(1)
    assert queries.visible_to(TIMER).count() == 1


def test_nothing_leaves_the_parents_pages_with_a_fault(phone, live_site, live_stage):
    for page in ("/", "/report/?school=school", "/progress/", "/open/", "/open/privacy/", "/open/phones/"):
        phone.goto(live_site + page)
        faultless(phone, page)


def test_the_first_visit_weighs_little(phone, live_site, live_stage):
    weights = []
    phone.on("response", lambda answer: weights.append(len(answer.body())))
    phone.goto(f"{live_site}/report/?school=school")
    phone.wait_for_load_state("networkidle")
    assert (len(weights) <= 6, sum(weights) <= 60_000) == (True, True), weights


def test_a_class_teacher_finishes_on_a_phone(phone, live_site, live_stage):
    appeal = given.dispatched(live_stage)
    walk_in(phone, live_site, live_stage, "teacher")
    phone.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    led(phone, "button:has-text('收到')")
    assert given.fresh(appeal).state == State.HANDLING
    assert phone.evaluate(SIDEWAYS) == 0


def test_a_dispatcher_sends_what_the_rule_suggests(desk, live_site, live_stage):
    appeal = given.registered(live_stage)
    walk_in(desk, live_site, live_stage, "dispatcher")
    desk.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    led(desk, "button:has-text('派给')")
    assert (given.fresh(appeal).state, given.fresh(appeal).lead_unit.code) == (State.DISPATCHED, "class")


def test_the_desk_shows_no_fault_to_a_screen_reader(desk, live_site, live_stage):
    given.registered(live_stage)
    sign_in(desk, live_site, live_stage, "dispatcher")
    assert faults(desk) == []


def test_the_teacher_complained_about_finds_a_page_that_does_not_exist(desk, live_site, live_stage):
    appeal = given.complaint_about(live_stage, "teacher")
    sign_in(desk, live_site, live_stage, "teacher")
    assert desk.goto(f"{live_site}/staff/appeals/{appeal.pk}/").status == 404
