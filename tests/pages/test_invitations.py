"""Invitations: on paper once, a password that only its owner knows, and one answer to every link that opens nothing."""

import re

import pytest
from django.test import Client

from huying.appeals import letterbox
from huying.people.models import Account, Invitation, Person, SetupChange, SignIn
from huying.people.queries import actor_of
from tests.cast import TODAY, at
from tests.pages.office import PASSWORD

ADDRESS = re.compile(r"/staff/invitation/([a-z2-9]{20})/")


@pytest.fixture
def admin(office):
    return office.as_("system_admin")


@pytest.fixture
def newcomer(stage):
    return Person.objects.create(name="田野", unit=stage.units["class"], staff_number="T101")


def invited(admin, person, *, place="school") -> str:
    """The address on the paper of this person."""
    unit = person.unit
    while unit.level != "school":
        unit = unit.parent
    page = admin.post("/setup/people/invite/", {"place": unit.pk, "which": person.pk}).content.decode()
    return ADDRESS.search(page)[0]


def accepted(address, *, login="T101", first=PASSWORD, second=PASSWORD):
    return Client().post(address, {"login": login, "password1": first, "password2": second})


def test_a_newcomer_chooses_a_password_and_signs_in(admin, newcomer):
    address = invited(admin, newcomer)
    assert "田野" in Client().get(address).content.decode()
    assert accepted(address, login="t101").url == "/staff/login/"
    account = Account.objects.get(person=newcomer)
    assert (account.login, account.must_change_password, account.password_set_at) == ("T101", False, at(17))
    assert account.check_password(PASSWORD)
    answer = Client().post("/staff/login/", {"login": "T101", "password": PASSWORD})
    assert answer.status_code == 302


def test_the_paper_says_name_login_and_day_and_nothing_keeps_the_token(admin, newcomer, stage):
    page = admin.post("/setup/people/invite/", {"place": stage.units["school"].pk, "which": newcomer.pk})
    words = page.content.decode()
    assert [part in words for part in ("田野", "T101", "12月1日", "<svg")] == [True] * 4
    assert "no-store" in page["Cache-Control"]
    token = ADDRESS.search(words)[1]
    kept = [str(value) for row in Invitation.objects.values_list() for value in row]
    kept += [str(row.lines) + row.subject for row in SetupChange.objects.all()]
    assert not any(token in one for one in kept)
    row = SetupChange.objects.first()
    assert (row.area, row.act, row.subject, row.by.login) == ("account", "invited", "田野", "system_admin")


def test_all_who_cannot_sign_in_get_a_paper_at_once(admin, newcomer, stage):
    Person.objects.create(name="白露", unit=stage.units["grade"])
    place = {"place": stage.units["school"].pk, "which": "all"}
    Account.objects.filter(person__unit__path__startswith=stage.units["school"].path).update(password="argon2$kept")
    page = admin.post("/setup/people/invite/", place).content.decode()
    assert len(set(ADDRESS.findall(page))) == 2
    # Whoever holds a paper that is still good gets no second one.
    assert admin.post("/setup/people/invite/", place).url == "/setup/people/"


def gone(stage, admin, newcomer, office, how) -> str:
    address = invited(admin, newcomer)
    if how == "used":
        accepted(address)
    elif how == "withdrawn":
        invited(admin, newcomer)
    elif how == "left":
        Person.objects.filter(pk=newcomer.pk).update(is_active=False)
    elif how == "expired":
        office.clock_shows(at(17, 1, day=1, month=12))
    return "/staff/invitation/abcdefghjkmnpqrstuvw/" if how == "unknown" else address


@pytest.mark.parametrize("how", ["used", "withdrawn", "left", "expired", "unknown"])
def test_a_link_that_opens_nothing_never_says_why(office, stage, admin, newcomer, how):
    address = gone(stage, admin, newcomer, office, how)
    shown, sent = Client().get(address), accepted(address, first="另一句没人想到的话", second="另一句没人想到的话")
    assert (shown.status_code, sent.status_code) == (404, 404)
    words = shown.content.decode()
    assert "用过了、过期了，或者网址抄错了" in words
    assert "田野" not in words and "T101" not in words
    assert not any(one.check_password("另一句没人想到的话") for one in Account.objects.all())


@pytest.mark.parametrize("token", ["x", "-", "A" * 20, "abcdefghjkmnpqrstuv0", "%00", "a" * 500, "%20"])
def test_what_is_no_token_opens_nothing(office, token):
    assert Client().get(f"/staff/invitation/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"login": "teacher"}, "登录名和这张邀请对不上"),
        ({"login": ""}, "请填登录名"),
        ({"login": "T1\x0001"}, "登录名"),
        ({"first": "short", "second": "short"}, "至少 8 位"),
        ({"first": "T101田野三年级4班", "second": "T101田野三年级4班"}, "换一句别人想不到的话"),
        ({"second": "写错了的另外一遍"}, "两遍写的不一样"),
    ],
)
def test_a_form_that_is_not_right_says_what_to_mend_and_the_link_stays_good(admin, newcomer, fields, words):
    address = invited(admin, newcomer)
    response = accepted(address, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert not Account.objects.filter(person=newcomer).exists()
    assert accepted(address).status_code == 302


def test_somebody_who_guesses_is_stopped_for_a_while(office, stage):
    client = Client()
    answers = [
        client.get(f"/staff/invitation/{'a' * 18}{n:02d}/".replace("0", "b").replace("1", "c")) for n in range(61)
    ]
    assert (answers[59].status_code, answers[60].status_code) == (404, 429)
    assert int(answers[60]["Retry-After"]) > 0


def test_a_lost_password_is_replaced_and_both_watchers_are_told(office, admin, stage):
    account = stage.accounts["teacher"]
    account.set_password("从前的那一句长长的话")
    account.save()
    elsewhere = office.as_("teacher")
    assert SignIn.objects.filter(account=account).exists()
    address = invited(admin, stage.person("teacher"))
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not SignIn.objects.filter(account=account).exists()
    assert elsewhere.get("/staff/").status_code == 302
    told = {
        name: list(letterbox.letters_for(actor_of(stage.accounts[name], on=TODAY)).values_list("kind", flat=True))
        for name in ("teacher", "security_admin", "principal")
    }
    assert told == {"teacher": ["password_reset"], "security_admin": ["password_reset_of_another"], "principal": []}
    assert accepted(address, login="teacher").status_code == 302
    account.refresh_from_db()
    assert (account.check_password(PASSWORD), account.login) == (True, "teacher")
    assert SetupChange.objects.first().act == "reset"


def test_a_number_that_another_school_uses_gets_the_unit_before_it(admin, newcomer, stage):
    Account.objects.create_user(
        login="t101", person=Person.objects.create(name="白露", unit=stage.units["other_school"]), created_at=at(8)
    )
    invited(admin, newcomer)
    assert Invitation.objects.get(person=newcomer).login == "class-T101"


def test_nobody_invites_themselves(admin, stage):
    fields = {"place": stage.units["county"].pk, "which": stage.person("system_admin").pk}
    assert admin.post("/setup/people/invite/", fields).url == "/setup/people/"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("place", "which"), [("school", "other_principal"), ("other_school", "teacher")])
def test_nobody_outside_the_organisation_is_invited(admin, stage, place, which):
    fields = {"place": stage.units[place].pk, "which": stage.person(which).pk}
    assert admin.post("/setup/people/invite/", fields).status_code == 404


@pytest.mark.parametrize("who", ["principal", "auditor", "security_admin", "teacher"])
def test_only_the_administrator_invites_and_lets_go(office, stage, who):
    client = office.as_(who)
    answers = [
        client.get("/setup/people/"),
        client.post("/setup/people/invite/", {"which": "all"}),
        client.post(f"/setup/people/{stage.person('teacher').pk}/leave/", {"sure": "on"}),
        client.get("/setup/roster/"),
        client.get("/setup/roster/template.xlsx"),
        client.post("/setup/roster/bring_in/", {}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert not Invitation.objects.exists()
