"""A dispatcher at an office machine: list and case side by side, by keyboard alone, and two of them at once."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from huying.rules.enums import AppealKind, State, TextKind
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless, led, led_by_key, standing

pytestmark = pytest.mark.browser


def opened_beside(desk) -> None:
    """The case stands beside the list, and its keys are at work."""
    standing(desk, "#main .said")
    expect(desk.locator("#main")).to_be_focused()


def test_a_line_opens_beside_the_list_and_is_sent_where_the_rule_says(desk, live_site, live_stage):
    appeal = given.registered(live_stage)
    sign_in(desk, live_site, live_stage, "dispatcher")
    desk.click(".list li>a")
    opened_beside(desk)
    expect(desk).to_have_url(f"{live_site}/staff/")
    expect(desk.locator(".list")).to_be_visible()
    led(desk, "button:has-text('派给三年级4班')")
    expect(desk).to_have_url(f"{live_site}/staff/?pile=triage")
    assert given.fresh(appeal).lead_unit.code == "class"


@pytest.mark.person
def test_a_whole_pile_is_sent_by_keyboard_alone(desk, live_site, live_stage):
    appeals = [given.registered(live_stage) for _place in range(3)]
    sign_in(desk, live_site, live_stage, "dispatcher")
    for left in (2, 1, 0):
        desk.keyboard.press("j")
        desk.keyboard.press("Enter")
        opened_beside(desk)
        led_by_key(desk, "Enter")
        expect(desk.locator(".list li>a")).to_have_count(left)
        expect(desk.locator("#main .said")).to_have_count(0)
    assert {given.fresh(appeal).state for appeal in appeals} == {State.DISPATCHED}


@pytest.mark.person
def test_the_list_works_without_script(plain_phone, live_site, live_stage):
    appeal = given.registered(live_stage)
    sign_in(plain_phone, live_site, live_stage, "dispatcher")
    led(plain_phone, ".list li>a")
    led(plain_phone, "button:has-text('派给三年级4班')")
    assert given.fresh(appeal).state == State.DISPATCHED


OUTLINE = """() => {
  const here = document.activeElement;
  return here === document.body ? 'solid' : getComputedStyle(here).outlineStyle === 'none' ? here.outerHTML : 'solid';
}"""


def test_every_task_is_reached_by_tab_and_focus_is_seen(desk, live_site, live_stage):
    appeal = given.registered(live_stage)
    sign_in(desk, live_site, live_stage, "dispatcher")
    desk.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
    reached, outlined = [], set()
    for _press in range(60):
        desk.keyboard.press("Tab")
        words = desk.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
        outlined.add(desk.evaluate(OUTLINE))
        if reached and words == reached[0]:
            break
        reached.append(words)
    assert reached[0] == "跳到正文"
    assert any("派给三年级4班" in words for words in reached) and "不予受理" in reached
    assert outlined == {"solid"}


def test_the_second_of_two_dispatchers_is_told_and_keeps_the_words(chromium_browser, live_site, live_stage):
    appeal = given.registered(live_stage, kind=AppealKind.COMPLAINT)
    first, second = (chromium_browser.new_context(locale="zh-CN").new_page() for _desk in range(2))
    sign_in(first, live_site, live_stage, "dispatcher")
    sign_in(second, live_site, live_stage, "principal")
    first.goto(f"{live_site}/staff/appeals/{appeal.pk}/dispatch/")
    first.fill("textarea[name=summary]", "三年级一个班座位长期不轮换。")
    second.goto(f"{live_site}/staff/appeals/{appeal.pk}/mark_safety/")
    second.check("input[value=other_danger]", force=True)
    led(second, "form.panel button.go")
    expect(second).to_have_url(f"{live_site}/staff/appeals/{appeal.pk}/")
    led(first, "form.panel button.go")
    expect(first.locator(".sum")).to_contain_text("已被赵明远更新。您写的还在下面。")
    expect(first.locator("textarea[name=summary]")).to_have_value("三年级一个班座位长期不轮换。")
    led(first, "form.panel button.go")
    expect(first).to_have_url(f"{live_site}/staff/appeals/{appeal.pk}/")
    assert given.fresh(appeal).texts.get(kind=TextKind.SUMMARY).body == "三年级一个班座位长期不轮换。"
    for page in (first, second):
        page.context.close()


LISTS = ("", "?pile=all", "?pile=oldest", "search/?q=座位")
STEPS = ("", "dispatch/", "join/", "refuse/", "reclassify/", "name_subject/")
PAGES = (*LISTS, *(f"appeals/{{pk}}/{step}" for step in STEPS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_a_dispatcher_has_a_fault_or_runs_over_the_edge(chromium_browser, live_site, live_stage, scheme):
    appeal = given.registered(live_stage, kind=AppealKind.COMPLAINT, subjects=["王老师"])
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live_site, live_stage, "dispatcher")
    for path in PAGES:
        page.goto(f"{live_site}/staff/{path.format(pk=appeal.pk)}")
        faultless(page, path)
    context.close()


def test_reviewer_caller_and_closer_meet_no_fault(chromium_browser, live_site, live_stage):
    tasks = (
        ("grade_head", given.answered(live_stage, kind=AppealKind.COMPLAINT)),
        ("caller", given.delivered(live_stage, kind=AppealKind.COMPLAINT)),
        ("dispatcher", given.called_back(live_stage, kind=AppealKind.COMPLAINT)),
        ("principal", given.closed(live_stage, kind=AppealKind.COMPLAINT)),
    )
    for who, appeal in tasks:
        context = chromium_browser.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
        page = context.new_page()
        sign_in(page, live_site, live_stage, who)
        page.goto(f"{live_site}/staff/appeals/{appeal.pk}/")
        faultless(page, who)
        context.close()


def test_the_sheet_of_an_appeal_fits_one_page_of_paper(desk, live_site, live_stage):
    appeal = given.closed(live_stage, kind=AppealKind.COMPLAINT)
    sign_in(desk, live_site, live_stage, "dispatcher")
    desk.goto(f"{live_site}/staff/appeals/{appeal.pk}/print/")
    with pikepdf.open(io.BytesIO(desk.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1
