"""A class teacher between two lessons: on a phone, with and without script, and when the session has run out."""

import re

import pytest
from playwright.sync_api import expect

from huying.people.models import SignIn
from huying.rules.enums import AppealKind, State, TextKind
from tests import given
from tests.browser.at_work import PASSWORD, sign_in
from tests.browser.looking import SIDEWAYS, faults, led, led_by_key, standing

pytestmark = pytest.mark.browser
WORDS = "孩子已换到第三排，从下周起全班两周轮换一次座位。"


class Hand:
    """Clicks, and counts them."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def click(self, what: str) -> None:
        self.clicks += 1
        self.page.click(what)

    def led(self, what: str) -> None:
        self.clicks += 1
        led(self.page, what)


def work_through(page, site, stage, appeal) -> int:
    """From the tray to the finished answer; how many clicks it took."""
    sign_in(page, site, stage, "teacher")
    hand = Hand(page)
    hand.led(".list li>a")
    hand.led("button:has-text('收到')")
    hand.led("button:has-text('打了电话，接通')")
    page.fill("textarea[name=reply]", WORDS)
    hand.click("input[name=resolved][value=YES]")
    hand.led("button:has-text('交上去审核')")
    return hand.clicks


@pytest.mark.person
def test_a_teacher_finishes_in_six_clicks_on_a_phone(phone, live_site, live_stage):
    appeal = given.dispatched(live_stage)
    assert work_through(phone, live_site, live_stage, appeal) <= 6
    done = given.fresh(appeal)
    assert (done.state, done.texts.get(kind=TextKind.REPLY).body) == (State.ANSWERED, WORDS)


@pytest.mark.person
def test_a_teacher_finishes_without_script(plain_phone, live_site, live_stage):
    appeal = given.dispatched(live_stage)
    assert work_through(plain_phone, live_site, live_stage, appeal) <= 6
    assert given.fresh(appeal).state == State.ANSWERED


def reach(page, words: str) -> None:
    """Tab until what these words stand on has the focus."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"):
            return
    raise AssertionError(f"no Tab reaches {words}")


def test_a_teacher_finishes_by_keyboard_alone(desk, live_site, live_stage):
    appeal = given.dispatched(live_stage)
    sign_in(desk, live_site, live_stage, "teacher")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    standing(desk, "#main .said")
    expect(desk.locator("#main")).to_be_focused()
    led_by_key(desk, "Enter")
    expect(desk).to_have_url(f"{live_site}/staff/appeals/{appeal.pk}/")
    reach(desk, "打了电话，接通")
    led_by_key(desk, "Enter")
    standing(desk, "textarea[name=reply]")
    reach(desk, "resolved")
    desk.keyboard.press("Space")
    reach(desk, "reply")
    desk.keyboard.insert_text(WORDS)
    reach(desk, "交上去审核")
    led_by_key(desk, "Enter")
    expect(desk.locator("[role=status]")).to_be_visible()
    done = given.fresh(appeal)
    assert (done.state, done.texts.get(kind=TextKind.REPLY).body) == (State.ANSWERED, WORDS)


def test_what_is_being_written_is_kept_on_leaving_the_field(phone, live_site, live_stage):
    appeal = given.contacted(live_stage)
    sign_in(phone, live_site, live_stage, "teacher")
    phone.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    phone.fill("textarea[name=reply]", WORDS)
    phone.locator("textarea[name=reply]").blur()
    expect(phone.locator("[data-saved]")).to_contain_text("已保存")
    phone.reload()
    expect(phone.locator("textarea[name=reply]")).to_have_value(WORDS)


def test_words_survive_a_session_that_ran_out(phone, live_site, live_stage):
    appeal = given.contacted(live_stage)
    sign_in(phone, live_site, live_stage, "teacher")
    phone.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    phone.fill("textarea[name=reply]", WORDS)
    phone.check("input[name=resolved][value=YES]", force=True)
    SignIn.objects.all().delete()
    led(phone, "button:has-text('交上去审核')")
    expect(phone.locator("textarea")).to_have_value(re.compile(WORDS))
    phone.fill("input[name=login]", "teacher")
    phone.fill("input[name=password]", PASSWORD)
    led(phone, "button:has-text('登录')")
    led(phone, "button:has-text('接着交')")
    expect(phone).to_have_url(f"{live_site}/staff/appeals/{appeal.pk}/")
    assert given.fresh(appeal).state == State.ANSWERED


def test_the_reason_is_asked_for_only_where_it_was_not_solved(phone, live_site, live_stage):
    appeal = given.contacted(live_stage)
    sign_in(phone, live_site, live_stage, "teacher")
    phone.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    expect(phone.locator("textarea[name=reply]")).to_be_visible()
    expect(phone.locator("textarea[name=unresolved_reason]")).to_be_hidden()
    phone.check("input[name=resolved][value=NO]", force=True)
    expect(phone.locator("textarea[name=unresolved_reason]")).to_be_visible()


PAGES = ("", "letters/", "me/", "password/", "search/?q=座位", "appeals/{pk}/", "appeals/{pk}/dates/",
         "appeals/{pk}/print/", "appeals/{pk}/contact/", "appeals/{pk}/request_extension/")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_a_teacher_has_a_fault_or_runs_over_the_edge(chromium_browser, live_site, live_stage, scheme):
    appeal = given.contacted(live_stage, kind=AppealKind.COMPLAINT, items=["换到前排"])
    context = chromium_browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live_site, live_stage, "teacher")
    for path in PAGES:
        page.goto(f"{live_site}/staff/{path.format(pk=appeal.pk)}")
        assert faults(page) == [], path
        if "print" not in path:
            assert page.evaluate(SIDEWAYS) == 0, path
    context.close()


def test_a_page_with_mistakes_says_them_first_and_has_no_fault(phone, live_site, live_stage):
    appeal = given.contacted(live_stage, kind=AppealKind.COMPLAINT)
    sign_in(phone, live_site, live_stage, "teacher")
    phone.goto(f"{live_site}/staff/appeals/{appeal.pk}/answer/")
    phone.fill("textarea[name=reply]", WORDS)
    led(phone, "button:has-text('交上去审核')")
    expect(phone.locator(".sum h2")).to_have_text("还差五处")
    assert faults(phone) == []
    phone.click(".sum a >> nth=0")
    expect(phone.locator("[name=finding]:focus")).to_have_count(1)
