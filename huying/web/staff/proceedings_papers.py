"""The papers of talks, studies and supervision, as documents to be edited or printed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.oversight import letters, supervision
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.components.handing import FORMS, handed_over
from huying.web.staff.proceedings_page import PAPERS, opened
from huying.web.staff.supervised import WATCHERS

SUPERVISION = gettext_noop("督办通知")


@staff_only()
@require_safe
def proceeding_paper(request: HttpRequest, pk: int, paper: str, form: str) -> HttpResponse:
    """One paper of a proceeding; only what there is by now."""
    one = opened(request, pk)
    if paper not in letters.kinds_of(one) or form not in FORMS:
        raise Http404
    made = letters.paper_of(one, paper, request.actor)
    return handed_over(made, f"{_(PAPERS[paper])}-{one.number}", form, at=timezone.now())


@staff_only(*WATCHERS)
@require_safe
def supervision_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The letter of an appeal under supervision."""
    one, at = supervision.supervision_of(request.actor, pk), timezone.now()
    if one is None or form not in FORMS:
        raise Http404
    made = letters.supervision_letter(one, on=moments.local_day(at))
    return handed_over(made, f"{_(SUPERVISION)}-{one.appeal.number}", form, at=at)


urlpatterns = [
    path("proceedings/<int:pk>/papers/<slug:paper>/<slug:form>/", proceeding_paper, name="proceeding_paper"),
    path("proceedings/supervised/<int:pk>/<slug:form>/", supervision_paper, name="supervision_paper"),
]
