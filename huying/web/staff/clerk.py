"""登记: one screen in the order of speech. The first save reads out a code; Ctrl+Enter registers under it."""

import secrets
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals import counter, queries
from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.steps import NotAllowed, NotPossible
from huying.channels import inbox, intake_forms
from huying.language import naming
from huying.people import keys
from huying.rules import numbers
from huying.rules.enums import PostKind
from huying.vault import codes
from huying.web.components.doors import staff_only
from huying.web.staff import clerk_page
from huying.web.staff.clerk_form import CounterForm
from huying.web.staff.clerk_lists import Counter

AT_THE_COUNTER = (PostKind.CLERK, PostKind.DISPATCHER)
LONGEST_TYPED = 40


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*AT_THE_COUNTER)
def register(request: HttpRequest) -> HttpResponse:
    """The empty form, the form saved under a code, or the next form with what became of the last."""
    if request.method != "POST":
        kept = _asked_for(request)
        form = _empty(request, _source(request)) if kept is None else _resumed(request, kept)
        return clerk_page.shown(request, form, kept=kept)
    form = CounterForm(request.POST, counter=_counter(request))
    kept = _kept(request)
    if not form.is_valid():
        return clerk_page.shown(request, form, kept=kept, status=422)
    try:
        kept, code = _save(request, form, kept)
        if not intake_forms.is_open(kept):
            return _done_already(request, form, kept, code)
        return _go_on(request, form, kept, code)
    except intake_forms.FormStale as stale:
        return clerk_page.shown(request, form, kept=kept, problem=str(stale), status=409)


@require_safe
@staff_only(*AT_THE_COUNTER)
def schools(request: HttpRequest) -> HttpResponse:
    """The schools that a few letters may name, as options; with `of` the classes of that school."""
    here = _counter(request)
    typed = request.GET.get("q", "")[:LONGEST_TYPED]
    named = naming.best(typed, here.schools)
    school = naming.only(request.GET.get("of", "")[:LONGEST_TYPED], here.schools)
    if school is not None:
        named = here.classes(int(school.key))
    return render(request, "staff/register_options.html", {"named": clerk_page.options(named)})


@require_POST
@staff_only(*AT_THE_COUNTER)
def beside(request: HttpRequest) -> HttpResponse:
    """What was left under the same number or tells the same, while the form is still being written."""
    form = CounterForm(request.POST, counter=_counter(request))
    return render(request, "staff/register_earlier.html", {"form": form, "earlier": clerk_page.earlier(request, form)})


def _counter(request: HttpRequest) -> Counter:
    return Counter(request.actor.holding(*AT_THE_COUNTER)[0].unit.id)


def _source(request: HttpRequest) -> str:
    """By which door: by its code, or by the digit that was pressed in the tray."""
    digit = request.GET.get("key", "")
    doors = {door.key: door.code for door in inbox.channels() if door.key} if digit else {}
    return doors.get(digit) or request.GET.get("source", "phone")


def _empty(request: HttpRequest, channel: str) -> CounterForm:
    return CounterForm(initial={"channel": channel, "kind": "HELP", "red_line": ""}, counter=_counter(request))


def _asked_for(request: HttpRequest) -> Any:
    """One's own open form that was asked for by its number, or None."""
    pk = request.GET.get("form", "")
    return intake_forms.open_form(int(pk), account=request.user.pk) if _is_number(pk) else None


def _resumed(request: HttpRequest, kept: Any) -> CounterForm:
    """The form with what was entered so far."""
    here = _counter(request)
    return CounterForm(initial=clerk_page.initial(intake_forms.said_in(kept), here), counter=here)


def _kept(request: HttpRequest) -> Any:
    pk, version = request.POST.get("form", ""), request.POST.get("version", "")
    found = intake_forms.open_form(int(pk), account=request.user.pk) if _is_number(pk) else None
    if found is not None and _is_number(version):
        found.version = int(version)
    return found


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) <= 9


def _save(request: HttpRequest, form: CounterForm, kept: Any) -> tuple[Any, str]:
    """The form as it stands kept, and its code in plain where it was not shown yet. The same page sent twice is one
    form: it comes back registered when the first sending registered it."""
    now = timezone.now()
    _drop_unseen_twin(request, form)
    said = form.for_keeping()
    if kept is not None:
        intake_forms.keep(kept, said, at=now)
        return kept, ""
    pk = request.POST.get("form", "")
    if pk:
        again = intake_forms.sent_twice(int(pk), account=request.user.pk, at=now) if _is_number(pk) else None
        if again is None:
            raise intake_forms.FormStale(_("这张登记表已经登记过了。"))
        return again, ""
    return _reserve(request, form, now)


def _drop_unseen_twin(request: HttpRequest, form: CounterForm) -> None:
    """Only what this person may see can be proposed to be joined to."""
    number = form.cleaned_data["twin"]
    if number and not queries.visible_to(request.actor).filter(number=number).exists():
        form.cleaned_data["twin"] = ""


def _reserve(request: HttpRequest, form: CounterForm, now: Any) -> tuple[Any, str]:
    token = request.POST.get("token", "") or secrets.token_urlsafe(15)
    draw = codes.drawn_from(keys.ring(), f"{request.user.pk} {token}")
    code = numbers.receipt_code(draw)
    stored = codes.code_digest(keys.ring(), code)
    said, unit = form.for_keeping(), form.counter.unit.pk
    kept = intake_forms.reserve(said, code=stored, account=request.user.pk, unit=unit, at=now)
    if kept.opened_at == now:
        return kept, code
    if now - kept.opened_at > intake_forms.SENT_TWICE:
        raise intake_forms.FormStale(_("这一页已经存过了，请开一张新的。"))
    if intake_forms.is_open(kept):
        intake_forms.keep(kept, said, at=now)
    return kept, code


def _go_on(request: HttpRequest, form: CounterForm, kept: Any, code: str) -> HttpResponse:
    """Saved, and registered when that was asked and nothing is left to be asked."""
    is_last = request.POST.get("step") == "register"
    if form.unsure or not is_last:
        form.settle()
        form.ask_again()
        status = 422 if form.unsure and is_last else 200
        return clerk_page.shown(request, form, kept=kept, code=code, status=status)
    now = timezone.now()
    try:
        appeal = counter.register_form(kept, by=request.actor, at=now)
    except IntegrityError:
        problem = _("这个来件编号已经登记过了。")
        return clerk_page.shown(request, form, kept=kept, code=code, problem=problem, status=422)
    told = _("已登记 %(number)s") % {"number": appeal.number}
    if form.cleaned_data["reply"]:
        told = _answered(request, appeal, form.cleaned_data["reply"], told, now)
    return _next(request, form, code=code, told=told, done=appeal.pk)


def _done_already(request: HttpRequest, form: CounterForm, kept: Any, code: str) -> HttpResponse:
    appeal = counter.registered_from(kept, by=request.actor)
    told = _("已登记 %(number)s") % {"number": appeal.number} if appeal is not None else _("已登记")
    return _next(request, form, code=code, told=told, done=appeal.pk if appeal is not None else 0)


def _next(request: HttpRequest, form: CounterForm, **told: Any) -> HttpResponse:
    fresh = _empty(request, form.cleaned_data["channel"] or "phone")
    return clerk_page.shown(request, fresh, **told)


def _answered(request: HttpRequest, appeal: Any, reply: str, told: str, now: Any) -> str:
    try:
        answer_at_once(queries.get_for(request.actor, appeal.pk), reply=reply, minutes=0, by=request.actor, at=now)
    except (NotPossible, NotAllowed) as error:
        return f"{told}。{error}"
    return told + _("，当场答复了")
