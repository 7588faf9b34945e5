"""A pile or a search as a sheet: only what the person may see, on record before it is handed over."""

import hashlib
import io
from datetime import datetime

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from huying.appeals import exports, facts, steps
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.models import Event, Export, ReadRecord
from huying.rules.enums import Action, AppealKind, ContactField, PrivacyMode, Severity
from tests import given
from tests.appeals import sealed
from tests.cast import at

ADDRESS = "/staff/export/"


def take(client, **asked):
    return client.post(ADDRESS, {"pile": "all", "purpose": "check", **asked})


def book(answer):
    assert answer.status_code == 200, answer.content.decode()[:500]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def numbers(answer):
    return [row[0].value for row in book(answer).active.iter_rows(min_row=3)]


@pytest.fixture
def two(office, stage):
    """One of each school."""
    here = given.dispatched(stage, body="=cmd|'/c calc'!A1 请看")
    away = given.registered(stage, place=stage.units["other_school"], klass=None)
    return here, away


def test_dates_are_dates_numbers_are_numbers_and_text_runs_nothing(office, two):
    page = book(take(office.as_("principal"))).active
    cells = {page.cell(2, place).value: page.cell(3, place) for place in range(1, 17)}
    assert (cells["编号"].value, cells["编号"].data_type) == (two[0].number, "s")
    assert cells["收到"].value == datetime(2026, 11, 24, 10, 12)
    assert (cells["轮次"].value, cells["轮次"].data_type) == (1, "n")
    assert (cells["事由"].value[:4], cells["事由"].data_type) == ("=cmd", "s")
    assert [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_who_took_it_when_and_what_for_stands_on_the_sheet_and_in_the_file(office, two):
    made = book(take(office.as_("principal")))
    mark = "赵明远 2026-11-24 17:00 导出，用来核对台账。仅供内部使用，不得转发。"
    said = made.properties
    assert (made.active["A1"].value, said.creator, said.subject, said.description) == (mark, "赵明远", "核对台账", mark)
    assert mark in made.active.oddFooter.left.text


def test_an_export_is_on_record_with_its_filter_its_rows_and_its_digest(office, two):
    answer = take(office.as_("principal"), kind="HELP")
    row = Export.objects.get()
    assert (row.person.name, row.place.name, row.purpose, row.asked, row.rows, row.identities) == (
        "赵明远", "澄川县实验小学", "check", {"pile": "all", "kind": "HELP"}, 1, 0,
    )  # fmt: skip
    assert row.digest == hashlib.sha256(answer.content).hexdigest()
    assert list(ReadRecord.objects.values_list("appeal__number", "page")) == [(two[0].number, "export")]


def test_the_record_of_exports_only_grows(office, two):
    take(office.as_("principal"))
    for doing in ("UPDATE appeals_export SET rows = 0", "DELETE FROM appeals_export"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(doing)


def test_a_search_is_exported_and_a_number_in_it_is_not_kept(office, two):
    assert numbers(take(office.as_("dispatcher"), q="请看")) == [two[0].number]
    assert numbers(take(office.as_("dispatcher"), q="13800005678")) == []
    assert [row.asked["words"] for row in Export.objects.order_by("pk")] == ["请看", "***"]


def test_another_school_s_appeals_are_in_nobody_s_sheet_but_its_own(office, two):
    here, away = two
    assert numbers(take(office.as_("principal"))) == [here.number]
    assert numbers(take(office.as_("other_principal"))) == [away.number]
    assert len(numbers(take(office.as_("county_supervisor")))) == 2


def test_whoever_is_complained_about_finds_it_in_no_sheet_and_neither_do_those_below(office, stage, two):
    about = given.dispatched(stage, kind=AppealKind.COMPLAINT, topic="ethics", body="级部主任骂孩子。")
    assert about.number in numbers(take(office.as_("grade_head")))
    name_subject(given.fresh(about), person=stage.person("grade_head"), by=stage.dispatcher, at=at(11))
    for name in ("grade_head", "teacher", "other_teacher"):
        assert about.number not in numbers(take(office.as_(name)))
        assert b'<b class="b num">1 ' in office.as_(name).get(f"{ADDRESS}?pile=all").content or name != "grade_head"
    assert about.number in numbers(take(office.as_("dispatcher")))


def test_the_principal_complained_about_cannot_export_it_nor_count_it(office, stage, two):
    about = given.registered(stage, kind=AppealKind.REPORT, topic="ethics", body="校长乱收费。")
    name_subject(about, person=stage.person("principal"), by=stage.dispatcher, at=at(11))
    client = office.as_("principal")
    assert numbers(take(client)) == [two[0].number]
    assert "1 件" in client.get(f"{ADDRESS}?pile=all").content.decode()


def test_the_words_of_a_report_and_the_names_in_a_title_stay_inside(office, stage):
    given.registered(stage, kind=AppealKind.REPORT, topic="ethics", body="王老师打人。")
    given.registered(stage, body="我是王小明妈妈，电话13800005678，想换座位。")
    said = {cell.value for row in book(take(office.as_("principal"))).active.iter_rows() for cell in row}
    assert [one for one in said if isinstance(one, str) and ("打人" in one or "王小明" in one or "5678" in one)] == [
        one for one in said if isinstance(one, str) and "138****5678" in one
    ]


def test_a_report_made_something_else_keeps_its_title_inside_until_a_second_person_agreed(office, stage):
    report = given.registered(stage, kind=AppealKind.REPORT, topic="ethics", body="王老师打人。")
    classes = Classes(kind=AppealKind.HELP, topic=report.topic, severity=Severity.NORMAL)
    reclassify(report, classes=classes, reason="不是举报", by=stage.dispatcher, at=at(11))
    said = {cell.value for row in book(take(office.as_("principal"))).active.iter_rows() for cell in row}
    assert [one for one in said if isinstance(one, str) and "打人" in one] == []
    assert report.number in said


# --- identities -----------------------------------------------------------------------------------------------------

NAMES = ("唐小雨", "唐果", "0000 5678")


def test_no_sheet_says_who_filed_unless_a_second_person_agreed(office, stage):
    sealed.in_hand(stage)
    for name in ("teacher", "principal", "dispatcher", "county_supervisor"):
        answer = take(office.as_(name), with_identities="on")
        said = {cell.value for row in book(answer).active.iter_rows() for cell in row}
        assert [one for one in said if one and any(name in str(one) for name in NAMES)] == []
    assert set(Export.objects.values_list("identities", flat=True)) == {0}


def test_what_a_second_person_agreed_to_is_in_the_sheet_and_counts_as_a_view(office, stage):
    office.clock_shows(at(15))
    appeal = sealed.granted(stage)
    other = sealed.in_hand(stage)
    plain = take(office.as_("teacher"))
    assert [cell.value for cell in book(plain).active[2]][-1] == "办结"
    page = book(take(office.as_("teacher"), with_identities="on")).active
    heads = [cell.value for cell in page[2]]
    rows = {row[0].value: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in page.iter_rows(3)}
    assert (rows[appeal.number]["电话"], rows[appeal.number]["姓名"]) == ("138 0000 5678", None)
    assert rows[other.number]["电话"] is None
    assert Event.objects.filter(action=Action.UNMASK).values_list("appeal", flat=True).get() == appeal.pk
    assert Export.objects.order_by("pk").values_list("identities", flat=True)[1] == 1


def test_agreement_that_ran_out_opens_nothing(office, stage):
    sealed.granted(stage)
    office.clock_shows(at(16, 1))
    take(office.as_("teacher"), with_identities="on")
    assert (Export.objects.get().identities, Event.objects.filter(action=Action.UNMASK).exists()) == (0, False)


def test_a_standing_approval_is_no_second_person(office, stage):
    appeal = sealed.in_hand(stage, privacy=PrivacyMode.OPEN)
    asked = {"purpose": "call", "fields": [ContactField.PHONE], "hours": 2, "is_above": False, "standing": 1}
    steps.take(
        appeal, Action.REQUEST_UNMASK, by=stage.teacher, at=at(16, 30), reason="要打电话问清楚", record=asked,
        given={"has_identity": True},
    )  # fmt: skip
    assert facts.of(given.fresh(appeal), at=at(17)).unmask_grant(stage.teacher.person) is not None
    take(office.as_("teacher"), with_identities="on")
    assert Export.objects.get().identities == 0


# --- who, how much, how often ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clerk", "caller", "auditor", "system_admin", "security_admin"])
def test_who_watches_over_no_unit_has_no_export(office, two, name):
    client = office.as_(name)
    assert (client.get(f"{ADDRESS}?pile=all").status_code, take(client).status_code) == (404, 404)
    assert not Export.objects.exists()


def test_a_pile_that_is_not_one_s_own_is_no_page(office, two):
    client = office.as_("teacher")
    assert (client.get(f"{ADDRESS}?pile=triage").status_code, take(client, pile="triage").status_code) == (404, 404)


def test_without_a_purpose_nothing_leaves_and_what_was_asked_stays(office, two):
    answer = take(office.as_("principal"), purpose="", kind="HELP")
    assert answer.status_code == 422
    assert 'name="kind" value="HELP"' in answer.content.decode()
    assert not Export.objects.exists()


def test_a_made_up_purpose_kind_or_pile_is_refused(office, two):
    client = office.as_("principal")
    assert take(client, purpose="fun").status_code == 422
    assert take(client, pile="x\0'; DROP").status_code == 404
    assert numbers(take(client, kind="x' OR 1=1")) == [two[0].number]


def test_a_get_makes_no_sheet(office, two):
    office.as_("principal").get(f"{ADDRESS}?pile=all&purpose=check")
    assert not Export.objects.exists()


def test_more_than_a_sheet_may_hold_is_refused_and_nothing_is_recorded(office, two, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 1)
    answer = take(office.as_("county_supervisor"))
    assert (answer.status_code, "超过 1 件" in answer.content.decode()) == (422, True)
    assert (Export.objects.count(), ReadRecord.objects.count()) == (0, 0)


def test_the_eleventh_in_an_hour_waits(office, two):
    client = office.as_("principal")
    assert [take(client).status_code for _ in range(10)] == [200] * 10
    answer = take(client)
    assert (answer.status_code, Export.objects.count()) == (429, 10)
    office.clock_shows(at(18))
    assert take(office.as_("principal")).status_code == 200


def test_nothing_keeps_the_sheet_on_its_way(office, two):
    answer = take(office.as_("principal"))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


# --- the auditor ----------------------------------------------------------------------------------------------------


def test_the_auditor_sees_every_sheet_of_the_own_school_and_no_other(office, two):
    take(office.as_("principal"))
    take(office.as_("other_principal"), purpose="meeting")
    page = office.as_("auditor").get("/staff/audit/exports/").content.decode()
    assert ("赵明远" in page, "核对台账" in page, "高山" in page) == (True, True, False)
    assert Export.objects.order_by("pk")[0].digest in page
    assert "导出" in office.as_("auditor").get("/staff/audit/").content.decode()


def test_nobody_but_an_auditor_reads_the_record(office, two):
    assert office.as_("principal").get("/staff/audit/exports/").status_code == 404


def test_pile_and_search_lead_to_it_for_those_who_may(office, two):
    assert "/staff/export/?pile=all" in office.as_("principal").get("/staff/?pile=all").content.decode()
    assert "/staff/export/?q=" in office.as_("principal").get("/staff/search/?q=请看").content.decode()
    assert "/staff/export/" not in office.as_("clerk").get("/staff/?pile=all").content.decode()
