"""Topics, routing rules, limits and channels on the pages of the set-up."""

from datetime import date

import pytest

from huying.appeals import defaults, rulebook
from huying.appeals.models import Limit, RoutingRule, Topic
from huying.channels.models import Channel
from huying.people.models import Post, SetupChange, Unit
from huying.rules.enums import AppealKind, ClockKind, PostKind
from huying.rules.limits import About, CalendarDays, WorkingDays, pick
from tests import given

SINCE = date(2004, 1, 1)


@pytest.fixture
def admin(office):
    defaults.seed(since=SINCE)
    return office.as_("system_admin")


def last():
    row = SetupChange.objects.first()
    return (row.area, row.act, row.subject, row.lines)


# ---------- topics ----------


def test_a_topic_is_added_at_the_end_of_the_list(admin):
    assert admin.post("/setup/topics/add/", {"name": "课外阅读", "code": "reading"}).url == "/setup/topics/"
    topic = Topic.objects.get(code="reading")
    assert (topic.name, topic.is_active, topic.position) == ("课外阅读", True, 23)
    assert last() == ("topic", "added", "课外阅读", [["code", "", "reading"], ["name", "", "课外阅读"]])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "canteen"}, "这个代码已经用过"),
        ({"code": "Reading"}, "小写字母开头"),
        ({"code": ""}, "请填"),
        ({"name": "其他"}, "已经有这个名称"),
    ],
)
def test_a_topic_that_is_there_already_is_refused(admin, fields, words):
    response = admin.post("/setup/topics/add/", {"name": "课外阅读", "code": "reading"} | fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_hidden_topic_is_offered_no_more_and_stays_on_its_appeals(admin, office, stage):
    appeal = given.registered(stage)
    topic = Topic.objects.get(code="classing")
    admin.post(f"/setup/topics/{topic.pk}/", {"name": "编班、座位", "position": "3"})
    topic.refresh_from_db()
    assert (topic.name, topic.code, topic.is_active) == ("编班、座位", "classing", False)
    assert given.fresh(appeal).topic_id == topic.pk
    assert "编班、座位" not in admin.get("/setup/routing/add/").content.decode()


def test_other_is_always_offered(admin):
    topic = Topic.objects.get(code="other")
    response = admin.post(f"/setup/topics/{topic.pk}/", {"name": "其他", "position": "99"})
    assert (response.status_code, "要一直能选" in response.content.decode()) == (422, True)


# ---------- routing ----------


def rule(client, stage, **fields):
    usual = {"topic": Topic.objects.get(code="canteen").pk, "kind": "", "school": "", "starts_at": "office"}
    more = {"office_name": "总务处", "source": "本校规定", "on": "2026-11-24"}
    return client.post("/setup/routing/add/", usual | more | fields)


def office_called(name, stage):
    office, school = stage.units["office"], stage.units["school"]
    made = Unit.objects.create(code="helper", name=name, level=office.level, parent=office.parent)
    made.path = f"{school.path}{made.pk}/"
    made.save()
    return made


def tried(client, stage, *, topic="canteen", place="class", **fields):
    query = {"topic": Topic.objects.get(code=topic).pk, "kind": "HELP", "place": stage.units[place].pk, "about": ""}
    return client.get("/setup/routing/", query | fields).context["tried"]


def test_a_trial_says_where_an_appeal_would_go_and_why(admin, stage):
    assert tried(admin, stage).unit == "总务处"
    assert tried(admin, stage, topic="classing").unit == "三年级4班"
    found = tried(admin, stage, topic="classing", about="teacher")
    assert (found.unit, found.reason) == (
        "澄川县实验小学",
        "原来的单位要回避，已改到合适的单位；回避检查通过",
    )
    assert tried(admin, stage, about="principal").unit == "澄川县教育惠民服务中心"
    assert tried(admin, stage, is_safety="on").reason == "红线事项，班级和级部以上办理"
    assert tried(admin, stage, topic="classing", place="school").unit == "澄川县实验小学"


def test_a_school_s_own_rule_comes_before_the_county_s(admin, stage):
    rule(admin, stage, school=stage.units["school"].pk, starts_at="school", office_name="")
    assert tried(admin, stage).unit == "澄川县实验小学"


def test_a_rule_follows_the_one_before_and_that_one_ends_the_eve(admin, stage):
    topic = Topic.objects.get(code="canteen")
    rule(admin, stage, starts_at="school", office_name="", on="2026-12-01")
    rows = RoutingRule.objects.filter(topic=topic).order_by("valid_from").values_list("starts_at", "valid_to")
    assert list(rows) == [("office", date(2026, 11, 30)), ("school", None)]
    assert last()[:3] == ("route", "followed", "食堂与饮水")
    assert ["starts_at", "office", "school"] in last()[3]


def test_a_rule_names_who_helps_and_the_trial_and_the_record_say_so(admin, stage):
    helper = office_called("德育处", stage)
    assert rule(admin, stage, assisting=" 德育处，德育处").status_code == 302
    assert (tried(admin, stage).unit, tried(admin, stage).assisting) == ("总务处", "德育处")
    assert ["assisting", "", "德育处"] in last()[3]
    assert "<td>德育处</td>" in admin.get("/setup/routing/").content.decode()
    helper.is_active = False
    helper.save()
    assert tried(admin, stage).assisting == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"assisting": "保卫处"}, "没有叫这个名称的处室：保卫处"),
        ({"assisting": "总务处"}, "主办处室不用再写成协办"),
        ({"on": "2026-11-23"}, "不能从过去的日子起"),
        ({"office_name": ""}, "请写处室名称"),
        ({"office_name": "保卫处"}, "没有叫这个名称的处室"),
        ({"starts_at": "county"}, "选择一个有效的选项"),
        ({"topic": "99999"}, "选择一个有效的选项"),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused(admin, stage, fields, words):
    response = rule(admin, stage, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_rule_ends_and_the_general_one_speaks(admin, stage):
    row = RoutingRule.objects.get(topic__code="canteen")
    assert admin.post(f"/setup/routing/{row.pk}/end/").status_code == 302
    assert tried(admin, stage).unit == "三年级4班"


def test_the_rule_for_everything_cannot_end(admin):
    row = RoutingRule.objects.get(topic=None, kind="")
    response = admin.post(f"/setup/routing/{row.pk}/end/")
    assert (response.status_code, "不能停，只能换" in response.content.decode()) == (422, True)


def test_a_school_s_administrator_sets_rules_for_the_own_school_only(admin, stage):
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(unit=stage.units["school"])
    assert rule(admin, stage).status_code == 422
    assert rule(admin, stage, school=stage.units["other_school"].pk).status_code == 422
    assert rule(admin, stage, school=stage.units["school"].pk).status_code == 302
    common = RoutingRule.objects.get(topic__code="bus")
    assert admin.post(f"/setup/routing/{common.pk}/end/").status_code == 404


# ---------- limits ----------


def limit(client, step="answer", **fields):
    usual = {"value": "7", "unit": "WD", "source": "澄教发〔2026〕8号", "on": "2026-12-01"}
    return client.post(f"/setup/limits/{step}/", usual | fields)


def test_a_new_limit_binds_from_its_day_and_the_old_one_binds_those_born_before(admin, stage):
    assert limit(admin).url == "/setup/limits/answer/"
    book, _ladder = rulebook.of_place(stage.units["school"], born_on=date(2026, 11, 30))
    about = About(kind=AppealKind.COMPLAINT)
    found = [pick(book.limits, ClockKind.ANSWER, about, on=on).amount for on in (date(2026, 11, 30), date(2026, 12, 1))]
    assert found == [WorkingDays(5), WorkingDays(7)]
    assert last()[:3] == ("limit", "followed", "answer")
    assert last()[3][0] == ["value", "5 WD", "7 WD"]
    assert "澄教发〔2026〕8号" in admin.get("/setup/limits/answer/").content.decode()


def test_a_later_limit_that_begins_earlier_leaves_no_two_in_force(admin):
    limit(admin, on="2026-12-10")
    limit(admin, on="2026-12-01", value="6")
    rows = (
        Limit.objects.filter(step="answer", kind="")
        .order_by("valid_from")
        .values_list("value", "valid_from", "valid_to")
    )
    assert list(rows) == [(5, SINCE, date(2026, 11, 30)), (6, date(2026, 12, 1), None)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "0"}, "期限至少是 1"),
        ({"value": "-3"}, "期限至少是 1"),
        ({"value": "10000"}, "期限太长，日历推算不到"),
        ({"value": "九"}, "输入整数"),
        ({"on": "2026-11-24"}, "最早从明天起"),
        ({"on": "2026-11-01"}, "最早从明天起"),
        ({"on": "2031-01-01"}, "离现在太远"),
        ({"source": " "}, "请填"),
        ({"unit": "MOON"}, "选择一个有效的选项"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_and_nothing_changes(admin, fields, words):
    before = list(Limit.objects.values())
    response = limit(admin, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert list(Limit.objects.values()) == before


def test_a_limit_longer_than_the_law_s_has_to_be_meant(admin):
    response = limit(admin, "bullying_inquiry", value="15", unit="CD")
    shown = response.content.decode()
    assert (response.status_code, "您写的比法规的时限长" in shown, "《山东省学校安全条例》" in shown) == (
        422,
        True,
        True,
    )
    assert limit(admin, "bullying_inquiry", value="15", unit="CD", is_known="on").status_code == 302


def test_a_shorter_one_needs_no_word(admin):
    assert limit(admin, "bullying_inquiry", value="7", unit="CD").status_code == 302
    newest = Limit.objects.filter(step="bullying_inquiry").latest("valid_from")
    assert rulebook.fact(newest).amount == CalendarDays(7)


def test_a_limit_may_speak_of_some_appeals_only(admin):
    topic = Topic.objects.get(code="canteen")
    limit(admin, value="2", kind="COMPLAINT", topic=topic.pk, channel="hotline")
    row = Limit.objects.get(topic=topic)
    assert (row.value, row.kind, row.channel) == (2, "COMPLAINT", "hotline")
    assert Limit.objects.filter(step="answer", kind="", valid_to=None).exists()


# ---------- channels ----------


def test_a_channel_is_renamed_and_shut(admin):
    door = Channel.objects.get(code="phone")
    admin.post(f"/setup/channels/{door.pk}/", {"name": "服务站电话", "key": "1", "position": "1"})
    door.refresh_from_db()
    assert (door.name, door.key, door.is_active) == ("服务站电话", "1", False)
    assert last() == (
        "channel",
        "changed",
        "电话",
        [["name", "电话", "服务站电话"], ["key", "", "1"], ["position", "0", "1"], ["is_active", "True", "False"]],
    )
    assert "停了" in admin.get("/setup/channels/").content.decode()


@pytest.mark.parametrize(
    ("code", "fields", "words"),
    [
        ("web", {"name": "网页"}, "这个渠道不能停"),
        ("phone", {"name": "网页", "is_active": "on"}, "已经有这个名称"),
        ("phone", {"name": "电话", "key": "x", "is_active": "on"}, "写一个数字"),
        ("phone", {"name": "电话", "key": "3", "is_active": "on"}, "已经用这个数字键"),
    ],
)
def test_a_channel_that_cannot_be_so_is_refused(admin, code, fields, words):
    Channel.objects.filter(code="hotline").update(key="3")
    door = Channel.objects.get(code=code)
    response = admin.post(f"/setup/channels/{door.pk}/", {"position": "1", "key": ""} | fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)


# ---------- the record ----------


def test_the_record_is_read_in_words(admin, office):
    limit(admin)
    shown = office.as_("auditor").get("/setup/changes/").content.decode()
    assert ("马志" in shown, "时限：换新的" in shown) == (False, False)  # an auditor of one school: nothing of its own
    shown = office.as_("security_admin").get("/setup/changes/").content.decode()
    assert all(words in shown for words in ("马志", "时限：换新的", "5 个工作日 → 7 个工作日", "澄教发〔2026〕8号"))


def test_a_long_record_is_read_page_by_page(admin):
    for number in range(51):
        admin.post("/setup/topics/add/", {"name": f"分类{number}", "code": f"t{number}"})
    response = admin.get("/setup/changes/")
    assert (len(response.context["rows"]), bool(response.context["older"])) == (50, True)
    older = admin.get(f"/setup/changes/{response.context['older']}")
    assert [row["subject"] for row in older.context["rows"]] == ["分类0"]
    assert admin.get("/setup/changes/?before=abc").status_code == 200
