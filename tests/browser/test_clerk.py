"""A clerk with sixty calls a day: by keys alone, under an input method, without script, and when things come twice."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from huying.appeals import queries
from huying.channels.models import Channel
from huying.people.models import Post, SignIn
from huying.rules.actors import TIMER
from huying.rules.enums import PostKind, State, TextKind
from tests.browser.at_work import PASSWORD, sign_in
from tests.browser.looking import answers_held, faultless, faults, led, led_by_key, standing

pytestmark = pytest.mark.browser
WORDS = "黑板反光，孩子坐在边上看不清。"
READ_OUT = ".say .code span"


class Keys:
    """Presses keys, and counts them; what an input method writes is narrative and not counted."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.count += len(name.split("+"))
            self.page.keyboard.press(name)

    def type(self, text: str) -> None:
        self.count += len(text)
        self.page.keyboard.type(text)

    def tell(self, words: str) -> None:
        self.page.keyboard.insert_text(words)


@pytest.fixture
def counter(desk, live_site, live_stage):
    """The counter, just opened by a clerk of the school."""
    Channel.objects.filter(code="phone").update(key="1")
    Channel.objects.filter(code="hotline").update(key="3")
    sign_in(desk, live_site, live_stage, "clerk")
    led_by_key(desk, "n")
    expect(desk).to_have_url(f"{live_site}/staff/register/")
    ready(desk)
    return desk


def everything():
    return list(queries.visible_to(TIMER).order_by("pk"))


def focused(page, name: str) -> None:
    """This field has the focus."""
    expect(page.locator(f"[name={name}]:focus")).to_have_count(1)


def holds(page, name: str, value: str) -> None:
    """The field of that name holds this."""
    expect(page.locator(f"[name={name}]")).to_have_value(value)


def ready(page) -> None:
    """The form stands and the telephone has the focus."""
    focused(page, "phone")
    page.wait_for_load_state()


def registered(page) -> None:
    """The page that says so stands, and the next form with it."""
    standing(page, "text=已登记 ")
    ready(page)


def saved(page) -> None:
    """What was written lies with the server, and the form stands again."""
    expect(page.locator("input[name=form]")).to_be_attached()
    page.wait_for_load_state()


def digits(page) -> str:
    """The code that is read out."""
    standing(page, READ_OUT)
    return "".join(page.locator(READ_OUT).all_inner_texts())


@pytest.mark.person
def test_a_call_is_registered_with_forty_five_keys_at_most_and_no_mouse(desk, live_site, live_stage):
    Channel.objects.filter(code="phone").update(key="1")
    sign_in(desk, live_site, live_stage, "clerk")
    keys = Keys(desk)
    with desk.expect_navigation():
        keys.press("1")
    expect(desk).to_have_url(f"{live_site}/staff/register/?key=1")
    ready(desk)
    keys.type("13800000417")
    keys.press("Control+s")
    saved(desk)
    ready(desk)
    assert len(digits(desk)) == 16
    keys.press("Tab")
    keys.type("34")
    keys.press("Tab")
    keys.type("03")
    keys.press("Tab", "Tab")
    focused(desk, "what")
    keys.tell(WORDS)
    keys.press("Control+Enter")
    registered(desk)
    (appeal,) = everything()
    assert (appeal.klass.name, appeal.topic.code, appeal.texts.get(kind=TextKind.VERBATIM).body) == (
        "三年级4班",
        "canteen",
        WORDS,
    )
    assert appeal.receipt.is_spoken
    assert keys.count <= 45


def offered(page, *lines: str) -> None:
    """These and no others stand in the open list."""
    expect(page.locator(".opts:visible li")).to_have_text([*lines], use_inner_text=True)


def test_digits_and_letters_show_what_they_mean_before_they_are_taken(counter):
    counter.focus("input[name=klass]")
    counter.keyboard.type("3")
    offered(counter, "34 三年级4班", "32 三年级2班")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Enter")
    holds(counter, "klass", "三年级2班")
    counter.fill("input[name=klass]", "")
    counter.keyboard.type("snj4b")
    counter.keyboard.press("Tab")
    holds(counter, "klass", "三年级4班")
    counter.keyboard.type("styys")
    counter.keyboard.press("Tab")
    holds(counter, "topic", "食堂与饮水")
    assert everything() == []


def test_what_fits_two_alike_is_not_taken_on_leaving(counter):
    counter.focus("input[name=klass]")
    counter.keyboard.type("snj")
    counter.keyboard.press("Tab")
    focused(counter, "topic")
    holds(counter, "klass", "snj")


def test_a_school_is_named_by_letters_with_one_slip_and_brings_its_classes(desk, live_site, live_stage):
    account = live_stage.accounts["county_caller"]
    county = live_stage.units["county"]
    Post.objects.create(person=account.person, unit=county, kind=PostKind.CLERK, starts_on=date(2026, 9, 1))
    sign_in(desk, live_site, live_stage, "county_caller")
    desk.goto(f"{live_site}/staff/register/")
    desk.focus("input[name=school]")
    desk.keyboard.type("sysx")
    standing(desk, ".opts:visible li:has-text('澄川县实验小学')")
    assert faults(desk) == []
    desk.keyboard.press("Tab")
    holds(desk, "school", "澄川县实验小学")
    expect(desk.locator("#klass-list option[value='三年级4班']")).to_be_attached()
    desk.keyboard.type("34")
    desk.keyboard.press("Tab")
    holds(desk, "klass", "三年级4班")
    desk.keyboard.press("Control+Enter")
    standing(desk, "text=已登记 ")
    assert [(one.place.code, one.klass.code) for one in everything()] == [("school", "class")]


def test_enter_in_a_field_goes_on_and_registers_nothing(counter):
    for expected in ("klass", "topic", "kind", "what"):
        counter.keyboard.press("Enter")
        focused(counter, expected)
    assert everything() == []


COMPOSING = """(key) => {
  const field = document.activeElement;
  field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
  for (const one of key) {
    const told = Object.assign({bubbles: true, cancelable: true, isComposing: true}, one);
    field.dispatchEvent(new KeyboardEvent('keydown', told));
  }
  field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
}"""
SHORTCUTS = [
    {"key": "Enter", "ctrlKey": True},
    {"key": "s", "ctrlKey": True, "code": "KeyS"},
    {"key": "Enter"},
    {"key": "r", "altKey": True, "code": "KeyR"},
    {"key": "m", "altKey": True, "code": "KeyM"},
    {"key": "/"},
    {"key": "?"},
    {"key": "1"},
    {"key": "n"},
]


def test_no_shortcut_fires_while_an_input_method_composes(counter):
    counter.evaluate("document.getElementById('counter').addEventListener('submit', () => { window.sent = true; })")
    for name in ("phone", "klass", "topic", "what", "reply"):
        counter.focus(f"[name={name}]")
        counter.evaluate(COMPOSING, SHORTCUTS)
        focused(counter, name)
    assert counter.evaluate("[Boolean(window.sent), document.getElementById('red').open]") == [False, False]
    assert everything() == []


def test_a_composed_word_is_looked_up_when_it_is_finished(counter):
    counter.focus("input[name=topic]")
    session = counter.context.new_cdp_session(counter)
    session.send("Input.imeSetComposition", {"text": "shi'tang", "selectionStart": 8, "selectionEnd": 8})
    holds(counter, "topic", "shi'tang")
    expect(counter.locator(".opts:visible li")).to_have_count(0)
    session.send("Input.insertText", {"text": "食堂"})
    standing(counter, ".opts:visible li:has-text('食堂与饮水')")
    counter.keyboard.press("Tab")
    holds(counter, "topic", "食堂与饮水")


def test_phrases_come_by_a_stroke_and_letters_a_digit_or_the_arrows(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.type("/xw")
    counter.keyboard.press("Enter")
    counter.keyboard.type(" /2")
    counter.keyboard.press("Enter")
    counter.keyboard.insert_text("、")
    standing(counter, "textarea ~ .opts:visible li")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Enter")
    told = "希望尽快处理，并回电话说明结果。 已经向班主任反映过，没有解决。\n已经向学校反映过，没有解决。"
    holds(counter, "what", told)


@pytest.mark.parametrize("typed", ["11/24", "1/2", "http://a", "语文、数学"])
def test_a_stroke_inside_the_text_is_only_a_stroke(counter, typed):
    counter.focus("textarea[name=what]")
    counter.keyboard.type(typed)
    holds(counter, "what", typed)
    expect(counter.locator(".opts:visible")).to_have_count(0)


def test_a_red_line_takes_two_keys_and_can_be_taken_back(counter):
    counter.keyboard.press("Alt+r")
    counter.keyboard.press("1")
    expect(counter.locator("input[name=red_line][value=bullying]")).to_be_checked()
    expect(counter.locator("input[name=channel][value=phone]")).to_be_checked()
    counter.keyboard.press("8")
    expect(counter.locator("input[name=red_line][value='']")).to_be_checked()
    counter.keyboard.press("4")
    expect(counter.locator("input[name=red_line][value=self_harm]")).to_be_checked()
    counter.keyboard.press("Control+Enter")
    registered(counter)
    assert [appeal.red_line for appeal in everything()] == ["self_harm"]


def test_what_the_same_number_left_shows_while_typing_and_is_proposed_by_two_keys(counter):
    counter.keyboard.type("13800000417")
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text(WORDS)
    counter.keyboard.press("Control+Enter")
    registered(counter)
    counter.keyboard.type("138 0000 0417")
    counter.keyboard.press("Tab")
    standing(counter, "#beside li:has-text('黑板反光')")
    counter.keyboard.press("Alt+m")
    (first,) = everything()
    expect(counter.locator(f"input[name=twin][value='{first.number}']")).to_be_checked()
    focused(counter, "klass")
    assert faults(counter) == []
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("又来问黑板。")
    counter.keyboard.press("Control+Enter")
    standing(counter, "h1:has-text('登记第 3 件')")
    assert everything()[1].events.get(action="register").data["twin"] == first.number


def test_the_place_in_the_text_is_kept_over_a_save(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("前后")
    counter.keyboard.press("ArrowLeft")
    counter.keyboard.press("Control+s")
    saved(counter)
    counter.keyboard.insert_text("中")
    focused(counter, "what")
    holds(counter, "what", "前中后")


def test_pressing_twice_is_one_appeal(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text(WORDS)
    with answers_held(counter):
        counter.keyboard.press("Control+Enter")
        counter.keyboard.press("Control+Enter")
    registered(counter)
    assert len(everything()) == 1


def test_without_script_a_double_click_is_one_appeal_too(plain_phone, live_site, live_stage):
    sign_in(plain_phone, live_site, live_stage, "clerk")
    plain_phone.goto(f"{live_site}/staff/register/")
    plain_phone.fill("textarea[name=what]", WORDS)
    with answers_held(plain_phone):
        plain_phone.dblclick("button:has-text('登记并开下一张')")
    standing(plain_phone, "text=已登记 ")
    assert len(everything()) == 1


def test_the_counter_works_without_script(plain_phone, live_site, live_stage):
    sign_in(plain_phone, live_site, live_stage, "clerk")
    plain_phone.goto(f"{live_site}/staff/register/")
    plain_phone.fill("input[name=phone]", "13800000417")
    plain_phone.focus("input[name=phone]")
    led_by_key(plain_phone, "Enter")
    assert re.fullmatch(r"\d{16}", digits(plain_phone))
    assert everything() == []
    plain_phone.fill("input[name=klass]", "34")
    plain_phone.fill("input[name=topic]", "03")
    plain_phone.fill("textarea[name=what]", WORDS)
    plain_phone.click("summary:has-text('红线')")
    plain_phone.check("input[name=red_line][value=missing]", force=True)
    led(plain_phone, "button:has-text('登记并开下一张')")
    standing(plain_phone, "text=已登记 ")
    (appeal,) = everything()
    assert (appeal.state, appeal.klass.code, appeal.topic.code, appeal.red_line) == (
        State.RECEIVED,
        "class",
        "canteen",
        "missing",
    )
    plain_phone.fill("input[name=phone]", "13800000417")
    led(plain_phone, "button:has-text('先保存')")
    expect(plain_phone.locator("#beside li:has-text('黑板反光')")).to_be_visible()


def test_words_survive_a_session_that_ran_out_at_the_counter(counter, live_site):
    counter.fill("input[name=phone]", "13800000417")
    counter.fill("textarea[name=what]", WORDS * 2)
    SignIn.objects.all().delete()
    counter.keyboard.press("Control+Enter")
    standing(counter, "input[name=password]")
    expect(counter.locator("textarea")).to_have_value(re.compile(WORDS * 2))
    counter.fill("input[name=login]", "clerk")
    counter.fill("input[name=password]", PASSWORD)
    led(counter, "button:has-text('登录')")
    led(counter, "button:has-text('接着交')")
    standing(counter, "text=已登记 ")
    assert [appeal.texts.get(kind=TextKind.VERBATIM).body for appeal in everything()] == [WORDS * 2]


def test_two_windows_on_one_form_lose_no_words(counter, live_site):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("第一个窗口写的")
    counter.keyboard.press("Control+s")
    saved(counter)
    other = counter.context.new_page()
    other.goto(f"{live_site}/staff/register/")
    led(other, "a:has-text('接着写')")
    holds(other, "what", "第一个窗口写的")
    other.fill("textarea[name=what]", "第二个窗口写的")
    led_by_key(other, "Control+s")
    standing(other, "text=已保存")
    led_by_key(counter, "Control+s")
    standing(counter, "text=这张登记表在别的窗口改过，您写的还在下面。")
    holds(counter, "what", "第一个窗口写的")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1366])
def test_the_counter_has_no_fault_in_any_state(chromium_browser, live_site, live_stage, scheme, width):
    context = chromium_browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme=scheme, locale="zh-CN"
    )
    page = context.new_page()
    sign_in(page, live_site, live_stage, "clerk")
    page.goto(f"{live_site}/staff/register/")
    faultless(page, "empty")
    page.fill("input[name=phone]", "13800000417")
    page.fill("textarea[name=what]", WORDS + "孩子被同学打了。")
    led_by_key(page, "Control+Enter")
    standing(page, "text=已登记 ")
    faultless(page, "registered")
    page.fill("input[name=phone]", "13800000417")
    page.fill("input[name=klass]", "88")
    page.fill("textarea[name=what]", WORDS + "孩子被同学打了。")
    led_by_key(page, "Control+s")
    saved(page)
    for summary in page.locator("summary").all():
        if not summary.evaluate("it => it.parentElement.open"):
            summary.click()
    faultless(page, "saved, with a question, everything open")
    context.close()
