"""The second step of a sign-in: who takes it, who has to have it, and what opens without it (S36)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.stagekit import LoginStage
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huying.rules import accounts

KEY = "second_factor"


class SecondFactorStage(LoginStage):
    """Between the right password and the session stands the telephone of whoever has shown one once."""

    key = KEY
    urlname = "staff:second_factor"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        account = self.login.user
        if account is None or not account.has_second_factor or is_spared(account):
            return None, True
        return redirect(self.urlname), True


def is_spared(account: Any) -> bool:
    """Whether this is a printed account of a demonstration, in a demonstration. Anywhere else it is like any other."""
    return bool(account.is_demo) and settings.DEMO_MARK.exists()


def is_without(request: HttpRequest) -> bool:
    """Whether whoever has signed in has no second factor, and is not spared it."""
    account = request.user
    return account.is_authenticated and not account.has_second_factor and not is_spared(account)


def lacks(request: HttpRequest) -> bool:
    """Whether the posts of today need a second factor that is not there."""
    return is_without(request) and accounts.needs_second_factor(request.actor)


def after_second_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page where an identity is seen or a sheet leaves the house: it opens to nobody without a second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return bound_first(request) or view(request, *args, **kwargs)

    return guarded


def bound_first(request: HttpRequest) -> HttpResponseBase | None:
    """The way to the page where a telephone is bound; None for who has bound one."""
    if not is_without(request):
        return None
    messages.error(request, _("这一步要先绑定手机上的动态码。绑好以后再来一次。"))
    return redirect("staff:own_factor")
