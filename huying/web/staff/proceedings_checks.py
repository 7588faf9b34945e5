"""Second callbacks of a spot check, and the list from which anybody can draw again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.oversight import proceedings
from huying.oversight.actions.record_check import Said, record_check
from huying.rules.enums import CheckResult, ProceedingKind
from huying.rules.refusals import Refusal
from huying.web.components.doors import staff_only
from huying.web.staff.proceedings_forms import SecondCallForm
from huying.web.staff.proceedings_page import NotThere, answer_words, opened
from huying.web.staff.proceedings_steps import step_page


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def record_check_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the family said the second time."""
    try:
        call = proceedings.call_for(request.actor, pk)
    except proceedings.Missing as missing:
        raise NotThere from missing
    one, at = proceedings.get_for(request.actor, call.check_of_id), timezone.now()
    form = SecondCallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_check(call, said=Said(**form.cleaned_data), by=request.actor, at=at)
        except Refusal as refusal:
            form.add_error(None, refusal.said(_))
        except (NotAllowed, NotPossible, Stale) as error:
            form.add_error(None, _(str(error)))
        else:
            messages.success(request, _done(form.cleaned_data["result"]))
            return redirect("staff:proceeding", pk=one.pk)
    number = {"lot": call.lot, "number": call.appeal.number}
    words = {
        "title": _("二次回访：第 %(lot)d 签，%(number)s") % number,
        "lead": _("第一次回访说：%(said)s") % {"said": answer_words(call.first_resolved, call.first_satisfaction)},
    }
    return step_page(request, one, form, words, at=at)


def _done(result: Any) -> str:
    if result is CheckResult.FALSE_CLOSURE:
        return _("已记下，这件已重新办理。谁的责任，可以另行提请追究。")
    return _("已记下。")


@staff_only()
@require_safe
def check_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen list with share and seed, as plain text: draw again, and get the same."""
    one = opened(request, pk)
    if one.kind != ProceedingKind.CHECK:
        raise Http404
    check = one.spot_check
    seal = check.seal.digest if check.seal is not None else "-"
    head = [f"list-sha256 {check.digest}", f"share {check.share}", f"seal {seal}", f"seed {check.seed or '-'}"]
    response = HttpResponse("\n".join([*head, *check.entries, ""]), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.number}.txt"'
    return response


urlpatterns = [
    path("proceedings/checks/calls/<int:pk>/", record_check_page, name="record_check"),
    path("proceedings/<int:pk>/list.txt", check_list, name="check_list"),
]
