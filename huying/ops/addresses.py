"""The address to print for people on this machine and beside it."""

import socket

from django.conf import settings


def shown(host: str) -> str:
    """The address to type: that of this machine in the local network where the server is open to it."""
    if host != "0.0.0.0":  # noqa: S104
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def site(*, host: str, port: int) -> str:
    """Where the site is reached: its own name where it has one, else this machine's address and port."""
    return settings.BASE_URL if settings.HTTPS else f"http://{shown(host)}:{port}"
