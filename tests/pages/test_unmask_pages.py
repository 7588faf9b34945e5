"""Seeing who filed, on pages: asked for, agreed to, shown once by POST, told to the family and to the auditor."""

import pytest

from huying.appeals.actions.name_subject import name_subject
from huying.appeals.models import Event, ReadRecord
from huying.rules.enums import Action
from tests import given
from tests.appeals import sealed
from tests.cast import at
from tests.pages.parent import page_of

NAMES = ("唐小雨", "唐果", "0000 5678", "13800005678")


@pytest.fixture
def shown(office, stage):
    """The teacher has looked once."""
    office.clock_shows(at(15))
    appeal = sealed.granted(stage)
    page = post(office.as_("teacher"), appeal)
    return appeal, page


def post(client, appeal):
    return client.post(f"/staff/appeals/{appeal.pk}/unmask/", {"version": given.fresh(appeal).version})


def found(page):
    return [name for name in NAMES if name in page.content.decode()]


def test_the_answer_to_the_post_shows_what_was_agreed_to_and_is_kept_nowhere(shown):
    appeal, page = shown
    assert (page.status_code, found(page)) == (200, ["0000 5678"])
    assert "no-store" in page["Cache-Control"]
    assert Event.objects.filter(appeal=appeal, action=Action.UNMASK).count() == 1


def test_a_get_shows_nothing_and_records_no_view(office, stage):
    office.clock_shows(at(15))
    appeal = sealed.granted(stage)
    page = office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/unmask/")
    assert found(page) == []
    assert not Event.objects.filter(appeal=appeal, action=Action.UNMASK).exists()


def test_an_hour_too_late_there_is_no_page(office, stage):
    office.clock_shows(at(16))
    appeal = sealed.granted(stage)
    client = office.as_("teacher")
    assert client.get(f"/staff/appeals/{appeal.pk}/unmask/").status_code == 404
    assert found(post(client, appeal)) == []


def test_the_teacher_who_turns_out_to_be_complained_about_meets_a_page_that_is_not_there(office, stage):
    office.clock_shows(at(15))
    appeal = sealed.granted(stage)
    name_subject(appeal, person=stage.person("teacher"), by=stage.dispatcher, at=at(14, 30))
    assert post(office.as_("teacher"), appeal).status_code == 404
    assert not Event.objects.filter(appeal=appeal, action=Action.UNMASK).exists()


def test_the_family_reads_who_looked_by_post_and_what_for(office, stage, shown, client):
    page = page_of(client, shown[0])
    assert "班主任看了您留下的电话，用来打电话核实或回复" in page
    assert "校长同意经办人看您留下的联系方式" in page
    assert "王芳看了" not in page


def test_why_it_was_asked_is_read_by_who_asked_and_who_decides_alone(office, stage):
    office.clock_shows(at(15))
    reason = "唐小雨的电话打不通"
    appeal = sealed.ask(sealed.in_hand(stage), by=stage.teacher, reason=reason)
    seen = {
        name: reason in office.as_(name).get(f"/staff/appeals/{appeal.pk}/").content.decode()
        for name in ("teacher", "principal", "dispatcher", "grade_head", "clerk")
    }
    assert seen == {"teacher": True, "principal": True, "dispatcher": False, "grade_head": False, "clerk": False}


def test_the_auditor_reads_who_looked_and_no_word_of_the_case(office, stage, shown):
    page = office.as_("auditor").get("/staff/audit/?kind=views").content.decode()
    assert "查看身份，用来打电话核实或回复" in page
    assert shown[0].number in page
    assert [word for word in (*NAMES, "看不清黑板") if word in page] == []


def test_openings_are_found_by_person_and_by_number(office, stage):
    first, second = given.handled(stage), given.handled(stage)
    office.as_("teacher").get(f"/staff/appeals/{first.pk}/")
    office.as_("dispatcher").get(f"/staff/appeals/{second.pk}/print/")
    auditor = office.as_("auditor")

    def lines(query):
        return [(one.who, one.number, one.what) for one in auditor.get(f"/staff/audit/{query}").context["lines"]]

    assert lines("?person=王芳") == [("王芳", first.number, "看案卷")]
    assert lines(f"?number={second.number}") == [("林静", second.number, "打印")]
    assert lines("?person=%00") == lines("")
    assert lines("?number=9999-1&person=无") == []


def test_looking_for_one_appeal_in_the_log_is_an_opening_too(office, stage):
    appeal = given.handled(stage)
    office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/")
    office.as_("auditor").get(f"/staff/audit/?number={appeal.number}")
    assert ReadRecord.objects.filter(account=stage.accounts["auditor"], page="audit").count() == 1


def test_nobody_but_an_auditor_reads_the_log(office, stage):
    for name in ("principal", "dispatcher", "county_supervisor", "system_admin", "security_admin", "teacher"):
        assert office.as_(name).get("/staff/audit/").status_code == 404


def test_a_matter_about_the_principal_is_not_in_the_log_of_the_school(office, stage):
    appeal = given.complaint_about(stage, "principal")
    office.as_("county_dispatcher").get(f"/staff/appeals/{appeal.pk}/")
    assert ReadRecord.objects.filter(appeal=appeal).exists()
    assert appeal.number not in office.as_("auditor").get("/staff/audit/").content.decode()
