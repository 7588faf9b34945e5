"""What every page may say about where it stands: the moment, and whether this is a demonstration or unencrypted."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def site(request: HttpRequest) -> dict[str, Any]:
    """`now`, `is_demo` and `is_unencrypted`, for the bases and their parts."""
    return {
        "now": timezone.now(),
        "is_demo": settings.DEMO_MARK.exists(),
        "is_unencrypted": not settings.HTTPS,
    }
