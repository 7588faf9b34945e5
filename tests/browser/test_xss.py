"""Three hundred payloads in every text that people can write: no page runs one, or needs our policy to stop it."""

import json
import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error, expect

from tests.browser.looking import led
from tests.browser.watching import Watch
from tests.crawl import poison
from tests.crawl.xss import MARK, PAYLOADS, UNKEPT, fitting, stretches
from tests.pages import parent

pytestmark = [pytest.mark.browser, pytest.mark.proof]
# Who works together, and how many payloads they meet at least.
GROUPS = (
    (("dispatcher", "teacher", "grade_head", "office_head"), len(PAYLOADS)),
    (("principal", "clerk", "caller", "inspector", "auditor"), len(PAYLOADS)),
    (("county_dispatcher", "county_supervisor", "county_caller"), len(PAYLOADS)),
    (("system_admin", "security_admin"), 80),  # names and sources are short
)
OURS = ("/staff/", "/setup/", "/open/", "/s/")
LEFT_OUT = re.compile(r"/(files|sign_out|login|leave|end|subscription)/|\.(ics|xlsx)|[?&](size|tone)=")
MOST, MOST_OF_THE_SETUP = 45, 45
LINKS = "all => all.map(one => one.getAttribute('href'))"
FORMS = "all => all.map(one => one.getAttribute('action') || location.pathname)"
# Every field that takes words gets them, as long as it allows or, without `fits`, much longer; then it is sent.
FORM = """action => [...document.querySelectorAll('form[method=post]')]
  .find(one => (one.getAttribute('action') || location.pathname) === action)"""
SEND = (
    f"([action, words, fits]) => {{ const form = ({FORM})(action);"
    + """
  let turn = 0;
  form.noValidate = true;
  for (const field of form.elements) {
    if (field.matches('textarea,input:not([type=hidden],[type=radio],[type=checkbox],[type=file],[type=submit])')) {
      const most = field.maxLength > 0 && fits ? field.maxLength : fits ? 200 : 3000;
      if (field.matches('input')) field.type = 'text';
      field.removeAttribute('maxlength');
      field.value = words.slice((turn += 97) % 1500).slice(0, most);
    } else if (field.matches('select') && field.options.length > 1) field.selectedIndex = 1;
    else if (field.matches('[type=radio]')) field.checked = true;
  }
  form.requestSubmit(form.querySelector('button:not([type=button])') || undefined);
}"""
)


def kind_of(path: str) -> str:
    """Pages that differ by a number alone are one, unless an appeal is opened."""
    path = re.sub(r"(form|before|after|q|at|value|place)=[^&]*", r"\1=", path)
    return re.sub(r"\d+", "N", path) if not re.fullmatch(r"/staff/appeals/\d+/(print/)?", path) else path


def at_work(stage, who: str) -> Client:
    """Signed in."""
    client = Client()
    client.force_login(stage.accounts[who])
    return client


def bring(context, site: str, client: Client) -> None:
    """The browser goes on with the session of the client."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


class Round:
    """One walk through all pages that somebody reaches, and the forms met on the way."""

    def __init__(self, page, watch: Watch) -> None:
        self.page, self.watch = page, watch
        self.seen: dict[str, str] = {}
        self.marks: set[int] = set()
        self.wrong: list[tuple[str, str]] = []
        self.forms: dict[str, tuple[str, str]] = {}

    def open(self, path: str) -> bool:
        """The page is looked at; False when what came is a file to keep, and no page."""
        try:
            answer = self.page.goto(f"{self.watch.site}{path}")
        except Error as ended:
            if "Download is starting" not in str(ended):
                raise
            return False
        assert answer is not None and answer.status < 500, path
        self.look()
        return True

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.wrong += [one for one in self.watch.look(self.page) if one not in self.wrong]
        self.marks |= {int(number) for number in MARK.findall(self.page.content())}

    def walk(self, *start: str, most: int = MOST) -> None:
        waiting = [*start]
        while waiting and len(self.seen) < most:
            path = waiting.pop(0)
            if kind_of(path) in self.seen or LEFT_OUT.search(path):
                continue
            self.seen[kind_of(path)] = path
            if not self.open(path):
                continue
            waiting += self._links(path)
            for action in self.page.eval_on_selector_all("form[method=post]", FORMS):
                if not LEFT_OUT.search(action):
                    self.forms.setdefault(kind_of(action), (path, action))

    def _links(self, path: str) -> list[str]:
        found = [urlsplit(urljoin(path, one)) for one in self.page.eval_on_selector_all("a[href]", LINKS)]
        ours = [one for one in found if not one.netloc and one.path.startswith(OURS)]
        return [f"{one.path}?{one.query}" if one.query else one.path for one in ours]

    def send(self, kind: str, *, fits: bool) -> bool:
        """The form is sent with payloads in every field, and the page that answers looked at; False once it is gone."""
        path, action = self.forms[kind]
        self.page.goto(f"{self.watch.site}{path}")
        if not self.page.evaluate(f"Boolean(({FORM})({json.dumps(action)}))"):
            return False
        words = " ".join([*UNKEPT, *PAYLOADS]) if not fits else " ".join(PAYLOADS)
        try:
            with self.page.expect_navigation():
                self.page.evaluate(SEND, [action, words, fits])
        except Error as ended:
            if "ERR_ABORTED" not in str(ended):  # what came is a file to keep, and no page
                raise
        self.look()
        return True


@pytest.fixture
def watched(chromium_browser, live_site):
    """A browser of a staff member, and what watches over it."""
    context = chromium_browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield context, Watch(context, live_site)
    context.close()


def thrown_back(round_: Round, *addresses: str) -> None:
    """Payloads in the address, which a page may show again."""
    for address in addresses:
        for words in (*stretches(8), " ".join(UNKEPT)):
            round_.open(address + quote(words, safe=""))


@pytest.mark.parametrize(("people", "fewest"), GROUPS)
def test_no_page_of_staff_runs_what_somebody_wrote(watched, live_site, live_stage, people, fewest):
    context, watch = watched
    found = poison.everything_poisoned(live_stage)
    cases = [f"/staff/appeals/{one.pk}/" for one in found.all]
    sent: set[str] = set()
    marks: set[int] = set()
    for who in people:
        bring(context, live_site, at_work(live_stage, who))
        round_ = Round(context.new_page(), watch)
        if "admin" in who:
            round_.walk("/setup/", "/staff/", *cases, most=MOST_OF_THE_SETUP)
        else:
            round_.walk("/staff/", "/staff/me/", *cases, f"{cases[2]}print/")
        for kind in sorted(round_.forms.keys() - sent):
            sent |= {kind for fits in (False, True) if round_.send(kind, fits=fits)}
        marks |= round_.marks
        assert round_.wrong == [], who
        assert len(round_.seen) >= 5, who
        print(f"{who}: {len(round_.seen)} kinds of pages, {len(round_.marks)} payloads")
        round_.page.close()
    assert len(marks) >= fewest
    assert len(sent) >= 10


def test_no_address_that_is_shown_again_runs(watched, live_site, live_stage):
    context, watch = watched
    round_ = Round(context.new_page(), watch)
    thrown_back(round_, "/report/?school=", "/nowhere/", "/staff/login/?next=", "/s/", "/comfort/?size=l&next=")
    bring(context, live_site, at_work(live_stage, "dispatcher"))
    thrown_back(round_, "/staff/search/?q=", "/staff/?pile=", "/staff/register/?key=")
    bring(context, live_site, at_work(live_stage, "system_admin"))
    thrown_back(round_, "/setup/explain/?unit=wd&value=5&place=&at=", "/setup/routing/?topic=", "/setup/people/?q=")
    assert round_.wrong == []
    assert len(round_.marks) >= 100  # the search cuts what it shows again


def test_no_page_of_parents_runs_what_somebody_wrote(watched, live_site, live_stage):
    context, watch = watched
    found = poison.everything_poisoned(live_stage)
    round_ = Round(context.new_page(), watch)
    round_.walk("/", "/s/school/", "/report/?school=school", "/report/?school=school&above=1", "/progress/", "/open/")
    for appeal in found.all:
        client = Client()
        client.get("/")
        parent.hold(client, appeal)
        bring(context, live_site, client)
        round_.open("/progress/")
        expect(round_.page.locator("h1")).not_to_have_text("查进度")
        for action in round_.page.eval_on_selector_all("form[method=post]", FORMS):
            if not LEFT_OUT.search(action):
                round_.forms.setdefault(kind_of(action), ("/progress/", action))
    assert round_.wrong == []
    assert len(round_.marks) >= 300


def test_what_a_parent_writes_is_looked_over_and_sent_as_it_stands(watched, live_site, live_stage, at_any_pace):
    context, watch = watched
    round_ = Round(context.new_page(), watch)
    for words in stretches(5):
        round_.open("/report/?school=school")
        round_.page.check("#id_kind_2")
        round_.page.fill("#id_what", words)
        round_.page.check("#id_contact_2")
        round_.page.fill("[name=name]", words)
        led(round_.page, "main button.go")
        expect(round_.page.locator(".sum")).to_be_visible()
        round_.look()
        round_.page.fill("[name=name]", fitting(20, turn=len(words)))
        round_.page.fill("[name=phone_too]", "13900771401")
        led(round_.page, "main button.go")
        expect(round_.page.locator("h1")).to_have_text("看一遍，再交")
        round_.look()
        led(round_.page, "main button.go")
        expect(round_.page.locator(".stub")).to_be_visible()
        round_.look()
    assert round_.wrong == []
    assert round_.marks == set(range(len(PAYLOADS)))


LIVE = (
    ("<script>alert(1)</script>", "script"),
    ("<script>pwned=2</script>", "script"),
    ("<img src=x onerror=alert(3)>", "onerror"),
    ("<svg onload=pwned=4>", "onload"),
    ("<input autofocus onfocus=alert(5)>", "onfocus"),
    ("<iframe src=javascript:alert(6)></iframe>", "iframe"),
    ("<a href=javascript:alert(7)>x</a>", "javascript"),
    ("<img src=//evil.example/p.png>", "evil"),
    ("<style>p{color:red}</style>", "style"),
    ("<base href=//evil.example/>", "base"),
)


@pytest.mark.parametrize("policy", ["", "default-src 'none'"])
@pytest.mark.parametrize(("words", "what"), LIVE)
def test_a_page_that_escapes_nothing_is_caught(watched, live_site, words, what, policy):
    context, watch = watched
    page = context.new_page()
    headers = {"Content-Type": "text/html", "Content-Security-Policy": policy or "img-src * 'self'"}
    page.route("**/unescaped/", lambda route: route.fulfill(body=f"<!doctype html>{words}", headers=headers))
    page.route("**//evil.example/**", lambda route: route.abort())
    page.goto(f"{live_site}/unescaped/")
    assert what in " ".join(one for one, _page in watch.look(page))
