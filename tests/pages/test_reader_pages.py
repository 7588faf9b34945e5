"""The words of a 举报 on pages: opened by one of two on record, in no other's page, list, search, print or form."""

import pytest

from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.identities import Contact
from huying.appeals.models import Event, ReadRecord
from huying.rules.enums import Action, AppealKind, PrivacyMode, Severity
from tests import given
from tests.cast import at
from tests.pages.office import versioned
from tests.pages.parent import page_of

BODY, WISH, ITEM, TITLE = "有老师在校外办班收钱。", "请教育局来查账。", "请退还八百元。", "校外办班收钱"
WORDS = (BODY, WISH, ITEM, TITLE, "体育张老师")


@pytest.fixture
def report(stage):
    """Taken down by the clerk: one seat is hers."""
    words = {"body": BODY, "wish": WISH, "items": [ITEM], "title": TITLE, "subjects": ["体育张老师"]}
    return given.registered(stage, by=stage.clerk, kind=AppealKind.REPORT, **words)


def address(appeal, step=""):
    return f"/staff/appeals/{appeal.pk}/{step}"


def post(client, appeal, step, **fields):
    return client.post(address(appeal, step), {"version": given.fresh(appeal).version, **fields})


def shown(page):
    return [word for word in WORDS if word in page.content.decode()]


def test_the_desk_sees_a_neutral_case_until_it_opens_the_words_on_record(office, report):
    client = office.as_("dispatcher")
    before = client.get(address(report))
    assert shown(before) == []
    assert "举报：编班与座位" in before.content.decode() and "诉求点 1，见事实摘要" in before.content.decode()
    assert post(client, report, "read_original/").status_code == 302
    assert shown(client.get(address(report))) == [*WORDS]
    assert [one.action for one in Event.objects.filter(appeal=report).order_by("sequence")][1:] == [
        "name_reader",
        "read_original",
    ]
    pages = [one.page for one in ReadRecord.objects.filter(appeal=report).order_by("pk")]
    assert pages == ["appeal", "original"]


def test_after_half_an_hour_the_page_is_neutral_again(office, stage, report):
    given.opened(report, by=stage.dispatcher, when=at(16, 30))
    assert shown(office.as_("dispatcher").get(address(report))) == []


def test_nobody_else_finds_a_word_anywhere(office, stage, report):
    given.opened(report, by=stage.dispatcher, when=at(16, 50))
    for who in ("principal", "inspector", "county_dispatcher", "county_supervisor", "clerk"):
        client = office.as_(who)
        for path in (address(report), address(report, "print/"), address(report, "dates/"), "/staff/?pile=all"):
            assert shown(client.get(path)) == [], (who, path)
        assert shown(client.get("/staff/search/?q=办班")) == [], who


def test_no_paper_and_no_list_shows_a_word_even_to_who_has_it_open(office, stage, report):
    given.opened(report, by=stage.dispatcher, when=at(16, 50))
    client = office.as_("dispatcher")
    for path in (address(report, "print/"), "/staff/?pile=all", f"/staff/search/?q={report.number}"):
        assert shown(client.get(path)) == [], path


def test_no_step_of_the_county_s_desk_shows_a_word(office, stage, report):
    given.opened(report, by=stage.dispatcher, when=at(16, 50))
    client = office.as_("county_dispatcher")
    for step in ("dispatch", "reclassify", "name_subject", "dismiss_subject", "join", "refuse", "ask", "name_reader"):
        page = client.get(address(report, f"{step}/"))
        assert (page.status_code, shown(page)) == (200, []), step


def test_a_handler_answers_each_point_by_its_place_in_the_summary(office, stage):
    words = {"body": BODY, "wish": WISH, "items": [ITEM, "请换老师。"], "title": TITLE}
    appeal = given.handled(stage, lead="office", by="office_head", kind=AppealKind.REPORT, **words)
    page = office.as_("office_head").get(address(appeal, "answer/"))
    assert shown(page) == []
    assert "第 2 点：诉求点 2，见事实摘要" in page.content.decode()


def test_the_desk_names_the_second_reader_and_replaces_one_with_a_reason(office, stage, report):
    client = office.as_("dispatcher")
    form = client.get(address(report, "name_reader/")).context["form"]
    assert [name for _pk, name in form.fields["person"].choices][1:] == [
        "林静（校惠民中心）",
        "赵明远（澄川县实验小学）",
        "冯正（澄川县实验小学）",
        "沈洁（澄川县教育惠民服务中心）",
        "陆远（澄川县教育惠民服务中心）",
        "方舟（澄川县教育惠民服务中心）",
    ]
    assert post(client, report, "name_reader/", person=stage.person("principal").pk).status_code == 302
    third = {"person": stage.person("inspector").pk}
    assert "instead_of" in post(client, report, "name_reader/", **third).context["form"].errors
    former = third | {"instead_of": stage.person("clerk").pk}
    assert "reason" in post(client, report, "name_reader/", **former).context["form"].errors
    assert post(client, report, "name_reader/", **former, reason="登记员外出").status_code == 302
    assert "赵明远、冯正" in client.get(address(report)).content.decode()


def test_only_who_has_read_the_words_writes_the_summary(office, stage, report):
    client = office.as_("dispatcher")
    assert client.get(address(report, "summarise/")).status_code == 404
    given.opened(report, by=stage.dispatcher, when=at(16, 50))
    words = versioned(client, address(report, "summarise/"), summary="校外办班一事。")
    assert client.post(address(report, "summarise/"), words).status_code == 302
    assert "校外办班一事。" in office.as_("principal").get(address(report)).content.decode()


def test_a_list_keeps_the_title_neutral_while_another_kind_waits_for_a_second_person(office, stage, report):
    classes = Classes(kind=AppealKind.HELP, topic=report.topic, severity=Severity.NORMAL)
    reclassify(report, classes=classes, reason="其实是求助", by=stage.county_dispatcher, at=at(11))
    assert shown(office.as_("principal").get("/staff/?pile=all")) == []
    act = Event.objects.get(appeal=report, action=Action.RECLASSIFY)
    post(office.as_("principal"), report, "confirm/", reviews=act.sequence)
    assert TITLE in office.as_("principal").get("/staff/?pile=all").content.decode()


def test_family_and_auditor_read_who_opened_it(office, stage, client):
    appeal = given.opened(
        given.registered(stage, kind=AppealKind.REPORT, body=BODY), by=stage.dispatcher, when=at(16, 50)
    )
    page = page_of(client, appeal)
    assert "分办员看了您的原话" in page and "林静" not in page
    log = office.as_("auditor").get("/staff/audit/?kind=views").content.decode()
    assert "指定林静看原话" in log and "看举报原话" in log
    assert "有人看了举报原话" in office.as_("auditor").get("/staff/letters/").content.decode()


def test_two_matters_alike_are_not_found_alike_through_a_report(office, stage, report):
    same = given.registered(stage, kind=AppealKind.COMPLAINT, body=BODY)
    page = office.as_("county_dispatcher").get(address(same, "join/"))
    assert report.number not in page.content.decode()


def test_a_family_that_left_the_same_phone_is_offered_without_the_title(office, stage):
    left = {"contact": Contact(phone="13800005678"), "privacy": PrivacyMode.CONFIDENTIAL}
    report = given.registered(stage, kind=AppealKind.REPORT, body=BODY, title=TITLE, **left)
    other = given.registered(stage, kind=AppealKind.COMPLAINT, body="座位靠后。", **left)
    page = office.as_("dispatcher").get(address(other, "join/"))
    assert report.number in page.content.decode()
    assert shown(page) == []


def test_sent_out_by_the_reader_it_reaches_the_office_as_a_summary(office, stage):
    appeal = given.opened(given.registered(stage, kind=AppealKind.REPORT, body=BODY, title=TITLE), by=stage.dispatcher)
    dispatch(appeal, lead=stage.units["office"], summary="办班一事。", by=stage.dispatcher, at=at(11))
    page = office.as_("office_head").get(address(appeal))
    assert shown(page) == []
    assert "办班一事。" in page.content.decode()


CALL = {"way": "phone", "reached": "yes", "contacted": "yes", "resolved": "no", "satisfaction": "DISSATISFIED"}


def test_a_caller_s_note_that_names_somebody_comes_back_masked_once_and_the_caller_decides(office, stage):
    appeal = given.delivered(stage, privacy=PrivacyMode.CONFIDENTIAL)
    client = office.as_("caller")
    page = post(client, appeal, "call_back/", **CALL, reason="王小雨妈妈说座位没换，电话13800005678")
    form = page.context["form"]
    assert (page.status_code, form["reason"].value()) == (422, "王**妈妈说座位没换，电话138****5678")
    assert "您写的是：王小雨妈妈说座位没换，电话13800005678" in page.content.decode()
    assert 'name="as_written"' in page.content.decode()
    assert post(client, appeal, "call_back/", **CALL, reason=form["reason"].value()).status_code == 302
    assert given.fresh(appeal).texts.latest("pk").body == "王**妈妈说座位没换，电话138****5678"


@pytest.mark.parametrize("tick", ["on", "true"])
def test_a_caller_who_ticks_keeps_the_words_as_they_are(office, stage, tick):
    appeal = given.delivered(stage, privacy=PrivacyMode.CONFIDENTIAL)
    words = {**CALL, "reason": "李老师没有来过电话", "as_written": tick}
    assert post(office.as_("caller"), appeal, "call_back/", **words).status_code == 302
    assert given.fresh(appeal).texts.latest("pk").body == "李老师没有来过电话"


def test_a_handler_s_note_and_a_withdrawal_by_phone_are_looked_at_too(office, stage):
    appeal = given.handled(stage)
    note = post(office.as_("teacher"), appeal, "contact/", way="phone", outcome="reached", note="王小雨妈妈接的")
    assert note.context["form"]["note"].value() == "王**妈妈接的"
    delivered = given.delivered(stage)
    wish = post(office.as_("caller"), delivered, "withdraw/", reason="王小雨妈妈说算了")
    assert wish.context["form"]["reason"].value() == "王**妈妈说算了"
