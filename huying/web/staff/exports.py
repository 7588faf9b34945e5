"""A pile or a search as a sheet: asked for with a purpose, made by POST, on record before it is handed over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals import exports, piles
from huying.appeals.exports import Asked
from huying.channels import limits
from huying.rules.enums import AppealKind, ExportPurpose, PostKind
from huying.rules.labels import label
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.components.second_factor import after_second_factor
from huying.web.staff import asking
from huying.web.staff.frame import EXPORTERS, WORDS, frame
from huying.web.staff.search import LONGEST

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 50
NEWEST = keyset.Order("at", is_descending=True)
KINDS = frozenset(kind.value for kind in AppealKind)


class ExportForm(forms.Form):
    purpose = asking.pick(gettext_lazy("用来做什么"), ExportPurpose)
    with_identities = forms.BooleanField(
        label=gettext_lazy("带上已同意我看的身份"),
        help_text=gettext_lazy("只有别人同意您看、还没有过时的那几件才有。每件都算看了一次，家长和审计员会知道。"),
        required=False,
    )


@dataclass(frozen=True)
class Line:
    """One sheet that left the house."""

    at: datetime
    who: str
    place: str
    purpose: str
    asked: str
    rows: int
    identities: int
    digest: str


@staff_only(*EXPORTERS)
@after_second_factor
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """What would be in the sheet, and what for; the answer to the POST is the sheet itself."""
    at = timezone.now()
    asked = _asked(request.POST if request.method == "POST" else request.GET)
    if not asked.words and piles.named(asked.pile, request.actor) is None:
        raise Http404
    form = ExportForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _handed_over(request, asked, form.cleaned_data, at=at)
        except exports.TooLarge as error:
            form.add_error(None, str(error))
        except limits.TooMany as error:
            form.add_error(None, _(str(error)))
            status = 429
    if form.errors and status == 200:
        status = 422
    context = frame(request, at=at) | {
        "form": form,
        "asked": asked,
        "said": _said(asked.kept),
        "count": exports.chosen(request.actor, asked, at=at).count(),
        "most": exports.MOST,
    }
    return render(request, "staff/export.html", context, status=status)


@staff_only(PostKind.AUDITOR)
@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """Every sheet that left the house, the newest first."""
    page = keyset.page(exports.log_of(request.actor), NEWEST, request.GET, size=ROWS)
    context = frame(request, current="audit") | {
        "lines": [_line(row) for row in page.rows],
        "older": f"?{page.following}" if page.following else "",
        "newer": f"?{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/exports.html", context)


def _asked(query: QueryDict) -> Asked:
    words = query.get("q", "").replace("\0", "").strip()[:LONGEST]
    kind = query.get("kind", "")
    return Asked(pile=query.get("pile", "all"), words=words, kind=kind if kind in KINDS else "")


def _handed_over(request: HttpRequest, asked: Asked, given: dict[str, Any], *, at: datetime) -> HttpResponse:
    limits.require_export(account=request.actor.account, at=at)
    made = exports.make(request.actor, asked, purpose=given["purpose"], with_identities=given["with_identities"], at=at)
    response = HttpResponse(made.data, content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}.xlsx"
    return response


def _said(kept: dict[str, str]) -> str:
    """Which appeals were asked for, in words."""
    kind = _(label(AppealKind(kept["kind"]))) if kept.get("kind") in KINDS else ""
    where = (
        _("查找“%(words)s”") % {"words": kept["words"]}
        if kept.get("words")
        else _(WORDS.get(kept.get("pile", ""), kept.get("pile", "")))
    )
    return "，".join(part for part in (where, kind) if part)


def _line(row: Any) -> Line:
    return Line(
        at=row.at,
        who=row.person.name,
        place=row.place.name,
        purpose=_(label(ExportPurpose(row.purpose))),
        asked=_said(row.asked),
        rows=row.rows,
        identities=row.identities,
        digest=row.digest,
    )
