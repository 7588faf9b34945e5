"""The auditor's page: who opened which appeal, and who saw an identity, when and what for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.appeals import readlog
from huying.rules.enums import Action, PostKind, UnmaskPurpose
from huying.rules.labels import label
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.staff.frame import frame

ROWS = 50
LONGEST = 40
NEWEST = keyset.Order("at", is_descending=True)
PAGES = {
    "appeal": gettext_noop("看案卷"),
    "original": gettext_noop("看举报原话"),
    "dates": gettext_noop("看期限"),
    "print": gettext_noop("打印"),
    "file": gettext_noop("看附件"),
    "audit": gettext_noop("查阅读记录"),
    "export": gettext_noop("导出"),
}


@dataclass(frozen=True)
class Line:
    """One opening."""

    at: datetime
    who: str
    number: str
    what: str


@staff_only(PostKind.AUDITOR)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The openings asked for, the newest first; `kind=views` shows only those of an identity."""
    at = timezone.now()
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("person", "number")}
    of_identities = request.GET.get("kind") == "views"
    found = (readlog.views if of_identities else readlog.reads)(request.actor, **asked)
    page = keyset.page(found, NEWEST, request.GET, size=ROWS)
    readlog.record_search(request.actor, words=asked["number"], at=at)
    kept = urlencode({**asked, "kind": "views" if of_identities else "reads"})
    context = frame(request, current="audit", at=at) | {
        "asked": asked,
        "of_identities": of_identities,
        "lines": [_view(row) if of_identities else _read(row) for row in page.rows],
        "older": f"?{kept}&{page.following}" if page.following else "",
        "newer": f"?{kept}&{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/audit.html", context)


def _read(row: Any) -> Line:
    person = row.account.person
    words = _(PAGES[row.page]) if row.page in PAGES else _step_words(row.page)
    return Line(row.at, person.name if person is not None else "", row.appeal.number, words)


def _step_words(page: str) -> str:
    try:
        return _("打开“%(step)s”") % {"step": _(label(Action(page)))}
    except ValueError:
        return page


def _view(row: Any) -> Line:
    words = _(label(Action(row.action)))
    if row.action == Action.NAME_READER:
        words = _("指定%(name)s看原话") % {"name": row.reader_named or ""}
    purpose = row.data.get("purpose")
    if purpose:
        words = _("%(what)s，用来%(purpose)s") % {"what": words, "purpose": _(label(UnmaskPurpose(purpose)))}
    return Line(row.at, row.person.name if row.person is not None else "", row.appeal.number, words)
