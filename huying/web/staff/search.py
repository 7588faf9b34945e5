"""Search over the words of appeals; identity is in no index."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huying.appeals import piles
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.staff.frame import frame
from huying.web.staff.tray import ORDERS, ROWS, row_of

LONGEST = 60


@staff_only()
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Appeals this person may see in which every word stands, the newest first."""
    at = timezone.now()
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = piles.found(request.actor, words).select_related("channel", "topic")
    page = keyset.page(found, ORDERS["newest"], request.GET, size=ROWS) if words else keyset.Page([])
    context = frame(request, at=at) | {
        "find_words": words,
        "rows": [row_of(appeal, at=at) for appeal in page.rows],
        "older": _url(words, page.following),
        "newer": _url(words, page.preceding),
    }
    return render(request, "staff/search.html", context)


def _url(words: str, following: str) -> str:
    return f"?{urlencode({'q': words})}&{following}" if following else ""
