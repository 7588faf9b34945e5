"""New ways in take two administrators of different posts; only the security administrator ends others' sessions."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huying.appeals import letterbox
from huying.people.models import AccessReset, Account, RecoveryCode, SecondFactor, SetupChange, SignIn
from huying.people.queries import actor_of
from tests.cast import TODAY, at
from tests.pages.office import PASSWORD

ADDRESS = re.compile(r"/staff/invitation/([a-z2-9]{20})/")
REASON = "本人当面来，看过工作证"


def asked(client, account, *, lost="phone", reason=REASON):
    return client.post(f"/setup/access/{account.pk}/reset/", {"lost": lost, "reason": reason})


def decided(client, act="sign"):
    return client.post(f"/setup/access/reset/{AccessReset.objects.latest('id').pk}/", {"act": act})


def letters_of(stage, name):
    found = letterbox.letters_for(actor_of(stage.accounts[name], on=TODAY))
    return list(found.values_list("kind", flat=True))


def signed_in(account) -> Client:
    account.set_password(PASSWORD)
    account.save()
    SecondFactor.objects.filter(account=account).delete()
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0"})
    client.post("/staff/login/", {"login": account.login, "password": PASSWORD})
    return client


def has_telephone(account) -> bool:
    return SecondFactor.objects.filter(account=account).exists()


def test_a_lost_telephone_is_reset_once_another_post_has_signed(office, stage):
    principal = stage.accounts["principal"]
    assert asked(office.as_("security_admin"), principal).url == "/setup/access/"
    assert (has_telephone(principal), letters_of(stage, "system_admin")) == (True, ["reset_to_sign"])
    page = office.as_("system_admin").get("/setup/access/").text
    assert ("赵明远" in page, REASON in page, "手机丢了，备用码也没有了" in page) == (True, True, True)
    assert decided(office.as_("system_admin")).url == "/setup/access/"
    assert (has_telephone(principal), RecoveryCode.objects.filter(account=principal).count()) == (False, 0)
    assert [(row.act, row.by.login, row.subject) for row in SetupChange.objects.all()] == [
        ("reset_signed", "system_admin", "赵明远"),
        ("reset_asked", "security_admin", "赵明远"),
    ]
    assert letters_of(stage, "principal") == ["factor_reset"]
    assert REASON not in str(list(SetupChange.objects.values()))


@pytest.mark.parametrize("signer", ["security_admin", "school_security", "principal", "teacher"])
def test_no_second_signature_of_the_same_hand_or_post_or_of_nobody(office, stage, signer):
    principal = stage.accounts["principal"]
    asked(office.as_("security_admin"), principal)
    if signer == "school_security":  # another person in the same post
        stage.person("inspector").posts.update(kind="security_admin")
        signer = "inspector"
    answer = decided(office.as_(signer))
    assert answer.status_code == (404 if signer in ("principal", "teacher") else 302)
    assert has_telephone(principal)


def test_the_owner_never_signs_and_never_asks(office, stage):
    own = office.as_("system_admin")
    assert asked(own, stage.accounts["system_admin"]).status_code == 422
    asked(office.as_("security_admin"), stage.accounts["system_admin"])
    decided(own)
    assert has_telephone(stage.accounts["system_admin"])


def test_the_auditor_signs_where_one_of_the_three_is_the_one_who_lost_it(office, stage):
    stage.person("auditor").posts.update(unit=stage.units["county"])
    asked(office.as_("security_admin"), stage.accounts["system_admin"])
    decided(office.as_("auditor"))
    assert not has_telephone(stage.accounts["system_admin"])


def test_a_lost_password_of_a_guarded_post_comes_on_paper_after_two_signatures(office, stage):
    principal = stage.accounts["principal"]
    elsewhere = signed_in(principal)
    asked(office.as_("system_admin"), principal, lost="password")
    page = decided(office.as_("security_admin"))
    token = ADDRESS.search(page.text)
    assert (page.status_code, bool(token), "no-store" in page["Cache-Control"]) == (200, True, True)
    assert not Account.objects.get(pk=principal.pk).has_usable_password()
    assert elsewhere.get("/staff/").url == "/staff/login/?next=/staff/"


@pytest.mark.parametrize("name", ["principal", "security_admin", "auditor", "caller"])
def test_one_administrator_alone_voids_no_password_of_a_guarded_post(office, stage, name):
    account = stage.accounts[name]
    account.set_password(PASSWORD)
    account.save()
    place = stage.units["county" if name == "security_admin" else "school"]
    fields = {"place": place.pk, "which": account.person_id}
    answer = office.as_("system_admin").post("/setup/people/invite/", fields, follow=True)
    assert "重发要两个人签字" in answer.text
    assert Account.objects.get(pk=account.pk).has_usable_password()


def test_a_request_runs_out_after_three_days_and_can_be_made_again(office, stage):
    principal = stage.accounts["principal"]
    asked(office.as_("security_admin"), principal)
    office.clock_shows(at(17) + timedelta(days=3, minutes=1))
    assert decided(office.as_("system_admin")).status_code == 404
    assert has_telephone(principal)
    assert asked(office.as_("security_admin"), principal).status_code == 302
    assert decided(office.as_("system_admin")).status_code == 302
    assert not has_telephone(principal)


def test_a_request_is_decided_once_and_may_be_refused_or_taken_back(office, stage):
    principal = stage.accounts["principal"]
    for who in ("system_admin", "security_admin"):
        asked(office.as_("security_admin"), principal)
        assert decided(office.as_(who), act="refuse").status_code == 302
        assert decided(office.as_("system_admin")).status_code == 404
    assert has_telephone(principal)


def test_a_second_request_waits_for_the_first(office, stage):
    asked(office.as_("security_admin"), stage.accounts["principal"])
    again = asked(office.as_("system_admin"), stage.accounts["principal"])
    assert (again.status_code, "已经有人申请过了" in again.text) == (422, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "短"},
        {"reason": ""},
        {"lost": ""},
        {"lost": "everything"},
        {"reason": "长" * 201},
        {"reason": "\0" * 9},
    ],
)
def test_a_request_that_says_too_little_is_refused(office, stage, fields):
    answer = asked(office.as_("security_admin"), stage.accounts["principal"], **fields)
    assert (answer.status_code, AccessReset.objects.count()) == (422, 0)


def test_what_was_never_bound_is_not_lost(office, stage):
    stage.accounts["clerk"].second_factor.delete()
    answer = asked(office.as_("security_admin"), stage.accounts["clerk"])
    assert "这个账号没有绑定手机" in answer.text


def test_the_security_administrator_sees_where_somebody_is_signed_in_and_ends_it(office, stage):
    teacher = stage.accounts["teacher"]
    there = signed_in(teacher)
    admin = office.as_("security_admin")
    page = admin.get(f"/setup/access/{teacher.pk}/")
    assert "Chrome，Windows" in page.text
    (row,) = page.context["sign_ins"]
    admin.post(f"/setup/access/{teacher.pk}/end/", {"which": row.handle})
    assert there.get("/staff/").status_code == 302
    again = signed_in(teacher)
    admin.post(f"/setup/access/{teacher.pk}/end/", {"which": "all"})
    assert (again.get("/staff/").status_code, SignIn.objects.filter(account=teacher).count()) == (302, 0)
    assert [row.act for row in SetupChange.objects.all()] == ["sessions_ended", "sessions_ended"]


@pytest.mark.parametrize("which", ["", "0000000000000000", "\0", "all "])
def test_a_session_that_is_not_there_ends_nothing(office, stage, which):
    there = signed_in(stage.accounts["teacher"])
    office.as_("security_admin").post(f"/setup/access/{stage.accounts['teacher'].pk}/end/", {"which": which})
    assert (there.get("/staff/").status_code, SetupChange.objects.count()) == (200, 0)


@pytest.mark.parametrize("name", ["system_admin", "auditor", "principal"])
def test_nobody_else_sees_or_ends_the_sessions_of_others(office, stage, name):
    teacher = stage.accounts["teacher"]
    there = signed_in(teacher)
    client = office.as_(name)
    assert client.post(f"/setup/access/{teacher.pk}/end/", {"which": "all"}).status_code == 404
    assert "Chrome" not in client.get(f"/setup/access/{teacher.pk}/").text
    assert there.get("/staff/").status_code == 200


def test_an_administrator_of_one_school_knows_nothing_of_another(office, stage):
    stage.person("inspector").posts.update(kind="security_admin")
    client, foreign = office.as_("inspector"), stage.accounts["other_principal"]
    assert client.get("/setup/access/?q=高山").context["rows"] == []
    assert client.get(f"/setup/access/{foreign.pk}/").status_code == 404
    assert asked(client, foreign).status_code == 404


def test_who_needs_a_telephone_and_has_none_stands_first(office, stage):
    stage.accounts["caller"].second_factor.delete()
    rows = office.as_("auditor").get("/setup/access/").context["rows"]
    assert rows[0].login == "caller"
    assert "teacher" not in [one.login for one in rows]
    found = office.as_("auditor").get("/setup/access/?q=王芳").context["rows"]
    assert [one.login for one in found] == ["teacher"]


@pytest.mark.parametrize("query", ["?q=%00", "?q=" + "9" * 300, "?q=%25_", "?q='--"])
def test_nonsense_finds_nobody(office, stage, query):
    assert office.as_("auditor").get(f"/setup/access/{query}").status_code == 200


def test_numbers_past_every_column_are_no_account(office, stage):
    client = office.as_("security_admin")
    for address in (f"/setup/access/{'9' * 30}/", "/setup/access/999999/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/setup/access/reset/{'9' * 30}/", {"act": "sign"}).status_code == 404
