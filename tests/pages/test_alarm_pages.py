"""The pages of warnings: why in words, the cases, and the steps; nothing for those who may not know."""

import pytest

from huying.oversight.models import Alarm
from tests import given
from tests.cast import at
from tests.oversight.seen import fresh, named, warned

LIST = "/staff/alarms/"
WHY = "有 5 件过了期限还没办完，最久的超了 9 天。"


def page(office, name, address=LIST):
    return office.as_(name).get(address).content.decode()


def test_the_list_says_why_and_the_rail_leads_there(office, stage):
    alarm = warned(stage)
    said = page(office, "county_supervisor")
    assert WHY in said and f'href="{LIST}{alarm.pk}/"' in said and "提醒选中的单位" in said
    assert f'href="{LIST}"' in page(office, "principal", "/staff/")
    assert f'href="{LIST}"' not in page(office, "teacher", "/staff/")


def test_without_warnings_the_list_says_so(office, stage):
    assert "没有预警" in page(office, "principal")


def test_a_warning_shows_its_cases_its_record_and_what_can_be_done(office, stage):
    case = given.registered(stage)
    alarm = warned(stage, case)
    said = page(office, "county_supervisor", f"{LIST}{alarm.pk}/")
    assert WHY in said and case.number in said and "系统：发出预警" in said
    for words in ("提醒", "转约谈", "转商研", "定整改", "升级", "结束"):
        assert f'<summary class="b">{words}</summary>' in said
    own = page(office, "principal", f"{LIST}{alarm.pk}/")
    assert "定整改" in own and "转约谈" not in own


def test_the_chosen_units_are_reminded_at_once_and_what_cannot_be_is_told(office, stage):
    one, other = warned(stage), warned(stage, unit="other_school")
    apart = warned(stage, is_apart=True)
    chosen = {"alarm": [one.pk, other.pk, apart.pk, "x", 99], "reason": "请看"}
    said = office.as_("county_supervisor").post(f"{LIST}warn/", chosen, follow=True).content.decode()
    assert "已提醒 2 条" in said and "有反映这个单位负责人的事" in said
    assert [fresh(alarm).status for alarm in (one, other, apart)] == ["reminded", "reminded", "open"]


def test_without_a_choice_nothing_happens(office, stage):
    alarm = warned(stage)
    said = office.as_("county_supervisor").post(f"{LIST}warn/", {}, follow=True).content.decode()
    assert "先勾选要提醒的预警" in said and fresh(alarm).status == "open"


def test_the_school_says_what_it_puts_right_and_by_when(office, stage):
    alarm = warned(stage)
    words = {"reason": "加开一个窗口", "due_on": "2026-12-01"}
    assert office.as_("principal").post(f"{LIST}{alarm.pk}/rectify/", words).status_code == 302
    said = page(office, "county_supervisor", f"{LIST}{alarm.pk}/")
    assert "加开一个窗口" in said and "2026-12-15 复查" in said


@pytest.mark.parametrize(
    ("step", "words", "told"),
    [
        ("close", {"reason": ""}, "要写明情况和理由"),
        ("rectify", {"reason": "改", "due_on": "明天"}, "日期写成"),
        ("rectify", {"reason": "改", "due_on": "2026-11-01"}, "要在今天以后"),
        ("fulfil", {"reason": "好了"}, "现在不能这样做"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(office, stage, step, words, told):
    alarm = warned(stage)
    answer = office.as_("county_supervisor").post(f"{LIST}{alarm.pk}/{step}/", words)
    said = answer.content.decode()
    assert answer.status_code == 422 and told in said
    assert (fresh(alarm).status, alarm.records.count()) == ("open", 1)


def test_the_school_is_refused_what_the_county_decides(office, stage):
    alarm = warned(stage)
    answer = office.as_("principal").post(f"{LIST}{alarm.pk}/close/", {"reason": "没事"})
    assert answer.status_code == 422 and "由上级督办人员来做" in answer.content.decode()


def test_a_step_nobody_knows_is_no_page(office, stage):
    alarm = warned(stage)
    for step in ("found", "grew", "explode"):
        assert office.as_("county_supervisor").post(f"{LIST}{alarm.pk}/{step}/").status_code == 404


def test_a_warning_with_a_case_about_a_reader_is_not_there_for_them(office, stage):
    case = given.registered(stage)
    alarm = warned(stage, case)
    named(stage, case, "principal")
    for name in ("principal", "inspector", "other_principal"):
        assert WHY not in page(office, name)
        assert office.as_(name).get(f"{LIST}{alarm.pk}/").status_code == 404
        assert office.as_(name).post(f"{LIST}{alarm.pk}/rectify/", {"reason": "改"}).status_code == 404
    assert WHY in page(office, "county_supervisor")


@pytest.mark.parametrize("name", ["teacher", "dispatcher", "clerk", "auditor", "system_admin", "grade_head"])
def test_others_have_no_such_pages(office, stage, name):
    alarm = warned(stage)
    for address in (LIST, f"{LIST}{alarm.pk}/"):
        assert office.as_(name).get(address).status_code == 404
    assert office.as_(name).post(f"{LIST}warn/", {"alarm": alarm.pk}).status_code == 404


def test_closed_warnings_lie_apart(office, stage):
    alarm = warned(stage)
    office.as_("county_supervisor").post(f"{LIST}{alarm.pk}/close/", {"reason": "查过了"})
    assert WHY not in page(office, "county_supervisor") and WHY in page(office, "county_supervisor", f"{LIST}?closed=1")


def test_in_english_no_chinese_word_of_ours_is_left(office, stage):
    warned(stage)
    client = office.as_("county_supervisor")
    said = client.get(LIST, headers={"accept-language": "en"}).content.decode()
    assert "5 are past their date" in said


def test_the_list_costs_the_same_for_one_warning_and_for_ten(office, stage, django_assert_max_num_queries):
    client = office.as_("county_supervisor")
    warned(stage)
    for day in range(1, 10):
        alarm = warned(stage, unit="other_school", when=at(7, day=day))
        Alarm.objects.filter(pk=alarm.pk).update(status="closed", matter=f"m{day}")
        Alarm.objects.filter(pk=alarm.pk).update(status="open")
    with django_assert_max_num_queries(14):
        assert client.get(LIST).status_code == 200
