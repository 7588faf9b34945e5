"""The second step of a sign-in: bound once, asked each time, good once, and no way round it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from huying.appeals import letterbox
from huying.people.models import Account, RecoveryCode, SecondFactor, SetupChange
from huying.people.queries import actor_of
from huying.vault import one_time
from tests import cast, given
from tests.cast import TODAY, at, shown
from tests.pages.office import PASSWORD

LOGIN, CHALLENGE, OWN = "/staff/login/", "/staff/login/second_factor/", "/staff/me/second_factor/"
PAPER = re.compile(r"[1-8]-[a-z2-9]{5}-[a-z2-9]{5}")


def known(stage, name) -> Account:
    """This member of the cast has a password; the telephone they had from the beginning."""
    account = stage.accounts[name]
    account.set_password(PASSWORD)
    account.save()
    return account


def unbound(stage, name) -> Account:
    account = known(stage, name)
    SecondFactor.objects.filter(account=account).delete()
    return account


def first_step(client, name="principal", **more):
    return client.post(LOGIN, {"login": name, "password": PASSWORD, **more})


def second_step(client, code, **more):
    return client.post(CHALLENGE, {"code": code, **more})


def letters_of(account):
    return list(letterbox.letters_for(actor_of(account, on=TODAY)).values_list("kind", flat=True))


def bound_anew(client) -> tuple[str, list[str]]:
    """The secret that the page showed, and the codes on the paper."""
    client.post(OWN, {"act": "begin"})
    secret = client.get(OWN).context["secret"].replace(" ", "")
    code = one_time.code(secret, one_time.step_at(at(17)))
    page = client.post(OWN, {"act": "confirm", "code": code})
    return secret, PAPER.findall(page.content.decode())


def test_the_password_alone_opens_nothing(office, stage):
    known(stage, "principal")
    client = Client()
    assert first_step(client, next="/staff/letters/").url == CHALLENGE
    for address in ("/staff/", "/staff/me/", "/staff/password/", OWN, "/setup/"):
        assert client.get(address).status_code == 302
    assert second_step(client, shown(at(17))).url == "/staff/letters/"
    assert client.get("/staff/").status_code == 200


def test_the_page_of_the_second_step_says_where_one_is_and_keeps_nothing(office, stage):
    known(stage, "principal")
    client = Client()
    first_step(client)
    page = client.get(CHALLENGE)
    assert (page.status_code, "手机上现在的六位数字" in page.text, "赵明远" in page.text) == (200, True, False)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "\0", "9" * 400, "１２３４５６", "1-aaaaa-aaaaa"])
def test_a_wrong_code_is_said_and_opens_nothing(office, stage, code):
    known(stage, "principal")
    client = Client()
    first_step(client)
    answer = second_step(client, code)
    assert (answer.status_code, bool(answer.context["form"].errors["code"])) == (422, True)
    assert client.get("/staff/").status_code == 302


def test_without_a_password_given_there_is_no_second_step(office, stage):
    client = Client()
    assert client.get(CHALLENGE).url == LOGIN
    assert second_step(client, shown(at(17))).url == LOGIN


def test_a_code_is_good_once_whoever_saw_it(office, stage):
    known(stage, "principal")
    first, second = Client(), Client()
    for one in (first, second):
        first_step(one)
    code = shown(at(17))
    assert second_step(first, code).status_code == 302
    assert second_step(second, code).status_code == 422
    office.clock_shows(at(17) + timedelta(seconds=30))
    assert second_step(second, shown(at(17) + timedelta(seconds=30))).status_code == 302


def test_a_code_of_a_minute_ago_is_too_old(office, stage):
    known(stage, "principal")
    client = Client()
    first_step(client)
    assert second_step(client, shown(at(17) - timedelta(seconds=60))).status_code == 422


def test_guessing_stops_after_five_and_its_owner_is_told_and_not_kept_out(office, stage):
    account = known(stage, "principal")
    own = Client()
    first_step(own)
    second_step(own, shown(at(17)))
    own.post("/staff/sign_out/")
    thief = Client(REMOTE_ADDR="10.0.0.9")
    first_step(thief)
    answers = [second_step(thief, f"00000{n}").status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    slowed = second_step(thief, shown(at(17) + timedelta(seconds=30)))
    assert (slowed.status_code, int(slowed["Retry-After"]) > 0) == (429, True)
    assert letters_of(account) == ["factor_guessed"]
    assert [row.act for row in SetupChange.objects.all()] == ["factor_guessed"]
    office.clock_shows(at(17) + timedelta(seconds=30))
    first_step(own)
    assert second_step(own, shown(at(17) + timedelta(seconds=30))).status_code == 302


def test_the_second_step_leads_nowhere_once_the_account_is_closed(office, stage):
    account = known(stage, "principal")
    client = Client()
    first_step(client)
    account.is_active = False
    account.save()
    assert second_step(client, shown(at(17))).url == LOGIN


def test_what_was_typed_before_comes_through_both_steps(office, stage):
    known(stage, "principal")
    client = Client()
    carried = {"kept.reply": "孩子已换到第三排，从下周起两周轮换一次。", "kept_path": "/staff/appeals/1/answer/"}
    page = first_step(client, **carried)
    assert (page.status_code, "孩子已换到第三排" in page.text) == (200, True)
    assert "孩子已换到第三排" in second_step(client, "000000", **carried).text
    answer = second_step(client, shown(at(17)), **carried)
    assert ("孩子已换到第三排" in answer.text, answer.context["kept_path"]) == (True, "/staff/appeals/1/answer/")


@pytest.mark.parametrize(
    "name",
    ["caller", "dispatcher", "principal", "inspector", "auditor", "county_dispatcher", "county_supervisor",
     "system_admin", "security_admin"],
)  # fmt: skip
def test_without_a_telephone_these_posts_reach_nothing_but_the_page_that_binds_one(office, stage, name):
    appeal = given.handled(stage)
    unbound(stage, name)
    client = Client()
    assert first_step(client, name).status_code == 302
    for address in ("/staff/", "/staff/me/", "/staff/search/?q=1", "/staff/audit/", f"/staff/appeals/{appeal.pk}/",
                    "/setup/", "/setup/access/", "/staff/me/subscription/"):  # fmt: skip
        assert client.get(address)["Location"] == OWN, address
    assert client.post(f"/staff/appeals/{appeal.pk}/remind/", {"version": 1}).url == OWN
    page = client.get(OWN)
    assert (page.status_code, "待分办" in page.text, "案卷" in page.text) == (200, False, False)


@pytest.mark.parametrize("name", ["clerk", "teacher", "grade_head", "office_head"])
def test_other_posts_work_without_one(office, stage, name):
    unbound(stage, name)
    client = Client()
    first_step(client, name)
    assert client.get("/staff/").status_code == 200


def test_a_handed_out_password_is_replaced_before_the_telephone_is_bound(office, stage):
    account = unbound(stage, "principal")
    account.must_change_password = True
    account.save()
    client = Client()
    first_step(client)
    assert client.get(OWN).url == "/staff/password/"
    page = client.get("/staff/password/")
    assert (page.status_code, "待分办" in page.text) == (200, False)
    client.post("/staff/password/", {"password1": "春天的风筝飞得高", "password2": "春天的风筝飞得高"})
    assert client.get("/staff/").url == OWN


def test_a_telephone_is_bound_with_its_first_code_and_the_paper_is_shown_once(office, stage):
    account = unbound(stage, "principal")
    client = Client()
    first_step(client)
    assert (client.get(OWN).context.get("secret"), SecondFactor.objects.filter(account=account).count()) == (None, 0)
    secret, codes = bound_anew(client)
    assert (len(set(codes)), client.get("/staff/").status_code) == (8, 200)
    assert PAPER.findall(client.get(OWN).text) == []
    assert [(row.act, row.subject, row.by.login) for row in SetupChange.objects.all()] == [
        ("factor_set", "赵明远", "principal")
    ]
    assert letters_of(account) == ["factor_set"]
    client.post("/staff/sign_out/")
    first_step(client)
    office.clock_shows(at(17) + timedelta(seconds=30))
    later = one_time.step_at(at(17)) + 1
    assert second_step(client, one_time.code(secret, later)).status_code == 302


def test_the_code_that_bound_it_does_not_sign_in_as_well(office, stage):
    unbound(stage, "principal")
    client = Client()
    first_step(client)
    secret, _codes = bound_anew(client)
    other = Client()
    first_step(other)
    code = one_time.code(secret, one_time.step_at(at(17)))
    assert second_step(other, code).status_code == 422


def test_a_wrong_first_code_binds_nothing(office, stage):
    account = unbound(stage, "principal")
    client = Client()
    first_step(client)
    client.post(OWN, {"act": "begin"})
    answer = client.post(OWN, {"act": "confirm", "code": "000000"})
    assert (answer.status_code, RecoveryCode.objects.count()) == (422, 0)
    assert not Account.objects.get(pk=account.pk).has_second_factor
    assert client.get("/staff/").url == OWN


def test_binding_a_telephone_ends_the_sign_ins_elsewhere(office, stage):
    account = unbound(stage, "teacher")
    here, elsewhere = Client(), Client()
    first_step(here, "teacher")
    first_step(elsewhere, "teacher")
    bound_anew(here)
    assert (here.get("/staff/").status_code, elsewhere.get("/staff/").status_code) == (200, 302)
    assert Account.objects.get(pk=account.pk).has_second_factor


def test_a_code_on_paper_is_good_once_and_its_owner_is_told(office, stage):
    account = unbound(stage, "principal")
    client = Client()
    first_step(client)
    _secret, codes = bound_anew(client)
    client.post("/staff/sign_out/")
    first_step(client)
    assert second_step(client, codes[2].upper().replace("-", " ")).status_code == 302
    client.post("/staff/sign_out/")
    first_step(client)
    assert second_step(client, codes[2]).status_code == 422
    assert sorted(letters_of(account)) == ["factor_set", "paper_used"]
    row = SetupChange.objects.first()
    assert (row.act, row.lines) == ("paper_used", [["login", "", "principal"], ["codes_left", "", "7"]])


def test_new_paper_voids_the_old(office, stage):
    unbound(stage, "principal")
    client = Client()
    first_step(client)
    _secret, old = bound_anew(client)
    page = client.post(OWN, {"act": "renew", "code": old[0]})
    new = PAPER.findall(page.text)
    assert (len(new), set(new) & set(old)) == (8, set())
    client.post("/staff/sign_out/")
    first_step(client)
    assert second_step(client, old[1]).status_code == 422
    assert second_step(client, new[1]).status_code == 302


@pytest.mark.parametrize("act", ["begin", "renew", "off"])
def test_nothing_is_changed_without_a_code_of_the_telephone_in_use(office, stage, act):
    account = known(stage, "teacher")
    client = office.as_("teacher")
    before = SecondFactor.objects.get(account=account)
    answers = [client.post(OWN, {"act": act, "code": code}).status_code for code in ("", "000000")]
    after = SecondFactor.objects.get(account=account)
    assert (answers, after.sealed, after.pending) == ([422, 422], before.sealed, "")


def test_another_telephone_takes_over_only_once_it_shows_a_code(office, stage):
    account = known(stage, "principal")
    client = office.as_("principal")
    assert client.post(OWN, {"act": "begin", "code": shown(at(17))}).url == OWN
    assert "不换手机了" in client.get(OWN).text
    other = Client()
    first_step(other)
    office.clock_shows(at(17, 5))
    assert second_step(other, shown(at(17, 5))).status_code == 302
    client.post(OWN, {"act": "stop"})
    assert SecondFactor.objects.get(account=account).pending == ""
    assert "换手机" in client.get(OWN).text


def test_who_need_not_have_one_can_give_it_up_and_who_must_cannot(office, stage):
    office.as_("teacher").post(OWN, {"act": "off", "code": shown(at(17))})
    office.as_("principal").post(OWN, {"act": "off", "code": shown(at(17))})
    kept = set(SecondFactor.objects.values_list("account__login", flat=True))
    assert ("teacher" in kept, "principal" in kept) == (False, True)
    assert letters_of(stage.accounts["teacher"]) == ["factor_off"]


def test_a_head_of_a_class_binds_one_before_seeing_an_identity(office, stage):
    appeal = given.contacted(stage)
    unbound(stage, "teacher")
    client = office.as_("teacher")
    assert client.get(f"/staff/appeals/{appeal.pk}/").status_code == 200
    for step in ("request_unmask", "unmask"):
        assert client.post(f"/staff/appeals/{appeal.pk}/{step}/", {"version": appeal.version}).url == OWN
    assert "这一步要先绑定手机上的动态码" in client.get(OWN).text
    assert client.get("/staff/export/?pile=handling").url == OWN


def test_who_may_not_see_the_appeal_learns_nothing_from_the_telephone(office, stage):
    appeal = given.contacted(stage)
    unbound(stage, "other_teacher")
    client = office.as_("other_teacher")
    answers = [client.post(f"/staff/appeals/{pk}/request_unmask/", {"version": 1}) for pk in (appeal.pk, 999999)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_new_post_that_needs_one_asks_for_it_on_the_next_request(office, stage):
    account = unbound(stage, "clerk")
    client = office.as_("clerk")
    assert client.get("/staff/").status_code == 200
    account.person.posts.create(kind="caller", unit=stage.units["school"], starts_on="2026-11-01")
    assert client.get("/staff/")["Location"] == OWN


def test_a_session_ends_when_its_posts_change(office, stage):
    account = unbound(stage, "teacher")
    client = Client()
    first_step(client, "teacher")
    assert client.get("/staff/").status_code == 200
    account.person.posts.create(kind="grade_head", unit=stage.units["grade"], starts_on="2026-11-01")
    assert client.get("/staff/").url == "/staff/login/?next=/staff/"


def test_a_session_ends_on_the_day_a_post_ends(office, stage):
    account = unbound(stage, "teacher")
    account.person.posts.update(ends_on="2026-11-24")
    client = Client()
    office.clock_shows(at(23, 50))
    first_step(client, "teacher")
    assert client.get("/staff/").status_code == 200
    office.clock_shows(at(0, 5, day=25))
    assert client.get("/staff/").url == "/staff/login/?next=/staff/"


def test_printed_accounts_are_spared_in_a_demonstration_alone(office, stage, tmp_path, settings):
    account = unbound(stage, "principal")
    account.is_demo = True
    account.save()
    settings.DEMO_MARK = tmp_path / "demo"
    client = Client()
    first_step(client)
    assert client.get("/staff/").url == OWN
    settings.DEMO_MARK.touch()
    assert client.get("/staff/").status_code == 200
    client.post(OWN, {"act": "begin"})
    assert not SecondFactor.objects.filter(account=account).exists()


def test_the_database_holds_no_secret_and_no_paper_in_clear(office, stage):
    unbound(stage, "principal")
    client = Client()
    first_step(client)
    client.post(OWN, {"act": "begin"})
    waiting = client.get(OWN).context["secret"].replace(" ", "")
    secret, codes = bound_anew(client)
    dump = StringIO()
    call_command("dumpdata", "people", stdout=dump)
    words = [code[2:].replace("-", "") for code in codes]
    assert [one for one in (waiting, secret, cast.SECRET, *codes, *words) if one in dump.getvalue()] == []


def test_a_secret_moved_to_another_account_opens_nothing(office, stage):
    known(stage, "principal")
    foreign = SecondFactor.objects.get(account=stage.accounts["teacher"]).sealed
    SecondFactor.objects.filter(account=stage.accounts["principal"]).update(sealed=foreign)
    client = Client(raise_request_exception=False)
    first_step(client)
    assert second_step(client, shown(at(17))).status_code == 500
    assert client.get("/staff/").status_code == 302


def test_looking_at_the_pages_writes_nothing(office, stage):
    unbound(stage, "principal")
    client = office.as_("principal")
    before = SecondFactor.objects.count()
    assert client.get(OWN).status_code == 200
    assert (SecondFactor.objects.count(), SetupChange.objects.count()) == (before, 0)
