"""The parts in a real browser: nothing is lost, nothing is loaded from elsewhere, everything can be reached."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import SIDEWAYS, led

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.pages.kit_urls")]
TOO_SMALL = """() => [...document.querySelectorAll('a,button,summary,select,textarea,.pick label,input.in')]
  .filter(part => !part.closest('.sos') && !part.matches('.skip'))
  .map(part => [part.textContent.trim().slice(0, 12), part.getBoundingClientRect()])
  .filter(([words, box]) => box.width && (box.height < 48 || box.width < 48))
  .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""
TOO_FINE = """() => [...document.querySelectorAll('body *')]
  .filter(part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(part => parseFloat(getComputedStyle(part).fontSize) < 18)
  .map(part => part.textContent.trim().slice(0, 12))"""


@pytest.fixture
def complaints(phone):
    """What the browser's console says against the page."""
    said = []
    phone.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    phone.on("pageerror", lambda error: said.append(str(error)))
    return said


def until(page, truth):
    """Waits for it; Playwright's own way needs eval, which our policy forbids."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {truth}")


def open_kit(page, site, name):
    page.goto(f"{site}/kit/{name}/")
    return page


def test_the_policy_blocks_nothing_of_ours(live_site, phone, complaints):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    for name in ("public", "parts", "tray"):
        open_kit(phone, live_site, name)
    assert complaints == []
    assert [url for url in asked if not url.startswith(live_site)] == []


def test_a_thumb_and_old_eyes_find_everything(live_site, phone):
    open_kit(phone, live_site, "public")
    assert phone.evaluate(TOO_SMALL) == []
    assert phone.evaluate(TOO_FINE) == []


@pytest.mark.parametrize("size", ["", "l", "xl"])
@pytest.mark.parametrize("width", [320, 360, 390])
def test_nothing_has_to_be_pushed_sideways(live_site, phone, width, size):
    phone.set_viewport_size({"width": width, "height": 640})
    phone.goto(f"{live_site}/comfort/?size={size}&next=/kit/public/")
    assert phone.evaluate(SIDEWAYS) == 0


def test_larger_letters_lose_no_written_word(live_site, phone):
    open_kit(phone, live_site, "public")
    phone.fill("#id_what", "孩子看不清黑板")
    for expected, offered in (("l", "更大"), ("xl", "小字"), ("", "大字")):
        phone.click("[data-comfort=size]")
        expect(phone.locator("[data-comfort=size]")).to_have_text(offered, use_inner_text=True)
        expect(phone.locator("html")).to_have_class(expected)
    expect(phone.locator("#id_what")).to_have_value("孩子看不清黑板")


def test_a_chosen_size_stays_on_the_next_page(live_site, phone):
    open_kit(phone, live_site, "public")
    with phone.expect_response("**/comfort/**"):
        phone.click("[data-comfort=size]")
    open_kit(phone, live_site, "public")
    expect(phone.locator("html")).to_have_class("l")


def test_without_script_the_size_link_works_too(live_site, plain_phone):
    open_kit(plain_phone, live_site, "public")
    led(plain_phone, "[data-comfort=size]")
    expect(plain_phone.locator("html")).to_have_class("l")
    expect(plain_phone.locator("input[name=phone]")).to_be_visible()


def test_the_way_out_leaves_no_step_back_and_no_draft(live_site, phone):
    phone.route("https://www.baidu.com/**", lambda route: route.fulfill(body="neutral"))
    phone.route("**/comfort/leave/", lambda route: route.fulfill(body="elsewhere"))
    open_kit(phone, live_site, "tray")
    open_kit(phone, live_site, "public")
    steps = phone.evaluate("history.length")
    phone.evaluate("localStorage.setItem('draft:x', 'a')")
    phone.click("[data-leave]")
    phone.wait_for_url("**/comfort/leave/")
    assert phone.evaluate("history.length") == steps
    assert phone.evaluate("localStorage.length") == 0


def test_a_mistake_takes_the_focus_and_leads_to_the_field(live_site, phone):
    open_kit(phone, live_site, "public")
    expect(phone.locator(".sum")).to_be_focused()
    phone.click(".sum a")
    phone.keyboard.type("：")
    expect(phone.locator("#id_what")).to_have_value(re.compile("^(看不清：|：看不清)$"))


def test_a_follow_up_shows_under_the_chosen_card(live_site, phone):
    open_kit(phone, live_site, "public")
    expect(phone.locator("input[name=phone]")).to_be_visible()
    expect(phone.locator("input[name=name]")).to_be_hidden()
    phone.check("#id_contact_2")
    expect(phone.locator("input[name=name]")).to_be_visible()
    expect(phone.locator("input[name=phone]")).to_be_hidden()


def kept(phone) -> dict:
    return json.loads(phone.evaluate("localStorage.getItem('draft:kit')") or "{}").get("kept", {})


def test_a_draft_keeps_the_story_but_never_the_telephone(live_site, phone):
    open_kit(phone, live_site, "public")
    phone.fill("input[name=phone]", "139 0000 0000")
    phone.fill("#id_what", "孩子看不清黑板")
    assert kept(phone) == {"kind": ["3"], "what": ["孩子看不清黑板"], "contact": ["phone"]}


def test_on_another_s_phone_nothing_is_kept(live_site, phone):
    open_kit(phone, live_site, "public")
    phone.check("#draft-off")
    phone.fill("#id_what", "孩子看不清黑板")
    assert kept(phone) == {}


def test_without_net_the_form_stays_and_says_so(live_site, phone):
    open_kit(phone, live_site, "public")
    phone.fill("#id_what", "孩子看不清黑板")
    phone.context.set_offline(True)
    phone.click("button.go")
    expect(phone.locator("[data-offline]")).to_be_visible()
    expect(phone.locator("#id_what")).to_have_value("孩子看不清黑板")


def test_a_large_photo_is_made_smaller_before_it_is_sent(live_site, phone):
    open_kit(phone, live_site, "public")
    phone.click("summary >> nth=0")
    phone.evaluate(
        """async () => {
          const canvas = document.createElement('canvas');
          canvas.width = 3000; canvas.height = 1500;
          const pen = canvas.getContext('2d');
          const noise = pen.createImageData(3000, 1500);
          for (let at = 0; at < noise.data.length; at++) noise.data[at] = (at * 7919) % 251 | (at % 4 === 3 ? 255 : 0);
          pen.putImageData(noise, 0, 0);
          const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
          const box = new DataTransfer();
          box.items.add(new File([blob, new Uint8Array(1200000)], 'IMG_0731.png', {type: 'image/png'}));
          const input = document.querySelector('input[type=file]');
          input.files = box.files;
          input.dispatchEvent(new Event('change', {bubbles: true}));
        }"""
    )
    until(phone, "document.querySelector('input[type=file]').files[0].name === 'photo.jpg'")
    width = phone.evaluate(
        "createImageBitmap(document.querySelector('input[type=file]').files[0]).then(picture => picture.width)"
    )
    assert width == 2000


def test_j_and_k_walk_the_list(live_site, desk):
    open_kit(desk, live_site, "tray")
    for key in "jjk":
        desk.keyboard.press(key)
    expect(desk.locator(".list li>a").nth(2)).to_be_focused()


def test_keys_rest_while_an_input_method_composes(live_site, desk):
    open_kit(desk, live_site, "parts")
    press = """(composing) => document.body.dispatchEvent(new KeyboardEvent('keydown',
      {key: '2', code: 'Digit2', isComposing: composing, bubbles: true, cancelable: true}))"""
    second = "document.querySelector('[data-key=\"2\"] input').checked"
    desk.evaluate(press, True)
    assert desk.evaluate(second) is False
    desk.evaluate(press, False)
    assert desk.evaluate(second) is True


def test_the_staff_page_prints_with_its_watermark_and_without_its_rail(live_site, desk):
    open_kit(desk, live_site, "tray")
    desk.emulate_media(media="print")
    expect(desk.locator(".watermark")).to_be_visible()
    for part in (".rail", ".bar", ".list"):
        expect(desk.locator(part)).to_be_hidden()


@pytest.mark.parametrize("name", ["public", "parts", "tray"])
def test_every_stop_of_the_keyboard_can_be_seen(live_site, desk, name):
    open_kit(desk, live_site, name)
    for _ in range(60):
        desk.keyboard.press("Tab")
        ring = desk.evaluate(
            """() => { const at = document.activeElement;
              if (at === document.body) return 3;
              const shown = at.matches('.pick input') ? at.nextElementSibling : at;
              return parseFloat(getComputedStyle(shown).outlineWidth); }"""
        )
        assert ring >= 3
