"""Talks and spot checks in a real browser: at an office machine, on a phone, and signed without a script."""

import pytest
from playwright.sync_api import expect

from huying.appeals.actions.supervise import supervise
from huying.oversight.models import Signature
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless, led
from tests.cast import at
from tests.oversight import talks

pytestmark = pytest.mark.browser

LIST = "/staff/proceedings/"


def addresses(stage):
    """Every kind of page, with something on each."""
    case = given.handled(stage, lead="office", by="office_head")
    said = {"demand": "三天内办结，并当面向家长说明。", "due_at": at(17, day=27), "reason": "久拖"}
    supervise(given.fresh(case), **said, by=stage.county_supervisor, at=at(13))
    talk = talks.signed(stage, cases=[given.fresh(case)])
    to_hold, check = talks.called(stage, by="county_supervisor"), talks.drawn(stage)
    return {
        "list": LIST,
        "talk": f"{LIST}{talk.pk}/",
        "hold": f"{LIST}{to_hold.pk}/hold_interview/",
        "check": f"{LIST}{check.pk}/",
        "second_call": f"{LIST}checks/calls/{check.spot_check.calls.get().pk}/",
        "call": f"{LIST}interviews/call/",
        "study": f"{LIST}studies/open/",
        "supervised": f"{LIST}supervised/",
        "remind": f"{LIST}remind/",
    }


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_no_page_has_a_fault_or_runs_over_the_edge(request, device, live_site, live_stage):
    page = request.getfixturevalue(device)
    found = addresses(live_stage)
    sign_in(page, live_site, live_stage, "county_supervisor")
    for name, address in found.items():
        page.goto(live_site + address)
        faultless(page, name)


def test_a_record_is_signed_on_a_phone_that_runs_no_script(plain_phone, live_site, live_stage):
    talk = talks.held(live_stage)
    sign_in(plain_phone, live_site, live_stage, "office_head")
    plain_phone.goto(f"{live_site}{LIST}")
    led(plain_phone, "td a:has-text('签字')")
    led(plain_phone, ".btn.go:has-text('签字')")
    expect(plain_phone.locator("#main")).to_contain_text("三件都在到期后两天才答复。")
    plain_phone.check("#id_read")
    led(plain_phone, "button:has-text('提交')")
    expect(plain_phone.locator("#main")).to_contain_text("已签字")
    assert Signature.objects.get(proceeding=talk).person.name == "钱进"
