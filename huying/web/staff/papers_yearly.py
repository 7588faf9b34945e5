"""年度报告: counted when it is asked for, handed out as a draft, not kept."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huying.oversight import bulletins, counting, yearly
from huying.papers.letters.yearly import yearly as paper
from huying.people import queries as people
from huying.rules.bulletins import MAKERS
from huying.web.components.doors import staff_only
from huying.web.components.handing import FORMS, handed_over
from huying.web.staff.frame import frame

YEARS = 5


class YearForm(forms.Form):
    """Of which unit and year."""

    unit = forms.TypedChoiceField(label=gettext_lazy("哪个单位"), coerce=int)
    year = forms.TypedChoiceField(label=gettext_lazy("哪一年"), coerce=int)

    def __init__(self, *args: Any, units: list[Any], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]
        self.fields["year"].choices = [(on.year - back, str(on.year - back)) for back in range(YEARS)]


def year_form(request: HttpRequest, data: Any = None) -> YearForm:
    """The form, with the units this person makes bulletins for."""
    units = bulletins.units_for(request.actor)
    return YearForm(data, units=units, on=timezone.localdate(timezone.now()), auto_id="year_%s")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*MAKERS)
def yearly_report(request: HttpRequest) -> HttpResponse:
    """The report as a file, or the form again with what was wrong."""
    if request.method != "POST":
        return redirect("staff:bulletins")
    form, asked = year_form(request, request.POST), request.POST.get("form", "docx")
    if not form.is_valid() or asked not in FORMS:
        context = frame(request, current="bulletins") | {"year_form": form, "failed": form if form.errors else None}
        return render(request, "staff/bulletins.html", context, status=422)
    counting.count_due()
    at, unit, year = timezone.now(), people.unit(form.cleaned_data["unit"]), form.cleaned_data["year"]
    made = paper(yearly.of(unit, year, on=timezone.localdate(at), at=at))
    return handed_over(made, f"{_('年度报告')}-{unit.code}-{year}", asked, at=at)


urlpatterns = [path("bulletins/year/", yearly_report, name="yearly_report")]
