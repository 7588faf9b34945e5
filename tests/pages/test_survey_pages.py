"""A slip scanned by a family, and the pages on which the county makes, prints and reads a survey."""

import re

import pytest

from huying.oversight.models import Answered, Slip, Survey
from tests.cast import at
from tests.oversight.seen import slip, surveyed

CODE = "1234567890123450"
PAGE = f"/open/survey/{CODE}/"
LIST = "/staff/surveys/"


@pytest.fixture
def asked(office, stage):
    survey = surveyed(stage)
    slip(survey, CODE)
    return survey


def test_a_family_answers_on_one_screen_and_is_thanked(asked, client):
    said = client.get(PAGE).content.decode()
    assert "澄川县实验小学" in said and "不记名" in said and said.count("<fieldset") == 5
    answer = client.post(PAGE, {"overall": "yes", "manners": "mostly"})
    assert answer.url == "/open/survey/thanks/"
    assert "谢谢您" in client.get(answer.url).content.decode()
    assert Answered.objects.get().said == {"overall": "yes", "manners": "mostly"}


def test_a_used_slip_is_told_so_kindly_and_counts_once(asked, client):
    client.post(PAGE, {"overall": "yes"})
    for answer in (client.get(PAGE), client.post(PAGE, {"overall": "no"})):
        assert answer.status_code == 409 and "已经答过了，谢谢您" in answer.content.decode()
    assert Answered.objects.count() == 1


@pytest.mark.parametrize("words", [{}, {"overall": "great"}, {"nonsense": "yes"}])
def test_nothing_answered_is_asked_again_and_the_slip_is_not_used_up(asked, client, words):
    answer = client.post(PAGE, words)
    assert answer.status_code == 422
    assert not Slip.objects.get().is_used and not Answered.objects.exists()


@pytest.mark.parametrize("code", ["1234567890123469", "1234567890123453", "x", "0" * 60])
def test_a_wrong_code_opens_nothing(asked, client, code):
    answer = client.get(f"/open/survey/{code}/")
    assert answer.status_code == 404 and "这张条打不开" in answer.content.decode()


def test_whoever_tries_codes_is_held_up(asked, client):
    for _ in range(10):
        client.get("/open/survey/1234567890123469/")
    answer = client.get("/open/survey/1234567890123469/")
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)


def test_outside_its_days_the_slip_says_so(asked, office, client):
    office.clock_shows(at(9, day=9, month=12))
    assert "不在答的日子里" in client.get(PAGE).content.decode()


def test_a_member_of_staff_who_answers_is_nobody_either(asked, office):
    office.as_("teacher").post(PAGE, {"overall": "no"})
    assert Answered.objects.get().said == {"overall": "no"}


MADE = {
    "first": "2026-09-01",
    "last": "2026-11-20",
    "opens_on": "2026-11-24",
    "closes_on": "2026-12-04",
    "families": "400",
}


def test_the_county_makes_a_survey_prints_slips_once_and_reads_it_at_the_end(office, stage):
    client = office.as_("county_supervisor")
    made = client.post(f"{LIST}make/", {"unit": stage.units["school"].pk, **MADE})
    survey = Survey.objects.get()
    assert made.url == f"{LIST}{survey.pk}/"
    assert "截止以后才出结果" in client.get(made.url).content.decode()
    sheet = client.post(f"{made.url}slips/", {"many": "12"})
    printed = re.findall(r"/open/survey/(\d{16})/", sheet.content.decode())
    assert len(set(printed)) == 12 and sheet["Cache-Control"] and "no-store" in sheet["Cache-Control"]
    for code in printed[:11]:
        office.as_("teacher").post(f"/open/survey/{code}/", {"overall": "yes"})
    office.clock_shows(at(9, day=5, month=12))
    said = office.as_("principal").get(made.url).content.decode()
    assert "收回 11 张，占发出的 92%" in said and "100%" in said and "误差范围" in said
    assert all(code not in said for code in printed)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"last": "2026-08-01"}, "末尾早于开头"),
        ({"closes_on": "2026-11-23", "opens_on": "2026-11-01"}, "截止日已经过了"),
        ({"families": "0"}, ""),
        ({"unit": "999"}, ""),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(office, stage, fields, told):
    words = {"unit": stage.units["school"].pk, **MADE, **fields}
    answer = office.as_("county_supervisor").post(f"{LIST}make/", words)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not Survey.objects.exists()


@pytest.mark.parametrize("many", ["", "0", "501", "-3", "1e3", "999999999"])
def test_no_odd_number_of_slips(asked, office, many):
    answer = office.as_("county_supervisor").post(f"{LIST}{asked.pk}/slips/", {"many": many}, follow=True)
    assert "一次印 1 到 500 张" in answer.content.decode()
    assert Slip.objects.count() == 1


def test_only_the_tier_above_makes_and_prints(asked, office):
    for name in ("principal", "county_dispatcher", "teacher"):
        client = office.as_(name)
        assert client.get(f"{LIST}make/").status_code == 404
        assert client.post(f"{LIST}{asked.pk}/slips/", {"many": "1"}).status_code == 404
    for name in ("other_principal", "teacher", "dispatcher"):
        assert office.as_(name).get(f"{LIST}{asked.pk}/").status_code == 404
    assert "澄川县实验小学" in office.as_("principal").get(LIST).content.decode()


def test_the_slips_come_as_a_pdf_too(asked, office):
    answer = office.as_("county_supervisor").post(f"{LIST}{asked.pk}/slips/", {"many": "11", "as": "pdf"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert Slip.objects.count() == 12
