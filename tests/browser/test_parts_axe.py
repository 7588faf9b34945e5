"""No part breaks a rule that a machine can check (axe-core), light, dark and large."""

import pytest

from tests.browser.looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.pages.kit_urls")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["public", "parts", "tray"])
def test_the_parts_break_no_rule(live_site, desk, name, scheme):
    desk.emulate_media(color_scheme=scheme)
    desk.goto(f"{live_site}/kit/{name}/")
    assert faults(desk) == []


def test_large_letters_on_a_phone_break_no_rule(live_site, phone):
    phone.goto(f"{live_site}/comfort/?size=xl&next=/kit/public/")
    assert faults(phone) == []
