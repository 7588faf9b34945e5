"""The leadership's pages in a browser: one screen and one sheet for a principal, ten schools reminded at once."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from huying.appeals.models import Event
from huying.oversight import counting
from huying.rules.enums import Action, UnitLevel
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless, led, standing
from tests.cast import found

pytestmark = pytest.mark.browser
FIVE_END = "document.querySelector('.five').getBoundingClientRect().bottom"
SCHOOLS = 10


@pytest.mark.person
def test_a_principal_reads_five_sentences_without_scrolling_and_prints_one_sheet(desk, live_site, live_stage):
    for topic in ("classing", "canteen", "ethics"):
        given.closed(live_stage, topic=topic)
    for number in range(4):
        given.handled(live_stage, body=f"第 {number} 件：操场的灯坏了，晚上看不见路。")
    counting.count_due()
    sign_in(desk, live_site, live_stage, "principal")
    led(desk, "nav.rail a:has-text('一个月')")
    expect(desk.locator(".five li")).to_have_count(5)
    assert desk.evaluate(FIVE_END) < 768
    faultless(desk, "month")
    sheet = pikepdf.open(io.BytesIO(desk.pdf(prefer_css_page_size=True)))
    width, height = (round(float(side) / 72 * 25.4) for side in sheet.pages[0].mediabox[2:])
    assert (len(sheet.pages), width, height) == (1, 210, 297)
    led(desk, ".five li:first-child b a")
    expect(desk.locator("main .list li")).to_have_count(7)
    faultless(desk, "cases")


def test_the_month_fits_a_phone_without_scripts(plain_phone, live_site, live_stage):
    given.closed(live_stage)
    counting.count_due()
    sign_in(plain_phone, live_site, live_stage, "principal")
    plain_phone.goto(f"{live_site}/staff/month/")
    expect(plain_phone.locator(".five li")).to_have_count(5)
    plain_phone.click("summary:has-text('换时间、筛选')")
    plain_phone.select_option("#b-span", "year")
    led(plain_phone, ".choose .btn")
    expect(plain_phone.locator("h1")).to_contain_text("2026年")


@pytest.mark.person
def test_ten_schools_are_reminded_in_two_clicks(desk, live_site, live_stage):
    schools = [live_stage.units["other_school"]]
    schools += [found(live_stage, f"s{n}", f"第{n}中心小学", UnitLevel.SCHOOL, "county") for n in range(3, SCHOOLS + 2)]
    for school in schools:
        given.registered(live_stage, place=school, klass=None)
    counting.count_due()
    sign_in(desk, live_site, live_stage, "county_supervisor")
    led(desk, "nav.rail a:has-text('全县')")
    expect(desk.locator(".ten li")).to_have_count(SCHOOLS)
    expect(desk.locator(".ten input:checked")).to_have_count(SCHOOLS)
    faultless(desk, "county")
    led(desk, ".bulk .btn")
    standing(desk, "main form")
    desk.fill("#id_words", "请今天派出去。")
    led(desk, "main form .btn.go")
    assert Event.objects.filter(action=Action.REMIND).count() == SCHOOLS
