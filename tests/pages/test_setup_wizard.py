"""The first set-up: guarded by a printed address, back and forth without loss, whole or not at all."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from huying.appeals import defaults, rulebook
from huying.channels import defaults as doors
from huying.ops import founding
from huying.people import calendars, founding_pass
from huying.people import queries as people
from huying.people.models import Account, SetupChange, Unit
from huying.rules.enums import AppealKind, PostKind
from tests import cast
from tests.cast import TODAY, at

PASSWORD = "窗外的雨下了一整夜"
ORGANISATION = {
    "centre": "澄川县教育惠民服务中心",
    "centre_phone": "0500-622 0100",
    "school": "澄川县柳湾小学",
    "code": "lw",
    "school_phone": "0500-622 0110",
}
ADMINISTRATOR = {"name": "马志", "login": "mazhi", "password1": PASSWORD, "password2": PASSWORD}
UNITS = {"grades": "一年级 2\n二年级：3个班", "offices": "校惠民中心\n总务处"}
LIMITS = {
    "INQUIRY": "1",
    "HELP": "3",
    "COMPLAINT": "7",
    "REPORT": "5",
    "SUGGESTION": "5",
    "PRAISE": "5",
    "source": "澄教发〔2026〕8号",
}


@pytest.fixture
def printed(db, monkeypatch):
    """An installation without an organisation; what the machine printed."""
    monkeypatch.setattr(timezone, "now", lambda: at(17))
    calendars.seed_national(at=at(8))
    doors.seed()
    defaults.seed(since=founding.SINCE)
    yield founding_pass.fresh(at=at(16))
    founding_pass.withdraw()


@pytest.fixture
def founder(printed):
    """A browser in which the printed address has been used."""
    client = Client()
    client.post(f"/setup/begin/with/{printed}/")
    return client


def step(client, name, /, **fields):
    return client.post(f"/setup/begin/{name}/", {"go": "on"} | fields)


def walked(client):
    """All steps up to the last."""
    step(client, "organisation", **ORGANISATION)
    step(client, "administrator", **ADMINISTRATOR)
    step(client, "units", **UNITS)
    step(client, "calendar", is_seen="on")
    return step(client, "limits", **LIMITS)


# ---------- the printed address ----------


def test_without_the_printed_address_there_is_no_page(printed, client):
    pages = ("organisation", "check", "done", "code.svg")
    assert [client.get(f"/setup/begin/{page}{'' if '.' in page else '/'}").status_code for page in pages] == [404] * 4
    assert client.get("/setup/begin/with/guessed/").status_code == 404
    assert client.post("/setup/begin/organisation/", ORGANISATION).status_code == 404


def test_to_look_at_the_address_does_not_use_it_up(printed, client):
    for _look in range(3):
        assert client.get(f"/setup/begin/with/{printed}/").status_code == 200


def test_the_address_opens_for_one_browser_only(printed, founder):
    assert founder.get("/setup/begin/organisation/").status_code == 200
    second = Client()
    assert second.post(f"/setup/begin/with/{printed}/").status_code == 404
    assert second.get("/setup/begin/organisation/").status_code == 404


def test_the_address_is_good_for_a_day(printed, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(16) + timedelta(days=1))
    assert client.get(f"/setup/begin/with/{printed}/").status_code == 404


def test_a_new_address_ends_the_one_before_and_the_browser_that_used_it(founder):
    founding_pass.fresh(at=at(17))
    assert founder.get("/setup/begin/organisation/").status_code == 404


def test_the_file_of_the_pass_is_for_its_owner_and_holds_no_pass(printed):
    file = Path(settings.DATA_DIR) / "founding"
    assert (file.stat().st_mode & 0o777, printed in file.read_text()) == (0o600, False)


def test_where_an_organisation_stands_nobody_sets_up_a_second(stage, client):
    token = founding_pass.fresh(at=timezone.now())
    assert client.get(f"/setup/begin/with/{token}/").status_code == 404
    founding_pass.withdraw()


# ---------- the steps ----------


def test_from_the_first_step_to_a_school_that_parents_reach(founder, printed):
    assert walked(founder).url == "/setup/begin/check/"
    shown = founder.get("/setup/begin/check/").content.decode()
    assert all(
        words in shown for words in ("澄川县柳湾小学", "mazhi", "二年级部 3 个班", "校惠民中心、总务处", "投诉 7")
    )
    assert step(founder, "check").url == "/setup/begin/done/"
    done = founder.get("/setup/begin/done/").content.decode()
    assert "http://testserver/s/lw/" in done
    assert founder.get("/setup/begin/code.svg").content.startswith(b"<svg ")
    assert founder.get("/s/lw/").status_code == 200
    assert founder.get("/setup/begin/organisation/").status_code == 404
    assert Client().get("/setup/begin/done/").status_code == 404


def test_what_was_founded_is_what_was_typed(founder):
    walked(founder)
    step(founder, "check")
    units = list(Unit.objects.order_by("pk").values_list("code", "name", "parent__code"))
    assert units == [
        ("county", "澄川县教育惠民服务中心", None),
        ("lw", "澄川县柳湾小学", "county"),
        ("lw-g1", "一年级部", "lw"),
        ("lw-g1c1", "一年级1班", "lw-g1"),
        ("lw-g1c2", "一年级2班", "lw-g1"),
        ("lw-g2", "二年级部", "lw"),
        ("lw-g2c1", "二年级1班", "lw-g2"),
        ("lw-g2c2", "二年级2班", "lw-g2"),
        ("lw-g2c3", "二年级3班", "lw-g2"),
        ("lw-o1", "校惠民中心", "lw"),
        ("lw-o2", "总务处", "lw"),
    ]
    account = Account.objects.get()
    assert (account.login, account.check_password(PASSWORD), account.must_change_password) == ("mazhi", True, False)
    posts = people.actor_of(account, on=TODAY).posts
    assert [(post.kind, post.unit.path) for post in posts] == [(PostKind.SYSTEM_ADMIN, Unit.objects.first().path)]
    promised = {kind: value for kind, value, _unit in rulebook.promised(on=TODAY)}
    assert (promised[AppealKind.COMPLAINT], promised[AppealKind.HELP]) == (7, 3)
    assert [(row.area, row.act, row.by) for row in SetupChange.objects.all()] == [("founding", "founded", account)]


def test_the_administrator_signs_in_and_goes_on(founder):
    walked(founder)
    step(founder, "check")
    client = Client()
    client.post("/staff/login/", {"login": "mazhi", "password": PASSWORD})
    assert client.get("/setup/").url == "/staff/me/second_factor/"
    cast.bind(Account.objects.get(login="mazhi"))
    assert client.get("/setup/").status_code == 200


def test_the_way_back_keeps_what_was_typed_right_or_wrong(founder):
    step(founder, "organisation", **ORGANISATION)
    response = founder.post("/setup/begin/units/", {"go": "back", "grades": "看不懂的一行", "offices": ""})
    assert response.url == "/setup/begin/administrator/"
    assert "看不懂的一行" in founder.get("/setup/begin/units/").content.decode()
    assert "澄川县柳湾小学" in founder.get("/setup/begin/organisation/").content.decode()


def test_the_password_is_kept_hashed_and_need_not_be_typed_again(founder):
    step(founder, "administrator", **ADMINISTRATOR)
    assert PASSWORD not in json.dumps(dict(founder.session), ensure_ascii=False)
    shown = founder.get("/setup/begin/administrator/").content.decode()
    assert ("已经定好" in shown, PASSWORD in shown) == (True, False)
    again = step(founder, "administrator", name="马志远", login="mazhi", password1="", password2="")
    assert again.url == "/setup/begin/units/"


def test_nothing_is_founded_while_a_step_is_missing(founder):
    step(founder, "organisation", **ORGANISATION)
    assert "还有一步没写好：管理员" in founder.get("/setup/begin/check/").content.decode()
    assert step(founder, "check").url == "/setup/begin/administrator/"
    assert Unit.objects.count() == 0


def test_a_second_click_on_the_last_button_founds_nothing_more(founder):
    walked(founder)
    step(founder, "check")
    assert step(founder, "check").status_code == 404
    assert Unit.objects.filter(level="school").count() == 1


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("organisation", ORGANISATION | {"school": ""}, "请填"),
        ("organisation", ORGANISATION | {"code": "柳湾"}, "代码只能用字母、数字和短横"),
        ("organisation", ORGANISATION | {"code": "county"}, "代码只能用字母、数字和短横"),
        ("organisation", ORGANISATION | {"school_phone": "问门卫"}, "电话只写数字和短横"),
        ("administrator", ADMINISTRATOR | {"login": "马志"}, "登录名只能用字母"),
        ("administrator", ADMINISTRATOR | {"password2": "别的一句话啊啊"}, "两遍写的不一样"),
        ("administrator", ADMINISTRATOR | {"password1": "12345", "password2": "12345"}, "密码至少 8 位"),
        (
            "administrator",
            ADMINISTRATOR | {"password1": "mazhi-马志-1", "password2": "mazhi-马志-1"},
            "去掉登录名、姓名",
        ),
        ("administrator", ADMINISTRATOR | {"password1": "", "password2": ""}, "请填"),
        ("units", UNITS | {"grades": "三年级"}, "第 1 行看不懂"),
        ("units", UNITS | {"grades": "一年级 2\n二年级 0"}, "第 2 行看不懂"),
        ("units", UNITS | {"grades": "一年级 2\n一年级 3"}, "“一年级部”写了两次"),
        (
            "units",
            UNITS | {"grades": "\n".join(f"第{place}年级 1" for place in "一二三四五六七八九十" * 3)},
            "最多 20 个年级",
        ),
        ("units", UNITS | {"offices": "总务处\n总务处"}, "“总务处”写了两次"),
        ("calendar", {}, "请看一下日历"),
        ("limits", LIMITS | {"HELP": "0"}, "1"),
        ("limits", LIMITS | {"HELP": "10000"}, "480"),
        ("limits", LIMITS | {"HELP": "三"}, "输入整数"),
    ],
)
def test_what_is_not_right_is_said_and_kept(founder, name, fields, words):
    response = step(founder, name, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_step_that_is_none_has_no_page(founder):
    assert founder.get("/setup/begin/lunch/").status_code == 404


# ---------- the machine prints it ----------


def told(**options) -> str:
    out = StringIO()
    call_command("setup", stdout=out, **options)
    return out.getvalue()


def test_setup_prints_a_one_time_address_and_another_the_next_time(own_database, client):
    first, second = told(), told()
    address = next(word for word in first.split() if "/setup/begin/with/" in word)
    assert address.startswith("http://127.0.0.1:8000/setup/begin/with/")
    assert address not in second
    path = next(word for word in second.split() if "/setup/begin/with/" in word)
    assert (client.get(path.removeprefix("http://127.0.0.1:8000")).status_code, Unit.objects.count()) == (200, 0)
    founding_pass.withdraw()


def test_setup_says_when_an_organisation_stands(own_database):
    told(school="澄川县柳湾小学", code="lw", no_input=True)
    assert told().strip() == "已经建好，没有改动。"
    assert json.loads(told(json=True)) == {"address": "", "created": False}


def test_a_school_named_without_no_input_is_a_wrong_argument(own_database):
    with pytest.raises(CommandError) as refused:
        told(school="澄川县柳湾小学", code="lw")
    assert refused.value.returncode == 2
