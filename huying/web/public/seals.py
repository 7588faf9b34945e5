"""The seals, for everyone: so few digits that nothing can be read from them, and enough that nothing can be undone."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.appeals import receipts, seals
from huying.web.components.doors import open_to_all
from huying.web.public.pages import around

ON_A_PAGE = 60
IN_A_FILE = 2000


@require_safe
@open_to_all
def page(request: HttpRequest) -> HttpResponse:
    """What a seal is, the keys, and the seals of the last days; it can be printed."""
    context = {**around(), "seals": seals.published(most=ON_A_PAGE), "keys": sorted(receipts.public_keys().items())}
    return render(request, "public/seals.html", context)


@require_safe
@open_to_all
def file(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    said = {"keys": receipts.public_keys(), "seals": [_row(seal) for seal in seals.published(most=IN_A_FILE)]}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def _row(seal: Any) -> dict[str, str]:
    """Never how many or which numbers: a school's daily intake must not be read from here."""
    return {
        "organisation": seal.organisation.code,
        "on": seal.on.isoformat(),
        "root": seal.statement["root"],
        "digest": seal.digest,
    }
