"""An appeal leaves somebody's sight while they write: the words are theirs and come back, and nothing else does."""

from html import escape

import pytest
from django.urls import reverse

from huying.appeals.actions.name_subject import name_subject
from huying.appeals.models import ReadRecord
from huying.channels import drafts
from huying.web.staff.table import TABLE
from tests import given
from tests.appeals import town
from tests.cast import at

WORDS = "孩子已换到第三排，从下周起全班两周轮换一次座位。"
TYPED = {"reply": WORDS, "resolved": "YES", "version": "7", "pile": "handling", "csrfmiddlewaretoken": "q" * 64}
NEVER = 10**9
PAGES = [*TABLE, "draft"]


def post(client, pk: int, page: str = "answer", **fields: object):
    return client.post(f"/staff/appeals/{pk}/{page}/", fields)


def hidden(stage) -> dict[str, int]:
    """Appeals a teacher knows nothing of: about the teacher, of another school; and a number that never was."""
    walled = town.about_the_teacher_in_hand(stage).pk
    return {"walled": walled, "another school's": town.elsewhere(stage).pk, "never": NEVER, "past": 9 * 10**30}


def test_whoever_was_writing_when_it_left_their_sight_has_their_words_back(office, stage):
    appeal = given.contacted(stage)
    teacher = office.as_("teacher")
    assert teacher.get(f"/staff/appeals/{appeal.pk}/answer/").status_code == 200
    name_subject(given.fresh(appeal), person=stage.person("teacher"), by=stage.dispatcher, at=at(16))

    page = post(teacher, appeal.pk, **TYPED)

    assert page.status_code == 404
    assert f'readonly aria-label="您写的">{WORDS}</textarea>' in page.text
    assert "这一页没有，或者已经没有了。您写的没有交上去。" in page.text
    assert page["Cache-Control"] == "no-store"
    assert given.fresh(appeal).events.filter(action="answer").count() == 0


@pytest.mark.parametrize("page", PAGES)
def test_what_is_hidden_and_what_never_was_answer_alike_with_the_words(office, stage, page):
    teacher = office.as_("teacher")
    answers = [post(teacher, pk, page, **TYPED) for pk in hidden(stage).values()]
    assert [(one.status_code, one.text.count("<textarea")) for one in answers] == [(404, 1)] * 4
    assert len({one.content for one in answers}) == 1
    # Every request has a number and a second of its own.
    own = {"X-Request-Id": "", "Expires": ""}
    assert len({tuple(sorted({**one.headers, **own}.items())) for one in answers}) == 1


def test_the_page_holds_the_words_and_nothing_of_the_appeal_or_the_form(office, stage):
    appeal = town.about_the_teacher_in_hand(stage)
    page = post(office.as_("teacher"), appeal.pk, **TYPED).text
    told = [appeal.number, appeal.title, f"appeals/{appeal.pk}", "林静", "q" * 64, "csrfmiddlewaretoken", "handling"]
    assert [words for words in told if words in page] == []
    assert "<form" not in page and "version" not in page and "YES" not in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert('已换')</script>", "<script>alert('已换')</script>"),
        ("</textarea><b>已换", "</textarea><b>已换"),
        ("已换", "已换"),
        ("moved to row 3", "moved to row 3"),
        ("一\n二", "一\n二"),
        ("已换\x00座位", "已换座位"),
        ("已换\u202e座位😀", "已换\u202e座位😀"),
    ],
)
def test_words_are_shown_as_they_were_typed_and_do_nothing(office, stage, typed, shown):
    page = post(office.as_("teacher"), NEVER, reply=typed)
    assert (page.status_code, page.text.count("<textarea")) == (404, 1)
    assert f">{escape(shown)}</textarea>" in page.text


def test_several_fields_stand_one_below_the_other(office, stage):
    page = post(office.as_("teacher"), NEVER, facts=["已换座位。", "已换黑板。"], policy="座位轮换办法第三条")
    assert [page.text.index(words) for words in ("已换座位。", "已换黑板。", "座位轮换办法第三条")] == sorted(
        page.text.index(words) for words in ("已换座位。", "已换黑板。", "座位轮换办法第三条")
    )
    assert page.text.count("<textarea") == 3


@pytest.mark.parametrize("fields", [{}, {"version": "7", "pile": "handling"}, {"reply": "  \n "}, {"lead": "12"}])
def test_without_a_word_typed_it_is_the_page_that_every_other_missing_page_is(office, stage, fields):
    teacher = office.as_("teacher")
    plain = teacher.get("/no/such/page/").content
    assert {post(teacher, pk, **fields).content for pk in hidden(stage).values()} == {plain}


def test_whoever_only_looks_finds_the_plain_page(office, stage):
    teacher = office.as_("teacher")
    plain = teacher.get("/no/such/page/").content
    pages = [teacher.get(f"/staff/appeals/{pk}/answer/", {"reply": WORDS}) for pk in hidden(stage).values()]
    assert [(page.status_code, page.content == plain) for page in pages] == [(404, True)] * 4


def test_five_megabytes_are_too_large_whether_or_not_there_is_an_appeal(office, stage):
    teacher = office.as_("teacher")
    answers = {pk: post(teacher, pk, reply="字" * 1_700_000) for pk in hidden(stage).values()}
    assert {one.status_code for one in answers.values()} == {413}
    assert len({one.text.replace(f"%2F{pk}%2F", "") for pk, one in answers.items()}) == 1


def test_nothing_is_kept_of_it_and_the_try_stands_in_the_read_log(office, stage):
    appeal = town.about_the_teacher_in_hand(stage)
    post(office.as_("teacher"), appeal.pk, "draft", reply=WORDS)
    assert drafts.of(account=stage.accounts["teacher"].pk, appeal=appeal.pk) == {}
    assert ReadRecord.objects.filter(appeal=appeal, page="refused:draft").count() == 1


def test_the_way_on_leads_to_the_desk(office, stage):
    assert f'href="{reverse("staff:tray")}">回工作台</a>' in post(office.as_("teacher"), NEVER, reply=WORDS).text
