"""责任追究 on pages: opened from the chain, served on the person, heard, decided; nobody beside learns of it."""

import re
import zipfile
from io import BytesIO

import pytest

from huying.oversight.models import AccountabilityCase
from tests import given
from tests.cast import at
from tests.pages.office import Office

FOUND = "签收以后三个工作日没有联系，催办两次没有回应。"


@pytest.fixture
def late(office, stage):
    """In the hands of the teacher, and looked at on a later day: dates have passed."""
    appeal = given.handled(stage)
    office.clock_shows(at(10, day=3, month=12))
    return appeal


def opened(office: Office, stage, appeal):
    asked = {"person": stage.person("teacher").pk, "finding": "delay", "found": FOUND, "events": [2, 3]}
    page = office.as_("inspector").post(f"/staff/appeals/{appeal.pk}/account/", asked)
    assert page.status_code == 302
    return AccountabilityCase.objects.get()


def act(office, who, case, name, own=False, **said):
    place = "me/duty" if own else "duty"
    return office.as_(who).post(f"/staff/{place}/{case.pk}/{name}/", said)


def test_the_chain_says_who_had_it_and_which_dates_passed(office, stage, late):
    page = office.as_("inspector").get(f"/staff/appeals/{late.pk}/chain/")
    assert [(hold["station"], hold["person"], hold["events"]) for hold in page.context["holds"]] == [
        ("分办", "林静", "1–2"),
        ("等签收", "王芳", "2–3"),
        ("办理", "王芳", "3–"),
    ]
    assert ("联系家长", "王芳", 3) in [(one["what"], one["person"], one["event"]) for one in page.context["lapses"]]
    assert "责任链" in office.as_("inspector").get(f"/staff/appeals/{late.pk}/").text
    for name in ("teacher", "grade_head", "principal", "dispatcher"):
        assert office.as_(name).get(f"/staff/appeals/{late.pk}/chain/").status_code == 404
        assert "责任链" not in office.as_(name).get(f"/staff/appeals/{late.pk}/").text


def test_from_the_finding_to_the_end_on_pages(office, stage, late):
    case = opened(office, stage, late)
    assert office.as_("teacher").get(f"/staff/me/duty/{case.pk}/").status_code == 404
    act(office, "inspector", case, "serve")
    own = office.as_("teacher").get(f"/staff/me/duty/{case.pk}/")
    assert (FOUND in own.text, late.number in own.text, "看不清黑板" in own.text) == (True, False, False)
    act(office, "teacher", case, "state", own=True, statement="那几天在外培训，\n交代过同事。")
    act(office, "inspector", case, "propose", measure="talk", reason="没有交接", why_harder="今年第二次")
    act(office, "principal", case, "decide", measure="reminder", reason="情节轻")
    act(office, "teacher", case, "object", own=True, reason="有交接记录")
    act(office, "county_supervisor", case, "decide_objection", measure="none", reason="查到交接记录")
    act(office, "inspector", case, "carry_out", reason="当面告知")
    page = act(office, "inspector", case, "close")
    assert page.url == f"/staff/duty/{case.pk}/"
    shown = office.as_("inspector").get(page.url)
    assert dict(shown.context["pairs"])["决定"].startswith("不作处理（陆远")
    assert ("今年第二次" in shown.text, len(shown.context["entries"])) == (True, 9)
    assert "王芳：" in shown.text


def test_the_decision_is_a_paper_for_those_who_keep_it_and_the_person(office, stage, late):
    case = opened(office, stage, late)
    for who, name, own, said in (
        ("inspector", "serve", False, {}),
        ("teacher", "state", True, {"statement": "在外培训"}),
        ("inspector", "propose", False, {"measure": "reminder", "reason": "没有交接"}),
    ):
        act(office, who, case, name, own=own, **said)
    assert office.as_("principal").get(f"/staff/duty/{case.pk}/paper/docx/").status_code == 404
    act(office, "principal", case, "decide", measure="reminder", reason="情节轻")
    paper = office.as_("principal").get(f"/staff/duty/{case.pk}/paper/docx/")
    with zipfile.ZipFile(BytesIO(paper.content)) as opened_paper:
        words = re.sub("<[^>]+>", "", opened_paper.read("word/document.xml").decode())
    for part in (
        "澄川县实验小学",
        "王芳（三年级4班）",
        FOUND,
        "在外培训",
        "提醒",
        "10个工作日内",
        "教育惠民服务中心",
    ):
        assert part in words, part
    assert late.number not in words
    assert "经研究认为：情节轻" in words
    own = office.as_("teacher").get(f"/staff/me/duty/{case.pk}/paper/docx/")
    assert (own.status_code, "paper/pdf" in office.as_("teacher").get(f"/staff/me/duty/{case.pk}/").text) == (200, True)
    assert office.as_("inspector").get(f"/staff/duty/{case.pk}/paper/exe/").status_code == 404
    assert office.as_("other_principal").get(f"/staff/duty/{case.pk}/paper/docx/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"found": "家长说孩子坐最后一排，看不清"}, "编号或原话"),
        ({"events": []}, "请从记录里选出依据"),
        ({"finding": "bad_rating"}, "选择一个有效的选项"),
        ({"person": 0}, "选择一个有效的选项"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(office, stage, late, wrong, says):
    asked = {"person": stage.person("teacher").pk, "finding": "delay", "found": FOUND, "events": [2, 3], **wrong}
    page = office.as_("inspector").post(f"/staff/appeals/{late.pk}/account/", asked)
    assert (page.status_code, says in page.text, AccountabilityCase.objects.exists()) == (422, True, False)


def test_a_step_out_of_turn_is_refused_in_words_and_its_form_is_not_there(office, stage, late):
    case = opened(office, stage, late)
    page = act(office, "inspector", case, "propose", measure="reminder", reason="没有联系")
    assert (page.status_code, "现在不能做这一步" in page.text) == (422, True)
    assert office.as_("inspector").get(f"/staff/duty/{case.pk}/propose/").status_code == 404
    assert office.as_("inspector").get(f"/staff/duty/{case.pk}/nonsense/").status_code == 404
    assert act(office, "inspector", case, "nonsense").status_code == 404
    assert office.as_("inspector").get(f"/staff/duty/{case.pk}/serve/").status_code == 200


def test_nobody_beside_finds_it_in_list_or_address(office, stage, late):
    case = opened(office, stage, late)
    act(office, "inspector", case, "serve")
    for name in ("other_principal", "grade_head", "other_teacher", "dispatcher", "auditor"):
        for place in ("duty", "me/duty"):
            assert office.as_(name).get(f"/staff/{place}/{case.pk}/").status_code == 404, name
    assert case.number not in office.as_("other_principal").get("/staff/duty/").text
    assert case.number in office.as_("principal").get("/staff/duty/").text
    assert case.number in office.as_("teacher").get("/staff/me/duty/").text
    assert case.number not in office.as_("other_teacher").get("/staff/me/duty/").text


def test_every_page_speaks_english_too(office, stage, late):
    case = opened(office, stage, late)
    client = office.as_("inspector")
    client.cookies["django_language"] = "en"
    for address in ("/staff/duty/", f"/staff/duty/{case.pk}/", f"/staff/duty/{case.pk}/serve/"):
        page = client.get(address)
        assert (page.status_code, "责任追究" in page.text) == (200, False), address
