"""Each step has a page: what is typed there is done, or comes back with the reason and every word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.answer import Draft
from huying.appeals.actions.answer import answer as write_answer
from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.decline import decline
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.supervise import supervise
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, RoutingRule
from huying.rules.enums import (
    AppealKind,
    Finding,
    PauseReason,
    PrivacyMode,
    RedLine,
    RefusalGround,
    Resolved,
    State,
    SubjectStatus,
    TextKind,
)
from tests import given
from tests.appeals import sealed
from tests.cast import at
from tests.channels.samples import picture
from tests.given import BAD_CALL
from tests.pages.office import versioned

LONG = "字" * 5001


def page_of(appeal, step: str) -> str:
    return f"/staff/appeals/{appeal.pk}/{step}/"


def take(client, appeal, step: str, **fields):
    """The step, with the version that stands now."""
    return client.post(page_of(appeal, step), {"version": given.fresh(appeal).version, **fields})


def complaint(stage, **fields) -> Appeal:
    return given.registered(stage, kind=AppealKind.COMPLAINT, **fields)


def paused(stage) -> Appeal:
    appeal = given.registered(stage)
    fields = {"ground": PauseReason.MORE_INFORMATION, "question": "是哪一天？", "reason": "说得不清"}
    pause(appeal, **fields, by=stage.dispatcher, at=at(11))
    return given.fresh(appeal)


def refused(stage) -> Appeal:
    appeal = given.registered(stage)
    fields = {"ground": RefusalGround.OTHER, "route": "请到法院", "reason": "已经在诉讼"}
    refuse(appeal, **fields, by=stage.dispatcher, at=at(11))
    return given.fresh(appeal)


def declined(stage) -> Appeal:
    appeal = given.dispatched(stage)
    fields = {"clause": "职责分工", "suggested": stage.units["office"], "reason": "桌椅归总务处"}
    decline(appeal, **fields, by=stage.teacher, at=at(12))
    return given.fresh(appeal)


def more_time_asked(stage) -> Appeal:
    appeal = given.contacted(stage)
    request_extension(appeal, due_at=at(17, day=30), reason="等配镜结果", by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def deferral_asked(stage) -> Appeal:
    appeal = given.contacted(stage)
    fields = {"plan": "寒假改造", "review_on": at(9, day=20, month=12).date(), "reason": "要动线路"}
    request_deferral(appeal, **fields, by=stage.teacher, at=at(13))
    return given.fresh(appeal)


def red(stage) -> Appeal:
    appeal = complaint(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.clerk, at=at(11))
    return given.fresh(appeal)


def asked_to_unmask(stage) -> Appeal:
    return sealed.ask(sealed.in_hand(stage), by=stage.teacher)


def supervised(stage) -> Appeal:
    appeal = given.dispatched(stage)
    supervise(appeal, demand="三天内换好", due_at=at(17, day=27), reason="拖得久", by=stage.inspector, at=at(12))
    return given.fresh(appeal)


def in_two_items(stage) -> Appeal:
    return given.registered(stage, items=["换到前排", "校服换码"])


def helped(stage) -> Appeal:
    appeal = given.registered(stage)
    fields = {"lead": stage.units["class"], "assisting": [stage.units["office"]]}
    dispatch(appeal, **fields, by=stage.dispatcher, at=at(11))
    return given.fresh(appeal)


def about_a_teacher(stage) -> Appeal:
    appeal = given.complaint_about(stage, "other_teacher")
    dispatch(appeal, lead=stage.units["office"], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.office_head, at=at(12))
    return given.fresh(appeal)


def called_back_badly(stage) -> Appeal:
    return given.called_back(stage, call=BAD_CALL, kind=AppealKind.COMPLAINT)


# story, who, step, what is typed, and what is true afterwards
STEPS = (
    (
        given.registered,
        "dispatcher",
        "refuse",
        {"ground": "other", "route": "请到法院", "reason": "在诉讼"},
        "state",
        "refused",
    ),
    (given.registered, "dispatcher", "refer_out", {"route": "县纪委", "reason": "违纪线索"}, "state", "referred"),
    (given.registered, "dispatcher", "answer_at_once", {"reply": "明天换。", "minutes": 5}, "state", "callback"),
    (given.registered, "dispatcher", "add_message", {"message": "是左眼。"}, "state", "received"),
    (given.registered, "dispatcher", "ask", {"question": "是哪只眼睛？"}, "state", "received"),
    (
        given.registered,
        "dispatcher",
        "pause",
        {"ground": "more_information", "question": "是哪一天？", "reason": "说得不清"},
        "paused",
        True,
    ),
    (paused, "dispatcher", "resume", {}, "paused", False),
    (given.registered, "clerk", "mark_safety", {"signal": "bullying"}, "safety", True),
    (red, "principal", "clear_safety", {"reason": "问过孩子，是玩闹"}, "safety", False),
    (
        red,
        "dispatcher",
        "record_report",
        {"reported_to": "公安机关", "reported_at": "2026-11-24T16:30"},
        "safety",
        True,
    ),
    (given.dispatched, "teacher", "acknowledge", {}, "state", "handling"),
    (given.handled, "teacher", "contact", {"way": "phone", "outcome": "reached"}, "state", "handling"),
    (given.handled, "teacher", "contact", {"quick": "phone-reached"}, "state", "handling"),
    (
        given.handled,
        "teacher",
        "contact",
        {"way": "relay", "outcome": "impossible", "note": "没留电话，也没回"},
        "state",
        "handling",
    ),
    (
        given.contacted,
        "teacher",
        "request_extension",
        {"due_on": "2026-11-30", "reason": "等配镜"},
        "extension_pending",
        True,
    ),
    (
        given.contacted,
        "teacher",
        "request_deferral",
        {"reason": "要动线路", "plan": "寒假改造", "review_on": "2026-12-20"},
        "deferral_pending",
        True,
    ),
    (more_time_asked, "principal", "approve_extension", {"due_on": "2026-11-30"}, "extended", True),
    (more_time_asked, "principal", "reject_extension", {"reason": "来得及"}, "extension_pending", False),
    (
        deferral_asked,
        "principal",
        "defer",
        {"reason": "要动线路", "plan": "寒假改造", "review_on": "2026-12-20"},
        "state",
        "deferred",
    ),
    (deferral_asked, "principal", "reject_deferral", {"reason": "先调座位"}, "deferral_pending", False),
    (declined, "dispatcher", "approve_decline", {"reason": "确归总务处"}, "state", "received"),
    (declined, "dispatcher", "reject_decline", {"reason": "座位归班级"}, "decline_pending", False),
    (given.answered, "grade_head", "send_back", {"reason": "没说多久轮换一次"}, "state", "handling"),
    (refused, "principal", "overturn", {"reviews": 2, "reason": "并没有诉讼"}, "state", "received"),
    (refused, "principal", "confirm", {"reviews": 2}, "unreviewed", False),
    (given.delivered, "caller", "call_back", {"way": "phone", "reached": "no"}, "state", "callback"),
    (given.delivered, "caller", "withdraw", {"reason": "家长说不用了"}, "withdraw_pending", True),
    (called_back_badly, "dispatcher", "send_back", {"reason": "座位没有换"}, "state", "handling"),
    (given.closed, "dispatcher", "reopen", {"reason": "家长说又坐到后面了"}, "state", "received"),
    (
        given.dispatched,
        "inspector",
        "supervise",
        {"demand": "换好", "due_on": "2026-11-27", "reason": "拖"},
        "supervised",
        True,
    ),
    (supervised, "inspector", "lift_supervision", {"reason": "已换好"}, "supervised", False),
    (given.dispatched, "dispatcher", "remind", {}, "state", "dispatched"),
    (
        sealed.in_hand,
        "teacher",
        "request_unmask",
        {"purpose": "call", "fields_asked": ["phone"], "hours": "2", "reason": "要打电话问清楚"},
        "state",
        "handling",
    ),
    (asked_to_unmask, "principal", "approve_unmask", {}, "state", "handling"),
    (helped, "office_head", "assist", {"note": "桌椅已送到。"}, "state", "dispatched"),
    (
        about_a_teacher,
        "office_head",
        "take_statement",
        {"question": "那天发生了什么？", "statement": "我提高了声音。"},
        "state",
        "handling",
    ),
    (given.contacted, "teacher", "recuse", {"ground": "relative", "reason": "是我外甥"}, "in_charge_id", None),
    (
        given.registered,
        "dispatcher",
        "reclassify",
        {"kind": "COMPLAINT", "topic": "", "severity": "urgent", "reason": "是投诉"},
        "kind",
        "COMPLAINT",
    ),
)


@pytest.mark.parametrize(
    ("story", "who", "step", "fields", "column", "value"), STEPS, ids=[f"{s[0].__name__}-{s[2]}" for s in STEPS]
)
def test_what_is_typed_on_a_page_is_done(office, stage, story, who, step, fields, column, value):
    appeal = story(stage)
    if "topic" in fields:
        fields = {**fields, "topic": appeal.topic_id}
    client = office.as_(who)
    assert client.get(page_of(appeal, step)).status_code == 200
    answer = take(client, appeal, step, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    assert getattr(given.fresh(appeal), column) == value


def test_the_suggestion_of_the_rules_is_sent_with_one_press(office, stage):
    appeal = given.registered(stage)
    client = office.as_("dispatcher")
    page = client.get(f"/staff/appeals/{appeal.pk}/?pile=triage")
    suggested = page.context["form"].suggested
    assert (suggested.name, suggested.reason[:5]) == ("三年级4班", "按分办规则")
    answer = take(client, appeal, "dispatch", lead=suggested.unit.id, pile="triage")
    assert answer["Location"] == "/staff/?pile=triage"
    assert given.fresh(appeal).lead_unit == stage.units["class"]


def test_another_unit_and_helpers_can_be_chosen(office, stage):
    appeal = complaint(stage)
    fields = {"lead": stage.units["grade"].pk, "assisting": [stage.units["office"].pk], "summary": "座位靠后"}
    take(office.as_("dispatcher"), appeal, "dispatch", **fields)
    sent = given.fresh(appeal)
    assert (sent.lead_unit, [one.unit for one in sent.assisting.all()]) == (
        stage.units["grade"],
        [stage.units["office"]],
    )
    assert sent.texts.get(kind=TextKind.SUMMARY).body == "座位靠后"


def test_a_report_goes_out_only_with_its_summary(office, stage):
    appeal = given.registered(stage, kind=AppealKind.REPORT, body="有老师在校外办班收钱。")
    client = office.as_("dispatcher")
    appeal = given.opened(appeal, by=stage.dispatcher)
    answer = take(client, appeal, "dispatch", lead=stage.units["school"].pk)
    assert answer.context["form"].non_field_errors() == ["举报只能按事实摘要派出，请先写事实摘要"]
    assert take(client, appeal, "dispatch", lead=stage.units["school"].pk, summary="校外办班").status_code == 302


@pytest.mark.parametrize("lead", ["other_school", "county"])
def test_a_school_s_desk_cannot_send_outside_its_school(office, stage, lead):
    appeal = given.registered(stage)
    answer = take(office.as_("dispatcher"), appeal, "dispatch", lead=stage.units[lead].pk)
    assert "lead" in answer.context["form"].errors
    assert given.fresh(appeal).state == State.RECEIVED


def test_a_unit_near_the_one_complained_about_is_on_no_list(office, stage):
    appeal = given.complaint_about(stage, "grade_head")
    offered = dict(office.as_("dispatcher").get(page_of(appeal, "dispatch")).context["form"].fields["lead"].choices)
    assert not {stage.units[name].pk for name in ("grade", "class", "other_class")} & set(offered)
    answer = take(office.as_("dispatcher"), appeal, "dispatch", lead=stage.units["class"].pk)
    assert "lead" in answer.context["form"].errors


def test_a_ruling_is_made_by_the_county_after_two_returns(office, stage):
    appeal = given.registered(stage)
    for hour in (11, 13):
        dispatch(given.fresh(appeal), lead=stage.units["class"], by=stage.dispatcher, at=at(hour))
        fields = {"clause": "分工", "suggested": stage.units["office"], "reason": "不归我管"}
        decline(given.fresh(appeal), **fields, by=stage.teacher, at=at(hour, 10))
        approve_decline(given.fresh(appeal), reason="同意", by=stage.dispatcher, at=at(hour, 20))
    refused_here = take(office.as_("dispatcher"), appeal, "dispatch", lead=stage.units["class"].pk)
    assert refused_here.context["form"].non_field_errors() == ["已经退过两次，要由上一级裁定承办单位"]
    take(office.as_("county_dispatcher"), appeal, "dispatch", lead=stage.units["class"].pk)
    assert (given.fresh(appeal).designated, given.fresh(appeal).state) == (True, State.DISPATCHED)


def test_a_head_passes_work_down_in_the_own_unit_only(office, stage):
    appeal = given.dispatched(stage, lead="grade")
    client = office.as_("grade_head")
    offered = dict(client.get(page_of(appeal, "dispatch")).context["form"].fields["lead"].choices)
    assert set(offered) == {"", stage.units["class"].pk, stage.units["other_class"].pk}
    take(client, appeal, "dispatch", lead=stage.units["other_class"].pk)
    assert given.fresh(appeal).lead_unit == stage.units["other_class"]


def test_a_grade_head_puts_a_person_in_charge(office, stage):
    appeal = given.dispatched(stage, lead="grade")
    person = stage.person("other_teacher")
    take(office.as_("grade_head"), appeal, "assign", person=person.pk)
    assert given.fresh(appeal).in_charge == person
    stranger = take(office.as_("grade_head"), appeal, "assign", person=stage.person("office_head").pk)
    assert "person" in stranger.context["form"].errors


# ---------- who it is about ----------


@pytest.mark.parametrize("words", ["王芳", "wf", "王老师", "芳"])
def test_a_name_is_looked_up_by_its_parts_or_initials(office, stage, words):
    appeal = complaint(stage, subjects=["那个班主任"])
    fields = {"look_up": words, "look": "1", "subject": appeal.subjects.get().pk}
    page = take(office.as_("dispatcher"), appeal, "name_subject", **fields)
    found = [key for key, _said in page.context["form"].fields["match"].choices]
    assert f"p-{stage.person('teacher').pk}" in found
    assert given.fresh(appeal).subjects.get().status == SubjectStatus.TYPED


def test_a_typed_name_is_matched_and_its_bearer_sees_nothing_from_then_on(office, stage):
    appeal = complaint(stage, subjects=["那个班主任"])
    subject = appeal.subjects.get()
    fields = {"look_up": "王芳", "subject": subject.pk, "match": f"p-{stage.person('teacher').pk}"}
    assert take(office.as_("dispatcher"), appeal, "name_subject", **fields).status_code == 302
    subject.refresh_from_db()
    assert (subject.status, subject.person) == (SubjectStatus.CONFIRMED, stage.person("teacher"))
    assert office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/").status_code == 404


def test_a_unit_can_be_what_it_is_about(office, stage):
    appeal = complaint(stage)
    fields = {"subject": "new", "look_up": "总务处", "match": f"u-{stage.units['office'].pk}"}
    assert take(office.as_("dispatcher"), appeal, "name_subject", **fields).status_code == 302
    assert appeal.subjects.get().unit == stage.units["office"]


def test_a_name_from_outside_the_place_cannot_be_slipped_in(office, stage):
    appeal = complaint(stage)
    fields = {"subject": "new", "look_up": "高山", "match": f"p-{stage.person('other_principal').pk}"}
    assert "match" in take(office.as_("dispatcher"), appeal, "name_subject", **fields).context["form"].errors


def test_an_open_name_holds_the_appeal_at_the_desk_until_it_is_dismissed(office, stage):
    appeal = complaint(stage, subjects=["那个班主任"])
    client = office.as_("dispatcher")
    page = client.get(f"/staff/appeals/{appeal.pk}/")
    assert page.context["waits"] == "家长提到了人，请先确认或排除被反映对象"
    assert page.context["main"] is None
    take(client, appeal, "dismiss_subject", subject=appeal.subjects.get().pk, reason="只是提到")
    assert client.get(f"/staff/appeals/{appeal.pk}/").context["main"].action == "dispatch"


# ---------- joining and splitting ----------


def test_the_same_phone_and_the_same_words_are_offered_for_joining(office, stage):
    phone = {"contact": Contact(phone="13912345678"), "privacy": PrivacyMode.OPEN}
    same_phone = given.registered(stage, body="想问校服换码。", **phone)
    same_words = given.registered(stage, body="孩子坐在最后一排，看不清黑板，想换到前面一点。")
    other = given.registered(stage, body="食堂的菜凉了。")
    appeal = given.registered(stage, **{**phone, "contact": Contact(phone="139 1234 5678")})
    page = office.as_("dispatcher").get(page_of(appeal, "join"))
    said = dict(page.context["form"].fields["twin"].choices)
    assert [said[pk].split("\n")[1] for pk in (same_phone.pk, same_words.pk)] == ["同一个电话", "说法相近"]
    assert other.pk not in said
    take(office.as_("dispatcher"), appeal, "join", twin=same_words.pk, reason="同一个座位的事")
    assert (given.fresh(appeal).state, given.fresh(appeal).joined_into) == (State.JOINED, same_words)


def test_a_main_appeal_can_be_named_by_its_number(office, stage):
    main, appeal = given.registered(stage), given.registered(stage)
    client = office.as_("dispatcher")
    unknown = take(client, appeal, "join", number="2026-9999", reason="同一件")
    assert unknown.context["form"].non_field_errors() == ["没有这个编号的主件"]
    take(client, appeal, "join", number=main.number, reason="同一件")
    assert given.fresh(appeal).joined_into == main
    take(client, appeal, "unjoin", reason="不是一件")
    assert given.fresh(appeal).state == State.RECEIVED


def test_items_leave_for_an_appeal_of_their_own(office, stage):
    appeal = in_two_items(stage)
    moving = appeal.items.last()
    fields = {"items": [moving.pk], "title": "校服换码", "reason": "是两件事"}
    take(office.as_("dispatcher"), appeal, "split", **fields)
    assert [item.text.body for item in given.fresh(appeal).items.all()] == ["换到前排"]
    assert [item.text.body for item in appeal.parts.get().items.all()] == ["校服换码"]


# ---------- the answer ----------

ANSWER = {
    "finding": "SUBSTANTIATED",
    "resolved": "YES",
    "reply": "孩子已换到第三排，从下周起两周轮换一次。",
    "policy": "无",
    "note": "与家长通过电话。",
    "evidence": "没有书面材料",
}


def test_a_complaint_is_answered_in_full(office, stage):
    appeal = given.contacted(stage, kind=AppealKind.COMPLAINT)
    assert take(office.as_("teacher"), appeal, "answer", **ANSWER).status_code == 302
    answered = given.fresh(appeal)
    assert (answered.state, answered.finding, answered.resolved_by_unit) == (
        State.ANSWERED,
        Finding.SUBSTANTIATED,
        Resolved.YES,
    )


def test_what_is_missing_is_named_at_its_field_and_nothing_is_lost(office, stage):
    appeal = given.contacted(stage, kind=AppealKind.COMPLAINT)
    page = take(office.as_("teacher"), appeal, "answer", reply="孩子已换到第三排。", resolved="NO")
    assert page.status_code == 422
    assert {name: [str(one) for one in said] for name, said in page.context["form"].errors.items()} == {
        "finding": ["请选一项"],
        "policy": ["请写几句"],
        "note": ["请写几句"],
        "unresolved_reason": ["请写没有解决的原因"],
        "evidence": ["请附材料，或写明没有材料的原因"],
    }
    assert "孩子已换到第三排。" in page.text and "您写的都还在。" in page.text


def test_a_question_needs_no_more_than_its_answer(office, stage):
    appeal = given.handled(stage, kind=AppealKind.INQUIRY)
    assert take(office.as_("teacher"), appeal, "answer", reply="带户口簿和转学证明。").status_code == 302


def test_each_item_gets_its_own_answer(office, stage):
    appeal = given.contacted(stage, items=["换到前排", "多久换一次"])
    first, second = [f"item_{item.pk}" for item in appeal.items.all()]
    client = office.as_("teacher")
    left_out = take(client, appeal, "answer", resolved="YES", **{first: "已换。"})
    assert list(left_out.context["form"].errors) == [second]
    take(client, appeal, "answer", resolved="YES", **{first: "已换。", second: "两周一次。"})
    said = [text.body for text in given.fresh(appeal).texts.filter(kind=TextKind.ITEM_REPLY)]
    assert said == ["已换。", "两周一次。"]


def test_evidence_is_kept_through_a_mistake_and_belongs_to_the_answer(office, stage):
    appeal = given.contacted(stage, kind=AppealKind.COMPLAINT)
    client = office.as_("teacher")
    upload = SimpleUploadedFile("微信截图_张三.png", picture("PNG"), "image/png")
    fields = {**ANSWER, "evidence": ""}
    mistaken = take(client, appeal, "answer", **{**fields, "policy": ""}, files=[upload])
    assert "已传 1 个文件，会一起交" in mistaken.text
    assert list(mistaken.context["form"].errors) == ["policy"]
    assert take(client, appeal, "answer", **fields).status_code == 302
    shown = client.get(f"/staff/appeals/{appeal.pk}/").context["sheet"].files
    assert [one.words for one in shown] == ["图片1.png"]


def test_a_program_in_disguise_is_refused_in_words(office, stage):
    appeal = given.contacted(stage, kind=AppealKind.COMPLAINT)
    upload = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00" + b"\x00" * 200, "image/jpeg")
    page = take(office.as_("teacher"), appeal, "answer", **ANSWER, files=[upload])
    assert page.status_code == 422
    assert "程序或脚本" in str(page.context["form"].errors["files"])


def test_after_a_sending_back_the_former_words_stand_there_to_be_mended(office, stage):
    appeal = given.answered(stage)
    take(office.as_("grade_head"), appeal, "send_back", reason="没说多久轮换一次")
    page = office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/")
    assert "孩子已换到第三排，从下周起两周轮换一次。" in page.text
    assert "没说多久轮换一次" in page.text


def test_a_draft_waits_for_its_writer_alone_and_goes_with_the_answer(office, stage):
    appeal = given.contacted(stage)
    client = office.as_("teacher")
    kept = client.post(f"/staff/appeals/{appeal.pk}/draft/", {"reply": "孩子已换到第三", "version": appeal.version})
    assert (kept.status_code, kept.text) == (200, "17:00:00")
    assert "孩子已换到第三" in client.get(f"/staff/appeals/{appeal.pk}/").text
    for who in ("grade_head", "dispatcher", "principal"):
        assert "孩子已换到第三" not in office.as_(who).get(f"/staff/appeals/{appeal.pk}/").text
    take(client, appeal, "answer", reply="孩子已换到第三排。", resolved="YES")
    take(office.as_("grade_head"), appeal, "send_back", reason="再写清楚")
    assert client.get(f"/staff/appeals/{appeal.pk}/").context["form"].saved_words == ""


def test_without_script_a_draft_is_kept_by_a_button(office, stage):
    appeal = given.contacted(stage)
    client = office.as_("teacher")
    fields = {"reply": "写到一半"}
    answer = client.post(f"/staff/appeals/{appeal.pk}/draft/", fields, headers={"Accept": "text/html"})
    assert answer["Location"] == f"/staff/appeals/{appeal.pk}/"
    assert "已保存。" in client.get(answer["Location"]).text


def test_nobody_keeps_a_draft_on_an_appeal_out_of_sight(office, stage):
    appeal = given.contacted(stage)
    answer = office.as_("other_principal").post(f"/staff/appeals/{appeal.pk}/draft/", {"reply": "写"})
    assert answer.status_code == 404


# ---------- review, call, closing ----------

CHECKS = ["each_point", "true", "policy", "tone", "identity"]


def test_an_answer_goes_out_when_every_line_of_the_checklist_is_ticked(office, stage):
    appeal = given.answered(stage)
    client = office.as_("grade_head")
    half = take(client, appeal, "approve_answer", checks=CHECKS[:3])
    assert half.context["form"].errors["checks"] == ["还有没核对的；有一项不行就退办"]
    take(client, appeal, "approve_answer", checks=CHECKS)
    assert given.fresh(appeal).state == State.CALLBACK


def test_the_call_asks_three_questions_in_order_with_nothing_chosen(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    page = office.as_("caller").get(f"/staff/appeals/{appeal.pk}/")
    assert "checked" not in page.text
    assert list(page.context["form"].fields)[4:7] == ["contacted", "resolved", "satisfaction"]


def test_someone_who_was_reached_is_asked_all_three(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    page = take(office.as_("caller"), appeal, "call_back", way="phone", reached="yes", resolved="yes")
    assert list(page.context["form"].errors) == ["contacted", "satisfaction"]


def test_a_no_is_written_down_with_its_reason(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    answers = {"way": "phone", "reached": "yes", "contacted": "no", "resolved": "no", "satisfaction": "DISSATISFIED"}
    client = office.as_("caller")
    refused_bare = take(client, appeal, "call_back", **answers)
    assert refused_bare.context["form"].non_field_errors() == ["没有联系、没有解决或不满意，要记下原因"]
    assert take(client, appeal, "call_back", **answers, reason="没人来过电话").status_code == 302


def test_three_tries_on_two_days_and_times_of_day_let_the_desk_close(office, stage):
    appeal = given.delivered(stage, kind=AppealKind.COMPLAINT)
    client = office.as_("caller")
    for moment in (at(17), at(9, day=25), at(16, day=25)):
        office.clock_shows(moment)
        client = office.as_("caller")
        take(client, appeal, "call_back", way="phone", reached="no")
    assert "联系不上" in client.get(f"/staff/appeals/{appeal.pk}/").text
    five = {
        "resolved_by_unit": "YES",
        "resolved_by_callback": "NOT_ASKED",
        "satisfaction": "UNREACHABLE",
        "finding": "SUBSTANTIATED",
        "counted": "yes",
    }
    take(office.as_("dispatcher"), appeal, "close", **five)
    closed = given.fresh(appeal)
    assert (closed.state, closed.satisfaction) == (State.CLOSED, "UNREACHABLE")


def test_a_closing_sets_each_of_its_five_fields_by_hand(office, stage):
    appeal = given.called_back(stage, kind=AppealKind.COMPLAINT)
    page = take(office.as_("dispatcher"), appeal, "close")
    assert list(page.context["form"].errors) == [
        "resolved_by_unit",
        "resolved_by_callback",
        "satisfaction",
        "finding",
        "counted",
    ]
    assert "checked" not in office.as_("dispatcher").get(f"/staff/appeals/{appeal.pk}/").text


def test_nobody_takes_an_appeal_out_of_the_appraisal_by_closing_it(office, stage):
    appeal = given.called_back(stage, kind=AppealKind.COMPLAINT)
    fields = {"resolved_by_unit": "YES", "resolved_by_callback": "YES", "satisfaction": "SATISFIED"}
    page = take(office.as_("dispatcher"), appeal, "close", **fields, finding="SUBSTANTIATED", counted="no")
    assert list(page.context["form"].errors) == ["counted"]


# ---------- the lost code ----------


def with_phone(stage) -> Appeal:
    return given.registered(stage, contact=Contact(phone="13912345678"), privacy=PrivacyMode.OPEN)


def test_a_lost_code_is_replaced_after_the_number_left_was_called_back(office, stage):
    appeal = with_phone(stage)
    before = appeal.receipt.digest
    page = take(office.as_("clerk"), appeal, "replace_code", phone="139-1234-5678", called_back="on")
    assert page.status_code == 200
    assert len(page.context["code"]) == 16
    assert page.context["code"][:4] in page.text
    assert given.fresh(appeal).receipt.digest != before


@pytest.mark.parametrize("phone", ["13912345679", "没有电话", "139"])
def test_another_number_gets_no_code(office, stage, phone):
    appeal = with_phone(stage)
    before = appeal.receipt.digest
    page = take(office.as_("clerk"), appeal, "replace_code", phone=phone, called_back="on")
    assert page.context["form"].errors["phone"] == ["和登记的号码对不上，不能换发"]
    assert given.fresh(appeal).receipt.digest == before


def test_who_left_no_number_gets_no_code(office, stage):
    page = take(office.as_("clerk"), given.registered(stage), "replace_code", phone="13912345678", called_back="on")
    assert page.context["form"].errors["phone"] == ["和登记的号码对不上，不能换发"]


# ---------- two hands, and bad input ----------


def test_the_slower_of_two_is_told_who_was_faster_and_loses_no_word(office, stage):
    appeal = given.contacted(stage)
    teacher = office.as_("teacher")
    shown = versioned(teacher, page_of(appeal, "answer"), reply="孩子已换到第三排。", resolved="YES")
    take(office.as_("dispatcher"), appeal, "ask", question="是哪只眼睛？")
    late = teacher.post(page_of(appeal, "answer"), shown)
    assert late.status_code == 409
    assert late.context["form"].non_field_errors() == ["已被林静更新。您写的还在下面。看过新的情况，可以再交。"]
    assert "孩子已换到第三排。" in late.text
    again = {**shown, "version": late.context["form"]["version"].value()}
    assert teacher.post(page_of(appeal, "answer"), again).status_code == 302


def test_a_step_that_is_no_longer_open_gives_the_words_back(office, stage):
    appeal = given.contacted(stage)
    teacher = office.as_("teacher")
    shown = versioned(teacher, page_of(appeal, "answer"), reply="孩子已换到第三排。", resolved="YES")
    write_answer(given.fresh(appeal), draft=Draft(reply="换了。", resolved=Resolved.YES), by=stage.teacher, at=at(16))
    late = teacher.post(page_of(appeal, "answer"), shown)
    assert late.status_code == 409
    assert late.context["form"].non_field_errors() == ["这一步您已经交过了。您写的还在下面，可以抄下来。"]
    assert "孩子已换到第三排。" in late.text


def test_a_double_click_takes_one_step(office, stage):
    appeal = given.registered(stage)
    client = office.as_("dispatcher")
    fields = versioned(client, page_of(appeal, "ask"), question="是哪只眼睛？")
    first, second = (client.post(page_of(appeal, "ask"), fields) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert given.fresh(appeal).texts.filter(kind=TextKind.QUESTION).count() == 1


def test_too_long_is_said_and_kept_and_odd_characters_go(office, stage):
    appeal = given.registered(stage)
    client = office.as_("dispatcher")
    page = take(client, appeal, "ask", question=LONG)
    assert "最多 5000 个字，现在有 5001 个字" in str(page.context["form"].errors["question"])
    assert LONG in page.text
    take(client, appeal, "ask", question="是哪\x00只\u202e眼睛？\x07 😀")
    assert given.fresh(appeal).texts.get(kind=TextKind.QUESTION).body == "是哪只眼睛？ 😀"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_version_nobody_showed_takes_no_step(office, stage, version):
    appeal = given.registered(stage)
    answer = office.as_("dispatcher").post(page_of(appeal, "ask"), {"version": version, "question": "是哪天？"})
    assert answer.status_code in (409, 422)
    assert given.fresh(appeal).texts.filter(kind=TextKind.QUESTION).count() == 0


def test_state_owner_and_dates_cannot_be_slipped_in(office, stage):
    appeal = given.registered(stage)
    slipped = {"state": "closed", "in_charge": 1, "due_at": "2030-01-01", "counted": "", "safety": "1", "round": 9}
    take(office.as_("dispatcher"), appeal, "ask", question="是哪天？", **slipped)
    fresh = given.fresh(appeal)
    assert (fresh.state, fresh.in_charge, fresh.counted, fresh.safety, fresh.round) == (
        "received",
        None,
        True,
        False,
        1,
    )


def test_a_step_is_taken_by_a_post_with_its_token_only(office, stage):
    appeal = given.dispatched(stage)
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.accounts["teacher"])
    assert client.post(page_of(appeal, "acknowledge"), {"version": appeal.version}).status_code == 403
    assert client.put(page_of(appeal, "acknowledge")).status_code in (403, 405)
    assert given.fresh(appeal).state == State.DISPATCHED


def helped_by(*names: str) -> None:
    RoutingRule.objects.create(starts_at="class", assisting_names=names, valid_from=at(10).date())


@pytest.mark.parametrize("page", ["/staff/appeals/%d/", "/staff/appeals/%d/dispatch/"], ids=["beside", "alone"])
def test_who_helps_by_the_rule_stands_in_the_form_and_is_sent_with_it(office, stage, page):
    helped_by("总务处", "没有这个处")
    appeal, client = given.registered(stage), office.as_("dispatcher")
    text = client.get(page % appeal.pk).content.decode()
    helper = stage.units["office"].pk
    chosen = (f'name="assisting" value="{helper}"', f'<option value="{helper}" selected>')
    assert ("协办：总务处" in text, any(one in text for one in chosen)) == (True, True)
    take(client, appeal, "dispatch", lead=stage.units["class"].pk, assisting=[helper])
    assert list(given.fresh(appeal).assisting.values_list("unit_id", flat=True)) == [helper]


def test_a_head_who_passes_work_down_is_offered_no_office_of_the_school(office, stage):
    helped_by("总务处")
    appeal = given.dispatched(stage, lead="grade")
    assert "协办：" not in office.as_("grade_head").get(page_of(appeal, "dispatch")).content.decode()
