"""Surveys of satisfaction: made and printed from above, read once they are over."""

import secrets
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

from huying.oversight import surveys
from huying.oversight.actions.make_survey import make_survey
from huying.oversight.actions.print_slips import print_slips
from huying.papers import slips as papers
from huying.people import keys
from huying.rules import numbers
from huying.rules import survey as rules
from huying.rules.enums import PostKind
from huying.rules.labels import label
from huying.rules.refusals import Refusal
from huying.vault import codes
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.components.pictures import drawn
from huying.web.staff import asking
from huying.web.staff.frame import ALARMED, frame

MOST = 200


class SurveyForm(forms.Form):
    """Which school, about which days, asked when, and of how many families."""

    unit = asking.UnitField(label=gettext_lazy("哪所学校"))
    first = asking.day(gettext_lazy("问哪段时间：从"))
    last = asking.day(gettext_lazy("到"))
    opens_on = asking.day(gettext_lazy("哪天开始答"))
    closes_on = asking.day(gettext_lazy("哪天截止"))
    families = forms.IntegerField(label=gettext_lazy("一共多少户"), min_value=1, max_value=100_000)
    is_census = forms.BooleanField(label=gettext_lazy("每户都发（不勾就是抽样）"), required=False)

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("请选")), *((one.pk, one.name) for one in places)]


@require_safe
@staff_only(*ALARMED)
def listing(request: HttpRequest) -> HttpResponse:
    """The surveys this person may read of."""
    on = moments.local_day(timezone.now())
    rows = [(one, _standing(one, on)) for one in surveys.visible_to(request.actor)[:MOST]]
    may = bool(request.actor.holding(PostKind.COUNTY_SUPERVISOR))
    return render(request, "staff/surveys.html", frame(request, current="surveys") | {"rows": rows, "may_make": may})


def _standing(survey: Any, on: Any) -> str:
    if on < survey.opens_on:
        return _("还没开始")
    return _("正在答") if on <= survey.closes_on else _("已截止")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(PostKind.COUNTY_SUPERVISOR)
def make(request: HttpRequest) -> HttpResponse:
    """A survey is made, or the form comes again."""
    at = timezone.now()
    form = SurveyForm(request.POST if request.method == "POST" else None, places=surveys.places(request.actor))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = make_survey(given.pop("unit"), **given, by=request.actor, at=at)
        except Refusal as refusal:
            form.add_error(None, refusal.said(_))
        else:
            return redirect("staff:survey", made.pk)
    context = frame(request, current="surveys", at=at) | {"form": form}
    return render(request, "staff/survey_make.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, pk: int) -> Any:
    try:
        return surveys.get_for(request.actor, pk)
    except surveys.NoSuchSurvey:
        raise Http404 from None


@require_safe
@staff_only(*ALARMED)
def survey_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it, with how many answered and how sure that is; while it runs only that it runs."""
    at = timezone.now()
    survey = _found(request, pk)
    on = moments.local_day(at)
    outcome = surveys.outcome(survey, on=on)
    context = frame(request, current="surveys", at=at) | {
        "survey": survey,
        "standing": _standing(survey, on),
        "outcome": outcome,
        "rate": _percent(outcome.rate) if outcome is not None and outcome.rate is not None else "—",
        "rows": [_row(one) for one in outcome.results] if outcome is not None else [],
        "may_print": bool(request.actor.holding(PostKind.COUNTY_SUPERVISOR)) and on <= survey.closes_on,
    }
    return render(request, "staff/survey.html", context)


def _row(result: rules.Result) -> dict[str, Any]:
    share = result.share
    return {
        "question": _(label(result.question)),
        "answered": "—" if result.answered is None else result.answered,
        "share": "—" if share is None else _percent(share.value),
        "margin": "" if share is None else f"{_percent(share.low)}–{_percent(share.high)}",
        "counts": [
            _("不单列") if many is None and result.answered is not None else "—" if many is None else many
            for many in result.counts.values()
        ],
    }


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


@require_POST
@staff_only(PostKind.COUNTY_SUPERVISOR)
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Fresh slips to be printed now: their codes are shown this once."""
    survey = _found(request, pk)
    asked = request.POST.get("many", "")
    many = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    # One more than may be printed is enough to be refused.
    drawn_codes = [numbers.receipt_code(secrets.randbelow) for _one in range(min(many, rules.MOST_SLIPS + 1))]
    digests = [codes.slip_digest(keys.ring(), code) for code in drawn_codes]
    try:
        print_slips(survey, digests=digests, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.said(_))
        return redirect("staff:survey", pk)
    if request.POST.get("as") == "pdf":
        return _pdf(request, survey, drawn_codes)
    context = {"survey": survey, "slips": [_slip(request, code) for code in drawn_codes]}
    context["back_url"] = reverse("staff:survey", args=[pk])
    return render(request, "staff/survey_slips.html", context)


def _pdf(request: HttpRequest, survey: Any, drawn_codes: list[str]) -> HttpResponse:
    note = _("扫码答五个问题，%(day)s前答。不记名，答一次就作废。") % {"day": moments.day_words(survey.closes_on)}
    made = papers.sheets(
        [_address(request, code) for code in drawn_codes],
        title=f"{survey.unit.name} {_('满意度调查')}",
        note=note,
        at=timezone.now(),
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="slips-{survey.pk}.pdf"'
    return answer


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("public:survey", args=[code]))


def _slip(request: HttpRequest, code: str) -> dict[str, Any]:
    address = _address(request, code)
    size, dark = drawn(address)
    return {"address": address, "size": size, "dark": dark}


urlpatterns = [
    path("surveys/", listing, name="surveys"),
    path("surveys/make/", make, name="make_survey"),
    path("surveys/<int:pk>/", survey_page, name="survey"),
    path("surveys/<int:pk>/slips/", slips, name="survey_slips"),
]
