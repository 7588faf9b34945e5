"""The 处理意见书 for whoever holds the code: the answer that went out, as a paper."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.appeals import queries
from huying.oversight import caseletters
from huying.rules.enums import CaseLetter
from huying.rules.labels import label
from huying.web.components.handing import handed_over
from huying.web.parents.holding import holder_page


@require_safe
@holder_page
def opinion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper as PDF. It says no more than the progress page, and an answer still under review is in neither."""
    try:
        appeal = queries.get_for(request.actor, pk)
    except queries.Missing as missing:
        raise Http404 from missing
    made = caseletters.paper_of(appeal, CaseLetter.OPINION)
    if made is None:
        raise Http404
    return handed_over(made, f"{_(label(CaseLetter.OPINION))}-{appeal.number}", "pdf", at=timezone.now())
