"""A door lets in whom its mark names; others see a page that does not exist."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from huying.rules.actors import NOBODY, Actor, PostFact, holder
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, UnitLevel
from huying.web.components.doors import Door, holder_only, open_to_all, setup_only, staff_only

pytestmark = pytest.mark.urls("tests.pages.kit_urls")
SCHOOL = UnitFact(1, "/1/", UnitLevel.SCHOOL)


class SignedIn:
    is_authenticated = True


class SignedOut:
    is_authenticated = False


def staff(*kinds: PostKind) -> Actor:
    return Actor(kind=ActorKind.STAFF, account=1, name="林静", posts=tuple(PostFact(kind, SCHOOL) for kind in kinds))


def page(request):
    return HttpResponse("inside")


def knock(view, actor: Actor):
    request = RequestFactory().get("/staff/dispatch/")
    request.actor = actor
    request.user = SignedIn() if actor.is_staff else SignedOut()
    return view(request)


DISPATCH = staff_only(PostKind.DISPATCHER, PostKind.COUNTY_DISPATCHER)(page)


def test_a_dispatcher_enters_the_dispatcher_s_page():
    answer = knock(DISPATCH, staff(PostKind.CLERK, PostKind.DISPATCHER))
    assert answer.content == b"inside"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("actor", [staff(PostKind.CLASS_TEACHER), staff()], ids=["another post", "no post"])
def test_another_post_finds_no_such_page(actor):
    with pytest.raises(Http404):
        knock(DISPATCH, actor)


def test_without_a_login_one_is_asked_to_log_in():
    answer = knock(DISPATCH, NOBODY)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/login/?next=/staff/dispatch/")


def test_a_page_for_all_staff_opens_to_somebody_without_a_post_who_may_be_in_charge_of_an_appeal():
    view = staff_only()(page)
    assert knock(view, staff(PostKind.CALLER)).status_code == 200
    assert knock(view, staff()).status_code == 200


def test_set_up_is_for_the_administrators():
    view = setup_only(page)
    assert knock(view, staff(PostKind.SYSTEM_ADMIN)).status_code == 200
    assert knock(view, staff(PostKind.SECURITY_ADMIN)).status_code == 200
    with pytest.raises(Http404):
        knock(view, staff(PostKind.PRINCIPAL))


def test_a_holder_enters_with_a_checked_code_and_others_are_asked_for_it():
    view = holder_only(page)
    assert knock(view, holder(receipt=5, appeals=frozenset({7}))).content == b"inside"
    assert knock(view, NOBODY)["Location"] == "/progress/"


def test_a_door_says_who_may_enter():
    assert DISPATCH.who_may_enter == Door("staff", (PostKind.DISPATCHER, PostKind.COUNTY_DISPATCHER))
    assert open_to_all(lambda request: None).who_may_enter == Door("all")
    assert holder_only(page).who_may_enter == Door("holder")
