"""查进度: sixteen digits open what became of a matter, and what its owner can do about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.appeals import queries
from huying.channels import limits
from huying.people import keys
from huying.rules import numbers
from huying.vault import codes
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.visitors import address_of
from huying.web.parents import holding, kept
from huying.web.parents.context import around
from huying.web.parents.forms import CodeForm
from huying.web.parents.page import page

LONGEST_TYPED = 60


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def progress(request: HttpRequest) -> HttpResponse:
    """Asks for the code, or shows what the code just given opens."""
    if request.method == "POST":
        return _look_up(request)
    actor = holding.actor_of(request, at=timezone.now())
    if actor is None:
        return ask_for_code(request, CodeForm(), status=200)
    return page(request, actor)


def _look_up(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = CodeForm(request.POST)
    typed = numbers.normalise(form.data.get("code", "")[:LONGEST_TYPED])
    if not numbers.is_well_formed(typed):
        return _again(request, form, _("号码不对，请再看一遍。"))
    address = codes.address_key(keys.ring(), address_of(request), on=moments.local_day(now))
    try:
        limits.require_query(address=address, at=now)
    except limits.TooMany as error:
        response = _again(request, form, str(error), status=429)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response
    digests = [one.digest for one in codes.candidate_digests(keys.ring(), typed)]
    receipt = queries.receipt_by(digests)
    if receipt is None:
        limits.note_failed_query(address=address, at=now)
        is_reserved = queries.is_reserved(digests)
        words = _("正在登记。请过一会儿再查。") if is_reserved else _("没有查到。请核对，或打电话问我们。")
        return _again(request, form, words)
    limits.note_found(address=address, at=now)
    holding.begin(request, receipt.pk, at=now)
    words_kept = kept.brought(request.POST)
    actor = holding.actor_of(request, at=now)
    return page(request, actor, kept.forms(words_kept)) if words_kept else redirect("parents:progress")


def _again(request: HttpRequest, form: CodeForm, words: str, *, status: int = 422) -> HttpResponse:
    form.add_error("code", words)
    return ask_for_code(request, form, status=status)


def ask_for_code(request: HttpRequest, form: CodeForm, *, status: int, words: Any = None) -> HttpResponse:
    """The page that asks for the sixteen digits; words typed before the half hour ran out come along."""
    carried = kept.brought(request.POST) if words is None else words
    context = {**around(here="progress"), "form": form, "carried": carried}
    return render(request, "parents/code.html", context, status=status)


@require_POST
@open_to_all
def leave(request: HttpRequest) -> HttpResponse:
    """This browser holds nothing any more."""
    holding.end(request)
    return redirect("parents:progress")
