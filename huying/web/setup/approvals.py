"""Standing approvals: drawn up by the security administrator, signed by the head, ended by either."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.approvals import POSTS, organisation_of
from huying.appeals.arrangements import approvals
from huying.people import queries as people
from huying.people import staffing
from huying.people.changes import Refused
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.setup.forms import SetupForm, day, done, status
from huying.web.setup.sections import frame

KEEPS = (PostKind.SECURITY_ADMIN,)
SIGNS = (PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR)
SEES = (*KEEPS, *SIGNS, PostKind.AUDITOR)
YEAR = timedelta(days=365)


class ProposeForm(SetupForm):
    """For which organisation and post, by which document, from when to when."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("哪个单位"), coerce=int)
    post = forms.TypedChoiceField(label=gettext_lazy("什么岗位"), coerce=PostKind)
    document = forms.CharField(label=gettext_lazy("文号"), max_length=80)
    since = day(gettext_lazy("从哪天"))
    until = day(gettext_lazy("到哪天"), help_text=gettext_lazy("一年以内"))

    def __init__(self, *args: Any, organisations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, one.name) for one in organisations]
        self.fields["organisation"].choices = [("", _("请选")), *named]
        self.fields["post"].choices = [("", _("请选")), *((one.value, _(label(one))) for one in POSTS)]


def _organisations(request: HttpRequest) -> list[Any]:
    paths = [post.unit.path for post in request.actor.holding(*KEEPS)]
    high = [one.value for one in UnitLevel if one.tier >= UnitLevel.SCHOOL.tier]
    return list(staffing.units(paths).filter(is_active=True, level__in=high))


def _found(request: HttpRequest, pk: int) -> Any:
    found = approvals.seen_by(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _drawn(one: Any, request: HttpRequest) -> dict[str, Any]:
    """A document as it is listed, with what this person can do to it."""
    signs = organisation_of(request.actor) == one.organisation_id
    keeps = any(one.organisation.path.startswith(post.unit.path) for post in request.actor.holding(*KEEPS))
    is_over = one.revoked_at is not None
    return {
        "one": one,
        "post": _(label(PostKind(one.post))),
        "standing": _standing(one),
        "may_sign": signs and one.signed_at is None and not is_over and one.proposed_by_id != request.actor.person,
        "may_end": (signs or keeps) and not is_over,
    }


def _standing(one: Any) -> str:
    today = moments.local_day(timezone.now())
    if one.revoked_at is not None:
        return _("已结束")
    if one.valid_to < today:
        return _("已到期")
    if one.signed_at is None:
        return _("等负责人签")
    return _("还没到日子") if one.valid_from > today else _("有效")


@require_safe
@staff_only(*SEES)
def approvals_page(request: HttpRequest) -> HttpResponse:
    """Every document of the organisations this person keeps, signs for, or audits."""
    rows = [_drawn(one, request) for one in approvals.seen_by(request.actor)[:200]]
    may = bool(request.actor.holding(*KEEPS))
    context = frame(request, current="approvals") | {"rows": rows, "may_propose": may}
    return render(request, "setup/approvals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPS)
def propose_approval(request: HttpRequest) -> HttpResponse:
    """A document is drawn up; it says nothing until the head has signed."""
    at = timezone.now()
    today = moments.local_day(at)
    begun = {"since": today, "until": today + YEAR}
    form = ProposeForm(request.POST or None, organisations=_organisations(request), initial=begun)

    def act(given: dict[str, Any]) -> None:
        approvals.propose(people.unit(given.pop("organisation")), **given, by=request.actor, at=at)

    if request.method == "POST" and done(request, form, act, words=_("已拟好，等单位负责人签。")):
        return redirect("setup:approvals")
    lead = _("一个岗位一份，最长一年，由单位负责人签了才有效。")
    words = {"title": _("拟一份长期授权"), "lead": lead, "button": _("拟好，等负责人签")}
    context = frame(request, current="approvals") | words | {"form": form, "back": reverse("setup:approvals")}
    return render(request, "setup/form.html", context, status=status(form))


@require_POST
@staff_only(*SIGNS)
def sign_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The head signs."""
    return _act(request, pk, approvals.sign, words=_("已签，从文件写的那天起有效。"))


@require_POST
@staff_only(*KEEPS, *SIGNS)
def end_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The document is over."""
    return _act(request, pk, approvals.end, words=_("已结束，马上失效。"))


def _act(request: HttpRequest, pk: int, act: Any, *, words: str) -> HttpResponse:
    try:
        act(_found(request, pk), by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("setup:approvals")


urlpatterns = [
    path("approvals/", approvals_page, name="approvals"),
    path("approvals/propose/", propose_approval, name="propose_approval"),
    path("approvals/<int:pk>/sign/", sign_approval, name="sign_approval"),
    path("approvals/<int:pk>/end/", end_approval, name="end_approval"),
]
