"""A parent files in three screens, follows it with sixteen digits, and nobody else sees a thing."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huying.appeals import queries
from huying.people import keys
from huying.rules.actors import TIMER
from huying.rules.enums import AppealKind, PrivacyMode, State, TextKind
from huying.vault import tokens
from tests import given
from tests.cast import at

SAID = {
    "school": "school",
    "kind": "lessons",
    "what": "孩子坐最后一排，看不清黑板。",
    "contact": "phone",
    "phone": "139 0000 1234",
}


def old_token(code="4821093755201163", *, token_id="a1"):
    """A form that was opened a minute ago: nobody types faster than the youngest form allowed."""
    ring = keys.ring()
    return tokens.make_form_token(ring, code=code, at=timezone.now() - timedelta(minutes=1), token_id=token_id)


def everything():
    return list(queries.visible_to(TIMER).order_by("pk"))


@pytest.fixture
def filed(client, stage):
    return client.post("/report/", {**SAID, "stage": "submit", "token": old_token()})


def code_on(response):
    return re.sub(r"\D", "", re.search(r"(\d{4} ){3}\d{4}", response.content.decode()).group())


def test_the_form_asks_for_three_answers_and_presets_none(client, stage):
    page = client.get("/report/?school=school").content.decode()
    assert page.count("<legend") + page.count('class="q" for="id_what"') == 3
    assert "checked" not in page


def test_the_check_page_keeps_nothing_yet(client, stage):
    page = client.post("/report/", {**SAID, "stage": "check", "token": old_token()})
    assert (page.status_code, "看一遍" in page.content.decode(), everything()) == (200, True, [])


def test_a_filing_stands_with_its_words_and_its_sealed_phone(filed):
    (appeal,) = everything()
    assert (appeal.state, appeal.kind, appeal.privacy) == (State.RECEIVED, AppealKind.HELP, PrivacyMode.OPEN)
    assert appeal.texts.get(kind=TextKind.VERBATIM).body == SAID["what"]
    assert "1234" not in appeal.identity.sealed


def test_the_receipt_is_the_answer_itself_and_is_kept_by_no_cache(filed):
    assert (filed.status_code, filed["Cache-Control"], "已收到" in filed.content.decode()) == (200, "no-store", True)
    assert "img-src 'self' data:" in filed["Content-Security-Policy"]


def test_a_second_click_brings_the_same_receipt_and_no_second_appeal(client, stage):
    token = old_token()
    first = client.post("/report/", {**SAID, "stage": "submit", "token": token})
    second = client.post("/report/", {**SAID, "stage": "submit", "token": token})
    assert (len(everything()), code_on(first)) == (1, code_on(second))


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("kind", "请选一个最接近的"),
        ("what", "至少 5 个字"),
        ("contact", "请选怎么联系您"),
        ("phone", "请写电话号码"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, stage, missing, says):
    said = {name: value for name, value in SAID.items() if name != missing}
    page = client.post("/report/", {**said, "stage": "check", "token": old_token()})
    text = page.content.decode()
    assert (page.status_code, says in text, everything()) == (422, True, [])
    if missing != "what":
        assert SAID["what"] in text


@pytest.mark.parametrize(
    "words", ["黑板\0看不清，换座位", "黑板看不清😀😀", "\u202e黑板看不清，请换", "黑板\r\n看不清楚"]
)
def test_strange_characters_harm_nothing(client, stage, words):
    client.post("/report/", {**SAID, "what": words, "stage": "submit", "token": old_token()})
    (appeal,) = everything()
    body = appeal.texts.get(kind=TextKind.VERBATIM).body
    assert body.startswith("黑板")
    assert not set(body) & {"\0", "\u202e", "\r"}


def test_a_text_that_is_too_long_is_said_and_kept(client, stage):
    page = client.post("/report/", {**SAID, "what": "长" * 5001, "stage": "check", "token": old_token()})
    assert (page.status_code, "最多 5000 个字" in page.content.decode()) == (422, True)


def test_five_megabytes_get_a_page_that_says_what_to_do(client, stage):
    page = client.post("/report/", {**SAID, "what": "长" * 2_000_000, "stage": "check", "token": old_token()})
    assert (page.status_code, everything()) in [(413, []), (400, [])]


def test_a_program_called_a_photo_is_refused_in_plain_words(client, stage):
    trick = SimpleUploadedFile("孩子.jpg", b"MZ" + b"\0" * 400, content_type="image/jpeg")
    page = client.post("/report/", {**SAID, "stage": "check", "token": old_token(), "files": trick})
    assert page.status_code == 422
    assert SAID["what"] in page.content.decode()


def test_a_forged_token_never_files(client, stage):
    page = client.post("/report/", {**SAID, "stage": "submit", "token": "xxxx"})
    assert everything() == []
    assert page.status_code == 422


def test_sixteen_digits_open_the_progress_and_nothing_in_an_address(client, filed):
    page = client.post("/progress/", {"code": code_on(filed)}, follow=True)
    assert page.redirect_chain == [("/progress/", 302)]
    assert "看不清黑板" in page.content.decode()


@pytest.mark.parametrize("code", ["1234", "", "4821093755201164", "abcd"])
def test_a_mistyped_code_is_caught_before_any_look(client, stage, code):
    page = client.post("/progress/", {"code": code})
    assert (page.status_code, "号码不对，请再看一遍" in page.content.decode()) == (422, True)


def test_an_unknown_code_answers_the_same_for_every_cause(client, stage):
    page = client.post("/progress/", {"code": "4821093755201163"})
    assert (page.status_code, "没有查到" in page.content.decode()) == (422, True)


def test_ten_wrong_codes_and_then_the_page_asks_to_wait(client, filed):
    for _ in range(10):
        client.post("/progress/", {"code": "1349576167986870"})
    page = client.post("/progress/", {"code": "1349576167986870"})
    assert (page.status_code, "Retry-After" in page) == (429, True)


def hold(client, appeal):
    session = client.session
    session["holder"] = {"receipt": appeal.receipt_id, "until": (timezone.now() + timedelta(minutes=5)).isoformat()}
    session.save()


def test_a_holder_answers_whether_they_were_contacted(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    client.post(f"/progress/{appeal.pk}/contact/", {"contact": 4, "is_true": "no"})
    assert appeal.events.last().data["is_true"] is False


def test_a_holder_rates_once_an_answered_round(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    first = client.post(f"/progress/{appeal.pk}/rate/", {"satisfaction": "SATISFIED"})
    second = client.post(f"/progress/{appeal.pk}/rate/", {"satisfaction": "DISSATISFIED"})
    assert (first.status_code, second.status_code) == (302, 422)


def test_a_holder_withdraws_and_takes_it_back(client, stage):
    appeal = given.registered(stage)
    hold(client, appeal)
    client.post(f"/progress/{appeal.pk}/withdraw/", {"why": "孩子说好了"})
    assert given.fresh(appeal).withdraw_pending
    client.post(f"/progress/{appeal.pk}/undo_withdraw/")
    assert not given.fresh(appeal).withdraw_pending


def test_a_holder_says_that_it_is_not_solved(client, stage):
    appeal = given.delivered(stage)
    hold(client, appeal)
    client.post(f"/progress/{appeal.pk}/dispute/")
    assert given.fresh(appeal).disputed


def test_a_holder_of_another_receipt_finds_nothing(client, stage):
    mine, other = given.registered(stage), given.registered(stage)
    hold(client, mine)
    assert client.post(f"/progress/{other.pk}/dispute/").status_code == 404


def test_without_a_receipt_the_page_asks_for_the_code(client, stage):
    appeal = given.delivered(stage)
    assert client.post(f"/progress/{appeal.pk}/dispute/")["Location"] == "/progress/"


def test_no_name_of_a_teacher_stands_on_the_progress_page(client, stage):
    appeal = given.closed(stage)
    hold(client, appeal)
    page = client.get("/progress/").content.decode()
    assert "学校答复" in page
    assert not [name for name in ("王芳", "李强", "林静", "周敏") if name in page]


def test_whom_they_named_is_walled_off_from_the_first_moment(client, stage):
    said = {**SAID, "hidden_from": "王芳老师", "stage": "submit", "token": old_token()}
    client.post("/report/", said)
    (appeal,) = everything()
    assert not queries.visible_to(stage.teacher).filter(pk=appeal.pk).exists()
    assert queries.visible_to(stage.dispatcher).filter(pk=appeal.pk).exists()


@pytest.mark.parametrize("page", ["/", "/s/school/", "/progress/", "/open/", "/open/phones/", "/open/privacy/"])
def test_public_pages_open_for_everyone(client, stage, page):
    assert client.get(page).status_code == 200


def test_a_deadline_on_the_progress_page_is_a_date_with_its_weekday(client, stage):
    appeal = given.registered(stage)
    hold(client, appeal)
    assert re.search(r"\d+月\d+日（周.）\d+:\d+答复", client.get("/progress/").content.decode())
    assert appeal.received_at == at(10, 12)
