"""The clerk's page: a code after the first save, an appeal under it after the second, nothing lost in between."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from huying.appeals import counter, queries
from huying.channels import intake_forms
from huying.people import keys
from huying.rules.actors import TIMER
from huying.rules.enums import Flag, State
from huying.vault import codes

SAID = {
    "channel": "phone",
    "phone": "138 0000 0417",
    "kind": "HELP",
    "topic": "canteen",
    "what": "退餐费两周没有到账。",
}


@pytest.fixture
def clerk(client, stage):
    client.force_login(stage.accounts["clerk"])
    return client


def post(client, step, **said):
    return client.post("/staff/register/", {**SAID, "step": step, **said})


def everything():
    return list(queries.visible_to(TIMER).order_by("pk"))


def code_on(page):
    found = re.search(r"念给对方听.*?((?:\D*\d{4}){4})", page.content.decode(), re.DOTALL)
    return re.sub(r"\D", "", found.group(1))


def test_the_first_save_shows_a_code_and_is_no_appeal_yet(clerk):
    page = post(clerk, "save")
    digests = [one.digest for one in codes.candidate_digests(keys.ring(), code_on(page))]
    assert (page.status_code, everything(), intake_forms.is_reserved(digests)) == (200, [], True)
    assert "自动登记" in page.content.decode()


def test_the_code_is_shown_only_once(clerk, stage):
    post(clerk, "save")
    (kept,) = intake_forms.mine(stage.accounts["clerk"].pk)
    again = post(clerk, "save", form=kept.pk, version=kept.version)
    assert "念给对方听" not in again.content.decode()


def test_registering_stands_under_the_code_that_was_read_out(clerk, stage):
    code = code_on(post(clerk, "save"))
    (kept,) = intake_forms.mine(stage.accounts["clerk"].pk)
    post(clerk, "register", form=kept.pk, version=kept.version, what="退餐费三周没有到账。")
    (appeal,) = everything()
    assert (appeal.state, appeal.receipt.is_spoken) == (State.RECEIVED, True)
    assert appeal.receipt.digest == codes.code_digest(keys.ring(), code).digest
    assert appeal.texts.get().body == "退餐费三周没有到账。"


def test_a_reserved_code_answers_that_it_is_being_registered(clerk, client):
    code = code_on(post(clerk, "save"))
    page = client.post("/progress/", {"code": code})
    assert "正在登记。请过一会儿再查。" in page.content.decode()


def test_a_form_left_for_half_an_hour_registers_by_itself_once(clerk):
    post(clerk, "save")
    later = timezone.now() + timedelta(minutes=31)
    assert (counter.register_left_alone(at=later), counter.register_left_alone(at=later)) == (1, 0)
    assert [appeal.state for appeal in everything()] == [State.RECEIVED]


def test_a_form_saved_in_another_window_is_told_and_its_words_are_kept(clerk, stage):
    post(clerk, "save")
    (kept,) = intake_forms.mine(stage.accounts["clerk"].pk)
    post(clerk, "save", form=kept.pk, version=kept.version, what="第一个窗口")
    page = post(clerk, "save", form=kept.pk, version=kept.version, what="第二个窗口写的")
    assert page.status_code == 409
    assert "第二个窗口写的" in page.content.decode()


def test_registering_twice_is_one_appeal(clerk, stage):
    post(clerk, "save")
    (kept,) = intake_forms.mine(stage.accounts["clerk"].pk)
    post(clerk, "register", form=kept.pk, version=kept.version)
    post(clerk, "register", form=kept.pk, version=kept.version)
    assert len(everything()) == 1


def test_what_was_answered_on_the_spot_waits_for_its_callback(clerk):
    post(clerk, "register", reply="今天下午到账。")
    assert [appeal.state for appeal in everything()] == [State.CALLBACK]


def test_a_complaint_is_not_answered_on_the_spot_and_the_page_says_so(clerk):
    page = post(clerk, "register", kind="COMPLAINT", reply="好了。")
    assert "投诉和举报不能当场答复" in page.content.decode()
    assert [appeal.state for appeal in everything()] == [State.RECEIVED]


def test_an_outer_order_keeps_its_number_and_comes_once(clerk):
    outer = {"channel": "hotline", "external_ref": "HL2026112401", "outer_due_on": "2026-12-01"}
    post(clerk, "register", **outer)
    page = post(clerk, "register", **outer)
    assert page.status_code == 422
    assert [appeal.external_ref for appeal in everything()] == ["HL2026112401"]


def test_what_came_in_days_ago_is_a_late_entry(clerk):
    ago = timezone.localtime() - timedelta(days=9)
    post(clerk, "register", received_at=f"{ago:%Y-%m-%dT%H:%M}")
    assert [Flag.LATE_ENTRY in appeal.flag_set for appeal in everything()] == [True]


def test_the_same_number_shows_what_it_left_before(clerk):
    post(clerk, "register")
    assert "退餐费两周没有到账" in post(clerk, "save", phone="13800000417", what="又问一次").content.decode()


@pytest.mark.parametrize("name", ["teacher", "auditor", "caller"])
def test_others_find_no_counter(client, stage, name):
    client.force_login(stage.accounts[name])
    assert client.get("/staff/register/").status_code == 404
