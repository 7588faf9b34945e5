"""渠道自测 in a browser: recorded without scripts from a phone, and without a fault on either screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from huying.oversight.models import DoorTest
from huying.rules.workdays import local_day
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless, led

pytestmark = pytest.mark.browser


def test_a_test_is_recorded_on_a_phone_without_scripts(plain_phone, live_site, live_stage):
    sign_in(plain_phone, live_site, live_stage, "inspector")
    plain_phone.goto(f"{live_site}/staff/channels/")
    led(plain_phone, "table.t a")
    plain_phone.select_option("#id_channel", label="电话")
    plain_phone.fill("#id_tested_on", local_day(timezone.now()).isoformat())
    plain_phone.check("#id_arrived_1")
    led(plain_phone, ".go")
    expect(plain_phone.locator(".sum")).to_contain_text("请写明怎么测的")
    plain_phone.fill("#id_note", "打了三次都没有人接")
    led(plain_phone, ".go")
    expect(plain_phone.locator("table.t")).to_contain_text("没有收到")
    assert DoorTest.objects.get().note == "打了三次都没有人接"


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_pages_have_no_fault(screen, request, live_site, live_stage):
    page = request.getfixturevalue(screen)
    sign_in(page, live_site, live_stage, "inspector")
    page.goto(f"{live_site}/staff/channels/")
    faultless(page, f"doors-{screen}")
    led(page, "table.t a")
    faultless(page, f"doors-of-{screen}")
