"""In and out: equal answers, a first password of one's own, sessions that end, and no typed word lost."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from huying.people.models import Account
from huying.people.passwords import Mixed
from tests import given
from tests.cast import at
from tests.pages.office import PASSWORD

LOGIN = "/staff/login/"


@pytest.fixture
def teacher(stage) -> Account:
    account = stage.accounts["teacher"]
    account.set_password(PASSWORD)
    account.save()
    account.second_factor.delete()
    return Account.objects.get(pk=account.pk)


def sign_in(client: Client, login: str = "teacher", password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def test_the_tray_asks_for_a_sign_in_and_comes_back_to_where_one_wanted_to_go(office, teacher):
    client = Client()
    assert client.get("/staff/letters/")["Location"] == "/staff/login/?next=/staff/letters/"
    assert sign_in(client, next="/staff/letters/")["Location"] == "/staff/letters/"
    assert client.get("/staff/letters/").status_code == 200


def test_a_foreign_address_is_never_followed(office, teacher):
    assert sign_in(Client(), next="https://elsewhere.example/")["Location"] == "/staff/"
    assert sign_in(Client(), next="//elsewhere.example/")["Location"] == "/staff/"


def closed_account(stage) -> None:
    account = stage.accounts["teacher"]
    account.is_active = False
    account.save()


def closed_person(stage) -> None:
    person = stage.person("teacher")
    person.is_active = False
    person.save()


@pytest.mark.parametrize("close", [closed_account, closed_person])
def test_a_closed_account_answers_as_a_wrong_password_and_an_unknown_name_do(office, stage, teacher, close):
    wrong = sign_in(Client(), password="猜一个别的密码吧")
    unknown = sign_in(Client(), login="nobody", password="猜一个别的密码吧")
    close(stage)
    closed = sign_in(Client())
    assert (wrong.status_code, unknown.status_code, closed.status_code) == (422, 422, 422)
    for answer in (wrong, unknown, closed):
        assert answer.context["form"].non_field_errors() == ["登录名或密码不对。请再看一遍；忘了密码，请找系统管理员。"]


def test_guessing_is_slowed_and_the_account_is_not_locked(office, teacher):
    own = Client()
    sign_in(own)
    own.post("/staff/sign_out/")
    stranger = Client(REMOTE_ADDR="10.0.0.9")
    for _try in range(5):
        sign_in(stranger, password="猜一个别的密码吧")
    slowed = sign_in(stranger)
    assert slowed.context["form"].non_field_errors() == ["试得太多了。请等一分钟再试，账号没有被锁。"]
    assert sign_in(own).status_code == 302


def test_one_address_that_tries_many_names_is_slowed_too(office, teacher):
    client = Client()
    for place in range(20):
        sign_in(client, login=f"name{place}", password="猜一个别的密码吧")
    assert sign_in(client, login="name99").context["form"].non_field_errors() == [
        "试得太多了。请等一分钟再试，账号没有被锁。"
    ]


def test_there_is_no_sign_up_and_no_reset_by_mail():
    for address in ("/staff/signup/", "/accounts/signup/", "/accounts/password/reset/"):
        assert Client().get(address).status_code == 404


def test_a_handed_out_password_is_replaced_before_anything_else(office, stage, teacher):
    teacher.must_change_password = True
    teacher.save()
    client = Client()
    sign_in(client)
    assert client.get("/staff/")["Location"] == "/staff/password/"
    answer = client.post("/staff/password/", {"password1": "春天的风筝飞得高", "password2": "春天的风筝飞得高"})
    assert answer["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200
    teacher.refresh_from_db()
    assert (teacher.must_change_password, teacher.check_password("春天的风筝飞得高")) == (False, True)


def test_under_the_profile_of_an_assessment_a_password_lasts_ninety_days(office, teacher, settings):
    client = Client()
    sign_in(client)
    office.clock_shows(at(17) + timedelta(days=91))
    sign_in(client)
    assert client.get("/staff/").status_code == 200
    settings.MLPS = True
    assert client.get("/staff/")["Location"] == "/staff/password/"
    assert "密码用满 90 天了" in client.get("/staff/password/").content.decode()
    new = {"old_password": PASSWORD, "password1": "Chuntian 的风筝 2027", "password2": "Chuntian 的风筝 2027"}
    assert client.post("/staff/password/", new)["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("password", "is_mixed"), [("春天的风筝飞得高", False), ("chuntian2027x", False), ("Spring27!", True)]
)
def test_under_the_profile_of_an_assessment_characters_are_mixed(password, is_mixed):
    with nullcontext() if is_mixed else pytest.raises(ValidationError, match="至少要有三种"):
        Mixed().validate(password)


def test_printed_accounts_of_a_demonstration_keep_theirs_only_in_a_demonstration(office, teacher, tmp_path, settings):
    teacher.must_change_password, teacher.is_demo = True, True
    teacher.save()
    client = Client()
    sign_in(client)
    settings.DEMO_MARK = tmp_path / "demo"
    assert client.get("/staff/")["Location"] == "/staff/password/"
    settings.DEMO_MARK.touch()
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("短句子", "密码至少 8 位，一句话最好"),
        ("password123", "这个密码太常见了。"),
        ("wangfang2026", "去掉登录名、姓名、单位和重复的字以后不到 8 位，换一句别人想不到的话"),
        ("teacher-teacher-1", "去掉登录名、姓名、单位和重复的字以后不到 8 位，换一句别人想不到的话"),
        ("三年级4班三年级4班123", "去掉登录名、姓名、单位和重复的字以后不到 8 位，换一句别人想不到的话"),
        ("长短不一的一句话" * 17, "密码最多 128 位"),
    ],
)
def test_passwords_that_others_would_try_first_are_refused(office, teacher, password, says):
    client = office.as_("teacher")
    answer = client.post("/staff/password/", {"old_password": PASSWORD, "password1": password, "password2": password})
    assert answer.status_code == 422
    assert says in [str(error) for error in answer.context["form"].errors["password1"]]


def test_the_present_password_is_asked_for(office, teacher):
    answer = office.as_("teacher").post(
        "/staff/password/",
        {"old_password": "不是这一句", "password1": "春天的风筝飞得高", "password2": "春天的风筝飞得高"},
    )
    assert answer.context["form"].errors["old_password"] == ["现在的密码不对"]


def test_a_new_password_ends_the_sign_ins_elsewhere(office, teacher):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    fields = {"old_password": PASSWORD, "password1": "春天的风筝飞得高", "password2": "春天的风筝飞得高"}
    here.post("/staff/password/", fields)
    assert here.get("/staff/").status_code == 200
    assert elsewhere.get("/staff/").status_code == 302


def test_one_sees_where_one_is_signed_in_and_can_end_it(office, teacher):
    here, elsewhere = Client(), Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0"})
    sign_in(here)
    sign_in(elsewhere)
    rows = {row.device: row.handle for row in here.get("/staff/me/").context["sign_ins"]}
    assert set(rows) == {"", "Chrome，Windows"}
    here.post("/staff/me/end_session/", {"which": rows["Chrome，Windows"]})
    assert (here.get("/staff/").status_code, elsewhere.get("/staff/").status_code) == (200, 302)


def test_nobody_ends_the_session_of_another(office, teacher):
    client = Client()
    sign_in(client)
    handle = client.get("/staff/me/").context["sign_ins"][0].handle
    office.as_("grade_head").post("/staff/me/end_session/", {"which": handle})
    assert client.get("/staff/").status_code == 200


def test_a_session_ends_half_an_hour_after_its_last_use(office, teacher):
    client = Client()
    sign_in(client)
    office.clock_shows(at(17, 29))
    assert client.get("/staff/").status_code == 200
    office.clock_shows(at(17, 58))
    assert client.get("/staff/").status_code == 200
    office.clock_shows(at(18, 29))
    assert client.get("/staff/").status_code == 302


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy(office, teacher):
    client = Client()
    office.clock_shows(at(6))
    sign_in(client)
    for minutes in range(20, 720, 20):
        office.clock_shows(at(6) + timedelta(minutes=minutes))
        assert client.get("/staff/me/").status_code == 200
    office.clock_shows(at(18))
    assert client.get("/staff/me/").status_code == 302


def test_a_change_of_post_binds_on_the_next_request(office, stage):
    client = office.as_("dispatcher")
    assert client.get("/staff/?pile=triage").status_code == 200
    stage.person("dispatcher").posts.update(ends_on="2026-11-23")
    assert client.get("/staff/?pile=triage").status_code == 404


def test_the_session_is_a_new_one_after_the_sign_in(office, teacher):
    client = Client()
    before = client.session
    before["anything"] = 1
    before.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before.session_key
    sign_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before.session_key


def test_what_was_typed_survives_a_session_that_ran_out(office, stage, teacher):
    appeal = given.contacted(stage)
    client = Client()
    written = {"version": appeal.version, "reply": "孩子已换到第三排，从下周起两周轮换一次。", "resolved": "YES"}
    asked = client.post(f"/staff/appeals/{appeal.pk}/answer/", written)
    assert asked.status_code == 401
    assert "孩子已换到第三排，从下周起两周轮换一次。" in asked.text
    carried = {f"kept.{one.name}": one.value for one in asked.context["kept"]}
    again = sign_in(client, next=f"/staff/appeals/{appeal.pk}/answer/", kept_path=asked.context["kept_path"], **carried)
    assert {one.name: one.value for one in again.context["kept"]} == {
        name: str(value) for name, value in written.items()
    }
    sent = client.post(again.context["kept_path"], {one.name: one.value for one in again.context["kept"]})
    assert (sent.status_code, given.fresh(appeal).state) == (302, "answered")


def test_signing_out_ends_the_session(office, teacher):
    client = Client()
    sign_in(client)
    client.post("/staff/sign_out/")
    assert client.get("/staff/").status_code == 302
