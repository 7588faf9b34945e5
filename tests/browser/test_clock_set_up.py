"""An administrator sets the clock: the notice without script on a phone, and no page with a fault."""

import pytest

from huying.people import calendars
from tests import given
from tests.browser.at_work import SIDEWAYS, faults, sign_in
from tests.cast import at

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


def test_a_notice_is_brought_in_on_a_phone_without_script(plain_phone, live_site, live_stage):
    calendars.seed_national(at=at(8))
    given.dispatched(live_stage)
    sign_in(plain_phone, live_site, live_stage, "system_admin")
    plain_phone.goto(f"{live_site}/setup/calendar/nation/notice/")
    plain_phone.fill("input[name=year]", "2027")
    plain_phone.fill("textarea[name=text]", NOTICE)
    plain_phone.fill("input[name=source]", "国办发明电〔2026〕7号")
    plain_phone.click("button:has-text('看看会变什么')")
    assert plain_phone.locator("td.new").count() >= 12
    assert plain_phone.evaluate(SIDEWAYS) == 0
    plain_phone.click("button:has-text('确认，就这样改')")
    assert "已保存" in plain_phone.inner_text("main")
    assert calendars.national().knows(2027)


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_of_the_clock_has_a_fault_or_runs_off_sideways(desk, live_site, live_stage, width, tmp_path):
    calendars.seed_national(at=at(8))
    desk.set_viewport_size({"width": width, "height": 768})
    sign_in(desk, live_site, live_stage, "system_admin")
    found = {}
    for page in PAGES:
        desk.goto(f"{live_site}{page}")
        desk.screenshot(
            path=tmp_path / f"{page.strip('/').split('?')[0].replace('/', '-')}-{width}.png", full_page=True
        )
        found[page] = (max(0, desk.evaluate(SIDEWAYS)), faults(desk))
    assert found == dict.fromkeys(PAGES, (0, []))
