"""What is named at the counter by digits and letters, what is proposed to be joined, and what is a red line."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.appeals import counter, queries
from huying.appeals.identities import Contact
from huying.appeals.models import Event, Topic
from huying.channels import intake_forms
from huying.channels.models import Channel
from huying.people.actions.add_unit import add_unit
from huying.people.models import Post
from huying.rules.actors import TIMER
from huying.rules.enums import Action, AppealKind, Flag, PostKind, State, UnitLevel
from tests import given
from tests.cast import at

PHONE = "138 0000 0417"


@pytest.fixture
def clerk(office):
    return office.as_("clerk")


@pytest.fixture
def centre_clerk(office, stage):
    """A clerk of the county's centre, who takes calls about every school."""
    account = stage.accounts["county_caller"]
    county = stage.units["county"]
    Post.objects.create(person=account.person, unit=county, kind=PostKind.CLERK, starts_on=date(2026, 9, 1))
    return office.as_("county_caller")


def post(client, step="register", **said):
    return client.post(
        "/staff/register/", {"channel": "phone", "kind": "HELP", "what": "看不清黑板。", "step": step, **said}
    )


def newest():
    return queries.visible_to(TIMER).order_by("-pk").first()


@pytest.mark.parametrize("typed", ["34", "３４", "三4", "三年级4班", "snj4b"])
def test_a_class_is_named_by_its_digits_its_letters_or_its_name(clerk, stage, typed):
    post(clerk, klass=typed)
    assert newest().klass == stage.units["class"]


def test_a_class_that_is_not_there_stops_the_registering_and_not_the_saving(clerk, stage):
    saved = post(clerk, "save", klass="88")
    assert (saved.status_code, len(intake_forms.mine(stage.accounts["clerk"].pk))) == (200, 1)
    assert "念给对方听" in saved.content.decode()
    asked = post(clerk, klass="88")
    assert (asked.status_code, newest()) == (422, None)
    assert "没有找到这个班" in asked.content.decode()
    assert 'value="88"' in asked.content.decode()


def test_two_classes_that_fit_alike_are_asked_about(clerk):
    page = post(clerk, klass="三年级").content.decode()
    assert "是哪一个：三年级4班、三年级2班？" in page


def test_the_page_shows_in_full_what_the_digits_were_taken_for(clerk):
    page = post(clerk, "save", klass="34", topic="03").content.decode()
    assert 'value="三年级4班"' in page
    assert 'value="食堂与饮水"' in page


@pytest.mark.parametrize("typed", ["03", "canteen", "食堂", "styys"])
def test_a_topic_is_named_by_two_digits_by_letters_or_by_words(clerk, typed):
    post(clerk, topic=typed)
    assert newest().topic.code == "canteen"


def test_a_topic_keeps_its_digits_when_another_goes_out_of_use(clerk):
    Topic.objects.filter(code="classing").update(is_active=False)
    post(clerk, topic="03")
    assert newest().topic.code == "canteen"


def test_no_topic_is_the_topic_other(clerk):
    post(clerk)
    assert newest().topic.code == "other"


def test_a_clerk_of_the_centre_names_the_school_by_letters_and_then_its_class(centre_clerk, stage):
    post(centre_clerk, school="sysx", klass="34")
    appeal = newest()
    assert (appeal.place, appeal.klass, appeal.desk) == (
        stage.units["school"],
        stage.units["class"],
        stage.units["county"],
    )


def test_a_class_of_another_school_is_not_found(centre_clerk):
    assert post(centre_clerk, school="dexx", klass="34").status_code == 422


def test_a_clerk_of_a_school_registers_for_no_other(clerk, stage):
    post(clerk, school="第二小学")
    assert newest().place == stage.units["school"]


def test_schools_are_offered_by_letters_and_their_classes_by_name(centre_clerk):
    offered = centre_clerk.get("/staff/register/schools/", {"q": "ccx"}).content.decode()
    assert ("澄川县实验小学" in offered, "澄川县第二小学" in offered) == (True, True)
    classes = centre_clerk.get("/staff/register/schools/", {"of": "澄川县实验小学"}).content.decode()
    assert "三年级4班" in classes


def test_a_clerk_of_a_school_is_offered_no_schools(clerk):
    assert "option" not in clerk.get("/staff/register/schools/", {"q": "ccx"}).content.decode()


@pytest.mark.parametrize("who", ["teacher", "auditor", "caller"])
def test_others_find_neither_schools_nor_what_was_left_before(office, who):
    client = office.as_(who)
    assert client.get("/staff/register/schools/?q=a").status_code == 404
    assert client.post("/staff/register/beside/", {"phone": PHONE}).status_code == 404


def test_the_same_number_and_the_same_words_show_beside_before_anything_is_saved(clerk):
    post(clerk, phone=PHONE, what="食堂的饭菜到班里都凉了，孩子不肯吃。")
    by_phone = clerk.post("/staff/register/beside/", {"phone": "13800000417", "what": ""}).content.decode()
    by_words = clerk.post("/staff/register/beside/", {"what": "食堂的饭菜到班里时都凉了，孩子不吃。"}).content.decode()
    neither = clerk.post("/staff/register/beside/", {"phone": "13900000000", "what": "操场积水。"}).content.decode()
    assert ("食堂的饭菜" in by_phone, "食堂的饭菜" in by_words, "食堂的饭菜" in neither) == (True, True, False)
    assert "今天，待受理" in by_phone


def test_what_is_closed_is_shown_and_cannot_be_joined(clerk, stage):
    given.closed(stage, contact=Contact(phone=PHONE))
    page = clerk.post("/staff/register/beside/", {"phone": PHONE}).content.decode()
    assert ("已办结" in page, "提议并单" in page) == (True, False)


def test_a_report_is_named_by_its_topic_beside(office, clerk):
    post(office.as_("dispatcher"), kind=AppealKind.REPORT, phone=PHONE, what="老师在外面补课收钱。")
    assert "老师在外面" not in clerk.post("/staff/register/beside/", {"phone": PHONE}).content.decode()


def test_a_proposal_to_join_stands_in_the_record_and_on_the_dispatcher_s_page(office, clerk):
    post(clerk, phone=PHONE)
    main = newest()
    post(clerk, phone=PHONE, what="又来问黑板的事。", twin=main.number)
    appeal = newest()
    assert appeal.state == State.RECEIVED
    page = office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/join/").content.decode()
    assert f'value="{main.number}"' in page
    assert f"登记，提议并入{main.number}" in page


@pytest.mark.parametrize("number", ["2026-9999", "<b>", "\x00", "字" * 79])
def test_only_what_the_clerk_may_see_can_be_proposed(clerk, number):
    post(clerk, twin=number)
    assert "twin" not in Event.objects.get(appeal=newest(), action=Action.REGISTER).data


def test_a_red_line_heard_on_the_phone_is_one_at_once(clerk):
    post(clerk, red_line="bullying")
    assert (newest().red_line, Flag.SAFETY in newest().flag_set) == ("bullying", True)


def test_a_red_line_stays_one_when_the_clock_registers(clerk, stage):
    post(clerk, "save", red_line="self_harm")
    assert counter.register_left_alone(at=at(17, 45)) == 1
    assert newest().red_line == "self_harm"


def test_words_that_sound_like_a_red_line_are_pointed_out_and_not_judged(clerk):
    page = post(clerk, "save", what="孩子被同学打了，不敢上学。").content.decode()
    assert "请看一下是不是" in page
    assert newest() is None


def test_phrases_stand_on_the_page_for_those_without_script(clerk):
    assert "希望尽快处理，并回电话说明结果。" in clerk.get("/staff/register/").content.decode()


@pytest.mark.parametrize(("digit", "door"), [("1", "phone"), ("3", "hotline"), ("9", "phone"), ("x", "phone")])
def test_a_digit_pressed_in_the_tray_opens_the_form_with_its_door(clerk, digit, door):
    Channel.objects.filter(code="hotline").update(key="3")
    opened = clerk.get(f"/staff/register/?key={digit}").context["form"]["channel"].value()
    assert opened == door


def test_the_strip_counts_what_was_registered_today(clerk):
    post(clerk)
    post(clerk)
    page = clerk.get("/staff/register/")
    assert page.context["strip"][0] == ("已登", 2)
    assert "登记第 3 件" in page.content.decode()


def test_the_empty_form_takes_ten_statements_at_most_however_large_the_school(clerk, stage):
    counts = []
    for more in (1, 60):
        for number in range(more):
            add_unit(
                code=f"c{more}-{number}",
                name=f"五年级{number + 1}班",
                level=UnitLevel.CLASS,
                parent=stage.units["grade"],
            )
        clerk.get("/staff/register/")
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get("/staff/register/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
