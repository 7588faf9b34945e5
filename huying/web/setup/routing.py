"""Routing rules: the table in force, a new line, the end of one, and a trial of where an appeal would go."""

import re
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.arrangements import routes, topics
from huying.people import staffing
from huying.rules.enums import AppealKind, UnitLevel
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, day, done, status
from huying.web.setup.sections import editors_only, frame

BETWEEN = re.compile(r"[、，,；;]")
ABOUT = (
    ("", gettext_lazy("没有反映谁")),
    ("teacher", gettext_lazy("反映班主任")),
    ("principal", gettext_lazy("反映校长")),
)


def _kinds() -> list[tuple[str, str]]:
    return [(one.value, _(label(one))) for one in AppealKind]


class RuleForm(SetupForm):
    """Which matters start where, and which office takes them."""

    topic = forms.ChoiceField(label=gettext_lazy("哪类事"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("什么性质"), required=False)
    school = forms.ChoiceField(label=gettext_lazy("哪个学校"), required=False)
    starts_at = forms.ChoiceField(label=gettext_lazy("从哪一级办起"))
    office_name = forms.CharField(
        label=gettext_lazy("由哪个处室主办"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("写处室名称，如 总务处；不由处室办就空着"),
    )
    assisting = forms.CharField(
        label=gettext_lazy("哪些处室协办"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("几个处室用顿号隔开，如 德育处、医务室；没有就空着"),
    )
    source = forms.CharField(label=gettext_lazy("依据"), required=False, max_length=200)
    on = day(gettext_lazy("从哪天起"))

    def __init__(self, *args: Any, schools: list[Any], for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {str(one.pk): one for one in topics.every() if one.is_active}
        self.schools = {str(one.pk): one for one in schools}
        self.fields["topic"].choices = [("", _("所有分类")), *((key, one.name) for key, one in self.topics.items())]
        self.fields["kind"].choices = [("", _("所有性质")), *_kinds()]
        everyone = [("", _("所有学校"))] if for_all else []
        self.fields["school"].choices = [*everyone, *((key, one.name) for key, one in self.schools.items())]
        self.fields["school"].required = not for_all
        self.fields["starts_at"].choices = [(one.value, _(label(one))) for one in routes.STARTS]

    def clean_assisting(self) -> tuple[str, ...]:
        """The names, each once, in the order they were written."""
        return tuple(dict.fromkeys(BETWEEN.sub(" ", self.cleaned_data["assisting"]).split()))


class TryForm(SetupForm):
    """An appeal that might come."""

    topic = forms.ChoiceField(label=gettext_lazy("哪类事"))
    kind = forms.ChoiceField(label=gettext_lazy("什么性质"))
    place = forms.ChoiceField(label=gettext_lazy("哪个学校或班级"))
    about = forms.ChoiceField(label=gettext_lazy("反映谁"), choices=ABOUT, required=False)
    is_safety = forms.BooleanField(label=gettext_lazy("是红线"), required=False)

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {str(one.pk): one for one in topics.every() if one.is_active}
        self.places = {str(one.pk): one for one in places}
        self.fields["topic"].choices = [(key, one.name) for key, one in self.topics.items()]
        self.fields["kind"].choices = _kinds()
        self.fields["place"].choices = [(key, _place_words(one)) for key, one in self.places.items()]


def _place_words(place: Any) -> str:
    return place.name if place.level == UnitLevel.SCHOOL else f"{place.parent.name} {place.name}"


@require_safe
@editors_only
def routing_page(request: HttpRequest) -> HttpResponse:
    """The table in force and to come, and what it would do with an appeal that might come."""
    units = list(staffing.units(reach.paths(request.actor)).filter(is_active=True))
    places = [one for one in units if one.level in (UnitLevel.SCHOOL, UnitLevel.CLASS)]
    today = moments.local_day(timezone.now())
    form = TryForm(request.GET if "topic" in request.GET else None, places=places, auto_id="try_%s")
    context = frame(request, current="routing") | {
        "rows": [_worded(row) for row in routes.table(schools=_schools(units), on=today)],
        "today": today,
        "form": form,
        "tried": _tried(form, units, today) if form.is_valid() else None,
        "is_county": reach.sets_up_everything(request.actor),
    }
    return render(request, "setup/routing.html", context, status=status(form))


def _worded(row: Any) -> Any:
    row.kind_words = _(label(AppealKind(row.kind))) if row.kind else _("所有性质")
    row.starts_words = _(label(UnitLevel(row.starts_at)))
    row.helpers = routes.helpers_in(row)
    return row


def _schools(units: list[Any]) -> list[Any]:
    return [one for one in units if one.level == UnitLevel.SCHOOL]


def _tried(form: TryForm, units: list[Any], on: Any) -> routes.Tried:
    given = form.cleaned_data
    place = form.places[given["place"]]
    school = next(one for one in _schools(units) if place.path.startswith(one.path))
    return routes.try_it(
        topic=form.topics[given["topic"]],
        kind=AppealKind(given["kind"]),
        school=school,
        klass=None if place.pk == school.pk else place,
        is_safety=given["is_safety"],
        about=given["about"],
        on=on,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def add_rule(request: HttpRequest) -> HttpResponse:
    """A line of the table is followed by another, or stands for the first time."""
    units = list(staffing.units(reach.paths(request.actor)).filter(is_active=True))
    begun = {"on": moments.local_day(timezone.now())}
    for_all = reach.sets_up_everything(request.actor)
    form = RuleForm(request.POST or None, schools=_schools(units), for_all=for_all, initial=begun)

    def act(given: dict[str, Any]) -> None:
        line = routes.Line(
            topic=form.topics.get(given["topic"]),
            kind=AppealKind(given["kind"]) if given["kind"] else None,
            school=form.schools.get(given["school"]),
            starts_at=UnitLevel(given["starts_at"]),
            office_name=given["office_name"],
            assisting=given["assisting"],
            source=given["source"],
        )
        routes.follow(line, on=given["on"], by=request.actor, at=timezone.now())

    if request.method == "POST" and done(request, form, act, words=_("规则已记下。")):
        return redirect("setup:routing")
    words = {
        "title": _("加一条分办规则"),
        "lead": _("同样的分类、性质、学校已有一条时，新的从那天起接替它。"),
        "button": _("记下"),
        "back": reverse("setup:routing"),
    }
    context = frame(request, current="routing") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))


@require_POST
@editors_only
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of the table is no longer in force."""
    schools = _schools(list(staffing.units(reach.paths(request.actor))))
    rows = routes.table(schools=schools, on=moments.local_day(timezone.now()))
    row = next((one for one in rows if one.pk == pk), None)
    if row is None or (row.school_id is None and not reach.sets_up_everything(request.actor)):
        raise Http404
    form = SetupForm(request.POST)

    def act(given: dict[str, Any]) -> None:
        routes.end(row, by=request.actor, at=timezone.now())

    if done(request, form, act, words=_("这一条停了。")):
        return redirect("setup:routing")
    words = {"title": _("这一条不能停"), "back": reverse("setup:routing")}
    return render(request, "setup/refused.html", frame(request, current="routing") | words | {"form": form}, status=422)
