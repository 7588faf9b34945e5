"""How a page is looked at: never before it is there.

After whatever leads to another page, `led` waits until that one has come whole; what is expected of it is asked for
with `expect`, which looks again until it is so. A look for what is *not* there follows one that found the page.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe()
ONLY_FAULTS = {"resultTypes": ["violations"]}

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)


def led(page: Page, what: str) -> None:
    """That was clicked, and the page it leads to stands whole."""
    with page.expect_navigation():
        page.click(what)


def led_by_key(page: Page, key: str) -> None:
    """That key was pressed, and the page it leads to stands whole."""
    with page.expect_navigation():
        page.keyboard.press(key)


def standing(page: Page, part: str) -> Locator:
    """The part, once it shows on a page that stands whole, its scripts at work."""
    found = page.locator(part).first
    expect(found).to_be_visible()
    page.wait_for_load_state()
    return found


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong with the page, once it stands whole."""
    page.wait_for_load_state()
    found = AXE.run(page, options=ONLY_FAULTS).response["violations"]
    return [(one["id"], node["html"][:120]) for one in found for node in one["nodes"]]


def faultless(page: Page, name: str) -> None:
    """No fault that a machine can see, and nothing over the edge."""
    assert (faults(page), max(0, page.evaluate(SIDEWAYS))) == ([], 0), name


@contextmanager
def answers_held(page: Page) -> Iterator[None]:
    """Within it the server hears every form at once, and its last answer reaches the page only at the end.

    So a second press meets the page that the first was made on, however quick the server is.
    """
    asked: list[str] = []
    answers: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(route.request.url)
            answers.append((route, route.fetch(max_redirects=0)))
        else:
            route.fallback()

    page.route("**/*", hold)
    yield
    while not asked or len(answers) < len(asked):
        page.wait_for_timeout(20)
    route, answer = answers[-1]
    route.fulfill(response=answer)
    page.unroute("**/*")
