"""The tray: whose pile holds what, in which order, in how many statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.decline import decline
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.request_extension import request_extension
from huying.rules.enums import AppealKind, PauseReason, RedLine, RefusalGround
from tests import cast, given
from tests.cast import Stage, at
from tests.given import BAD_CALL
from tests.pages.office import Office


def on_pile(client, name: str) -> list[int]:
    return [row.pk for row in client.get(f"/staff/?pile={name}").context["rows"]]


def rail_of(client) -> dict[str, int | None]:
    rail = client.get("/staff/").context["rail"]
    return {item.label: item.count for group in rail for item in group.items}


def test_the_tray_opens_on_the_first_pile_that_has_work(office, stage):
    appeal = given.registered(stage)
    page = office.as_("dispatcher").get("/staff/")
    assert (page.context["title"], page.context["count"]) == ("待分办", 1)
    assert [row.title for row in page.context["rows"]] == [appeal.title]


STORIES = (
    (given.registered, "dispatcher", "triage"),
    (given.dispatched, "teacher", "to_sign"),
    (given.dispatched, "dispatcher", "sent"),
    (given.handled, "teacher", "handling"),
    (given.answered, "grade_head", "to_review"),
    (given.delivered, "caller", "to_call"),
    (given.called_back, "dispatcher", "to_close"),
    (given.closed, "teacher", "done"),
    (given.closed, "principal", "all"),
)


@pytest.mark.parametrize(("story", "who", "pile"), STORIES)
def test_work_lies_on_the_pile_of_who_must_do_it(office, stage, story, who, pile):
    appeal = story(stage, kind=AppealKind.COMPLAINT)
    assert on_pile(office.as_(who), pile) == [appeal.pk]


def test_the_rail_counts_what_waits_for_each(office, stage):
    for story in (given.registered, given.dispatched, given.answered, given.delivered, given.called_back):
        story(stage, kind=AppealKind.COMPLAINT)
    dispatcher = rail_of(office.as_("dispatcher"))
    assert {name: dispatcher[name] for name in ("待分办", "待办结", "已派出")} == {
        "待分办": 1,
        "待办结": 1,
        "已派出": 2,
    }
    assert rail_of(office.as_("grade_head"))["待审核"] == 1
    assert rail_of(office.as_("caller"))["待回访"] == 1
    assert rail_of(office.as_("teacher"))["待签收"] == 1


def test_a_return_that_waits_for_a_ruling_lies_on_the_desk(office, stage):
    appeal = given.dispatched(stage)
    decline(
        appeal, clause="总务处职责", suggested=stage.units["office"], reason="桌椅归总务处", by=stage.teacher, at=at(12)
    )
    assert on_pile(office.as_("dispatcher"), "declines") == [appeal.pk]
    assert on_pile(office.as_("teacher"), "to_sign") == []


def test_after_two_returns_the_county_has_it_on_its_pile(office, stage):
    appeal = returned_twice(stage)
    assert on_pile(office.as_("county_dispatcher"), "triage") == [appeal.pk]


def returned_twice(stage):

    appeal = given.registered(stage)
    for hour in (11, 12):
        dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(hour))
        suggested = stage.units["office"]
        fields = {"clause": "职责分工", "suggested": suggested, "reason": "不归我管", "by": stage.teacher}
        decline(given.fresh(appeal), **fields, at=at(hour, 10))
        approve_decline(given.fresh(appeal), reason="同意", by=stage.dispatcher, at=at(hour, 20))
    return given.fresh(appeal)


def test_a_wish_for_more_time_lies_with_the_principal(office, stage):
    appeal = given.contacted(stage)
    request_extension(appeal, due_at=at(17, day=30), reason="等配镜结果", by=stage.teacher, at=at(13))
    assert on_pile(office.as_("principal"), "time_asked") == [appeal.pk]


def test_an_act_of_one_person_waits_for_a_second_and_not_for_the_first(office, stage):
    appeal = given.registered(stage)
    fields = {"ground": RefusalGround.OTHER, "route": "请到区法院", "reason": "已经在诉讼"}
    refuse(appeal, **fields, by=stage.dispatcher, at=at(11))
    assert on_pile(office.as_("principal"), "unreviewed") == [appeal.pk]
    assert on_pile(office.as_("dispatcher"), "unreviewed") == []
    assert on_pile(office.as_("county_dispatcher"), "unreviewed") == []


def test_where_the_school_has_no_second_person_the_county_has_it(office, stage):
    for name in ("principal", "inspector"):
        stage.person(name).posts.update(ends_on="2026-11-01")
    appeal = given.registered(stage)
    fields = {"ground": RefusalGround.OTHER, "route": "请到区法院", "reason": "已经在诉讼"}
    refuse(appeal, **fields, by=stage.dispatcher, at=at(11))
    assert on_pile(office.as_("county_dispatcher"), "unreviewed") == [appeal.pk]


def test_where_a_class_has_no_teacher_the_grade_head_signs(office, stage):
    stage.person("teacher").posts.update(ends_on="2026-11-01")
    appeal = given.dispatched(stage)
    assert on_pile(office.as_("grade_head"), "to_sign") == [appeal.pk]
    assert on_pile(office.as_("principal"), "to_sign") == []


def test_where_a_school_has_no_dispatcher_the_county_s_desk_has_it(office, stage):
    stage.person("dispatcher").posts.update(ends_on="2026-11-01")
    appeal = given.registered(stage)
    assert on_pile(office.as_("county_dispatcher"), "triage") == [appeal.pk]


def test_the_principal_reviews_what_the_grade_head_wrote(office, stage):
    appeal = given.answered(stage, lead="grade", by="grade_head")
    assert on_pile(office.as_("principal"), "to_review") == [appeal.pk]


def test_red_lines_and_stopped_clocks_have_piles_of_their_own(office, stage):
    red, stopped = given.registered(stage), given.registered(stage)
    mark_safety(red, signal=RedLine.BULLYING, by=stage.clerk, at=at(11))
    pause(
        stopped,
        ground=PauseReason.MORE_INFORMATION,
        question="是哪一天？",
        reason="说得不清",
        by=stage.dispatcher,
        at=at(11),
    )
    for who in ("dispatcher", "principal", "county_supervisor"):
        assert on_pile(office.as_(who), "safety") == [red.pk]
    assert on_pile(office.as_("dispatcher"), "paused") == [stopped.pk]


def test_an_unhappy_call_back_lies_on_the_desk_and_not_with_the_caller_again(office, stage):
    appeal = given.called_back(stage, call=BAD_CALL, kind=AppealKind.COMPLAINT)
    assert on_pile(office.as_("dispatcher"), "to_close") == [appeal.pk]
    assert on_pile(office.as_("caller"), "to_call") == []


def test_who_is_complained_about_finds_it_on_no_pile(office, stage):
    given.complaint_about(stage, "teacher")
    teacher = office.as_("teacher")
    for pile in ("to_sign", "handling", "done", "oldest", "all"):
        assert on_pile(teacher, pile) == []
    assert not any(rail_of(teacher).values())


def test_another_school_sees_nothing(office, stage):
    given.registered(stage)
    other = office.as_("other_dispatcher")
    assert on_pile(other, "all") == []
    assert not any(rail_of(other).values())


def test_a_pile_of_another_post_does_not_exist(office):
    assert office.as_("teacher").get("/staff/?pile=triage").status_code == 404
    assert office.as_("teacher").get("/staff/?pile=nonsense").status_code == 404


def test_a_long_pile_is_read_page_by_page_each_line_once_and_back_again(office, stage):
    for _place in range(60):
        given.registered(stage)
    client = office.as_("dispatcher")
    page, seen = client.get("/staff/?pile=triage"), []
    while True:
        seen.append([row.pk for row in page.context["rows"]])
        if not page.context["older"]:
            break
        page = client.get(page.context["older"])
    assert [len(rows) for rows in seen] == [25, 25, 10]
    assert len({pk for rows in seen for pk in rows}) == 60
    back = client.get(page.context["newer"])
    assert [row.pk for row in back.context["rows"]] == seen[1]
    assert [row.pk for row in client.get(back.context["newer"]).context["rows"]] == seen[0]


def test_a_made_up_place_in_the_list_is_its_beginning(office, stage):
    given.registered(stage)
    for place in ("nonsense", "~", "2026-13-01~5", "~x"):
        assert office.as_("dispatcher").get("/staff/", {"pile": "triage", "after": place}).status_code == 200


def test_lines_can_be_narrowed_to_one_kind(office, stage):
    asked = given.registered(stage, kind=AppealKind.INQUIRY)
    given.registered(stage)
    page = office.as_("dispatcher").get("/staff/?pile=triage&kind=INQUIRY")
    assert [row.pk for row in page.context["rows"]] == [asked.pk]
    assert [(one.label, one.count) for one in page.context["choices"]] == [("全部", 2), ("求助", 1), ("咨询", 1)]


def short() -> Stage:
    return piled_up(10)


def long() -> Stage:
    return piled_up(100)


def piled_up(rows: int) -> Stage:
    stage = cast.enter()
    for _place in range(rows // 2):
        given.registered(stage)
        given.dispatched(stage)
    return stage


@pytest.mark.parametrize("who", ["dispatcher", "teacher", "principal", "county_supervisor", "caller"])
def test_the_tray_takes_ten_statements_at_most_however_long_it_is(db, worlds, monkeypatch, who):
    counts = []
    for pile in (short, long):
        with worlds.on(pile) as stage:
            client = Office(stage, monkeypatch).as_(who)
            client.get("/staff/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/staff/").status_code == 200
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
