"""Who can sign in with what: telephones bound or missing, sessions, and new ways in that take two signatures."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.arrangements import resets as signing
from huying.people import queries as people
from huying.people import resets, second_factors
from huying.people.changes import Refused
from huying.rules.accounts import ASKERS, Lost, asks_as
from huying.rules.enums import PostKind
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.setup.forms import SetupForm, done, status
from huying.web.setup.people import slip_of
from huying.web.setup.sections import READERS, frame, readers_only

SHOWN = 100
LONGEST = 40
MOST_DIGITS = 18
LOST = {
    Lost.PHONE: gettext_noop("手机丢了，备用码也没有了"),
    Lost.PASSWORD: gettext_noop("忘了密码"),
    Lost.BOTH: gettext_noop("密码和手机都没有了"),
}


class AskForm(SetupForm):
    """What was lost, and how it is known who asks."""

    lost = forms.ChoiceField(label=gettext_lazy("丢了什么"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("怎么核实是本人"),
        max_length=200,
        help_text=gettext_lazy("比如：本人当面来，看过工作证"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lost"].choices = [(one.value, _(words)) for one, words in LOST.items()]


@require_safe
@readers_only
def access_page(request: HttpRequest) -> HttpResponse:
    """What waits for a signature, then everyone whose post needs a telephone, those without one first."""
    at, paths = timezone.now(), resets.watched(request.actor, READERS)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    rows = resets.standing(paths, words=words, on=moments.local_day(at), most=SHOWN + 1)
    waiting = [(one, _(LOST[Lost(one.lost)]), _may_decide(request, one)) for one in resets.under(paths, at=at)]
    context = frame(request, current="access") | {
        "rows": rows[:SHOWN],
        "is_cut": len(rows) > SHOWN,
        "most": SHOWN,
        "waiting": waiting,
        "words": words,
    }
    return render(request, "setup/access.html", context)


@require_safe
@readers_only
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One sign-in: its telephone, and for the security administrator where it is signed in."""
    at, found = timezone.now(), _account(request, pk)
    may_end = bool(request.actor.holding(PostKind.SECURITY_ADMIN))
    person = found.person
    context = frame(request, current="access") | {
        "account": found,
        "may_end": may_end,
        "sign_ins": people.sign_ins_of(found, at=at) if may_end else [],
        "may_ask": asks_as(request.actor, owner=person.pk, path=person.unit.path) is not None,
        "codes_left": second_factors.codes_left(found.pk),
    }
    return render(request, "setup/access_account.html", context)


@require_POST
@staff_only(PostKind.SECURITY_ADMIN)
def end_sessions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One session of somebody, or all of them, is over."""
    found = _account(request, pk)
    which = request.POST.get("which", "")
    signing.end_one(found, handle="" if which == "all" else which or "-", by=request.actor, at=timezone.now())
    messages.success(request, _("已退出。"))
    return redirect("setup:access_account", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*ASKERS)
def ask_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A request for a new way in; nothing happens before somebody else signs."""
    found, at = _account(request, pk), timezone.now()
    form = AskForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        signing.ask(found, lost=Lost(given["lost"]), reason=given["reason"], by=request.actor, at=at)

    if request.method == "POST" and done(request, form, act, words=_("已申请，等另一位管理员签字。")):
        return redirect("setup:access")
    title = _("给%(name)s重开登录") % {"name": found.person.name}
    lead = _("另一个管理岗位上的另一个人签字以后才生效，三天内有效。请先核实是不是本人。")
    back = reverse("setup:access_account", args=[pk])
    context = frame(request, current="access") | {"title": title, "lead": lead, "button": _("申请"), "back": back}
    return render(request, "setup/form.html", context | {"form": form}, status=status(form))


@require_POST
@readers_only
def decide_reset(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The second signature, or none; a new password comes on paper, shown this once."""
    at, paths = timezone.now(), resets.watched(request.actor, READERS)
    asked = resets.under(paths, at=at).filter(pk=pk).first() if len(str(pk)) <= MOST_DIGITS else None
    if asked is None:
        raise Http404
    try:
        if request.POST.get("act") != "sign":
            signing.refuse(asked, by=request.actor, at=at)
            messages.success(request, _("申请已取消。"))
            return redirect("setup:access")
        signed = signing.sign(asked, by=request.actor, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("setup:access")
    if signed.invited is None:
        messages.success(request, _("已签字。本人用密码登录以后，重新绑定手机。"))
        return redirect("setup:access")
    slips = [slip_of(request, signed.invited)]
    context = {"slips": slips, "back_url": reverse("setup:access"), "is_watermarked": False}
    return render(request, "setup/invitations.html", context)


def _may_decide(request: HttpRequest, asked: Any) -> str:
    """sign, take back, or nothing."""
    if asked.asked_by_id == request.actor.account:
        return "mine"
    return "sign" if signing.may_sign(asked, by=request.actor) else ""


def _account(request: HttpRequest, pk: int) -> Any:
    """A sign-in of those this administrator watches over; for others there is no page."""
    rows = resets.staff_accounts(resets.watched(request.actor, READERS))
    found = rows.filter(pk=pk).first() if len(str(pk)) <= MOST_DIGITS else None
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("access/", access_page, name="access"),
    path("access/<int:pk>/", account, name="access_account"),
    path("access/<int:pk>/end/", end_sessions, name="end_sessions"),
    path("access/<int:pk>/reset/", ask_reset, name="ask_reset"),
    path("access/reset/<int:pk>/", decide_reset, name="decide_reset"),
]
