"""Where a visitor comes from: believed from a header only when a configured proxy says so."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's network address: the last one in X-Forwarded-For that is not a proxy of ours."""
    here = request.META.get("REMOTE_ADDR", "")
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while chain and _is_within(here, settings.TRUSTED_PROXIES):
        here = chain.pop()
    return here


def is_known(address: str) -> bool:
    """Whether many people may share this address honestly, as they do in the school's own network."""
    return _is_within(address, settings.KNOWN_NETWORKS)


def _is_within(address: str, networks: Iterable[str]) -> bool:
    try:
        return any(ip_address(address) in ip_network(each, strict=False) for each in networks)
    except ValueError:
        return False
