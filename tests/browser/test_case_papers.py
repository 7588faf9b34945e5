"""The papers of a case, the yearly report and the plan of a week in a real browser: machine and phone, no script."""

import pytest

from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_no_page_has_a_fault_or_runs_over_the_edge(request, device, live_site, live_stage):
    page = request.getfixturevalue(device)
    appeal = given.delivered(live_stage)
    sign_in(page, live_site, live_stage, "dispatcher")
    for name, address in {
        "case": f"/staff/appeals/{appeal.pk}/",
        "bulletins": "/staff/bulletins/",
        "week": "/staff/campaign-week/",
    }.items():
        page.goto(f"{live_site}{address}")
        faultless(page, name)


def test_the_plan_of_a_week_is_downloaded_from_a_phone_without_a_script(plain_phone, live_site, live_stage):
    page = plain_phone
    sign_in(page, live_site, live_stage, "principal")
    page.goto(f"{live_site}/staff/campaign-week/")
    for label, words in {
        "主题": "有诉必应", "从哪天": "2026-11-23", "到哪天": "2026-11-27", "目的，一行一段": "让家长知道找谁。",
        "每天做什么，一行一项": "11-25 开放日", "谁负责": "德育处", "在哪里": "校门口",
    }.items():  # fmt: skip
        page.get_by_label(label).fill(words)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PDF").click()
    assert download.value.suggested_filename == "宣传周方案-2026-11-23.pdf"
