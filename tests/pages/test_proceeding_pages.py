"""Talks, studies and spot checks on pages: called, held, signed, done and closed by plain forms, behind their walls."""

import pytest
from django.test import Client

from huying.appeals import seals
from huying.appeals.actions.supervise import supervise
from huying.channels import feeds
from huying.oversight.models import Proceeding, Signature
from huying.people import keys
from huying.rules import sampling
from tests import given
from tests.cast import at
from tests.oversight import talks
from tests.oversight.seen import warned

LIST = "/staff/proceedings/"
CALL = {
    "title": "食堂超时约谈",
    "ground": "overdue",
    "reason": "两件食堂诉求超时。",
    "meets_at": "2026-11-26T09:00",
    "place": "会议室",
    "attendants": "",
    "numbers": "",
    "follows": "",
    "alarm": "",
}


def text(page):
    return page.content.decode()


def call(office, stage, *, by="principal", unit="office", **fields):
    return office.as_(by).post(f"{LIST}interviews/call/", {"unit": stage.units[unit].pk, **CALL, **fields})


def lines(*some):
    """Lines of commitments as the form posts them."""
    empty = {f"{name}{n}": "" for n in range(1, 7) for name in ("what", "owner", "due")}
    for place, (what, owner, due) in enumerate(some, start=1):
        empty |= {f"what{place}": what, f"owner{place}": owner, f"due{place}": due}
    return empty


def key(stage, who):
    return str(stage.person(who).pk)


def test_a_talk_goes_from_its_call_to_its_end_by_plain_forms(office, stage):
    appeal = given.handled(stage, lead="office", by="office_head")
    one = call(office, stage, numbers=f"{appeal.number}、").url
    assert one == f"{LIST}{Proceeding.objects.get().pk}/"
    assert "参加约谈" in text(office.as_("office_head").get(LIST))
    assert appeal.number in text(office.as_("office_head").get(one))

    office.clock_shows(at(10, day=26))
    written = {"shown": "两件超时两天。", "view": "人手不够。", "attendants": "赵明远、钱进"}
    items = lines(("每天公示菜单", key(stage, "office_head"), "2026-12-04"))
    assert office.as_("principal").post(f"{one}hold_interview/", {**written, **items}).url == one
    assert "签字" in text(office.as_("office_head").get(LIST))
    for who in ("office_head", "principal"):
        assert "两件超时两天。" in text(office.as_(who).get(f"{one}sign_record/"))
        assert office.as_(who).post(f"{one}sign_record/", {"read": "on"}).url == one
    assert [row.person.name for row in Signature.objects.all()] == ["钱进", "赵明远"]

    office.clock_shows(at(10, day=7, month=12))
    tray = text(office.as_("office_head").get("/staff/"))
    assert "1 项等您办" in tray and "1 项已过日子" in tray
    finish = f"{LIST}items/{Proceeding.objects.get().items.get().pk}/finish/"
    assert finish in text(office.as_("office_head").get(LIST))
    assert office.as_("office_head").post(finish, {"note": "已公示。"}).url == one

    office.clock_shows(at(10, day=18, month=12))
    seen = {"result": "fulfilled", "found": "每天都公示。", "following": "close", "again_on": ""}
    assert office.as_("principal").post(f"{one}recheck_interview/", seen).url == one
    page = text(office.as_("principal").get(one))
    assert "已了结" in page and "已落实" in page and "已公示。" in page
    assert "钱进" in text(office.as_("principal").get(f"{one}print/"))
    assert one in text(office.as_("principal").get(f"{LIST}?show=over&kind=interview"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"meets_at": "2026-11-24T08:00"}, "现在以后"),
        ({"meets_at": "明天"}, "2026-11-24 10:30"),
        ({"numbers": "2026-9999"}, "找不到：2026-9999"),
        ({"title": ""}, "请写几句"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_called(office, stage, fields, says):
    page = call(office, stage, **fields)
    assert page.status_code == 422
    assert says in text(page)
    assert not Proceeding.objects.exists()


def test_a_unit_outside_one_s_reach_cannot_be_chosen(office, stage):
    for by, unit in (("principal", "school"), ("principal", "other_school"), ("inspector", "county")):
        assert call(office, stage, by=by, unit=unit).status_code == 422
    for unknown in ("", "999999", "x"):
        assert office.as_("principal").post(f"{LIST}interviews/call/", {**CALL, "unit": unknown}).status_code == 422
    assert not Proceeding.objects.exists()


def test_a_case_the_head_may_not_know_of_is_refused_to_the_caller_alone(office, stage):
    about_him = given.complaint_about(stage, "principal")
    page = call(office, stage, by="county_supervisor", unit="school", numbers=about_him.number)
    assert page.status_code == 422
    assert f"不能让对方知道，请从名单里去掉：{about_him.number}" in text(page)
    assert "食堂超时约谈" not in text(office.as_("principal").get(LIST))


def test_a_talk_behind_a_wall_is_no_page_in_any_of_its_addresses(office, stage):
    appeal = given.handled(stage)
    proceeding = talks.called(stage, unit="school", by="county_supervisor", cases=[appeal])
    one = f"{LIST}{proceeding.pk}/"
    principal = office.as_("principal")
    assert principal.get(one).status_code == 200
    given.name_subject(given.fresh(appeal), person=stage.person("principal"), by=stage.county_dispatcher, at=at(17, 30))
    for address in (one, f"{one}print/", f"{one}hold_interview/", f"{one}list.txt"):
        assert principal.get(address).status_code == 404
    assert proceeding.title not in text(principal.get(LIST))
    assert "等您办" not in text(principal.get("/staff/"))


@pytest.mark.parametrize("who", ["teacher", "clerk", "other_principal", "auditor", "system_admin"])
def test_others_see_an_empty_list_and_no_page(office, stage, who):
    proceeding = talks.called(stage)
    client = office.as_(who)
    assert proceeding.title not in text(client.get(LIST))
    assert client.get(f"{LIST}{proceeding.pk}/").status_code == 404
    assert client.post(f"{LIST}{proceeding.pk}/call_off/", {"reason": "不谈"}).status_code == 404


@pytest.mark.parametrize("address", ["interviews/call/", "studies/open/", "checks/announce/", "supervised/", "remind/"])
def test_who_stands_above_nobody_opens_nothing(office, stage, address):
    assert office.as_("teacher").get(f"{LIST}{address}").status_code == 404


def test_a_step_that_is_not_open_has_no_page_and_its_post_is_refused_with_the_words_kept(office, stage):
    proceeding = talks.held(stage)
    one = f"{LIST}{proceeding.pk}/"
    assert office.as_("principal").get(f"{one}call_off/").status_code == 404
    page = office.as_("principal").post(f"{one}call_off/", {"reason": "当事人住院，先不谈"})
    assert (page.status_code, "当事人住院，先不谈" in text(page)) == (422, True)
    assert office.as_("principal").get(f"{one}no_such/").status_code == 404


def test_a_line_half_filled_is_asked_about(office, stage):
    proceeding = talks.called(stage)
    office.clock_shows(at(10, day=26))
    written = {"shown": "超时。", "view": "人手不够。", "attendants": "两人"}
    half = lines(("每天公示菜单", "", "2026-12-04"))
    page = office.as_("principal").post(f"{LIST}{proceeding.pk}/hold_interview/", {**written, **half})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["what1"])
    assert "人手不够。" in text(page)


def test_a_raised_talk_leads_the_county_to_a_heavier_one(office, stage):
    former = talks.raised(stage)
    office.clock_shows(at(10, day=18, month=12))
    link = f"{LIST}interviews/call/?follows={former.pk}"
    assert link in text(office.as_("county_supervisor").get(f"{LIST}{former.pk}/"))
    assert link not in text(office.as_("principal").get(f"{LIST}{former.pk}/"))
    page = office.as_("county_supervisor").get(link)
    assert page.context["form"].initial["unit"] == stage.units["office"].pk
    call(office, stage, by="county_supervisor", follows=str(former.pk), meets_at="2026-12-25T09:00")
    assert "重点约谈" in text(office.as_("county_supervisor").get(f"{LIST}{Proceeding.objects.latest('pk').pk}/"))


def test_a_study_is_opened_decided_and_measured(office, stage):
    agenda = {
        "units": [stage.units["office"].pk, stage.units["grade"].pk],
        "title": "排队商研",
        "topic": "",
        "problem": "排队太久。",
        "meets_at": "2026-11-26T15:00",
        "place": "会议室",
        "numbers": "",
    }
    appeal = given.registered(stage, topic="canteen")
    topic = {"topic": appeal.topic_id, "numbers": appeal.number}
    one = office.as_("principal").post(f"{LIST}studies/open/", {**agenda, **topic}).url
    office.clock_shows(at(17, day=26))
    written = {"cause": "同时下课。", "measures": "错峰。"}
    items = lines(("排错峰表", key(stage, "grade_head"), "2026-12-04"))
    assert office.as_("principal").post(f"{one}decide_study/", {**written, **items}).url == one
    office.clock_shows(at(9, day=25, month=1, year=2027))
    page = text(office.as_("principal").get(one))
    assert "决定前 60 天收到 1 件，决定后 60 天收到 0 件" in page
    assert office.as_("principal").post(f"{one}close_study/", {"found": "没有再来。"}).url == one


def test_a_study_of_one_unit_is_refused(office, stage):
    agenda = {"units": [stage.units["office"].pk], "title": "商研", "problem": "排队", "place": "会议室"}
    page = office.as_("principal").post(
        f"{LIST}studies/open/", {**agenda, "meets_at": "2026-11-26T15:00", "numbers": "", "topic": ""}
    )
    assert (page.status_code, "至少要两个单位" in text(page)) == (422, True)


def test_a_spot_check_is_frozen_drawn_asked_about_and_closed(office, stage):
    given.closed(stage)
    seals.make_due(at=at(23))
    office.clock_shows(at(9, day=25))
    county = office.as_("county_supervisor")
    asked = {"unit": stage.units["school"].pk, "title": "十一月抽查", "since": "2026-11-01", "until": "2026-11-24"}
    one = county.post(f"{LIST}checks/announce/", asked).url
    assert "还没有生成" in text(county.post(f"{one}draw_check/"))
    assert county.get(f"{one}list.txt").content.decode().splitlines()[3] == "seed -"
    seals.make_due(at=talks.NEXT_DAY)
    office.clock_shows(at(9, day=26))
    county = office.as_("county_supervisor")
    assert county.post(f"{one}draw_check/").url == one
    assert office.as_("principal").get(one).status_code == 404
    proceeding = Proceeding.objects.get()
    check = proceeding.spot_check
    head = county.get(f"{one}list.txt").content.decode().splitlines()
    assert head[:4] == [
        f"list-sha256 {check.digest}",
        "share 5",
        f"seal {check.seal.digest}",
        f"seed {check.seed}",
    ]
    # As docs/talks-and-checks.md tells everybody to do it.
    entries, said = head[4:], dict(line.split(" ") for line in head[:4])
    assert sampling.list_digest(entries) == said["list-sha256"]
    assert sampling.seed_of(seal=said["seal"], entries=said["list-sha256"]) == said["seed"]
    assert sampling.drawn(entries, seed=said["seed"], share=5) == (check.calls.get().entry,)
    second = f"{LIST}checks/calls/{check.calls.get().pk}/"
    assert "已解决，满意" in text(county.get(second))
    wrong = county.post(second, {"result": "sound", "resolved": "", "satisfaction": "", "note": ""})
    assert (wrong.status_code, "要问解决没有" in text(wrong)) == (422, True)
    said = {"result": "false_closure", "resolved": "no", "satisfaction": "DISSATISFIED", "note": "座位没有换过。"}
    assert county.post(second, said).url == one
    page = text(county.get(one))
    assert f"/staff/appeals/{check.calls.get().appeal_id}/chain/" in page
    assert "虚假办结" in page and "没解决，不满意" in page and "21% 至 100%" in page
    assert county.post(f"{one}close_check/", {"found": "一件虚假办结。"}).url == one


def test_what_is_under_supervision_stands_on_one_page(office, stage):
    appeal = given.handled(stage)
    supervise(appeal, demand="三天内换好座位。", due_at=at(17, day=27), reason="久拖", by=stage.principal, at=at(13))
    page = text(office.as_("county_supervisor").get(f"{LIST}supervised/"))
    assert appeal.number in page and "三天内换好座位。" in page and "赵明远" in page
    assert appeal.number not in text(office.as_("other_principal").get(f"{LIST}supervised/"))


def test_what_is_late_in_a_school_is_reminded_one_by_one_or_all(office, stage):
    late, other = given.handled(stage), given.handled(stage)
    hidden = given.complaint_about(stage, "principal")
    office.clock_shows(at(9, day=15, month=12))
    principal = office.as_("principal")
    page = principal.get(f"{LIST}remind/")
    # What is about him is in no list and no count of his.
    assert page.context["form"].initial["chosen"] == [f"appeal-{late.pk}", f"appeal-{other.pk}"]
    assert hidden.number not in text(page)
    told = principal.post(f"{LIST}remind/", {"chosen": [f"appeal-{late.pk}"], "words": "请今天办结。"}, follow=True)
    assert "已催办 1 件" in text(told)
    last = [given.fresh(one).events.order_by("sequence").last().action for one in (late, other)]
    assert (last[0], last[1] == "remind") == ("remind", False)
    for chosen in ([], [f"appeal-{hidden.pk}"], [f"school-{stage.units['school'].pk}"], ["x"]):
        assert principal.post(f"{LIST}remind/", {"chosen": chosen, "words": ""}).status_code == 422
    assert text(office.as_("other_principal").get(f"{LIST}remind/")).count("没有超时的件") == 1


def test_several_schools_are_reminded_in_three_clicks(office, stage):
    """Open the page, write a text, send: all that are late are ticked."""
    here = given.handled(stage)
    there = given.fresh(given.registered(stage, place=stage.units["other_school"], klass=None))
    office.clock_shows(at(9, day=15, month=12))
    county = office.as_("county_supervisor")
    page = county.get(f"{LIST}remind/")
    ticked = page.context["form"].initial["chosen"]
    assert sorted(ticked) == sorted(f"school-{stage.units[one].pk}" for one in ("school", "other_school"))
    assert "澄川县第二小学：1 件超时" in text(page)
    told = county.post(f"{LIST}remind/", {"chosen": ticked, "words": "请今天办结。"}, follow=True)
    assert "已催办 2 件" in text(told)
    for one in (here, there):
        assert given.fresh(one).events.order_by("sequence").last().action == "remind"
    only = county.get(f"{LIST}remind/?school={stage.units['school'].pk}").context["form"].initial["chosen"]
    assert only == [f"school-{stage.units['school'].pk}"]


def test_a_warning_leads_to_a_talk_that_comes_filled_in(office, stage):
    alarm = warned(stage)
    office.clock_shows(at(9))
    county = office.as_("county_supervisor")
    link = f"{LIST}interviews/call/?alarm={alarm.pk}"
    assert f"alarm={alarm.pk}" in text(county.get(f"/staff/alarms/{alarm.pk}/"))
    begun = county.get(link).context["form"].initial
    assert (begun["unit"], begun["ground"], begun["alarm"]) == (alarm.unit_id, "alarm", alarm.pk)
    call(office, stage, by="county_supervisor", unit="school", alarm=str(alarm.pk), numbers=begun["numbers"])
    assert Proceeding.objects.get().interview.alarm == alarm.pk
    assert office.as_("principal").get(f"{LIST}interviews/call/?alarm=999999").status_code == 404


def test_a_notice_leads_to_its_proceeding(office, stage):
    proceeding = talks.called(stage)
    page = text(office.as_("office_head").get("/staff/letters/"))
    assert f'href="{LIST}{proceeding.pk}/"' in page and "约谈您单位" in page


def test_every_page_is_there_in_english(office, stage):
    proceeding = talks.signed(stage)
    client = office.as_("principal")
    client.cookies["django_language"] = "en"
    for address in (
        LIST,
        f"{LIST}{proceeding.pk}/",
        f"{LIST}interviews/call/",
        f"{LIST}{proceeding.pk}/recheck_interview/",
    ):
        assert client.get(address, headers={"accept-language": "en"}).status_code == 200
    assert "Made good" in text(
        client.get(f"{LIST}{proceeding.pk}/recheck_interview/", headers={"accept-language": "en"})
    )


def test_one_s_days_stand_in_the_calendar_feed(office, stage):
    proceeding = talks.signed(stage)
    token = feeds.renew(stage.accounts["office_head"].pk, ring=keys.ring(), draw=lambda _bytes: "f" * 32, at=at(16))
    office.clock_shows(at(9, day=27))
    told = Client().get(f"/staff/feed/{token}/deadlines.ics").content.decode()
    assert f"{proceeding.number} 完成一项" in told and "20261204T090000Z" in told
    assert "每天公示菜单" not in told
