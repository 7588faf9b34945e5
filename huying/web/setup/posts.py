"""Posts: who holds which, a new appointment, and the end of one."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.arrangements import posts
from huying.people import staffing
from huying.rules.enums import PostKind, UnitLevel
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, day, done, status
from huying.web.setup.sections import editors_only, frame


class AppointForm(SetupForm):
    """Who, in which post, where, from which day to which."""

    person = forms.ChoiceField(
        label=gettext_lazy("谁"), required=False, help_text=gettext_lazy("名册里没有，就在下面写姓名")
    )
    new_name = forms.CharField(label=gettext_lazy("名册里没有的人：姓名"), required=False, max_length=60)
    unit = forms.ChoiceField(label=gettext_lazy("哪个单位"))
    kind = forms.ChoiceField(label=gettext_lazy("什么岗位"))
    on = day(gettext_lazy("从哪天"))
    until = day(gettext_lazy("到哪天"), required=False, help_text=gettext_lazy("不知道就空着"))

    def __init__(self, *args: Any, people: list[Any], units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.units = {str(one.pk): one for one in units}
        named = [(key, f"{one.name}（{one.unit.name}）") for key, one in self.people.items()]
        self.fields["person"].choices = [("", _("请选")), *named]
        self.fields["unit"].choices = [("", _("请选")), *((key, _unit_words(one)) for key, one in self.units.items())]
        self.fields["kind"].choices = [("", _("请选")), *((one.value, _(label(one))) for one in PostKind)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "person" not in self.errors and bool(given.get("person")) == bool(given.get("new_name")):
            self.add_error("person", _("请选一个人，或者写一个新人的姓名，只要一样"))
        return given


class EndForm(SetupForm):
    """The last day in a post, and who takes what is open."""

    last_day = day(gettext_lazy("最后一天"))
    successor = forms.ChoiceField(
        label=gettext_lazy("没办完的交给谁"), required=False, help_text=gettext_lazy("不选，就交给单位负责人")
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}（{one.unit.name}）") for key, one in self.people.items()]
        self.fields["successor"].choices = [("", _("单位负责人")), *named]


def _unit_words(unit: Any) -> str:
    is_deep = unit.parent is not None and UnitLevel(unit.level).tier < UnitLevel.SCHOOL.tier
    return f"{unit.parent.name} {unit.name}" if is_deep else unit.name


@require_safe
@editors_only
def posts_page(request: HttpRequest) -> HttpResponse:
    """Posts held now or later; on request those that have ended."""
    past = request.GET.get("past") == "1"
    rows = staffing.posts(reach.paths(request.actor), on=moments.local_day(timezone.now()), past=past)
    for row in rows:
        row.kind_words = _(label(PostKind(row.kind)))
    return render(request, "setup/posts.html", frame(request, current="posts") | {"rows": rows, "past": past})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appoint(request: HttpRequest) -> HttpResponse:
    """Somebody holds a post."""
    paths, at = reach.paths(request.actor), timezone.now()
    begun = {"on": moments.local_day(at), "unit": request.GET.get("unit", "")}
    units = list(staffing.units(paths).filter(is_active=True))
    form = AppointForm(request.POST or None, people=list(staffing.staff(paths)), units=units, initial=begun)

    def act(given: dict[str, Any]) -> None:
        unit = form.units[given["unit"]]
        person = form.people[given["person"]] if given["person"] else None
        dates = {"on": given["on"], "until": given["until"]}
        posts.appoint_someone(
            person,
            new_name=given["new_name"],
            kind=PostKind(given["kind"]),
            unit=unit,
            **dates,
            by=request.actor,
            at=at,
        )

    if request.method == "POST" and done(request, form, act, words=_("岗位已定。")):
        return redirect("setup:posts")
    words = {"title": _("定一个岗位"), "button": _("定下"), "back": reverse("setup:posts")}
    context = frame(request, current="posts") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post ends on a day, and what is open lies in other hands."""
    paths, at = reach.paths(request.actor), timezone.now()
    post = staffing.post(pk, paths=paths)
    if post is None:
        raise Http404
    others = list(staffing.staff(paths).exclude(pk=post.person_id))
    form = EndForm(request.POST or None, people=others, initial={"last_day": post.ends_on or moments.local_day(at)})

    def act(given: dict[str, Any]) -> None:
        successor = form.people.get(given["successor"])
        posts.end(post, last_day=given["last_day"], successor=successor, by=request.actor, at=at)

    if request.method == "POST" and done(request, form, act, words=_("最后一天已记下，没办完的会交出去。")):
        return redirect("setup:posts")
    title = _("%(name)s离开岗位：%(post)s") % {"name": post.person.name, "post": _(label(PostKind(post.kind)))}
    words = {"title": title, "lead": post.unit.name, "button": _("记下"), "back": reverse("setup:posts")}
    context = frame(request, current="posts") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))
