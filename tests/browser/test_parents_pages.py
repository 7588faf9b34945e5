"""Parents and grandparents in a real browser: by thumb, by keyboard, without scripts, with large letters."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from huying.appeals import queries
from huying.people import keys
from huying.rules.actors import TIMER
from huying.rules.enums import State
from huying.vault import codes
from tests import given
from tests.browser.looking import SIDEWAYS, answers_held, faults, led, led_by_key, standing
from tests.browser.test_parts import TOO_FINE, TOO_SMALL

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_any_pace")]
STORY = "孩子坐最后一排，看不清黑板，想换到前面。"
FORM = "/report/?school=school"
CODE = "4821093755201163"


def answer_three(page) -> None:
    page.check("#id_kind_2")
    page.fill("#id_what", STORY)
    page.check("#id_contact_0")


def to_the_receipt(page) -> str:
    """From the filled-in form to the code on the receipt."""
    led(page, "main button.go")
    led(page, "main button.go")
    return re.sub(r"\D", "", standing(page, ".stub .code").inner_text())


def enter_code(page, site, code=CODE) -> None:
    page.goto(f"{site}/progress/")
    page.fill("#id_code", code)
    led(page, "main button.go")


def under(appeal):
    """The same appeal, with a code that the test knows."""
    stored = codes.code_digest(keys.ring(), CODE)
    appeal.receipt.digest, appeal.receipt.key = stored.digest, stored.key_id
    appeal.receipt.save()
    return appeal


def empty(page, site, stage):
    page.goto(site + FORM)


def wrong(page, site, stage):
    empty(page, site, stage)
    led(page, "main button.go")
    expect(page.locator(".sum")).to_be_visible()


def filled(page, site, stage):
    empty(page, site, stage)
    answer_three(page)
    page.check("#id_contact_2")
    for part in page.locator("details.more summary").all():
        part.click()


def check(page, site, stage):
    empty(page, site, stage)
    answer_three(page)
    led(page, "main button.go")
    expect(page.locator("h1")).to_have_text("看一遍，再交")


def receipt(page, site, stage):
    empty(page, site, stage)
    answer_three(page)
    to_the_receipt(page)


def wrong_code(page, site, stage):
    enter_code(page, site, "1234")


def just_filed(page, site, stage):
    under(given.registered(stage))
    enter_code(page, site)


def answered(page, site, stage):
    under(given.delivered(stage))
    enter_code(page, site)
    for part in page.locator("details.more summary").all():
        part.click()


def closed(page, site, stage):
    under(given.closed(stage))
    enter_code(page, site)
    led(page, "text=交评价")


def past_the_school(page, site, stage):
    page.goto(f"{site}{FORM}&above=1")


def home(page, site, stage):
    given.closed(stage, when=timezone.now())
    page.goto(f"{site}/s/school/")


def public(address):
    def opened(page, site, stage):
        page.goto(site + address)

    opened.__name__ = address.strip("/").replace("/", "_") or "start"
    return opened


STATES = [
    empty, wrong, filled, check, receipt, wrong_code, just_filed, answered, closed, past_the_school, home,
    *map(public, ("/", "/open/", "/open/phones/", "/open/privacy/", "/open/accessibility/", "/nowhere/")),
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_is_readable_pressable_and_without_fault(phone, live_site, live_stage, state):
    said = []
    phone.on("pageerror", lambda error: said.append(str(error)))
    state(phone, live_site, live_stage)
    assert (faults(phone), phone.evaluate(SIDEWAYS), said) == ([], 0, [])
    assert (phone.evaluate(TOO_SMALL), phone.evaluate(TOO_FINE)) == ([], [])


@pytest.mark.proof
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_holds_in_the_dark_on_the_smallest_phone_and_in_the_largest_letters(
    phone, live_site, live_stage, state
):
    phone.emulate_media(color_scheme="dark")
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.goto(f"{live_site}/comfort/?size=xl&next=/open/")
    state(phone, live_site, live_stage)
    assert (faults(phone), phone.evaluate(SIDEWAYS), phone.evaluate(TOO_FINE)) == ([], 0, [])


# The name of a window is what stays from page to page, and what our pages leave alone.
COUNT_TAPS = """document.addEventListener('click', event => {
  if (event.isTrusted) window.name = Number(window.name) + 1;
}, true)"""


@pytest.mark.person
def test_three_screens_and_at_most_seven_taps(phone, live_site, live_stage):
    screens = []
    phone.on("request", lambda request: screens.append(request.url) if request.is_navigation_request() else None)
    phone.add_init_script(COUNT_TAPS)
    phone.goto(live_site + FORM)
    phone.click("#id_kind_2")
    phone.click("#id_what")
    phone.keyboard.type(STORY)
    phone.click("#id_contact_0")
    to_the_receipt(phone)
    assert len(screens) == 3
    assert 5 <= int(phone.evaluate("window.name")) <= 7


def test_the_receipt_needs_no_scrolling_on_a_modest_phone(phone, live_site, live_stage):
    receipt(phone, live_site, live_stage)
    bottom = phone.evaluate("document.querySelector('.rowbtn').getBoundingClientRect().bottom")
    assert bottom <= 640
    assert phone.evaluate("parseFloat(getComputedStyle(document.querySelector('.code')).fontSize)") >= 32


def test_the_receipt_can_be_copied_kept_and_printed(phone, live_site, live_stage):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    empty(phone, live_site, live_stage)
    answer_three(phone)
    code = to_the_receipt(phone)
    phone.click("text=复制")
    expect(phone.locator("[data-copy]")).to_have_text("已复制", use_inner_text=True)
    phone.click("text=存图片")
    expect(phone.locator(".picture img")).to_have_js_property("naturalWidth", 640)
    assert (
        code
        not in phone.content().replace(" ", "").replace("</span><span>", "").split("<title>")[1].split("</title>")[0]
    )
    phone.emulate_media(media="print")
    expect(phone.locator("text=/progress/").first).to_be_visible()
    expect(phone.locator(".exit")).to_be_hidden()
    expect(phone.locator(".help")).to_be_hidden()


def back(page):
    """One step back, from a page that has come whole: a browser still changing pages has no history to go back in."""
    page.wait_for_load_state()
    left = page.url
    page.go_back()
    expect(page).not_to_have_url(left)


def test_back_from_the_receipt_leads_to_an_empty_form_and_sends_nothing_again(phone, live_site, live_stage):
    receipt(phone, live_site, live_stage)
    back(phone)
    expect(phone.locator("h1")).to_have_text("跟学校说一件事")
    expect(phone.locator("#id_what")).to_have_value("")
    assert queries.visible_to(TIMER).count() == 1


def test_after_leaving_in_a_hurry_the_way_back_shows_nothing_that_was_written(phone, live_site, live_stage):
    check(phone, live_site, live_stage)
    phone.route("https://www.baidu.com/**", lambda route: route.fulfill(body="neutral"))
    phone.click("[data-leave]")
    phone.wait_for_url("https://www.baidu.com/**")
    back(phone)
    expect(phone.locator("#id_what")).to_have_value("")
    assert STORY not in phone.content()


def test_back_from_the_check_page_finds_every_word(plain_phone, live_site, live_stage):
    check(plain_phone, live_site, live_stage)
    back(plain_phone)
    expect(plain_phone.locator("#id_what")).to_have_value(STORY)


def test_a_double_tap_files_once(phone, live_site, live_stage):
    check(phone, live_site, live_stage)
    with answers_held(phone):
        phone.dblclick("main button.go")
    standing(phone, ".stub")
    assert queries.visible_to(TIMER).count() == 1


def test_back_from_a_page_that_was_too_long_finds_the_words_again(plain_phone, live_site, live_stage):
    empty(plain_phone, live_site, live_stage)
    answer_three(plain_phone)
    plain_phone.fill("#id_what", "长" * 400_000)
    led(plain_phone, "main button.go")
    expect(plain_phone.locator("h1")).to_have_text("写得太长，没有交上去")
    back(plain_phone)
    expect(plain_phone.locator("#id_what")).to_have_value(re.compile("^长{400000}$"))


def test_a_form_is_filled_in_and_sent_with_keys_alone(desk, live_site, live_stage):
    desk.goto(live_site + FORM)
    desk.focus("#id_kind_0")
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Tab")
    desk.keyboard.type(STORY)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    _tab_to(desk, "button.go")
    led_by_key(desk, "Enter")
    standing(desk, "text=看一遍，再交")
    _tab_to(desk, "button.go")
    led_by_key(desk, "Enter")
    standing(desk, ".stub")
    (appeal,) = queries.visible_to(TIMER)
    assert (appeal.topic.code, appeal.state) == ("other", State.RECEIVED)


def _tab_to(page, part: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('main {part}')"):
            return
    raise AssertionError(f"no key leads to {part}")


@pytest.mark.person
def test_without_scripts_a_grandmother_sees_it_through(plain_phone, live_site, live_stage):
    page = plain_phone
    under(given.delivered(live_stage))
    enter_code(page, live_site)
    led(page, "text=没有联系")
    standing(page, "text=您说没有联系")
    page.check("#id_satisfaction_2")
    page.fill("#id_reason", "座位没有换")
    led(page, "text=交评价")
    standing(page, "text=您评的是：不满意。")
    led(page, "text=没解决，要求重新办")
    standing(page, "text=已告诉惠民服务站，没解决。")
    page.click("summary:has-text('再补充几句')")
    page.fill("#id_message", "还坐最后一排")
    led(page, "text=加上")
    standing(page, "text=还坐最后一排")
    led(page, "text=看完了，关上")
    standing(page, "text=查询码丢了")


def test_without_scripts_a_withdrawal_is_undone(plain_phone, live_site, live_stage):
    under(given.registered(live_stage))
    enter_code(plain_phone, live_site)
    plain_phone.click("summary:has-text('不办了，撤回')")
    plain_phone.fill("#id_why", "孩子说好了")
    led(plain_phone, "text=撤回这件事")
    led(plain_phone, "text=撤销撤回，接着办")
    standing(plain_phone, "text=好，接着办。")


def test_the_way_out_closes_what_was_open(phone, live_site, live_stage):
    under(given.delivered(live_stage))
    enter_code(phone, live_site)
    phone.route("https://www.baidu.com/**", lambda route: route.fulfill(body="neutral"))
    phone.click("[data-leave]")
    phone.wait_for_url("https://www.baidu.com/**")
    phone.goto(f"{live_site}/progress/")
    standing(phone, "text=查询码丢了")


def test_the_code_stands_in_no_address_and_no_title(phone, live_site, live_stage):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    empty(phone, live_site, live_stage)
    answer_three(phone)
    code = to_the_receipt(phone)
    enter_code(phone, live_site, code)
    seen = " ".join([*asked, phone.title(), str(phone.context.cookies())])
    assert not [part for part in (code, code[:8], f"{code[:4]} {code[4:8]}") if part in seen]


def test_the_first_visit_weighs_little(phone, live_site, live_stage):
    network = phone.context.new_cdp_session(phone)
    network.send("Network.enable")
    weights, asked = [], []
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(live_site + FORM)
    phone.wait_for_load_state("networkidle")
    assert len(asked) <= 6
    assert sum(weights) <= 60_000
    assert all(url.startswith(live_site) for url in asked)
