"""Every page that a link of the staff pages leads to, for everybody at work: no fault, and nothing over the edge."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error

from huying.appeals.identities import Contact
from huying.rules.enums import AppealKind
from tests import given
from tests.browser.at_work import sign_in
from tests.browser.looking import SIDEWAYS, faults

pytestmark = [pytest.mark.browser, pytest.mark.proof]
EVERYBODY = (
    *("clerk", "dispatcher", "teacher", "grade_head", "office_head", "caller", "principal", "inspector", "auditor"),
    *("county_dispatcher", "county_supervisor", "county_caller"),
)
LINKS = "all => all.map(one => one.getAttribute('href'))"
LEFT_OUT = re.compile(r"^/staff/(files|sign_out|login)/|\.ics$|\?.*(size|tone)=")
MOST = 40


def work(stage) -> None:
    """Something on every pile."""
    phone = Contact(name="陈红", phone="13800000417")
    for build in (given.registered, given.dispatched, given.handled, given.contacted, given.answered):
        build(stage, contact=phone)
    given.registered(stage, kind=AppealKind.COMPLAINT, subjects=["孙老师"])
    for build in (given.answered, given.delivered, given.called_back, given.closed):
        build(stage, kind=AppealKind.COMPLAINT)


def kind_of(path: str) -> str:
    """Pages that differ by a number alone are one, unless an appeal stands at another step."""
    return re.sub(r"(form|before|after|q)=[^&]*", r"\1=", re.sub(r"(?<=/appeals/)\d+(?=/.)", "N", path))


def gone_to(page, address: str):
    """The answer; None for a paper or a sheet, which is handed over and not shown."""
    try:
        return page.goto(address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return None


def crawl(page, site: str, check) -> list[str]:
    """Every page that links lead to, each kind once; what was seen."""
    waiting, seen = ["/staff/"], {}
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        answer = gone_to(page, f"{site}{path}")
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen[kind_of(path)] = path
        check(page, path, answer.status)
        for href in page.eval_on_selector_all("a[href]", LINKS):
            split = urlsplit(urljoin(path, href))
            found = split.path + (f"?{split.query}" if split.query else "")
            if not split.netloc and found.startswith("/staff/") and not LEFT_OUT.search(found):
                waiting.append(found)
    return list(seen.values())


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("who", EVERYBODY)
def test_no_staff_page_has_a_fault_or_runs_over_the_edge(chromium_browser, live_site, live_stage, who, width):
    work(live_stage)
    context = chromium_browser.new_context(viewport={"width": width, "height": 768}, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live_site, live_stage, who)
    wrong = []

    def check(page, path: str, status: int) -> None:
        if status != 200:
            wrong.append((path, status))
        wrong.extend((path, *fault) for fault in faults(page))
        if "/print/" not in path and page.evaluate(SIDEWAYS):
            wrong.append((path, "sideways", page.evaluate(SIDEWAYS)))

    seen = crawl(page, live_site, check)
    context.close()
    assert wrong == []
    assert len(seen) >= 5
