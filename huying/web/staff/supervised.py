"""What is under supervision (挂牌督办) on one page, and reminding many schools with the same words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huying.oversight import supervision
from huying.oversight.actions.remind_many import remind_many
from huying.oversight.supervision import LateSchool
from huying.rules.enums import PostKind
from huying.web.components.doors import staff_only
from huying.web.components.due import due_words
from huying.web.staff.frame import frame
from huying.web.staff.proceedings_forms import RemindForm
from huying.web.staff.sheet import report_title

WATCHERS = (PostKind.PRINCIPAL, PostKind.INSPECTOR, PostKind.COUNTY_DISPATCHER, PostKind.COUNTY_SUPERVISOR)


@staff_only(*WATCHERS)
@require_safe
def supervised_page(request: HttpRequest) -> HttpResponse:
    """Every appeal under supervision that this person may see, the nearest date first."""
    at = timezone.now()
    rows = [(one, _title(one.appeal), due_words(one.due_at, at=at)) for one in supervision.supervised(request.actor)]
    context = frame(request, current="proceedings", at=at) | {"rows": rows}
    return render(request, "staff/proceedings/supervised.html", context)


@staff_only(*WATCHERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remind_page(request: HttpRequest) -> HttpResponseBase:
    """What is late, all of it ticked: school by school from above, one by one within a school. One text, and it is
    sent."""
    at = timezone.now()
    schools = supervision.late(request.actor, at=at)
    choices = _choices(schools)
    named = {f"school-{one}" for one in request.GET.getlist("school")}
    is_all = not named or named == {f"school-{one.unit.pk}" for one in schools}
    begun = {"chosen": [value for value, _words in choices if is_all or value in named]}
    form = RemindForm(request.POST or None, initial=begun)
    form.fields["chosen"].choices = choices
    if request.method == "POST" and form.is_valid():
        wanted = _wanted(schools, set(form.cleaned_data["chosen"]))
        told = remind_many(wanted, words=form.cleaned_data["words"], by=request.actor, at=at)
        messages.success(request, _told(told))
        return redirect("staff:remind_many")
    context = frame(request, current="proceedings", at=at) | {"form": form, "schools": schools}
    return render(request, "staff/proceedings/remind.html", context, status=422 if form.errors else 200)


def _choices(schools: list[LateSchool]) -> list[tuple[str, str]]:
    if len(schools) == 1:
        return [(f"appeal-{one.pk}", f"{one.number} {_title(one)}") for one in schools[0].appeals]
    words = _("%(name)s：%(n)d 件超时")
    return [(f"school-{one.unit.pk}", words % {"name": one.unit.name, "n": len(one.appeals)}) for one in schools]


def _wanted(schools: list[LateSchool], chosen: set[str]) -> list[int]:
    """The appeals behind what was ticked, by key."""
    return [
        one.pk
        for school in schools
        for one in school.appeals
        if {f"school-{school.unit.pk}", f"appeal-{one.pk}"} & chosen
    ]


def _told(told: Any) -> str:
    words = _("已催办 %(n)d 件。") % {"n": len(told.done)}
    if told.left:
        words += _("没有催：%(numbers)s，已办完或不由您催。") % {"numbers": "、".join(told.left)}
    return words


def _title(appeal: Any) -> str:
    return report_title(appeal) if appeal.is_sealed else appeal.title


urlpatterns = [
    path("proceedings/supervised/", supervised_page, name="supervised_list"),
    path("proceedings/remind/", remind_page, name="remind_many"),
]
