"""A telephone is bound and asked for, in a real browser: on a phone, without scripts, and at a desk."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from huying.people.models import SecondFactor
from huying.vault import one_time
from tests.browser.at_work import PASSWORD
from tests.browser.looking import SIDEWAYS, faults, led
from tests.cast import shown

pytestmark = pytest.mark.browser
PAPER = re.compile(r"[1-8]-[a-z2-9]{5}-[a-z2-9]{5}")


def give_password(page: Page, site: str, stage, login: str) -> None:
    """The first step of the sign-in is done."""
    account = stage.accounts[login]
    account.set_password(PASSWORD)
    account.save()
    page.goto(f"{site}/staff/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def bind(page: Page) -> list[str]:
    """The telephone is bound as the page says; the codes on the paper."""
    page.click("button:has-text('开始绑定')")
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("#id_code", one_time.code(secret, one_time.step_at(datetime.now(UTC))))
    page.press("#id_code", "Enter")
    expect(page.locator("h1")).to_have_text("备用码")
    return PAPER.findall(page.locator("main").inner_text())


@pytest.mark.parametrize("where", ["phone", "plain_phone", "desk"])
def test_a_principal_binds_a_telephone_at_the_first_sign_in(where, request, live_site, live_stage):
    page = request.getfixturevalue(where)
    SecondFactor.objects.filter(account=live_stage.accounts["principal"]).delete()
    give_password(page, live_site, live_stage, "principal")
    expect(page).to_have_url(f"{live_site}/staff/me/second_factor/")
    expect(page.locator("h1")).to_have_text("动态码")
    assert page.evaluate(SIDEWAYS) == 0
    codes = bind(page)
    assert (len(set(codes)), page.evaluate(SIDEWAYS)) == (8, 0)
    page.click("text=收好了，去工作")
    expect(page).to_have_url(f"{live_site}/staff/")


def test_the_telephone_is_asked_for_and_a_wrong_code_is_said(plain_phone, live_site, live_stage):
    page = plain_phone
    give_password(page, live_site, live_stage, "principal")
    expect(page.locator("h1")).to_have_text("动态码")
    page.fill("#id_code", "000000")
    page.press("#id_code", "Enter")
    expect(page.locator(".sum")).to_contain_text("动态码不对")
    assert page.evaluate(SIDEWAYS) == 0
    page.fill("#id_code", shown(datetime.now(UTC)))
    page.press("#id_code", "Enter")
    expect(page).to_have_url(f"{live_site}/staff/")


def test_who_lost_the_telephone_signs_in_with_the_paper(phone, live_site, live_stage):
    page = phone
    SecondFactor.objects.filter(account=live_stage.accounts["caller"]).delete()
    give_password(page, live_site, live_stage, "caller")
    codes = bind(page)
    page.context.clear_cookies()
    give_password(page, live_site, live_stage, "caller")
    page.fill("#id_code", codes[4])
    page.press("#id_code", "Enter")
    expect(page).to_have_url(f"{live_site}/staff/")
    page.goto(f"{live_site}/staff/me/")
    expect(page.locator("main")).to_contain_text("没有用过的备用码：7 个")


@pytest.mark.parametrize("where", ["phone", "desk"])
def test_no_page_of_it_has_a_fault(where, request, live_site, live_stage):
    page = request.getfixturevalue(where)
    SecondFactor.objects.filter(account=live_stage.accounts["security_admin"]).delete()
    give_password(page, live_site, live_stage, "security_admin")
    expect(page.locator("button:has-text('开始绑定')")).to_be_visible()
    assert faults(page) == []
    page.click("button:has-text('开始绑定')")
    expect(page.locator("svg.qr")).to_be_visible()
    assert (faults(page), page.evaluate(SIDEWAYS)) == ([], 0)
    led(page, "button:has-text('换一张图')")
    expect(page.locator("button:has-text('开始绑定')")).to_have_count(0)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("#id_code", one_time.code(secret, one_time.step_at(datetime.now(UTC))))
    page.press("#id_code", "Enter")
    expect(page.locator("h1")).to_have_text("备用码")
    assert faults(page) == []
    teacher = live_stage.accounts["teacher"]
    for address, says in (
        ("/staff/me/second_factor/", "换手机"),
        ("/setup/access/", "等第二个人签字"),
        (f"/setup/access/{teacher.pk}/", "重开登录"),
        (f"/setup/access/{teacher.pk}/reset/", "怎么核实是本人"),
    ):
        if address == "/setup/access/":
            _ask(page, live_site, live_stage.accounts["principal"].pk)
        page.goto(live_site + address)
        expect(page.locator("main")).to_contain_text(says)
        assert (address, faults(page), page.evaluate(SIDEWAYS)) == (address, [], 0)


def _ask(page: Page, site: str, account: int) -> None:
    """A request for a new way in waits."""
    page.goto(f"{site}/setup/access/{account}/reset/")
    page.check("#id_lost_0")
    page.fill("#id_reason", "本人当面来，看过工作证")
    page.click("button:has-text('申请')")
    expect(page).to_have_url(f"{site}/setup/access/")
