"""The first set-up on a phone without script, and the pages of the set-up as a machine checks them."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from huying.appeals import defaults
from huying.appeals.models import Topic
from huying.channels import defaults as doors
from huying.ops import founding
from huying.people import calendars, founding_pass
from huying.people.models import Account, Post, Unit
from tests.browser.at_work import PASSWORD, sign_in
from tests.browser.looking import SIDEWAYS, faultless, led
from tests.cast import at

pytestmark = pytest.mark.browser


@pytest.fixture
def printed(live_site):
    """The address that an empty installation printed."""
    calendars.seed_national(at=at(8))
    doors.seed()
    defaults.seed(since=founding.SINCE)
    yield f"{live_site}/setup/begin/with/{founding_pass.fresh(at=timezone.now())}/"
    founding_pass.withdraw()


def onwards(page):
    led(page, "button.go")


def founded_by_hand(page, address, look):
    page.goto(address)
    look("begin")
    onwards(page)
    page.fill("[name=school]", "澄川县柳湾小学")
    page.fill("[name=code]", "lw")
    look("organisation")
    onwards(page)
    page.fill("[name=name]", "马志")
    page.fill("[name=login]", "mazhi")
    page.fill("[name=password1]", PASSWORD)
    onwards(page)
    look("administrator-wrong")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    onwards(page)
    page.fill("[name=grades]", "一年级 2\n二年级 1")
    look("units")
    led(page, "button[value=back]")
    onwards(page)
    expect(page.locator("[name=grades]")).to_have_value("一年级 2\n二年级 1")
    onwards(page)
    look("calendar")
    page.check("[name=is_seen]", force=True)
    onwards(page)
    look("limits")
    onwards(page)
    look("check")
    onwards(page)
    look("done")


def test_a_school_is_set_up_on_a_phone_without_script(plain_phone, live_site, printed):
    def look(name):
        assert plain_phone.evaluate(SIDEWAYS) == 0, name

    founded_by_hand(plain_phone, printed, look)
    expect(plain_phone.locator("main")).to_contain_text(f"{live_site}/s/lw/")
    assert (Account.objects.get().login, Unit.objects.count()) == ("mazhi", 2 + 2 + 3 + 4)
    led(plain_phone, "main section a")
    expect(plain_phone).to_have_url(f"{live_site}/s/lw/")


def test_no_step_of_the_first_set_up_has_a_fault(desk, printed):
    def look(name):
        faultless(desk, name)

    founded_by_hand(desk, printed, look)


PAGES = (
    "",
    "units/",
    "units/add/",
    "units/{school}/",
    "units/{klass}/",
    "posts/",
    "posts/appoint/",
    "posts/{post}/end/",
    "topics/",
    "topics/add/",
    "routing/",
    "routing/?topic={topic}&kind=HELP&place={klass}&about=teacher",
    "routing/add/",
    "limits/",
    "limits/answer/",
    "limits/bullying_inquiry/",
    "channels/",
    "changes/",
)


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (360, "dark")])
def test_no_page_of_the_set_up_has_a_fault_or_runs_over_the_edge(
    chromium_browser, live_site, live_stage, width, scheme
):
    calendars.seed_national(at=at(8))
    defaults.seed(since=founding.SINCE)
    context = chromium_browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme=scheme, locale="zh-CN"
    )
    page = context.new_page()
    sign_in(page, live_site, live_stage, "system_admin")
    page.goto(f"{live_site}/setup/units/{live_stage.units['school'].pk}/")
    page.fill("[name=phone]", "0500-622 0110")
    led(page, "button[value=change]")
    known = {
        "school": live_stage.units["school"].pk,
        "klass": live_stage.units["class"].pk,
        "post": Post.objects.get(person=live_stage.person("teacher")).pk,
        "topic": Topic.objects.get(code="canteen").pk,
    }
    for path in PAGES:
        page.goto(f"{live_site}/setup/{path.format(**known)}")
        faultless(page, path)
    context.close()
