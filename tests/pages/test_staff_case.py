"""One appeal on one screen: what is shown to whom, what can be done, and that looking leaves its mark."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huying.appeals import queries
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.ask import ask
from huying.appeals.actions.rate import rate
from huying.appeals.identities import Contact
from huying.appeals.models import Event, ReadRecord
from huying.channels.models import Letter
from huying.rules import lifecycle, permissions
from huying.rules.enums import Action, ActorKind, AppealKind, PrivacyMode, Satisfaction
from huying.web.staff.table import TABLE
from tests import given
from tests.cast import PEOPLE, at

OF_THE_APPELLANT = {Action.RATE, Action.DISPUTE, Action.DISPUTE_CONTACT, Action.UNDO_WITHDRAW}
STORIES = {
    "registered": given.registered,
    "dispatched": given.dispatched,
    "handled": given.handled,
    "contacted": given.contacted,
    "answered": given.answered,
    "delivered": given.delivered,
    "called back": given.called_back,
    "closed": given.closed,
}


def address(appeal) -> str:
    return f"/staff/appeals/{appeal.pk}/"


def drawn(page) -> set[str]:
    """The steps a page offers."""
    steps = [*page.context["beside"], *page.context["others"]]
    return {step.action for step in [*steps, *([page.context["main"]] if page.context["main"] else [])]}


NO_PAGE_OF_THE_CASE = {
    Action.HAND_OVER, Action.ERASE, Action.EXCLUDE, Action.INCLUDE, Action.PUBLISH, Action.TAKE_DOWN,
}  # fmt: skip


def test_every_step_that_staff_take_on_an_appeal_has_its_page():
    # Work is handed over with a post, in the set-up; a timer erases; requests exclude; a public text has pages of its
    # own; the rest is the appellant's own.
    assert set(TABLE) == set(permissions.WHO) - OF_THE_APPELLANT - NO_PAGE_OF_THE_CASE
    assert [reverse(f"staff:{action}", args=[1]) for action in TABLE] == [f"/staff/appeals/1/{a}/" for a in TABLE]


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("kind", [AppealKind.HELP, AppealKind.COMPLAINT])
def test_exactly_the_steps_that_can_come_to_something_are_offered(office, stage, story, kind):
    appeal = STORIES[story](stage, kind=kind)
    for who in PEOPLE:
        actor = getattr(stage, who)
        if not queries.visible_to(actor).filter(pk=appeal.pk).exists():
            continue
        fresh, case = queries.case_for(actor, appeal.pk, at=at(17))
        open_steps = {
            action
            for action in permissions.open_steps(actor, case)
            if action in TABLE and not lifecycle.obstacles(action, case, kind=ActorKind.STAFF)
        }
        # What needs a second item, a Subject or a unit to work on is left out while there is none.
        idle = {Action.SPLIT, Action.DISMISS_SUBJECT} | ({Action.REMIND} if fresh.lead_unit is None else set())
        assert drawn(office.as_(who).get(address(appeal))) == open_steps - idle, who


def test_an_appeal_out_of_sight_answers_as_one_that_does_not_exist(office, stage):
    appeal = given.complaint_about(stage, "teacher")
    for who in ("teacher", "other_principal", "other_dispatcher", "grade_head", "caller", "auditor", "system_admin"):
        client = office.as_(who)
        for path in ("", "dates/", "print/", "answer/", "dispatch/"):
            hidden, missing = client.get(f"{address(appeal)}{path}"), client.get(f"/staff/appeals/999/{path}")
            assert (hidden.status_code, missing.status_code) == (404, 404), (who, path)
            assert hidden.text.replace(f"%2F{appeal.pk}%2F", "%2F999%2F") == missing.text


def test_a_step_out_of_reach_answers_as_a_page_that_does_not_exist(office, stage):
    appeal = given.registered(stage)
    assert office.as_("inspector").get(f"{address(appeal)}dispatch/").status_code == 404
    assert office.as_("dispatcher").get(f"{address(appeal)}answer/").status_code == 404


def test_what_was_said_what_is_asked_and_the_dates_stand_on_it(office, stage):
    appeal = given.registered(stage, items=["换到前排", "多久换一次"])
    sheet = office.as_("dispatcher").get(address(appeal)).context["sheet"]
    assert sheet.said == "孩子坐最后一排，看不清黑板，想换到前面。"
    assert sheet.items == ("换到前排", "多久换一次")
    assert [date.words for date in sheet.dates] == ["分办", "对外期限"]
    assert [entry.words for entry in sheet.entries] == ["家长提交"]


def test_the_record_tells_the_whole_course_newest_first(office, stage):
    appeal = given.closed(stage, kind=AppealKind.COMPLAINT)
    entries = office.as_("dispatcher").get(address(appeal)).context["sheet"].entries
    assert [entry.words for entry in entries] == [
        "林静办结，回访说已解决",
        "周敏回访：联系过，解决了，满意",
        "李强审核通过",
        "王芳答复",
        "王芳电话联系家长，联系上了",
        "王芳签收",
        "林静派给三年级4班",
        "家长提交",
    ]


def test_the_hands_that_answered_never_read_what_was_said_of_the_answer(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    rate(appeal, satisfaction=Satisfaction.DISSATISFIED, reason="座位只换了一天", by=stage.holding(appeal), at=at(16))
    told = office.as_("dispatcher").get(address(appeal)).text
    assert "家长评价：不满意" in told and "座位只换了一天" in told
    kept = office.as_("teacher").get(address(appeal)).text
    assert "不满意" not in kept and "座位只换了一天" not in kept


def test_the_words_of_a_report_are_for_who_opened_them_and_others_work_from_the_summary(office, stage):
    appeal = given.dispatched(stage, lead="grade", kind=AppealKind.REPORT, body="有老师在校外办班收钱。")
    add_message(appeal, message="每月八百元。", by=stage.holding(appeal), at=at(12))
    given.opened(appeal, by=stage.dispatcher, when=at(16, 45))
    desk = office.as_("dispatcher").get(address(appeal)).text
    assert "有老师在校外办班收钱。" in desk and "每月八百元。" in desk
    for who in ("grade_head", "principal", "inspector", "county_supervisor", "county_dispatcher"):
        page = office.as_(who).get(address(appeal)).text
        assert "座位靠后" in page  # the summary
        assert "校外办班" not in page and "八百" not in page, who
        assert "校外办班" not in office.as_(who).get(f"{address(appeal)}print/").text, who


def test_the_original_of_a_report_is_on_no_print(office, stage):
    appeal = given.registered(stage, kind=AppealKind.REPORT, body="有老师在校外办班收钱。", title="校外办班")
    given.opened(appeal, by=stage.dispatcher, when=at(16, 45))
    assert "收钱" not in office.as_("dispatcher").get(f"{address(appeal)}print/").text


CONTACT = Contact(name="欧阳晴岚", phone="13912345678", other="qinglan@example.com", relation="母亲", child="欧阳小满")


@pytest.mark.parametrize("mode", [PrivacyMode.OPEN, PrivacyMode.CONFIDENTIAL])
def test_no_page_of_staff_names_who_filed(office, stage, mode):
    appeal = given.called_back(stage, kind=AppealKind.COMPLAINT, contact=CONTACT, privacy=mode)
    for who in PEOPLE:
        client = office.as_(who)
        for path in (
            address(appeal),
            f"{address(appeal)}print/",
            f"{address(appeal)}dates/",
            "/staff/",
            "/staff/letters/",
        ):
            page = client.get(path).text
            for part in ("欧阳", "晴岚", "1391234", "5678", "qinglan", "小满"):
                assert part not in page, (who, path, part)


def test_that_something_was_left_is_said_and_never_what(office, stage):
    contacts = [None, Contact(phone="13912345678"), CONTACT]
    said = []
    for contact in contacts:
        mode = PrivacyMode.ANONYMOUS if contact is None else PrivacyMode.OPEN
        appeal = given.registered(stage, contact=contact, privacy=mode)
        said.append(dict(office.as_("dispatcher").get(address(appeal)).context["sheet"].facts)["联系"])
    assert said == ["匿名，没留电话", "只留电话（已封存）", "实名，姓名电话（已封存）"]


def test_names_of_those_complained_about_are_for_the_desk_and_who_must_hear_them(office, stage):
    appeal = given.complaint_about(stage, "other_teacher")
    assert office.as_("dispatcher").get(address(appeal)).context["sheet"].subjects == (
        ("当事人甲", "孙梅（三年级2班）"),
    )
    assert office.as_("inspector").get(address(appeal)).context["sheet"].subjects == (("当事人甲", "已确认"),)


def test_the_answer_and_the_note_stand_in_frames_of_their_own(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    page = office.as_("dispatcher").get(address(appeal))
    assert page.context["sheet"].reply.is_out
    assert "家长会看到" in page.text and "家长看不到" in page.text


def test_questions_and_what_the_parent_added_stand_together(office, stage):
    appeal = given.contacted(stage)
    ask(appeal, question="是哪只眼睛？", by=stage.teacher, at=at(13))
    add_message(given.fresh(appeal), message="左眼。", by=stage.holding(appeal), at=at(14))
    talk = office.as_("teacher").get(address(appeal)).context["sheet"].talk
    assert [(one.who, one.words) for one in talk] == [("王芳", "是哪只眼睛？"), ("家长", "左眼。")]


def test_every_look_stands_in_the_read_log_and_nothing_else_is_written(office, stage):
    appeal = given.contacted(stage)
    client = office.as_("teacher")
    client.get("/staff/")
    before = (Event.objects.count(), Letter.objects.count())
    for path in ("", "dates/", "print/", "answer/"):
        client.get(f"{address(appeal)}{path}")
    pages = ReadRecord.objects.filter(account=stage.accounts["teacher"]).order_by("pk").values_list("page", flat=True)
    assert list(pages) == ["appeal", "dates", "print", "answer"]
    assert (Event.objects.count(), Letter.objects.count()) == before


def test_the_viewer_s_name_lies_over_every_page_and_print(office, stage):
    appeal = given.contacted(stage)
    client = office.as_("teacher")
    for path in ("/staff/", "/staff/me/", address(appeal), f"{address(appeal)}print/", f"{address(appeal)}answer/"):
        assert "王芳（班主任） 2026-11-24 17:00" in client.get(path).text, path


def test_a_line_of_the_list_opens_beside_it_without_the_rest_of_the_page(office, stage):
    appeal = given.registered(stage)
    pane = office.as_("dispatcher").get(address(appeal), headers={"HX-Request": "true"})
    assert pane.text.startswith('<main class="case" id="main"')
    assert "<html" not in pane.text and "派给三年级4班" in pane.text


@pytest.mark.parametrize(
    ("story", "who"),
    [
        (given.registered, "dispatcher"),
        (given.dispatched, "teacher"),
        (given.handled, "teacher"),
        (given.contacted, "grade_head"),
        (given.answered, "grade_head"),
        (given.delivered, "caller"),
        (given.called_back, "dispatcher"),
        (given.closed, "principal"),
    ],
)
def test_the_page_of_an_appeal_takes_few_statements_however_long_its_story(office, stage, story, who):
    appeal = story(stage, kind=AppealKind.COMPLAINT)
    client = office.as_(who)
    client.get(address(appeal))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(appeal)).status_code == 200
    assert len(captured) <= 10, [query["sql"][:90] for query in captured]


def test_every_date_can_be_opened_day_by_day(office, stage):
    appeal = given.contacted(stage)
    page = office.as_("teacher").get(f"{address(appeal)}dates/")
    assert "对外期限" in page.text and "工作日" in page.text
