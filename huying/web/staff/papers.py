"""The official papers of an appeal: 处理意见书 and 告知书, one click away from the case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.appeals import casefile, queries
from huying.appeals.casefile import CaseFile
from huying.oversight import caseletters
from huying.rules import caseletters as rules
from huying.rules.enums import CaseLetter, Flag, State
from huying.rules.labels import label
from huying.web.components.doors import staff_only
from huying.web.components.handing import FORMS, handed_over
from huying.web.staff.act import opened

Link = tuple[str, bool, str, str]


@require_safe
@staff_only()
def case_paper(request: HttpRequest, pk: int, paper: str, form: str) -> HttpResponse:
    """One paper of an appeal, for those who answer or conclude it; who took it along stands in the read log."""
    at = timezone.now()
    file = opened(request, pk, at=at, read=casefile.read_for_paper)
    if form not in FORMS or not _is_there(file, paper):
        raise Http404
    letter = CaseLetter(paper)
    made = caseletters.paper_of(file.appeal, letter, with_draft=True)
    if made is None:
        raise Http404
    queries.record_read(file.appeal, by=request.actor, page="paper", at=at)
    return handed_over(made, f"{_(label(letter))}-{file.appeal.number}", form, at=at)


def papers_of(file: CaseFile) -> list[Link]:
    """(name, whether a draft, address of the document, address of the PDF) of the papers this person may take along."""
    return [
        (_(label(letter)), _is_draft(file, letter), *(_address(file, letter, form) for form in FORMS))
        for letter in _letters(file)
    ]


def _letters(file: CaseFile) -> tuple[CaseLetter, ...]:
    return caseletters.kinds_of(file.appeal, file.events) if rules.may_take(file.actor, file.case) else ()


def _is_there(file: CaseFile, paper: str) -> bool:
    return paper in _letters(file)


def _is_draft(file: CaseFile, letter: CaseLetter) -> bool:
    if letter is CaseLetter.OPINION:
        return file.case.state is State.ANSWERED
    return Flag.UNREVIEWED in file.case.flags


def _address(file: CaseFile, letter: CaseLetter, form: str) -> str:
    return reverse("staff:case_paper", args=[file.appeal.pk, letter.value, form])


urlpatterns = [path("appeals/<int:pk>/papers/<slug:paper>/<slug:form>/", case_paper, name="case_paper")]
