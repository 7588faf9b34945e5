"""Accountability, exclusion and contested figures in a browser: without fault at an office desk and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from huying.oversight.actions.make_statement import make_statement
from huying.oversight.actions.object_to_figure import object_to_figure
from huying.oversight.actions.open_accountability import open_accountability
from huying.oversight.actions.request_exclusion import request_exclusion
from huying.oversight.actions.serve_accountability import serve_accountability
from huying.rules.enums import DutyFinding, ExclusionGround
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import faultless
from tests.cast import TODAY

pytestmark = pytest.mark.browser
FOUND = "签收以后三个工作日没有联系，催办两次没有回应。"


@pytest.fixture
def pages(live_stage) -> dict[str, list[str]]:
    """Who looks at which addresses."""
    now = datetime.now(UTC)
    appeal, done = given.handled(live_stage), given.closed(live_stage)
    said = {"appeal": appeal, "finding": DutyFinding.DELAY, "found": FOUND, "events": [2, 3]}
    case = open_accountability(live_stage.person("teacher"), **said, by=live_stage.inspector, at=now)
    serve_accountability(case, by=live_stage.inspector, at=now)
    make_statement(case, statement="那几天在外培训，交代过同事。", by=live_stage.teacher, at=now + timedelta(seconds=1))
    asked = request_exclusion(
        done, ground=ExclusionGround.UNFOUNDED, reason="查了监控，不是本班的事", by=live_stage.teacher, at=now
    )
    contested = object_to_figure(
        live_stage.units["school"],
        indicator="resolution_rate",
        since=TODAY,
        until=TODAY,
        cases=[done],
        reason="同一件事算了两次",
        by=live_stage.principal,
        at=now,
    )
    return {
        "inspector": [
            f"appeals/{appeal.pk}/chain/",
            f"appeals/{appeal.pk}/account/",
            "duty/",
            f"duty/{case.pk}/",
            f"duty/{case.pk}/propose/",
        ],
        "teacher": [f"me/duty/{case.pk}/", "me/duty/", f"appeals/{done.pk}/exclusion/", "objections/add/"],
        "county_supervisor": [
            "exclusions/",
            f"exclusions/{asked.pk}/",
            f"exclusions/{asked.pk}/grant/",
            "objections/",
            f"objections/{contested.pk}/",
            f"objections/{contested.pk}/grant/",
        ],
    }


@pytest.mark.parametrize("machine", ["desk", "phone"])
def test_every_page_is_without_fault(request, live_site, live_stage, pages, machine):
    page: Page = request.getfixturevalue(machine)
    for who, addresses in pages.items():
        sign_in(page, live_site, live_stage, who)
        for address in addresses:
            page.goto(f"{live_site}/staff/{address}")
            expect(page.locator("h1")).to_be_visible()
            faultless(page, f"{address} of {who} at a {machine}")
