"""A clerk with sixty calls a day: by keys alone, under an input method, without script, and when things come twice."""

from datetime import date

import pytest

from huying.appeals import queries
from huying.channels.models import Channel
from huying.people.models import Post, SignIn
from huying.rules.actors import TIMER
from huying.rules.enums import PostKind, State, TextKind
from tests.browser.at_work import PASSWORD, SIDEWAYS, faults, sign_in

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
    desk.keyboard.press("n")
    desk.wait_for_url(f"{live_site}/staff/register/")
    ready(desk)
    return desk


def everything():
    return list(queries.visible_to(TIMER).order_by("pk"))


def focus(page) -> str:
    return page.evaluate("document.activeElement.name || ''")


def ready(page) -> None:
    """The form stands and the telephone has the focus."""
    page.wait_for_function("document.activeElement.name === 'phone'")


def saved(page) -> None:
    page.wait_for_selector("input[name=form]", state="attached")


def test_a_call_is_registered_with_forty_five_keys_at_most_and_no_mouse(desk, live_site, live_stage):
    Channel.objects.filter(code="phone").update(key="1")
    sign_in(desk, live_site, live_stage, "clerk")
    keys = Keys(desk)
    keys.press("1")
    desk.wait_for_url(f"{live_site}/staff/register/?key=1")
    ready(desk)
    keys.type("13800000417")
    keys.press("Control+s")
    saved(desk)
    ready(desk)
    assert len("".join(desk.locator(READ_OUT).all_inner_texts())) == 16
    keys.press("Tab")
    keys.type("34")
    keys.press("Tab")
    keys.type("03")
    keys.press("Tab", "Tab")
    assert focus(desk) == "what"
    keys.tell(WORDS)
    keys.press("Control+Enter")
    desk.wait_for_selector("text=已登记 ")
    (appeal,) = everything()
    assert (appeal.klass.name, appeal.topic.code, appeal.texts.get(kind=TextKind.VERBATIM).body) == (
        "三年级4班",
        "canteen",
        WORDS,
    )
    assert appeal.receipt.is_spoken
    ready(desk)
    assert keys.count <= 45


def test_digits_and_letters_show_what_they_mean_before_they_are_taken(counter):
    counter.focus("input[name=klass]")
    counter.keyboard.type("3")
    assert counter.locator(".opts:visible li").all_inner_texts() == ["34\n三年级4班", "32\n三年级2班"]
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Enter")
    assert counter.input_value("input[name=klass]") == "三年级2班"
    counter.fill("input[name=klass]", "")
    counter.keyboard.type("snj4b")
    counter.keyboard.press("Tab")
    assert counter.input_value("input[name=klass]") == "三年级4班"
    counter.keyboard.type("styys")
    counter.keyboard.press("Tab")
    assert counter.input_value("input[name=topic]") == "食堂与饮水"
    assert everything() == []


def test_what_fits_two_alike_is_not_taken_on_leaving(counter):
    counter.focus("input[name=klass]")
    counter.keyboard.type("snj")
    counter.keyboard.press("Tab")
    assert counter.input_value("input[name=klass]") == "snj"


def test_a_school_is_named_by_letters_with_one_slip_and_brings_its_classes(desk, live_site, live_stage):
    account = live_stage.accounts["county_caller"]
    county = live_stage.units["county"]
    Post.objects.create(person=account.person, unit=county, kind=PostKind.CLERK, starts_on=date(2026, 9, 1))
    sign_in(desk, live_site, live_stage, "county_caller")
    desk.goto(f"{live_site}/staff/register/")
    desk.focus("input[name=school]")
    desk.keyboard.type("sysx")
    desk.wait_for_selector(".opts:visible li:has-text('澄川县实验小学')")
    assert faults(desk) == []
    with desk.expect_response(lambda answer: "of=" in answer.url):
        desk.keyboard.press("Tab")
    assert desk.input_value("input[name=school]") == "澄川县实验小学"
    desk.keyboard.type("34")
    desk.keyboard.press("Tab")
    desk.wait_for_function("document.querySelector('[name=klass]').value === '三年级4班'")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("text=已登记 ")
    assert [(one.place.code, one.klass.code) for one in everything()] == [("school", "class")]


def test_enter_in_a_field_goes_on_and_registers_nothing(counter):
    for expected in ("klass", "topic", "kind", "what"):
        counter.keyboard.press("Enter")
        assert focus(counter) == expected
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
        assert focus(counter) == name
    assert counter.evaluate("[Boolean(window.sent), document.getElementById('red').open]") == [False, False]
    assert everything() == []


def test_a_composed_word_is_looked_up_when_it_is_finished(counter):
    counter.focus("input[name=topic]")
    session = counter.context.new_cdp_session(counter)
    session.send("Input.imeSetComposition", {"text": "shi'tang", "selectionStart": 8, "selectionEnd": 8})
    assert counter.locator(".opts:visible li").count() == 0
    session.send("Input.insertText", {"text": "食堂"})
    counter.wait_for_selector(".opts:visible li:has-text('食堂与饮水')")
    counter.keyboard.press("Tab")
    assert counter.input_value("input[name=topic]") == "食堂与饮水"


def test_phrases_come_by_a_stroke_and_letters_a_digit_or_the_arrows(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.type("/xw")
    counter.keyboard.press("Enter")
    counter.keyboard.type(" /2")
    counter.keyboard.press("Enter")
    counter.keyboard.insert_text("、")
    counter.wait_for_selector("textarea ~ .opts:visible li")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Enter")
    assert counter.input_value("textarea[name=what]") == (
        "希望尽快处理，并回电话说明结果。 已经向班主任反映过，没有解决。\n已经向学校反映过，没有解决。"
    )


@pytest.mark.parametrize("typed", ["11/24", "1/2", "http://a", "语文、数学"])
def test_a_stroke_inside_the_text_is_only_a_stroke(counter, typed):
    counter.focus("textarea[name=what]")
    counter.keyboard.type(typed)
    assert counter.input_value("textarea[name=what]") == typed
    assert counter.locator(".opts:visible").count() == 0


def test_a_red_line_takes_two_keys_and_can_be_taken_back(counter):
    counter.keyboard.press("Alt+r")
    counter.keyboard.press("1")
    assert counter.is_checked("input[name=red_line][value=bullying]")
    assert counter.is_checked("input[name=channel][value=phone]")
    counter.keyboard.press("8")
    assert counter.is_checked("input[name=red_line][value='']")
    counter.keyboard.press("4")
    counter.keyboard.press("Control+Enter")
    counter.wait_for_selector("text=已登记 ")
    assert [appeal.red_line for appeal in everything()] == ["self_harm"]


def test_what_the_same_number_left_shows_while_typing_and_is_proposed_by_two_keys(counter):
    counter.keyboard.type("13800000417")
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text(WORDS)
    counter.keyboard.press("Control+Enter")
    counter.wait_for_selector("text=已登记 ")
    ready(counter)
    counter.keyboard.type("138 0000 0417")
    counter.keyboard.press("Tab")
    counter.wait_for_selector("#beside li:has-text('黑板反光')")
    counter.keyboard.press("Alt+m")
    (first,) = everything()
    assert (counter.is_checked(f"input[name=twin][value='{first.number}']"), focus(counter)) == (True, "klass")
    assert faults(counter) == []
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("又来问黑板。")
    counter.keyboard.press("Control+Enter")
    counter.wait_for_selector("h1:has-text('登记第 3 件')")
    assert everything()[1].events.get(action="register").data["twin"] == first.number


def test_the_place_in_the_text_is_kept_over_a_save(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("前后")
    counter.keyboard.press("ArrowLeft")
    counter.keyboard.press("Control+s")
    saved(counter)
    counter.keyboard.insert_text("中")
    assert (focus(counter), counter.input_value("textarea[name=what]")) == ("what", "前中后")


def test_pressing_twice_is_one_appeal(counter):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text(WORDS)
    counter.keyboard.press("Control+Enter")
    counter.keyboard.press("Control+Enter")
    counter.wait_for_selector("text=已登记 ")
    assert len(everything()) == 1


def test_without_script_a_double_click_is_one_appeal_too(plain_phone, live_site, live_stage):
    sign_in(plain_phone, live_site, live_stage, "clerk")
    plain_phone.goto(f"{live_site}/staff/register/")
    plain_phone.fill("textarea[name=what]", WORDS)
    plain_phone.dblclick("button:has-text('登记并开下一张')")
    plain_phone.wait_for_selector("text=已登记 ")
    assert len(everything()) == 1


def test_the_counter_works_without_script(plain_phone, live_site, live_stage):
    sign_in(plain_phone, live_site, live_stage, "clerk")
    plain_phone.goto(f"{live_site}/staff/register/")
    plain_phone.fill("input[name=phone]", "13800000417")
    plain_phone.press("input[name=phone]", "Enter")
    assert "".join(plain_phone.locator(READ_OUT).all_inner_texts()).isdigit()
    assert everything() == []
    plain_phone.fill("input[name=klass]", "34")
    plain_phone.fill("input[name=topic]", "03")
    plain_phone.fill("textarea[name=what]", WORDS)
    plain_phone.click("summary:has-text('红线')")
    plain_phone.check("input[name=red_line][value=missing]", force=True)
    plain_phone.click("button:has-text('登记并开下一张')")
    (appeal,) = everything()
    assert (appeal.state, appeal.klass.code, appeal.topic.code, appeal.red_line) == (
        State.RECEIVED,
        "class",
        "canteen",
        "missing",
    )
    plain_phone.fill("input[name=phone]", "13800000417")
    plain_phone.click("button:has-text('先保存')")
    assert plain_phone.is_visible("#beside li:has-text('黑板反光')")


def test_words_survive_a_session_that_ran_out_at_the_counter(counter, live_site):
    counter.fill("input[name=phone]", "13800000417")
    counter.fill("textarea[name=what]", WORDS * 2)
    SignIn.objects.all().delete()
    counter.keyboard.press("Control+Enter")
    counter.wait_for_selector("input[name=password]")
    assert WORDS * 2 in counter.locator("textarea").input_value()
    counter.fill("input[name=login]", "clerk")
    counter.fill("input[name=password]", PASSWORD)
    counter.click("button:has-text('登录')")
    counter.click("button:has-text('接着交')")
    counter.wait_for_selector("text=已登记 ")
    assert [appeal.texts.get(kind=TextKind.VERBATIM).body for appeal in everything()] == [WORDS * 2]


def test_two_windows_on_one_form_lose_no_words(counter, live_site):
    counter.focus("textarea[name=what]")
    counter.keyboard.insert_text("第一个窗口写的")
    counter.keyboard.press("Control+s")
    saved(counter)
    other = counter.context.new_page()
    other.goto(f"{live_site}/staff/register/")
    other.click("a:has-text('接着写')")
    other.fill("textarea[name=what]", "第二个窗口写的")
    other.keyboard.press("Control+s")
    other.wait_for_selector("text=已保存")
    counter.keyboard.press("Control+s")
    counter.wait_for_selector("text=这张登记表在别的窗口改过，您写的还在下面。")
    assert counter.input_value("textarea[name=what]") == "第一个窗口写的"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1366])
def test_the_counter_has_no_fault_in_any_state(chromium_browser, live_site, live_stage, scheme, width):
    context = chromium_browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme=scheme, locale="zh-CN"
    )
    page = context.new_page()
    sign_in(page, live_site, live_stage, "clerk")
    page.goto(f"{live_site}/staff/register/")
    check(page, "empty")
    page.fill("input[name=phone]", "13800000417")
    page.fill("textarea[name=what]", WORDS + "孩子被同学打了。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已登记 ")
    check(page, "registered")
    page.fill("input[name=phone]", "13800000417")
    page.fill("input[name=klass]", "88")
    page.fill("textarea[name=what]", WORDS + "孩子被同学打了。")
    page.keyboard.press("Control+s")
    saved(page)
    for summary in page.locator("summary").all():
        if not summary.evaluate("it => it.parentElement.open"):
            summary.click()
    check(page, "saved, with a question, everything open")
    context.close()


def check(page, state: str) -> None:
    assert faults(page) == [], state
    assert page.evaluate(SIDEWAYS) == 0, state
