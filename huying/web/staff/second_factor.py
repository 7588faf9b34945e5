"""The second step of the sign-in, and one's own telephone and paper codes."""

from typing import Any

from allauth.account.internal.stagekit import LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from huying.appeals.arrangements import factors
from huying.channels import limits
from huying.people import second_factors
from huying.people.actions.begin_second_factor import stop_second_factor
from huying.people.changes import Refused
from huying.rules.accounts import needs_second_factor
from huying.vault import one_time
from huying.web.components import kept
from huying.web.components.actor import opens_before
from huying.web.components.doors import open_to_all, staff_only
from huying.web.components.pictures import drawn
from huying.web.components.second_factor import KEY, is_spared, lacks
from huying.web.components.sign_in import known_device
from huying.web.staff.factor_form import CodeForm, ask_code
from huying.web.staff.frame import frame
from huying.web.staff.sign_in import arrived

HOUSE = "呼应"


@open_to_all
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """The six digits, or a code from paper; without a password just given there is nothing to do here."""
    response = _second_step(request)
    add_never_cache_headers(response)
    return response


def _second_step(request: HttpRequest) -> HttpResponseBase:
    stage = LoginStageController.enter(request, KEY)
    account = stage.login.user if stage is not None else None
    if account is None or not (account.is_active and account.person.is_active):
        return redirect("staff:tray" if request.user.is_authenticated else "staff:login")
    carried, came_from = kept.brought_along(request.POST), kept.own_path(request.POST.get(kept.PATH, ""))
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return ask_code(request, carried, came_from, form=form if form.errors else None)
    device, at = known_device(request, account.login.lower()), timezone.now()
    try:
        if factors.passes(account, said=form.cleaned_data["code"], device=device, at=at):
            return arrived(request, stage.exit(), carried, came_from)
        form.add_error("code", _(factors.WRONG))
        return ask_code(request, carried, came_from, form=form)
    except limits.TooMany as error:
        form.add_error("code", _(str(error)))
        response = ask_code(request, carried, came_from, form=form, status=429)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response


@opens_before("second_factor")
@staff_only()
@sensitive_post_parameters("code")
@sensitive_variables("codes")
@require_http_methods(["GET", "HEAD", "POST"])
def own_factor(request: HttpRequest) -> HttpResponseBase:
    """A telephone is bound, changed or given up, and codes for paper are made; all but the first with a code."""
    act = request.POST.get("act", "")
    form = CodeForm(request.POST if act in ACTS and _asks(request, act) else None)
    status = 200
    if act in ACTS and (form.is_valid() or not form.is_bound):
        try:
            return ACTS[act](request, form.cleaned_data["code"] if form.is_bound else "")
        except Refused as refused:
            _say(request, form, str(refused))
        except limits.TooMany as error:
            _say(request, form, _(str(error)))
            status = 429
    if form.errors and status == 200:
        status = 422
    return render(request, "staff/own_factor.html", _own_page(request, form, act), status=status)


def _say(request: HttpRequest, form: CodeForm, words: str) -> None:
    if form.is_bound:
        form.add_error("code", words)
    else:
        messages.error(request, words)


def _asks(request: HttpRequest, act: str) -> bool:
    """Whether this act takes a code: all do, but taking up the first telephone and giving up a change."""
    return act != "stop" and (act != "begin" or request.user.has_second_factor)


def _begin(request: HttpRequest, said: str) -> HttpResponseBase:
    factors.begin(request.user, said=said, device=_device(request), at=timezone.now())
    return redirect("staff:own_factor")


def _stop(request: HttpRequest, said: str) -> HttpResponseBase:
    stop_second_factor(request.user)
    return redirect("staff:own_factor")


def _confirm(request: HttpRequest, said: str) -> HttpResponseBase:
    here = request.session.session_key
    given = {"said": said, "device": _device(request), "by": request.actor, "at": timezone.now()}
    return _printed(request, factors.confirm(request.user, keep=here, **given))


def _renew(request: HttpRequest, said: str) -> HttpResponseBase:
    given = {"said": said, "device": _device(request), "by": request.actor, "at": timezone.now()}
    return _printed(request, factors.renew(request.user, **given))


def _switch_off(request: HttpRequest, said: str) -> HttpResponseBase:
    given = {"said": said, "device": _device(request), "by": request.actor, "at": timezone.now()}
    factors.switch_off(request.user, **given)
    messages.success(request, _("动态码已停用。"))
    return redirect("staff:me")


ACTS = {"begin": _begin, "stop": _stop, "confirm": _confirm, "renew": _renew, "off": _switch_off}


def _printed(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Shown this once, as the answer to the POST: no page can show them again."""
    context = {"codes": codes, "login": request.user.login}
    return render(request, "staff/recovery_codes.html", context)


def _own_page(request: HttpRequest, form: CodeForm, act: str) -> dict[str, Any]:
    account = request.user
    secret = "" if is_spared(account) else second_factors.pending_secret(account.pk)
    around = {} if lacks(request) else frame(request, current="me")
    context = around | {
        "form": form if form.is_bound else CodeForm(),
        "act": act,
        "is_bound": account.has_second_factor,
        "is_needed": needs_second_factor(request.actor),
        "is_spared": is_spared(account),
        "codes_left": second_factors.codes_left(account.pk),
    }
    if secret:
        size, dark = drawn(one_time.address(secret, login=account.login, house=HOUSE))
        context |= {"secret": one_time.grouped(secret), "size": size, "dark": dark}
    return context


def _device(request: HttpRequest) -> str:
    return known_device(request, request.user.login.lower())


urlpatterns = [
    path("login/second_factor/", second_factor, name="second_factor"),
    path("me/second_factor/", own_factor, name="own_factor"),
]
