"""我要反映: form, check, receipt. Nothing is kept before the check; a second click brings the same receipt."""

import secrets
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.appeals import progress, queries
from huying.appeals.actions.register import Code, Intake, register
from huying.appeals.identities import Contact
from huying.channels import claims, files, inbox, limits
from huying.people import keys
from huying.people import queries as people
from huying.rules import numbers
from huying.rules.actors import FILER, TIMER
from huying.rules.enums import PrivacyMode
from huying.vault import codes, tokens
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.visitors import address_of
from huying.web.parents.context import around, school_of_code
from huying.web.parents.forms import MATTERS, ReportForm
from huying.web.parents.picture import picture_of

YOUNGEST_SECONDS = 2


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
@csp_update({"img-src": [SELF, "data:"]})
def report(request: HttpRequest) -> HttpResponse:
    """Which screen follows from what was posted."""
    try:
        said = request.POST
    except RequestDataTooBig:
        return render(request, "parents/too_big.html", around(), status=413)
    school = school_of_code(said.get("school", "") or request.GET.get("school", ""))
    if school is None:
        return redirect("parents:start")
    if request.method != "POST":
        form = ReportForm(classes=_classes(school))
        return _form(request, school, form, token=_new_token())
    token = said.get("token", "")
    try:
        opened = tokens.open_form_token(keys.ring(), token, at=timezone.now())
    except tokens.TokenRefused:
        token = _new_token()
        opened = tokens.open_form_token(keys.ring(), token, at=timezone.now())
    known = queries.by_form_token(opened.token_id)
    if known is not None:
        return _receipt(request, school, known, opened.code)
    form = ReportForm(said, classes=_classes(school))
    problems = _keep_files(request, opened.token_id)
    if not form.is_valid() or problems or said.get("stage") not in ("check", "submit"):
        return _form(request, school, form, token=token, problems=problems)
    if said.get("stage") == "check":
        return _check(request, school, form, token=token, draft=opened.token_id)
    return _submit(request, school, form, token=token, opened=opened)


def _new_token() -> str:
    code = numbers.receipt_code(secrets.randbelow)
    return tokens.make_form_token(keys.ring(), code=code, at=timezone.now(), token_id=secrets.token_hex(16))


def _classes(school: Any) -> list[tuple[str, str]]:
    return [(str(unit.pk), unit.name) for unit in people.units_under(school.path) if unit.level == "class"]


def _keep_files(request: HttpRequest, draft: str) -> list[str]:
    """Files that came with the form are cleaned and kept for it; what could not be taken is said."""
    uploads = request.FILES.getlist("files")
    problems = []
    try:
        files.require_few(uploads, already=len(claims.of_draft(draft)))
        for upload in uploads:
            limits.require_attachment(form=draft, at=timezone.now())
            files.store(files.clean(upload), draft=draft, at=timezone.now())
    except (files.FileRefused, limits.TooMany) as error:
        problems.append(str(error))
    return problems


def _form(
    request: HttpRequest, school: Any, form: ReportForm, *, token: str, problems: list[str] | None = None
) -> HttpResponse:
    opened = tokens.open_form_token(keys.ring(), token, at=timezone.now())
    kept = claims.of_draft(opened.token_id) if request.method == "POST" else []
    context = {**around(school), "form": form, "token": token, "kept": kept, "problems": problems or []}
    wrong = bool(form.errors or problems)
    return render(request, "parents/report.html", context, status=422 if wrong else 200)


def _check(request: HttpRequest, school: Any, form: ReportForm, *, token: str, draft: str) -> HttpResponse:
    said = form.cleaned_data
    context = {
        **around(school),
        "form": form,
        "said": said,
        "matter": MATTERS[said["kind"]][0],
        "klass": dict(form.fields["klass"].choices).get(said["klass"]) if said["klass"] else "",
        "phone": said["phone"] or said["phone_too"],
        "token": token,
        "kept": claims.of_draft(draft),
        "posted": [(name, form.data.get(name, "")) for name in form.fields if form.data.get(name)],
    }
    return render(request, "parents/check.html", context)


def _submit(
    request: HttpRequest, school: Any, form: ReportForm, *, token: str, opened: tokens.FormToken
) -> HttpResponse:
    now = timezone.now()
    address = codes.address_key(keys.ring(), address_of(request), on=moments.local_day(now))
    too_fast = (now - opened.at).total_seconds() < YOUNGEST_SECONDS
    if form.cleaned_data["website"] or too_fast:
        return _form(request, school, form, token=token, problems=[_("请再点一次。")])
    try:
        limits.require_filing(
            address=address,
            school=school.code,
            at=now,
            allowances=limits.Allowances(filings_in_all=settings.INTAKE_PER_HOUR),
        )
    except limits.TooMany as error:
        response = _form(request, school, form, token=token, problems=[str(error)])
        response.status_code = 503
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response
    appeal = register(_intake(school, form.cleaned_data, opened, now), code=_code(opened.code), by=FILER, at=now)
    return _receipt(request, school, queries.get_for(TIMER, appeal.pk), opened.code)


def _code(code: str) -> Code:
    stored = codes.code_digest(keys.ring(), code)
    return Code(digest=stored.digest, key=stored.key_id)


def _intake(school: Any, said: dict[str, Any], opened: tokens.FormToken, now: Any) -> Intake:
    _words, topic, kind = MATTERS[said["kind"]]
    named = said["contact"] == "named"
    phone = {"phone": said["phone"], "named": said["phone_too"]}.get(said["contact"], "")
    contact = Contact(name=said["name"] if named else "", phone=phone)
    found = queries.topic_by_code(topic) or queries.topic_by_code("other")
    channel = inbox.channel_by_code("web")
    if found is None or channel is None:
        raise LookupError("the rules that ship are not there; run huying setup")
    return Intake(
        place=school,
        channel=channel,
        topic=found,
        kind=kind,
        body=said["what"],
        received_at=now,
        subjects=[said["hidden_from"]] if said["hidden_from"] else [],
        privacy=_privacy(said),
        contact=None if contact.is_empty else contact,
        klass=people.unit(int(said["klass"])) if said["klass"] else None,
        pupil_involved=True,
        tokens=[file.token for file in claims.of_draft(opened.token_id)],
        form_token=opened.token_id,
    )


def _privacy(said: dict[str, Any]) -> PrivacyMode:
    if said["contact"] == "none":
        return PrivacyMode.ANONYMOUS
    return PrivacyMode.CONFIDENTIAL if said["secret"] else PrivacyMode.OPEN


def _receipt(request: HttpRequest, school: Any, appeal: Any, code: str) -> HttpResponse:
    """The receipt is the answer to the post itself: no address leads to it, and no cache keeps it."""
    shown = progress.of(appeal, at=timezone.now())
    due = moments.moment_words(shown.due_at) if shown.due_at else ""
    pairs = [
        (_("惠民服务站"), _("1 个工作日内交给人办")),
        *([(_("最晚"), _("%(due)s答复") % {"due": due})] if due else []),
        (_("办完以后"), _("有人打电话问您办得怎样")),
        (_("不满意"), _("可以要求重新办")),
    ]
    anonymous = appeal.privacy == PrivacyMode.ANONYMOUS
    context = {**around(school), "code": code, "pairs": pairs, "picture": picture_of(code), "anonymous": anonymous,
               "address": f"{settings.BASE_URL}/progress/"}  # fmt: skip
    return render(request, "parents/receipt.html", context)
