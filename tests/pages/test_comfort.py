"""Size and tone come back to the page the reader was on, and nowhere else; the way out leaves nothing open."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.pages.kit_urls"), pytest.mark.django_db]


def test_the_size_is_kept_for_a_year_and_the_page_comes_back():
    answer = Client().get("/comfort/?size=xl&next=/report/")
    assert (answer.status_code, answer["Location"]) == (302, "/report/")
    kept = answer.cookies["size"]
    assert (kept.value, kept["max-age"], kept["httponly"], kept["samesite"]) == ("xl", 31536000, True, "Lax")


def test_an_empty_choice_forgets_and_an_unknown_one_does_nothing():
    assert Client().get("/comfort/?size=&next=/").cookies["size"]["max-age"] == 0
    assert Client().get("/comfort/?size=huge&tone=red&next=/").cookies == {}


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "report/", ""]
)
def test_nobody_is_sent_to_another_site(wanted):
    assert Client().get("/comfort/", {"size": "l", "next": wanted})["Location"] == "/"


def test_comfort_is_asked_for_never_posted():
    assert Client().post("/comfort/?size=l").status_code == 405


def test_leaving_shows_the_site_that_was_chosen_for_it(settings):
    settings.LEAVE_TO = "https://weather.example/"
    assert Client().get("/comfort/leave/")["Location"] == "https://weather.example/"


def test_leaving_ends_what_was_open_and_shows_another_site():
    client = Client()
    session = client.session
    session["appeal"] = 7
    session.save()
    answer = client.get("/comfort/leave/")
    assert answer.status_code == 302 and answer["Location"].startswith("https://")
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/comfort/leave/").wsgi_request.session.get("appeal") is None
