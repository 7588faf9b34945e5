"""An appeal comes in: nothing it lacks stops it, and a filing that fails leaves nothing behind."""

import pytest
from django.db import IntegrityError, transaction

from huying.appeals import identities
from huying.appeals.actions.register import register, title_of
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Identity, NumberSequence, Receipt
from huying.appeals.steps import NotAllowed
from huying.channels.models import Letter
from huying.people.models import Unit
from huying.rules.actors import IMPORT
from huying.rules.enums import AppealKind, PrivacyMode, State, SubjectStatus
from tests import given
from tests.appeals.ledger import event_of, record, step, written
from tests.cast import at


def test_a_mother_files_and_everything_she_said_stands(stage):
    appeal = given.registered(stage, items=["换座位", "说明原因"], wish="下周前换好")

    assert (appeal.state, appeal.number, appeal.round, appeal.version) == (State.RECEIVED, "2026-0001", 1, 1)
    assert (appeal.organisation.code, appeal.desk.code, appeal.lead_unit) == ("school", "school", None)
    assert (appeal.klass.code, appeal.grade.code, appeal.received_at, appeal.entered_at) == (
        "class",
        "grade",
        at(10, 12),
        at(10, 12),
    )
    assert written(appeal) == step(
        "register: – → received",
        "appellant",
        words=(
            ("verbatim", "孩子坐最后一排，看不清黑板，想换到前面。"),
            ("wish", "下周前换好"),
            ("request_item", "换座位"),
            ("request_item", "说明原因"),
        ),
        told="registered: dispatcher school",
    )
    assert [item.text.body for item in appeal.items.all()] == ["换座位", "说明原因"]


def test_the_first_event_says_what_the_appeal_was_born_with(stage):
    appeal = given.registered(stage, channel="hotline", external_ref="HL-7", outer_due_at=at(17, day=30))
    assert record(appeal) == {
        "channel": "hotline",
        "kind": "HELP",
        "topic": "classing",
        "privacy": "anonymous",
        "place": stage.units["school"].pk,
        "received_at": "2026-11-24T02:12:00+00:00",
        "external_ref": "HL-7",
        "outer_due_at": "2026-11-30T09:00:00+00:00",
        "severity": "normal",
        "files": 0,
    }
    assert (event_of(appeal).sequence, event_of(appeal).at) == (1, at(10, 12))


def test_who_filed_is_sealed_apart_and_opens_again(stage):
    contact = Contact(name="刘女士", phone="13900000001", relation="母亲")
    appeal = given.registered(stage, privacy=PrivacyMode.CONFIDENTIAL, contact=contact)
    row = Identity.objects.get(appeal=appeal)
    assert "刘女士" not in str(row.sealed)
    assert "13900000001" not in str(row.sealed) + row.phone_index
    assert (row.has_name, row.has_phone, identities.opened(appeal)) == (True, True, contact)
    assert identities.has_phone(appeal, "139 0000 0001")
    assert not identities.has_phone(appeal, "13900000002")
    assert not identities.has_phone(appeal, "不是号码")


def test_a_strange_number_and_an_empty_contact_stop_nothing(stage):
    strange = given.registered(stage, contact=Contact(phone="问我邻居"))
    empty = given.registered(stage, contact=Contact())
    assert Identity.objects.get(appeal=strange).phone_index == ""
    assert identities.opened(strange).phone == "问我邻居"
    assert identities.opened(empty) is None


def test_a_matter_about_the_principal_is_the_county_s(stage):
    appeal = given.registered(stage, subjects=["赵校长"])
    assert (appeal.organisation.code, appeal.desk.code, appeal.place.code) == ("county", "county", "school")
    assert written(appeal).told == {"registered: county_dispatcher county"}


def test_a_matter_about_the_school_itself_is_the_county_s(stage):
    appeal = given.registered(stage, subjects=["学校"])
    assert (appeal.desk.code, appeal.subjects.get().unit.code) == ("county", "school")


def test_what_the_county_takes_in_is_the_county_s(stage):
    appeal = given.registered(stage, by=stage.county_dispatcher, channel="hotline")
    assert (appeal.organisation.code, written(appeal).by) == ("county", "county_dispatcher county")


@pytest.mark.parametrize(
    ("typed", "status", "person"),
    [
        ("王芳", SubjectStatus.PROPOSED, "王芳"),
        ("李主任", SubjectStatus.PROPOSED, "李强"),
        ("体育老师", SubjectStatus.TYPED, None),
    ],
)
def test_a_typed_name_is_proposed_where_the_match_is_plain(stage, typed, status, person):
    subject = given.registered(stage, subjects=[typed]).subjects.get()
    assert (subject.status, subject.person and subject.person.name, subject.text.body) == (status, person, typed)


def test_a_complaint_that_names_someone_in_its_words_has_a_proposal(stage):
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT, body="王芳老师骂孩子。", subjects=["王芳"])
    other = given.registered(stage, kind=AppealKind.COMPLAINT, body="王芳老师骂孩子。")
    praise = given.registered(stage, kind=AppealKind.PRAISE, body="王芳老师很好。")
    assert [one.person.name for one in appeal.subjects.all()] == ["王芳"]
    assert [(one.person.name, one.text) for one in other.subjects.all()] == [("王芳", None)]
    assert not praise.subjects.exists()


def test_a_clerk_s_late_entry_says_so(stage):
    appeal = given.registered(stage, by=stage.clerk, channel="phone", is_late=True)
    assert (appeal.late_entry, written(appeal).flags, written(appeal).by) == (True, "late_entry", "clerk school")


def test_imported_history_tells_nobody_and_has_no_subject(stage):
    appeal = given.registered(stage, by=IMPORT, is_imported=True, subjects=["王芳"])
    assert written(appeal).flags == "imported"
    assert written(appeal).told == set()
    assert not appeal.subjects.exists()


@pytest.mark.parametrize("name", ["caller", "auditor", "other_dispatcher", "system_admin", "security_admin"])
def test_who_may_not_take_it_in_leaves_nothing(stage, name):
    with pytest.raises(NotAllowed, match="不由您登记"):
        given.registered(stage, by=getattr(stage, name))
    assert [model.objects.count() for model in (Appeal, Receipt, NumberSequence, Letter)] == [0, 0, 0, 0]


def test_an_outer_number_comes_once_and_a_refused_one_takes_no_number(stage):
    given.registered(stage, channel="hotline", external_ref="HL-7")
    with pytest.raises(IntegrityError), transaction.atomic():
        given.registered(stage, channel="hotline", external_ref="HL-7")
    assert Appeal.objects.count() == Receipt.objects.count() == 1
    assert given.registered(stage, channel="phone", external_ref="HL-7").number == "2026-0002"


def test_a_second_click_on_one_form_makes_no_second_appeal(stage):
    register(given.intake(stage, form_token="t1"), code=given.code(), by=stage.mother, at=at(10, 12))
    with pytest.raises(IntegrityError), transaction.atomic():
        register(given.intake(stage, form_token="t1"), code=given.code(), by=stage.mother, at=at(10, 12))
    assert Appeal.objects.count() == 1


def test_each_organisation_and_year_counts_by_itself(stage):
    old = given.registered(stage, received_at=at(9, year=2025))
    other = given.registered(stage, place=stage.units["other_school"], klass=None)
    assert [old.number, other.number, given.registered(stage).number] == ["2025-0001", "2026-0001", "2026-0001"]


def test_without_a_county_everything_is_the_school_s(stage):
    Unit.objects.filter(code="county").update(level="city")
    assert given.registered(stage, subjects=["赵校长"]).desk.code == "school"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("", "没有文字"),
        ("  换座位\n第二行", "换座位"),
        ("字" * 40, "字" * 40),
        ("字" * 41, "字" * 39 + "…"),
    ],
)
def test_a_list_title_comes_from_the_first_words(body, title):
    assert title_of(body) == title


def test_a_title_somebody_wrote_is_kept(stage):
    assert given.registered(stage, title="座位").title == "座位"
