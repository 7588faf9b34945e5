"""What people at work do in a browser, and what no page of theirs may have."""

from datetime import UTC, datetime

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from huying.people.models import Account, SecondFactor
from huying.rules.accounts import GUARDED
from tests.cast import Stage, shown

PASSWORD = "窗外的雨下了一整夜"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign_in(page: Page, site: str, stage: Stage, login: str) -> None:
    """This member of the cast is signed in and stands before the tray."""
    account = stage.accounts[login]
    account.set_password(PASSWORD)
    account.save()
    if not account.person.posts.filter(kind__in=GUARDED).exists():
        SecondFactor.objects.filter(account=account).delete()
    page.goto(f"{site}/staff/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    show_the_telephone(page, account)
    page.wait_for_url(f"{site}/staff/")


def show_the_telephone(page: Page, account: Account) -> None:
    """The second step of the sign-in, for those who have one."""
    if SecondFactor.objects.filter(account=account).exists():
        page.fill("input[name=code]", shown(datetime.now(UTC), to=account))
        page.press("input[name=code]", "Enter")


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
