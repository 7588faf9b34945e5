"""The appeals behind a number: n or N of a figure, as far as the reader may know of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.oversight import boards
from huying.rules.boards import LISTED
from huying.web.components import keyset, moments
from huying.web.components.doors import staff_only
from huying.web.staff.boards import asked, words
from huying.web.staff.boards.month import UNIT_READERS, looking, unit_of
from huying.web.staff.frame import frame
from huying.web.staff.tray import row_of

ROWS = 50
NEWEST = keyset.Order("received_at", is_descending=True)
PARTS = ("n", "all")


@staff_only(*UNIT_READERS)
@require_safe
def figure_cases(request: HttpRequest, pk: int, code: str, part: str) -> HttpResponse:
    """The list, the newest first; for a figure that does not exist there is no page."""
    indicator = LISTED.get(code)
    unit = unit_of(request, pk)
    if indicator is None or part not in PARTS:
        raise Http404
    at = timezone.now()
    look = asked.asked(request.GET, on=moments.local_day(at))
    seen = looking(request, unit, look, at=at)
    by_hand = True if request.GET.get("hand") == "1" else None
    rows = boards.cases(seen, indicator, below=part == "all", by_hand=by_hand)
    page = keyset.page(rows, NEWEST, request.GET, size=ROWS)
    here = reverse("staff:figure_cases", args=[pk, code, part]) + look.url(hand="1" if by_hand else "")
    context = frame(request, current="month", at=at) | {
        "unit": unit,
        "title": _(indicator.name),
        "formula": _(indicator.formula),
        "part": part,
        "is_rate": indicator.is_rate or bool(indicator.parts),
        "days": words.days_words(look),
        "count": rows.count(),
        "rows": [row_of(one, at=at) for one in page.rows],
        "back": reverse("staff:unit_month", args=[unit.pk]) + look.url(),
        "older": f"{here}&{page.following}" if page.following else "",
        "newer": f"{here}&{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/boards/cases.html", context)


urlpatterns = [path("unit/<int:pk>/figures/<slug:code>/<slug:part>/", figure_cases, name="figure_cases")]
