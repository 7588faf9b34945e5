"""What people at work do in a browser: they sign in."""

from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from playwright.sync_api import Page, expect

from huying.people.models import Account, SecondFactor
from huying.rules.accounts import GUARDED
from tests.cast import Stage, shown

PASSWORD = "窗外的雨下了一整夜"


@cache
def _kept() -> str:
    """The password as it is stored; worked out once, for it is slow on purpose."""
    return make_password(PASSWORD)


def known(stage: Stage, login: str) -> Account:
    """This member of the cast has the password, and a telephone only where the post asks for one."""
    account = stage.accounts[login]
    account.password = _kept()
    account.save()
    if not account.person.posts.filter(kind__in=GUARDED).exists():
        SecondFactor.objects.filter(account=account).delete()
    return account


def sign_in(page: Page, site: str, stage: Stage, login: str) -> None:
    """This member of the cast has signed in and stands before the tray; the way in itself is `walk_in`."""
    client = Client()
    client.force_login(known(stage, login))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page.goto(f"{site}/staff/")
    expect(page).to_have_url(f"{site}/staff/")


def walk_in(page: Page, site: str, stage: Stage, login: str) -> None:
    """The same, by the form, with the password and, where the post asks for it, the telephone."""
    account = known(stage, login)
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
