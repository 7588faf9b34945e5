"""Warnings, surveys and the target without script, on a phone and at a desk: steps are taken, no page has a fault."""

import pytest
from playwright.sync_api import expect

from huying.oversight.actions.find_alarm import find_alarm
from huying.rules.actors import TIMER
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import SIDEWAYS, faults, led
from tests.cast import at
from tests.oversight.seen import slip, surveyed, warned

pytestmark = pytest.mark.browser
CODE = "1234567890123450"


def found(stage):
    """A pile in one school, and a rise with its cases in the same."""
    warned(stage, unit="other_school")
    cases = [given.registered(stage) for _ in range(3)]
    numbers = {"days": 7, "observed": 7, "expected": 0.8, "times_a_year": 0.02}
    ids = tuple(case.pk for case in cases)
    topic = cases[0].topic_id
    return find_alarm(
        Signal(AlarmRule.VOLUME, stage.units["school"].pk, "volume", ids, numbers, topic), by=TIMER, at=at(7)
    )


def test_a_supervisor_reminds_two_schools_in_four_clicks_without_script(plain_phone, live_site, live_stage):
    found(live_stage)
    page = plain_phone
    sign_in(page, live_site, live_stage, "county_supervisor")
    page.goto(f"{live_site}/staff/alarms/")
    for box in page.locator("input[name=alarm]").all():
        box.check()
    led(page, "button:has-text('提醒选中的单位')")
    expect(page.locator("main")).to_contain_text("已提醒 2 条")


def test_a_family_answers_a_slip_without_script(plain_phone, live_site, live_stage):
    slip(surveyed(live_stage), CODE)
    page = plain_phone
    page.goto(f"{live_site}/open/survey/{CODE}/")
    assert not page.evaluate(SIDEWAYS)
    page.check("#id_overall_1")
    led(page, "main button")
    expect(page.locator("main")).to_contain_text("谢谢您")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_no_page_of_them_has_a_fault_or_slides_sideways(request, device, live_site, live_stage):
    alarm, survey = found(live_stage), surveyed(live_stage)
    slip(survey, CODE)
    page = request.getfixturevalue(device)
    sign_in(page, live_site, live_stage, "county_supervisor")
    seen = {}
    pages = ("alarms/", f"alarms/{alarm.pk}/", "surveys/", "surveys/make/", f"surveys/{survey.pk}/", "targets/")
    for address in (*(f"staff/{one}" for one in pages), f"open/survey/{CODE}/"):
        page.goto(f"{live_site}/{address}")
        seen[address] = (faults(page), page.evaluate(SIDEWAYS))
    assert {address: one for address, one in seen.items() if one != ([], False)} == {}
