"""With English chosen a page speaks English: only names and what people wrote stay as they are."""

import re

import pytest
from django.test import Client

from huying.appeals.models import Appeal, Text, Topic
from huying.channels.models import Channel
from huying.people.models import Person, Unit
from tests import given

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = {"accept-language": "en"}
# The name of the house stands beside its English one, 甲乙丙 are letters, and 无 is what a unit typed.
SIGNS = "呼应甲乙丙无"
PUBLIC = ["/", "/s/school/", "/report/?school=school", "/progress/", "/open/", "/open/phones/", "/open/privacy/"]
STORIES = (given.registered, given.dispatched, given.handled, given.answered, given.delivered, given.closed)


def kept_words() -> list[str]:
    """Names and people's own words, longest first."""
    columns = [(Unit, "name"), (Person, "name"), (Topic, "name"), (Channel, "name"), (Text, "body"), (Appeal, "title")]
    words = {word for model, column in columns for word in model.objects.values_list(column, flat=True)}
    return sorted(words, key=len, reverse=True)


def chinese_on(page: str) -> list[str]:
    for word in kept_words():
        page = page.replace(word, "")
    return CHINESE.findall(re.sub(f"[{SIGNS}]", "", page))


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_speaks_english(client, stage, path):
    page = client.get(path, headers=ENGLISH).content.decode()
    assert 'lang="en"' in page
    assert chinese_on(page) == []


def test_what_is_missing_is_said_in_english(client, stage):
    page = client.post("/report/", {"school": "school", "stage": "check"}, headers=ENGLISH).content.decode()
    assert chinese_on(page) == []


@pytest.mark.parametrize(
    "who", ["clerk", "dispatcher", "teacher", "grade_head", "caller", "county_supervisor", "auditor"]
)
def test_the_pages_of_staff_speak_english(office, stage, who):
    client: Client = office.as_(who)
    appeals = [story(stage) for story in STORIES]
    paths = ["/staff/", "/staff/search/?q=甲乙", "/staff/letters/", "/staff/me/", "/staff/register/"]
    for path in [*paths, *(f"/staff/appeals/{one.pk}/{tail}" for one in appeals for tail in ("", "print/"))]:
        answer = client.get(path, headers=ENGLISH)
        if answer.status_code == 200:
            assert (path, chinese_on(answer.content.decode())) == (path, [])
