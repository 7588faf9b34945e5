"""A repeat stands on the case page, for those who may know of the earlier matter; nobody else learns there was one."""

import pytest

from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.register import register
from huying.appeals.identities import Contact
from tests import given
from tests.cast import at
from tests.pages.office import versioned


def filed(stage, when):
    intake = given.intake(stage, contact=Contact(phone="13800135000"), received_at=when)
    return given.fresh(register(intake, code=given.code(), by=stage.mother, at=when))


@pytest.fixture
def twice(stage):
    return filed(stage, at(9)), filed(stage, at(10))


def address(appeal, step=""):
    return f"/staff/appeals/{appeal.pk}/{step}"


def test_both_cases_say_so(office, stage, twice):
    earlier, later = twice
    client = office.as_("dispatcher")
    assert f"{earlier.number} 的重复" in client.get(address(later)).text
    assert "同一电话问过同类事" in client.get(address(later)).text
    assert "后来重复" in client.get(address(earlier)).text


def test_who_is_walled_off_from_the_earlier_one_learns_nothing_of_it(office, stage, twice):
    earlier, later = twice
    name_subject(earlier, person=stage.person("dispatcher"), by=stage.county_dispatcher, at=at(11))
    client = office.as_("dispatcher")
    page = client.get(address(later))
    for words in ("重复", "问过同类事", earlier.number):
        assert words not in page.text.replace("标为重复诉求", ""), words
    said = versioned(client, address(later, "unlink_repeat/"), reason="不是一件事")
    answer = client.post(address(later, "unlink_repeat/"), said)
    assert (answer.status_code, "没有标为重复诉求" in answer.text) == (422, True)
    assert given.fresh(later).repeat_of_id == earlier.pk


def test_the_desk_links_and_unlinks_on_a_page(office, stage, twice):
    client, other = office.as_("dispatcher"), given.registered(stage)
    wrong = versioned(client, address(other, "link_repeat/"), number="2026-9999", reason="同一件事")
    assert "本校没有这个编号" in client.post(address(other, "link_repeat/"), wrong).text
    assert client.post(address(other, "link_repeat/"), wrong | {"number": twice[0].number}).status_code == 302
    assert given.fresh(other).repeat_of == twice[0]
    said = versioned(client, address(other, "unlink_repeat/"), reason="说的是另一个班")
    client.post(address(other, "unlink_repeat/"), said)
    page = client.get(address(other)).text
    assert (given.fresh(other).repeat_of, "取消重复标记" in page, "说的是另一个班" in page) == (None, True, True)
