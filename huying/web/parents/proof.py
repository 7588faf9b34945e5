"""The receipt as a file, for whoever holds the code: signed, and once sealed with its way to the seal."""

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from huying.appeals import queries, receipts
from huying.web.parents.holding import holder_page


@require_safe
@holder_page
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that `huying verify --receipt` reads. It says nothing of what was written."""
    try:
        appeal = queries.get_for(request.actor, pk)
    except queries.Missing as missing:
        raise Http404 from missing
    headers = {
        "Content-Disposition": f'attachment; filename="receipt-{appeal.number}.json"',
        "Cache-Control": "no-store",
    }
    return JsonResponse(receipts.with_path(appeal), headers=headers, json_dumps_params={"ensure_ascii": False})
