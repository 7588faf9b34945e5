"""The private address of one's deadlines: what it tells, to whom, and how it dies."""

from datetime import timedelta

from django.conf import settings
from django.test import Client

from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.pause import pause
from huying.channels.models import Feed
from huying.people.models import Post
from huying.rules.enums import PauseReason
from tests import given
from tests.cast import TODAY, at

PAGE = "/staff/me/subscription/"


def address_of(client) -> str:
    """A new address, as a calendar program asks for it."""
    shown = client.post(PAGE).context["address"]
    assert shown.startswith(settings.BASE_URL)
    return shown.removeprefix(settings.BASE_URL)


def numbers_at(address: str) -> list[str]:
    text = Client().get(address).content.decode()
    return [line.removeprefix("SUMMARY:") for line in text.split("\r\n") if line.startswith("SUMMARY:")]


def test_the_feed_tells_the_number_and_the_moment_and_nothing_of_the_case(office, stage):
    appeal = given.dispatched(stage)
    page = Client().get(address_of(office.as_("teacher")))
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert f"SUMMARY:{appeal.number}\r\n" in text
    assert f"DTSTART:{given.fresh(appeal).next_due_at:%Y%m%dT%H%M%SZ}" in text
    assert appeal.title not in text


def test_it_holds_what_waits_for_this_person_and_not_what_others_do(office, stage):
    appeal = given.dispatched(stage)
    found = {name: numbers_at(address_of(office.as_(name))) for name in ("teacher", "other_teacher", "dispatcher")}
    assert found == {"teacher": [appeal.number], "other_teacher": [], "dispatcher": []}


def test_it_is_shown_once_and_only_its_digest_is_kept(office):
    client = office.as_("teacher")
    token = address_of(client).split("/")[3]
    row = Feed.objects.get()
    assert len(row.digest) == 64
    assert token not in f"{row.digest} {row.key}"
    assert token not in client.get(PAGE).content.decode()


def test_a_new_address_kills_the_old_one(office):
    client = office.as_("teacher")
    first, second = address_of(client), address_of(client)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    assert Feed.objects.count() == 1


def test_a_revoked_address_is_dead(office):
    client = office.as_("teacher")
    address = address_of(client)
    assert client.post(PAGE + "end/", follow=True).status_code == 200
    assert Client().get(address).status_code == 404
    assert client.post(PAGE + "end/").status_code == 302


def test_when_the_post_ends_the_feed_is_empty_at_the_next_reading(office, stage):
    appeal = given.dispatched(stage)
    address = address_of(office.as_("teacher"))
    assert numbers_at(address) == [appeal.number]
    Post.objects.filter(person=stage.person("teacher")).update(ends_on=TODAY - timedelta(days=1))
    page = Client().get(address)
    assert (page.status_code, numbers_at(address)) == (200, [])


def test_a_closed_account_reads_nothing_any_more(office, stage):
    given.dispatched(stage)
    address = address_of(office.as_("teacher"))
    account = stage.accounts["teacher"]
    account.is_active = False
    account.save()
    assert numbers_at(address) == []


def test_whoever_is_complained_about_later_does_not_see_it_in_the_feed(office, stage):
    appeal = given.dispatched(stage)
    address = address_of(office.as_("teacher"))
    person = stage.person("teacher")
    name_subject(given.fresh(appeal), person=person, by=stage.dispatcher, at=at(16))
    assert numbers_at(address) == []


def test_what_is_paused_has_no_date_to_keep(office, stage):
    appeal = given.registered(stage)
    address = address_of(office.as_("dispatcher"))
    assert numbers_at(address) == [appeal.number]
    fields = {"ground": PauseReason.MORE_INFORMATION, "question": "是哪一天？", "reason": "说得不清"}
    pause(appeal, **fields, by=stage.dispatcher, at=at(11))
    assert numbers_at(address) == []


def test_wrong_addresses_have_no_page(office):
    address_of(office.as_("teacher"))
    wrong = ("x", "A" * 32, "A" * 33, "-" * 32, "0" * 500)
    assert [Client().get(f"/staff/feed/{one}/deadlines.ics").status_code for one in wrong] == [404] * 5


def test_without_a_sign_in_there_is_no_address_to_be_made(db):
    assert Client().post(PAGE).status_code == 302
    assert not Feed.objects.exists()


def test_a_provisional_date_says_so(office, stage):
    office.clock_shows(at(17, day=31, month=12))
    appeal = given.registered(stage, received_at=at(9, day=31, month=12))
    assert appeal.provisional
    assert numbers_at(address_of(office.as_("dispatcher"))) == [f"{appeal.number}，暂定"]
