"""Public texts on pages: written with marks decided one by one, read by a second person, public, found, taken down."""

import json
import re

import pytest
from django.test import Client

from huying.appeals.models import ReadRecord
from huying.oversight import counting, openfigures, publications
from huying.oversight.models import PublishedCase
from tests import given
from tests.cast import at
from tests.oversight.texts import DRAFT, drafted, opened, published

LIST = "/staff/publications/"
TYPED = {"title": DRAFT.title, "question": DRAFT.question, "answer": DRAFT.answer}


def test_a_text_is_written_agreed_to_read_and_taken_down(office, stage):
    opened(stage)
    appeal = given.closed(stage)
    dispatcher, inspector, public = office.as_("dispatcher"), office.as_("inspector"), Client()
    address = f"/staff/publications/write/{appeal.pk}/"
    assert address in dispatcher.get(f"/staff/appeals/{appeal.pk}/").content.decode()
    assert address not in office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/").content.decode()
    made = dispatcher.post(address, TYPED)
    case = PublishedCase.objects.get()
    assert made.url == dispatcher.get(address).url == f"{LIST}{case.token}/"
    assert public.get(f"/open/answers/{case.token}/").status_code == 404
    seen = inspector.get(made.url).content.decode()
    assert "公众看到的就是这样" in seen
    assert DRAFT.answer in seen
    inspector.post(f"{LIST}{case.token}/decide/", {"act": "approve", "version": "1"})
    page = public.get(f"/open/answers/{case.token}/").content.decode()
    assert DRAFT.answer in page
    assert appeal.number not in page
    inspector.post(f"{LIST}{case.token}/decide/", {"act": "take_down", "reason": "家长不愿意"})
    gone = public.get(f"/open/answers/{case.token}/")
    assert (gone.status_code, "现在不公开了" in gone.content.decode()) == (410, True)
    assert DRAFT.title not in gone.content.decode()
    assert "家长不愿意" in dispatcher.get(f"{LIST}{case.token}/").content.decode()


def test_what_software_marks_comes_back_and_is_decided_piece_by_piece(office, stage):
    opened(stage)
    address = f"/staff/publications/write/{given.closed(stage).pk}/"
    dispatcher = office.as_("dispatcher")
    typed = {**TYPED, "answer": "三年级4班的王小明同学，电话0536-5550000，可以找王老师。"}
    asked = dispatcher.post(address, typed)
    assert asked.status_code == 422
    names = {bound.label: bound.name for bound in asked.context["form"].deciding()}
    assert set(names) == {"班级：三年级4班", "姓名：王小明", "姓名：王", "电话：0536-5550000"}
    page = asked.content.decode()
    assert page.count("留着，看不出是谁") == 3
    keep = {names["电话：0536-5550000"]: "keep", names["姓名：王小明"]: "drop", names["班级：三年级4班"]: "drop"}
    assert dispatcher.post(address, {**typed, **keep}).status_code == 422
    assert dispatcher.post(address, {**typed, **keep, names["姓名：王"]: "drop"}).status_code == 302
    case = PublishedCase.objects.get()
    assert case.answer == "[班级]的[姓名]同学，电话0536-5550000，可以找[姓名]老师。"
    assert case.kept == [["phone", "0536-5550000"]]
    shown = office.as_("principal").get(f"{LIST}{case.token}/").content.decode()
    assert "起草的人留下的" in shown


def test_a_class_is_not_left_in_whatever_is_posted(office, stage):
    opened(stage)
    address = f"/staff/publications/write/{given.closed(stage).pk}/"
    dispatcher = office.as_("dispatcher")
    typed = {**TYPED, "answer": "三年级4班。"}
    (bound,) = dispatcher.post(address, typed).context["form"].deciding()
    assert dispatcher.post(address, {**typed, bound.name: "keep"}).status_code == 422
    assert not PublishedCase.objects.exists()


def test_nothing_is_written_until_the_head_has_opened_up(office, stage):
    appeal = given.closed(stage)
    address = f"/staff/publications/write/{appeal.pk}/"
    assert "还没有开放网上公开" in office.as_("dispatcher").get(address).content.decode()
    refused = office.as_("dispatcher").post(address, TYPED)
    assert (refused.status_code, "还没有开放网上公开" in refused.content.decode()) == (422, True)
    principal = office.as_("principal")
    assert "现在没有开放" in principal.get(LIST).content.decode()
    unit = str(stage.units["school"].pk)
    principal.post(f"{LIST}openness/", {"unit": unit, "is_open": "yes", "reason": "本学期起"})
    assert "现在开放" in principal.get(LIST).content.decode()
    other = str(stage.units["other_school"].pk)
    principal.post(f"{LIST}openness/", {"unit": other, "is_open": "yes", "reason": "替别人"})
    assert not publications.is_open(stage.units["other_school"])


def test_the_parent_s_own_words_come_back(office, stage):
    opened(stage)
    address = f"/staff/publications/write/{given.closed(stage).pk}/"
    copied = {**TYPED, "question": "孩子坐最后一排，看不清黑板，想换到前面。"}
    refused = office.as_("dispatcher").post(address, copied)
    assert (refused.status_code, "家长的原话" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize("act", ["approve", "withhold", "take_down", "nothing"])
@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1"])
def test_a_broken_decision_decides_nothing(office, stage, act, version):
    case = drafted(stage)
    answer = office.as_("inspector").post(f"{LIST}{case.token}/decide/", {"act": act, "version": version})
    assert (answer.status_code, PublishedCase.objects.get().standing) == (302, "drafted")


def test_another_school_sees_nothing_of_a_text_that_waits(office, stage):
    case = drafted(stage)
    for name in ("other_principal", "other_dispatcher"):
        assert office.as_(name).get(f"{LIST}{case.token}/").status_code == 404
        assert DRAFT.title not in office.as_(name).get(LIST).content.decode()
    for name in ("teacher", "clerk", "auditor", "system_admin"):
        assert office.as_(name).get(LIST).status_code == 404


def test_published_answers_are_found_fed_and_downloaded(stage, client):
    published(stage, names_school=True)
    published(stage, title="=1+1 食堂几点开饭", question="有人问<b>时间</b>。", answer="十一点半。")
    page = client.get("/open/answers/", {"q": "座位"}).content.decode()
    assert (DRAFT.title in page, "开饭" in page) == (True, False)
    assert "没有找到" in client.get("/open/answers/", {"q": "游泳"}).content.decode()
    for broken in ({"q": "\0%"}, {"page": "0"}, {"page": "x"}, {"page": "9999999"}, {"topic": "'"}):
        assert client.get("/open/answers/", broken).status_code == 200
    feed = client.get("/open/answers/feed.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.count(b"<entry>") == 2
    table = client.get("/open/data/answers.csv").content.decode("utf-8-sig")
    assert "'=1+1 食堂" in table
    said = json.loads(client.get("/open/data/answers.json").content)
    assert (said["licence"], len(said["answers"])) == ("CC BY 4.0", 2)
    assert said["answers"][1] == {
        "token": said["answers"][1]["token"], "title": DRAFT.title, "question": DRAFT.question,
        "answer": DRAFT.answer, "topic": "classing", "school": "澄川县实验小学", "month": "2026-11",
        "published_on": "2026-11-26",
    }  # fmt: skip
    assert "data" in client.get("/open/data/").content.decode()


def test_a_month_in_numbers_is_the_same_on_the_page_and_in_the_files(stage, client):
    assert "还没有登出来的" in client.get("/open/figures/").content.decode()
    opened(stage, unit="county", by="county_supervisor")
    for _one in range(6):
        given.registered(stage)
    counting.count_due(limit=1000)
    openfigures.make_due(at=at(9, day=5, month=12))
    page = client.get("/open/figures/", {"month": "2026-11"}).content.decode()
    cells = re.findall(r'<td class="num">([^<]*)</td>', page)
    assert cells[0] == "6"
    assert "·" in cells
    assert client.get("/open/figures/", {"month": "x"}).content.decode().count("2026-11") > 0
    rows = json.loads(client.get("/open/data/figures.json").content)["figures"]
    whole = [
        row["value"] for row in rows if (row["measure"], row["school"], row["column"]) == ("received", "all", "all")
    ]
    assert whole == [6]
    assert min(row["value"] for row in rows if row["value"] is not None) >= 5
    table = client.get("/open/data/figures.csv").content.decode("utf-8-sig")
    assert "2026-11,received,all,all,6\r\n" in table


def test_the_public_pages_are_light_and_say_no_number_of_a_case(stage, client):
    case = published(stage)
    for address in ("/open/answers/", f"/open/answers/{case.token}/", "/open/figures/", "/open/data/"):
        page = client.get(address)
        assert len(page.content) < 30_000
        assert case.appeal.number not in page.content.decode()


def test_whoever_is_complained_about_finds_no_page_and_the_try_is_on_record(office, stage):
    opened(stage)
    appeal = given.complaint_about(stage, "dispatcher")
    before = ReadRecord.objects.filter(appeal=appeal).count()
    assert office.as_("dispatcher").get(f"/staff/publications/write/{appeal.pk}/").status_code == 404
    assert ReadRecord.objects.filter(appeal=appeal).count() == before + 1
