"""An administrator sets the clock: the notice without script on a phone, and no page with a fault."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from huying.people import calendars
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import SIDEWAYS, faultless, led
from tests.cast import CHINA, at

pytestmark = pytest.mark.browser
NOTICE = (
    "一、元旦：1月1日至3日放假，共3天。\n二、春节：2月5日至12日放假调休，共8天。1月30日（周六）、2月20日（周六）上班。"
)
PAGES = (
    "/setup/calendar/",
    "/setup/calendar/nation/2026/",
    "/setup/calendar/nation/notice/",
    "/setup/calendar/nation/week/",
    "/setup/ladder/",
    "/setup/ladder/edit/",
    "/setup/explain/?at=2026-09-30T10:00&value=5&unit=wd&place=",
    "/staff/me/subscription/",
)


def write_the_notice(page, site) -> None:
    """The notice of 2027 is written in, and what it would change is shown."""
    page.goto(f"{site}/setup/calendar/nation/notice/")
    page.fill("input[name=year]", "2027")
    page.fill("textarea[name=text]", NOTICE)
    page.fill("input[name=source]", "国办发明电〔2026〕7号")
    led(page, "button:has-text('看看会变什么')")


def test_a_notice_is_brought_in_on_a_phone_without_script(plain_phone, live_site, live_stage):
    calendars.seed_national(at=at(8))
    given.dispatched(live_stage)
    sign_in(plain_phone, live_site, live_stage, "system_admin")
    write_the_notice(plain_phone, live_site)
    expect(plain_phone.locator("h1")).to_have_text("请核对")
    assert plain_phone.locator("td.new").count() >= 12
    assert plain_phone.evaluate(SIDEWAYS) == 0
    led(plain_phone, "button:has-text('确认，就这样改')")
    expect(plain_phone.locator("main")).to_contain_text("已保存")
    assert calendars.national().knows(2027)


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_of_the_clock_has_a_fault_or_runs_off_sideways(desk, live_site, live_stage, width):
    calendars.seed_national(at=at(8))
    desk.set_viewport_size({"width": width, "height": 768})
    sign_in(desk, live_site, live_stage, "system_admin")
    for page in PAGES:
        desk.goto(f"{live_site}{page}")
        faultless(desk, page)


@pytest.fixture
def administrator(desk, live_site, live_stage):
    """At work with scripts, where an appeal in hand will be counted anew."""
    calendars.seed_national(at=at(8))
    given.dispatched(live_stage)
    sign_in(desk, live_site, live_stage, "system_admin")
    return desk


DAY = (datetime.now(CHINA) + timedelta(days=30)).date().isoformat()  # the site runs on the clock of today
CHANGES = {
    "days": {"first": DAY, "name": "停水停课", "source": "学校通知"},
    "hours": {"day": DAY, "hours": "8:00-12:00", "source": "家长会"},
    "week": {"day0": "8:00-11:30 14:00-17:30", "day5": "9:00-11:00", "source": "夏季作息"},
    "terms": {"terms": "寒假 2027-01-23 至 2027-02-20", "source": "校历"},
}
WIDTHS = pytest.mark.parametrize("width", [360, 1366])


@WIDTHS
def test_what_a_notice_would_change_has_no_fault(administrator, live_site, width):
    administrator.set_viewport_size({"width": width, "height": 768})
    write_the_notice(administrator, live_site)
    expect(administrator.locator("h1")).to_have_text("请核对")
    faultless(administrator, "notice")
    led(administrator, "button:has-text('确认，就这样改')")
    expect(administrator.locator("main")).to_contain_text("已保存")
    faultless(administrator, "the year, changed")
    administrator.goto(f"{live_site}/setup/calendar/nation/notice/")
    led(administrator, "button:has-text('看看会变什么')")
    expect(administrator.locator(".sum")).to_be_visible()
    faultless(administrator, "notice, with mistakes")


@WIDTHS
def test_what_a_school_would_change_has_no_fault(administrator, live_site, live_stage, width):
    administrator.set_viewport_size({"width": width, "height": 768})
    school = live_stage.units["school"].pk
    for what, fields in CHANGES.items():
        administrator.goto(f"{live_site}/setup/calendar/{school}/{what}/")
        for name, value in fields.items():
            administrator.fill(f"[name={name}]", value)
        for off in administrator.locator("[name=state][value=off]").all():
            off.check(force=True)
        led(administrator, "button:has-text('看看会变什么')")
        expect(administrator.locator("h1")).to_have_text("请核对")
        faultless(administrator, what)


@WIDTHS
def test_whom_a_ladder_would_have_told_has_no_fault(administrator, live_site, width):
    administrator.set_viewport_size({"width": width, "height": 768})
    administrator.goto(f"{live_site}/setup/ladder/edit/")
    administrator.fill("[name=source]", "本县规定")
    led(administrator, "button:has-text('照这样，上个月会提醒谁？')")
    expect(administrator.locator("h1")).to_have_text("照这样，上个月会提醒谁？")
    faultless(administrator, "ladder")
    led(administrator, "button:has-text('保存')")
    expect(administrator.locator("h1")).to_have_text("到期提醒")
    faultless(administrator, "ladder, saved")
    administrator.goto(f"{live_site}/setup/ladder/edit/")
    administrator.fill("[name=source]", "")
    led(administrator, "button:has-text('照这样，上个月会提醒谁？')")
    expect(administrator.locator(".sum")).to_be_visible()
    faultless(administrator, "ladder, with mistakes")
