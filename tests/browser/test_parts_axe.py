"""No part breaks a rule that a machine can check (axe-core), light, dark and large."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.pages.kit_urls")]


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["public", "parts", "tray"])
def test_the_parts_break_no_rule(live_site, desk, name, scheme):
    desk.emulate_media(color_scheme=scheme)
    desk.goto(f"{live_site}/kit/{name}/")
    assert violations(desk) == []


def test_large_letters_on_a_phone_break_no_rule(live_site, phone):
    phone.goto(f"{live_site}/comfort/?size=xl&next=/kit/public/")
    assert violations(phone) == []
