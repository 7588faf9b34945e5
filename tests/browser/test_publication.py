"""A public text on a phone and at a desk, without script: written, decided piece by piece, agreed to, read."""

import pytest
from playwright.sync_api import expect

from huying.oversight import counting, openfigures
from huying.oversight.models import PublishedCase
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import SIDEWAYS, faultless, led
from tests.cast import at
from tests.oversight.texts import DRAFT, drafted, opened, published

pytestmark = pytest.mark.browser


def test_a_text_goes_through_two_hands_without_script(plain_phone, live_site, live_stage):
    opened(live_stage)
    appeal, page = given.closed(live_stage), plain_phone
    sign_in(page, live_site, live_stage, "dispatcher")
    page.goto(f"{live_site}/staff/publications/write/{appeal.pk}/")
    page.fill("[name=title]", DRAFT.title)
    page.fill("[name=question]", DRAFT.question)
    page.fill("[name=answer]", "可以找王老师，电话0536-5550000。")
    led(page, "main form button.go")
    expect(page.locator("main")).to_contain_text("看得出是谁吗")
    assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("group", name="姓名：王").get_by_label("去掉").check()
    page.get_by_role("group", name="电话：").get_by_label("留着").check()
    led(page, "main form button.go")
    expect(page.locator("main")).to_contain_text("公众看到的就是这样")
    assert PublishedCase.objects.get().answer == "可以找[姓名]老师，电话0536-5550000。"
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_no_page_of_them_has_a_fault_or_slides_sideways(request, device, live_site, live_stage):
    public = published(live_stage, names_school=True)
    waiting = drafted(live_stage)
    opened(live_stage, unit="county", by="county_supervisor")
    for _one in range(7):
        given.registered(live_stage)
    counting.count_due(limit=1000)
    openfigures.make_due(at=at(9, day=5, month=12))
    page = request.getfixturevalue(device)
    for address in ("answers/", f"answers/{public.token}/", "figures/", "data/"):
        page.goto(f"{live_site}/open/{address}")
        faultless(page, address)
    sign_in(page, live_site, live_stage, "principal")
    for address in ("publications/", f"publications/{waiting.token}/", f"publications/{public.token}/"):
        page.goto(f"{live_site}/staff/{address}")
        faultless(page, address)
