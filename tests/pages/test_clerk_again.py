"""The counter when something comes twice, too late, too long or unreadable: one appeal, and no word lost."""

import re

import pytest
from django.test import Client

from huying.appeals import queries
from huying.channels import intake_forms
from huying.people.models import SignIn
from huying.rules.actors import TIMER
from huying.rules.enums import TextKind
from tests.cast import at
from tests.pages.test_clerk import SAID

TOKEN = "dGhlIHNhbWUgcGFnZQ"


@pytest.fixture
def clerk(office):
    return office.as_("clerk")


def post(client, step, **said):
    return client.post("/staff/register/", {**SAID, "step": step, **said})


def everything():
    return list(queries.visible_to(TIMER))


def open_forms(stage):
    return intake_forms.mine(stage.accounts["clerk"].pk)


def code_on(page):
    found = re.search(r"念给对方听.*?((?:\D*\d{4}){4})", page.content.decode(), re.DOTALL)
    return re.sub(r"\D", "", found[1]) if found else ""


def test_the_same_page_saved_twice_is_one_form_under_one_code(clerk, stage):
    first, second = post(clerk, "save", token=TOKEN), post(clerk, "save", token=TOKEN)
    assert len(open_forms(stage)) == 1
    assert code_on(first) == code_on(second) != ""


def test_the_same_page_registered_twice_is_one_appeal_and_says_so_both_times(clerk):
    first, second = post(clerk, "register", token=TOKEN), post(clerk, "register", token=TOKEN)
    (appeal,) = everything()
    for page in (first, second):
        assert f"已登记 {appeal.number}" in page.content.decode()
    assert code_on(first) == code_on(second) != ""


def test_a_saved_form_registered_twice_opens_the_next_both_times(clerk, stage):
    post(clerk, "save")
    (kept,) = open_forms(stage)
    pages = [post(clerk, "register", form=kept.pk, version=kept.version) for _time in range(2)]
    (appeal,) = everything()
    assert [page.status_code for page in pages] == [200, 200]
    assert all(f"已登记 {appeal.number}" in page.content.decode() for page in pages)


def test_a_page_that_comes_back_long_afterwards_shows_no_code_again(office, clerk):
    post(clerk, "register", token=TOKEN)
    office.clock_shows(at(17, 10))
    page = post(clerk, "register", token=TOKEN)
    assert (page.status_code, code_on(page), len(everything())) == (409, "", 1)
    assert SAID["what"] in page.content.decode()


def test_the_same_token_of_another_clerk_is_another_form(office, clerk):
    mine, theirs = post(clerk, "save", token=TOKEN), post(office.as_("dispatcher"), "save", token=TOKEN)
    assert code_on(mine) != code_on(theirs)


def test_every_empty_page_is_a_form_of_its_own(clerk):
    tokens = {clerk.get("/staff/register/").context["token"] for _page in range(3)}
    assert len(tokens) == 3


def test_another_clerk_s_form_is_not_opened_or_registered(office, clerk, stage):
    post(clerk, "save")
    (kept,) = open_forms(stage)
    page = post(office.as_("dispatcher"), "register", form=kept.pk, version=kept.version)
    assert (page.status_code, everything()) == (409, [])


def test_a_form_left_open_is_taken_up_again_as_it_was(clerk, stage):
    post(clerk, "save", klass="34", topic="03", received_at="2026-11-23T09:30", external_ref="HL1")
    (kept,) = open_forms(stage)
    assert f"?form={kept.pk}" in clerk.get("/staff/register/").content.decode()
    page = clerk.get(f"/staff/register/?form={kept.pk}")
    shown = {name: page.context["form"][name].value() for name in ("klass", "topic", "what", "received_at")}
    assert shown == {
        "klass": "三年级4班",
        "topic": "食堂与饮水",
        "what": SAID["what"],
        "received_at": "2026-11-23T09:30",
    }
    assert code_on(page) == ""
    post(clerk, "register", form=kept.pk, version=kept.version, klass="34")
    assert [appeal.klass.name for appeal in everything()] == ["三年级4班"]


@pytest.mark.parametrize("asked", ["x", "9" * 30, "-1", "٣", "\x00"])
def test_a_form_that_is_none_or_another_s_is_not_taken_up(office, clerk, stage, asked):
    post(office.as_("dispatcher"), "save")
    (theirs,) = intake_forms.mine(stage.accounts["dispatcher"].pk)
    for pk in (asked, theirs.pk):
        page = clerk.get("/staff/register/", {"form": pk})
        assert (page.status_code, page.context["kept"]) == (200, None)


def test_words_typed_while_the_session_ran_out_come_back_after_signing_in(clerk):
    SignIn.objects.all().delete()
    page = clerk.post("/staff/register/", {**SAID, "step": "register"})
    assert page.status_code == 401
    assert SAID["what"] in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("饭凉了😀👨‍👩‍👧。", "饭凉了😀👨‍👩‍👧。"),
        ("饭\x00凉了。", "饭凉了。"),
        ("饭\u202e凉了。", "饭凉了。"),
        ("مرحبا 饭凉了。", "مرحبا 饭凉了。"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("一\r\n二", "一\n二"),
    ],
)
def test_what_was_said_is_kept_as_it_was_typed_but_for_what_nobody_sees(clerk, typed, kept):
    post(clerk, "register", what=typed)
    (appeal,) = everything()
    assert appeal.texts.get(kind=TextKind.VERBATIM).body == kept


def test_too_many_words_are_said_and_none_is_cut(clerk):
    page = post(clerk, "register", what="长" * 5001)
    assert (page.status_code, everything()) == (422, [])
    assert "最多 5000 个字" in page.content.decode()
    assert "长" * 5001 in page.content.decode()


def test_five_megabytes_are_refused_without_a_fault(clerk):
    assert 400 <= post(clerk, "register", what="x" * 5_000_000).status_code < 500
    assert everything() == []


@pytest.mark.parametrize(
    "said",
    [
        {"form": "x"},
        {"form": "9" * 30},
        {"form": "-1"},
        {"form": "٣"},
        {"version": "9" * 30},
        {"channel": "web"},
        {"kind": "x"},
        {"red_line": "x"},
        {"received_at": "gestern"},
        {"outer_due_on": "2026-02-30"},
        {"klass": "\x00"},
        {"topic": "😀"},
        {"phone": "没有"},
        {"phone": "1" * 500},
        {"token": "\x00"},
        {"token": "长" * 3000},
        {"step": "x"},
    ],
)
def test_no_field_breaks_the_counter(clerk, said):
    assert post(clerk, said.pop("step", "register"), **said).status_code in (200, 409, 422)


def test_a_form_without_its_own_mark_is_refused():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/staff/register/", SAID).status_code in (401, 403)
