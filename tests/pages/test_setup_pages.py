"""The pages of the set-up: who may open them, and that each opens."""

import pytest

from huying.people.models import Post, Unit
from huying.rules.enums import PostKind
from tests import given
from tests.cast import TODAY

PAGES = (
    "",
    "units/",
    "units/add/",
    "posts/",
    "posts/?past=1",
    "posts/appoint/",
    "topics/",
    "topics/add/",
    "routing/",
    "routing/add/",
    "limits/",
    "limits/answer/",
    "limits/outer/",
    "channels/",
    "changes/",
)
OTHERS = ("clerk", "dispatcher", "teacher", "principal", "county_supervisor", "auditor", "security_admin")


@pytest.fixture
def school_admin(stage):
    """马志 sets up one school alone."""
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(unit=stage.units["school"])
    return stage


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_the_administrator(office, page):
    assert office.as_("system_admin").get(f"/setup/{page}").status_code == 200


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("", "changes/")])
def test_for_others_there_is_no_page(office, page, who):
    assert office.as_(who).get(f"/setup/{page}").status_code == 404


@pytest.mark.parametrize(("who", "code"), [("auditor", 200), ("security_admin", 200), ("principal", 404)])
def test_the_record_is_for_administrators_and_the_auditor(office, who, code):
    assert office.as_(who).get("/setup/changes/").status_code == code


def test_a_stranger_is_asked_to_sign_in(client, stage):
    assert client.get("/setup/units/").url == "/staff/login/?next=/setup/units/"


def test_an_administrator_sees_no_appeal_by_being_one(office, stage):
    appeal = given.registered(stage)
    client = office.as_("system_admin")
    assert client.get(f"/staff/appeals/{appeal.pk}/").status_code == 404
    shown = [client.get(f"/setup/{page}").content.decode() for page in PAGES]
    assert not any("看不清黑板" in page or appeal.number in page for page in shown)


def test_a_school_s_administrator_reaches_no_other_school(office, school_admin):
    client = office.as_("system_admin")
    shown = client.get("/setup/units/").content.decode()
    assert ("三年级部" in shown, "澄川县第二小学" in shown) == (True, False)
    other = Unit.objects.get(code="other_school")
    assert client.get(f"/setup/units/{other.pk}/").status_code == 404
    theirs = Post.objects.get(unit=other, kind=PostKind.PRINCIPAL)
    assert client.get(f"/setup/posts/{theirs.pk}/end/").status_code == 404


@pytest.mark.parametrize("page", ["topics/add/", "limits/answer/"])
def test_what_holds_for_all_schools_is_the_county_s_to_change(office, school_admin, page):
    assert office.as_("system_admin").get(f"/setup/{page}").status_code == 404


@pytest.mark.parametrize(
    "page", ["units/99999/", "posts/99999/end/", "topics/99999/", "channels/99999/", "limits/lunch/"]
)
def test_what_is_not_there_has_no_page(office, page):
    assert office.as_("system_admin").get(f"/setup/{page}").status_code == 404


def test_the_first_page_names_the_schools_in_which_a_post_is_empty(office):
    Post.objects.filter(kind=PostKind.PRINCIPAL, unit__code="other_school").update(ends_on=TODAY.replace(day=1))
    shown = office.as_("system_admin").get("/setup/").content.decode()
    assert "还没有人在岗：校长" in shown
