"""The page behind a survey's slip: one screen, no name, nothing kept by which one could be known."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels import limits
from huying.oversight import surveys
from huying.oversight.actions.answer_slip import answer_slip
from huying.people import keys
from huying.rules import numbers
from huying.rules import survey as rules
from huying.rules.actors import FILER
from huying.rules.enums import SurveyAnswer, SurveyQuestion
from huying.rules.labels import choices, label
from huying.vault import codes
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.visitors import address_of
from huying.web.public.pages import around

LONGEST = 40


class SlipForm(forms.Form):
    """Five questions, none of which must be answered; at least one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in SurveyQuestion:
            self.fields[question.value] = forms.TypedChoiceField(
                label=gettext_lazy(label(question)),
                choices=[(value, gettext_lazy(words)) for value, words in choices(SurveyAnswer)],
                coerce=SurveyAnswer,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given.values()):
            self.add_error(None, _("请至少答一题。"))
        return given

    def said(self) -> dict[SurveyQuestion, SurveyAnswer]:
        """What was answered; a question left out is left out."""
        told = ((question, self.cleaned_data.get(question.value)) for question in SurveyQuestion)
        return {question: one for question, one in told if one is not None}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of a slip, or why it cannot be answered."""
    at = timezone.now()
    address = codes.address_key(keys.ring(), address_of(request), on=moments.local_day(at))
    try:
        limits.require_query(address=address, at=at)
    except limits.TooMany as error:
        response = _told(request, _("这会儿扫的人太多了，请过一会儿再扫。"), status=429)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
        return response
    typed = numbers.normalise(code[:LONGEST])
    digests = [one.digest for one in codes.candidate_slips(keys.ring(), typed)]
    found = surveys.slip_by(digests) if numbers.is_well_formed(typed) else None
    if found is None:
        limits.note_failed_query(address=address, at=at)
        return _told(request, _("这张条打不开。请再扫一次，或者看看网址有没有打错。"), status=404)
    return _asked(request, found)


def _asked(request: HttpRequest, found: Any) -> HttpResponse:
    at = timezone.now()
    on, survey = moments.local_day(at), found.survey
    if found.is_used:
        return _told(request, _("这张条已经答过了，谢谢您。每张只能答一次，答的是谁没有人知道。"), status=409)
    if not rules.is_open(opens_on=survey.opens_on, closes_on=survey.closes_on, on=on):
        return _told(request, _("这次调查不在答的日子里。您有事要反映，任何时候都可以。"), status=409)
    form = SlipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_slip(found, said=form.said(), key=secrets.token_hex(16), by=FILER, at=at)
        except rules.SlipUsed:
            return _told(request, _("这张条已经答过了，谢谢您。每张只能答一次，答的是谁没有人知道。"), status=409)
        return redirect("public:survey_thanks")
    context = {**around(), "form": form, "survey": survey}
    return render(request, "public/survey.html", context, status=422 if form.errors else 200)


@require_safe
@open_to_all
def thanks(request: HttpRequest) -> HttpResponse:
    """It was counted."""
    return _told(request, _("收到了，谢谢您。谁答的没有人知道。"), status=200)


def _told(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    return render(request, "public/survey_told.html", {**around(), "words": words}, status=status)
