"""What staff look up: notices, words, files. The wall stands before each of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.name_subject import name_subject
from huying.channels import files
from huying.channels.models import Letter, StoredFile
from huying.rules.enums import AppealKind, RedLine
from huying.web.staff.letters import WORDS
from tests import given
from tests.cast import at
from tests.channels.samples import picture


def lines(client) -> list[tuple[str, str, bool]]:
    return [(one.words, one.number, one.is_new) for one in client.get("/staff/letters/").context["lines"]]


def test_a_notice_says_the_number_and_what_happened_and_not_a_word_of_the_case(office, stage):
    appeal = given.dispatched(stage)
    page = office.as_("teacher").get("/staff/letters/")
    assert [(one.words, one.number) for one in page.context["lines"]] == [("派给您单位，请签收", appeal.number)]
    assert "看不清黑板" not in page.text


def test_notices_come_to_posts_and_to_persons(office, stage):
    given.answered(stage)
    assert ("请审核答复", "2026-0001", True) in lines(office.as_("grade_head"))
    assert ("已写好答复，在审核", "2026-0001", True) in lines(office.as_("dispatcher"))
    assert lines(office.as_("other_dispatcher")) == []


def test_notices_are_marked_as_read_and_counted_until_then(office, stage):
    given.dispatched(stage)
    client = office.as_("teacher")
    assert client.get("/staff/").context["strip"] == [("新通知", 1)]
    newest = client.get("/staff/letters/").context["newest"]
    client.post("/staff/letters/read/", {"until": newest})
    assert [is_new for _words, _number, is_new in lines(client)] == [False]
    assert client.get("/staff/").context["strip"] == []


@pytest.mark.parametrize("until", ["", "x", "-1", "１"])
def test_a_made_up_mark_marks_nothing(office, stage, until):
    given.dispatched(stage)
    client = office.as_("teacher")
    client.post("/staff/letters/read/", {"until": until})
    assert [is_new for _words, _number, is_new in lines(client)] == [True]


def test_nobody_marks_the_notices_of_others(office, stage):
    given.dispatched(stage)
    office.as_("other_teacher").post("/staff/letters/read/", {"until": 10_000})
    assert [is_new for _words, _number, is_new in lines(office.as_("teacher"))] == [True]


def test_a_red_line_about_the_principal_shows_in_no_notice_of_the_principal(office, stage):
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT)
    name_subject(appeal, person=stage.person("principal"), by=stage.dispatcher, at=at(11))
    mark_safety(given.fresh(appeal), signal=RedLine.BULLYING, by=stage.county_supervisor, at=at(12))
    assert lines(office.as_("principal")) == []
    assert ("红线事项，请马上处理", appeal.number, True) in lines(office.as_("county_supervisor"))


def test_every_notice_that_staff_get_has_its_words(office, stage):
    given.closed(stage, kind=AppealKind.COMPLAINT)
    assert set(Letter.objects.exclude(post="appellant").values_list("kind", flat=True)) <= set(WORDS)


def found(client, words: str) -> list[int]:
    return [row.pk for row in client.get("/staff/search/", {"q": words}).context["rows"]]


def test_two_characters_are_enough_to_find_an_appeal(office, stage):
    seat = given.registered(stage)
    given.registered(stage, body="食堂的菜凉了。")
    assert found(office.as_("dispatcher"), "黑板") == [seat.pk]
    assert found(office.as_("dispatcher"), "黑板 食堂") == []
    assert found(office.as_("dispatcher"), seat.number) == [seat.pk]


def test_nothing_is_searched_without_a_word(office, stage):
    given.registered(stage)
    for words in ("", "   ", "！？", "\x00"):
        assert found(office.as_("dispatcher"), words) == []


def test_what_is_out_of_sight_is_not_found(office, stage):
    given.complaint_about(stage, "teacher")
    assert found(office.as_("teacher"), "骂人") == []
    assert found(office.as_("other_dispatcher"), "骂人") == []


def test_the_words_of_a_report_cannot_be_guessed_by_searching(office, stage):
    appeal = given.dispatched(stage, lead="grade", kind=AppealKind.REPORT, body="有老师在校外办班收钱。")
    for who in ("dispatcher", "county_dispatcher", "grade_head", "principal", "county_supervisor"):
        assert found(office.as_(who), "办班") == [], who
        assert found(office.as_(who), appeal.number) == [appeal.pk], who


@pytest.fixture
def with_photo(stage, tmp_path):
    """An appeal to which a parent added a photo of the seat."""
    appeal = given.contacted(stage, kind=AppealKind.COMPLAINT)
    return photographed(stage, appeal)


def photographed(stage, appeal):
    upload = SimpleUploadedFile("欧阳小满的座位.png", picture("PNG"), "image/png")
    stored = files.store(files.clean(upload), draft="form1", at=at(13))
    add_message(appeal, message="座位的照片。", tokens=[stored.token], by=stage.holding(appeal), at=at(13))
    return given.fresh(appeal)


def test_a_file_is_handed_out_under_a_plain_name_in_a_sandbox(office, stage, with_photo):
    token = StoredFile.objects.get().token
    answer = office.as_("teacher").get(f"/staff/files/{token}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%E5%9B%BE%E7%89%871.png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"


@pytest.mark.parametrize("who", ["other_teacher", "other_principal", "caller", "auditor", "system_admin"])
def test_a_file_is_as_far_out_of_sight_as_its_appeal(office, stage, with_photo, who):
    token = StoredFile.objects.get().token
    assert office.as_(who).get(f"/staff/files/{token}/").status_code == 404


def test_a_photo_that_came_with_a_report_is_for_those_who_read_its_words(office, stage):
    appeal = photographed(stage, given.dispatched(stage, lead="grade", kind=AppealKind.REPORT, body="校外办班收钱。"))
    token = StoredFile.objects.get().token
    assert office.as_("dispatcher").get(f"/staff/files/{token}/").status_code == 404
    given.opened(appeal, by=stage.dispatcher, when=at(16, 45))
    assert office.as_("dispatcher").get(f"/staff/files/{token}/").status_code == 200
    for who in ("grade_head", "principal"):
        assert office.as_(who).get(f"/staff/files/{token}/").status_code == 404, who


@pytest.mark.parametrize("token", ["0" * 32, "..%2F..%2Fkeys", "x", "%00", "' OR 1=1"])
def test_a_token_nobody_got_opens_nothing(office, stage, with_photo, token):
    assert office.as_("dispatcher").get(f"/staff/files/{token}/").status_code == 404
