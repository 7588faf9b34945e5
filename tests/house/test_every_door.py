"""Every address says who may enter."""

from django.urls import get_resolver

from huying.web.components.doors import Door
from tests.house.routes import addresses


def test_every_url_says_who_may_enter():
    found = dict(addresses(get_resolver()))
    silent = [path for path, one in found.items() if not isinstance(getattr(one.callback, "who_may_enter", None), Door)]
    assert found
    assert silent == []


def test_no_address_leads_to_the_framework_s_own_admin():
    assert [path for path, one in addresses(get_resolver()) if one.callback.__module__.startswith("django.")] == []
