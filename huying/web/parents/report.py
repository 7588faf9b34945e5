"""我要反映: form, check, receipt. Nothing is kept before the check; a second click brings the same receipt."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.appeals import queries
from huying.appeals.actions.register import destination, register
from huying.channels import claims, limits
from huying.people import keys
from huying.people import queries as people
from huying.rules import numbers
from huying.rules.actors import FILER
from huying.rules.enums import UnitLevel
from huying.vault import codes, tokens
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.visitors import address_of, is_known
from huying.web.parents import holding, uploads
from huying.web.parents.context import around, school_of_code
from huying.web.parents.forms import MATTERS, ReportForm
from huying.web.parents.intake import code_of, intake_of
from huying.web.parents.receipt import receipt

YOUNGEST_SECONDS = 2
CHECK, SUBMIT = "check", "submit"


@dataclass(frozen=True)
class Sheet:
    """The form in hand: for which school, past the school or not, and what its sealed token holds."""

    school: Any
    token: str
    opened: tokens.FormToken
    is_above: bool
    about: str
    at: datetime

    @property
    def draft(self) -> str:
        """What its files are bound to until an appeal takes them."""
        return self.opened.token_id

    def form(self, said: QueryDict | None = None, files: Any = None) -> ReportForm:
        """The form, filled in or empty."""
        return ReportForm(said, files, classes=self._classes, above=self.is_above)

    def _classes(self) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in people.classes_of(self.school)]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def report(request: HttpRequest) -> HttpResponse:
    """Which screen follows from what was posted."""
    said = request.POST
    school = school_of_code(said.get("school", "") or request.GET.get("school", ""))
    if school is None:
        return redirect("parents:start")
    sheet = _sheet(request, school, at=timezone.now())
    if request.method != "POST":
        return _form(request, sheet, sheet.form())
    known = queries.by_form_token(sheet.draft)
    if known is not None:
        return receipt(request, school, known, sheet.opened.code)
    form = sheet.form(said, request.FILES)
    is_right = form.is_valid()
    if is_right and form.cleaned_data["drop"]:
        claims.drop(sheet.draft)
    uploads.keep(form, draft=sheet.draft, at=sheet.at)
    stage = said.get("stage")
    if form.errors or stage not in (CHECK, SUBMIT):
        return _form(request, sheet, form)
    return _check(request, sheet, form) if stage == CHECK else _submit(request, sheet, form)


def _sheet(request: HttpRequest, school: Any, *, at: datetime) -> Sheet:
    token = request.POST.get("token", "")
    try:
        opened = tokens.open_form_token(keys.ring(), token, at=at)
    except tokens.TokenRefused:
        # Too old, or not ours: what was typed goes on under a fresh one.
        token = _new_token(at)
        opened = tokens.open_form_token(keys.ring(), token, at=at)
    said = request.POST if request.method == "POST" else request.GET
    is_above = said.get("above") == "1"
    return Sheet(school, token, opened, is_above, _number(request, said) if is_above else "", at)


def _new_token(at: datetime) -> str:
    code = numbers.receipt_code(secrets.randbelow)
    return tokens.make_form_token(keys.ring(), code=code, at=at, token_id=secrets.token_hex(16))


def _number(request: HttpRequest, said: QueryDict) -> str:
    """The number of the appeal it follows, if this browser holds that one's receipt."""
    actor = holding.actor_of(request, at=timezone.now())
    about = holding.number(said.get("about", ""))
    if actor is None or about is None:
        return ""
    found = queries.visible_to(actor).filter(pk=about).first()
    return found.number if found is not None else ""


def _form(request: HttpRequest, sheet: Sheet, form: ReportForm, *, problem: str = "", status: int = 0) -> HttpResponse:
    kept = claims.of_draft(sheet.draft) if form.is_bound else []
    context = {**_of(sheet, request), "form": form, "kept": kept, "problem": problem}
    is_wrong = bool(form.errors or problem)
    return render(request, "parents/report.html", context, status=status or (422 if is_wrong else 200))


def _of(sheet: Sheet, request: HttpRequest) -> dict[str, Any]:
    said = request.POST if request.method == "POST" else request.GET
    carried = {"above": "1", "about": said.get("about", "")} if sheet.is_above else {}
    return {**around(sheet.school), "token": sheet.token, "is_above": sheet.is_above, "carried": carried}


def _check(request: HttpRequest, sheet: Sheet, form: ReportForm) -> HttpResponse:
    said = form.cleaned_data
    intake = intake_of(sheet.school, form, token=sheet.opened, about=sheet.about, at=sheet.at)
    desk = destination(intake, by=FILER, at=sheet.at)
    goes_past = UnitLevel(desk.level).tier > UnitLevel.SCHOOL.tier
    context = {
        **_of(sheet, request),
        "form": form,
        "said": said,
        "desk_name": desk.name if goes_past else _("%(school)s惠民服务站") % {"school": sheet.school.name},
        "unseen": _("学校") if goes_past else said.get("hidden_from", ""),
        "matter": MATTERS[said["kind"]][0] if "kind" in said else "",
        "klass": intake.klass.name if intake.klass is not None else "",
        "kept": claims.of_draft(sheet.draft),
    }
    return render(request, "parents/check.html", context)


def _submit(request: HttpRequest, sheet: Sheet, form: ReportForm) -> HttpResponse:
    too_fast = (sheet.at - sheet.opened.at).total_seconds() < YOUNGEST_SECONDS
    if form.cleaned_data["website"] or too_fast:
        return _form(request, sheet, form, problem=_("请再点一次。"))
    try:
        _require_room(request, sheet)
    except limits.TooMany as error:
        response = _form(request, sheet, form, problem=str(error), status=503)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response
    intake = intake_of(sheet.school, form, token=sheet.opened, about=sheet.about, at=sheet.at)
    appeal = register(intake, code=code_of(sheet.opened.code), by=FILER, at=sheet.at)
    return receipt(request, sheet.school, appeal, sheet.opened.code)


def _require_room(request: HttpRequest, sheet: Sheet) -> None:
    here = address_of(request)
    address = codes.address_key(keys.ring(), here, on=moments.local_day(sheet.at))
    allowed = limits.Allowances(filings_in_all=settings.INTAKE_PER_HOUR)
    limits.require_filing(
        address=address, school=sheet.school.code, at=sheet.at, is_known_network=is_known(here), allowances=allowed
    )
