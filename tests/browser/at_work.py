"""What people at work do in a browser, and what no page of theirs may have."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.cast import Stage

PASSWORD = "窗外的雨下了一整夜"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign_in(page: Page, site: str, stage: Stage, login: str) -> None:
    """This member of the cast is signed in and stands before the tray."""
    account = stage.accounts[login]
    account.set_password(PASSWORD)
    account.save()
    page.goto(f"{site}/staff/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site}/staff/")


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong with the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


class Hand:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, what: str) -> None:
        self.clicks += 1
        self.page.click(what)
        self.page.wait_for_load_state()
