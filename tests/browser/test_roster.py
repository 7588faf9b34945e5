"""A roster brought from a phone without script, an invitation taken up; the same pages at a desk, without a fault."""

import pytest
from playwright.sync_api import expect

from huying.people.models import Account, Person
from tests.browser.at_work import PASSWORD, sign_in
from tests.browser.looking import SIDEWAYS, faults, led
from tests.people.test_roster import book

pytestmark = pytest.mark.browser
NEW = ["田野", "T101", "三年级6班", "班主任", "2026-09-01"]


def brought(page, site, *rows):
    page.goto(f"{site}/setup/roster/")
    page.set_input_files("input[type=file]", {"name": "名册.xlsx", "mimeType": "", "buffer": book(*rows)})
    led(page, "button:has-text('看会改什么')")


def test_a_roster_and_an_invitation_without_script(plain_phone, live_site, live_stage):
    page = plain_phone
    sign_in(page, live_site, live_stage, "system_admin")
    brought(page, live_site, NEW)
    led(page, "button:has-text('就这样导入')")
    person = Person.objects.get(staff_number="T101")
    led(page, "button[aria-label='给田野发邀请']")
    address = page.inner_text(".address")
    page.context.clear_cookies()
    page.goto(address)
    page.fill("input[name=login]", "T101")
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    led(page, "button:has-text('就用这个密码')")
    expect(page.locator("main")).to_contain_text("密码已设好")
    assert Account.objects.get(person=person).check_password(PASSWORD)


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_no_page_of_it_has_a_fault_or_slides_sideways(request, device, live_site, live_stage):
    page = request.getfixturevalue(device)
    sign_in(page, live_site, live_stage, "system_admin")
    found = {}

    def look(name):
        found[name] = (faults(page), page.evaluate(SIDEWAYS))

    page.goto(f"{live_site}/setup/roster/")
    look("roster")
    brought(page, live_site, NEW, ["白露", "T2", "火星站"])
    look("faults")
    brought(page, live_site, NEW)
    look("check")
    led(page, "button:has-text('就这样导入')")
    look("people")
    page.goto(f"{live_site}/setup/people/{live_stage.person('teacher').pk}/leave/")
    look("leave")
    page.goto(f"{live_site}/setup/people/")
    led(page, "button[aria-label='给田野发邀请']")
    look("slip")
    address = page.inner_text(".address")
    page.goto(address)
    look("invitation")
    page.goto(address[:-3] + "zz/")
    look("gone")
    wide = {"slip"} if device == "phone" else set()  # a sheet of paper is as wide as paper is
    assert {name: one for name, one in found.items() if one[0] or (one[1] > 0 and name not in wide)} == {}
