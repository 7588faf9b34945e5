"""Units: the tree, a new one, and the page of one on which it is renamed, moved and closed."""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.arrangements import units
from huying.people import staffing
from huying.rules.enums import UnitLevel
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, day, done, status
from huying.web.setup.sections import editors_only, frame

PHONE = r"^[0-9+\-－ 转、,，()（）]*\Z"


def phone_field(label: Any, *, help_text: Any = "") -> forms.RegexField:
    """A field for a telephone, which may stay empty."""
    return forms.RegexField(
        PHONE,
        label=label,
        required=False,
        max_length=40,
        help_text=help_text,
        error_messages={"invalid": gettext_lazy("电话只写数字和短横，如 0500-6220110")},
    )


class AddForm(SetupForm):
    """A new unit under one that stands."""

    parent = forms.ChoiceField(label=gettext_lazy("上级单位"))
    level = forms.ChoiceField(label=gettext_lazy("级别"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("代码"), max_length=31, help_text=gettext_lazy("字母、数字、短横，定了不改，如 sy-g4c1")
    )

    def __init__(self, *args: Any, parents: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in parents if units.BELOW[UnitLevel(one.level)]}
        self.fields["parent"].choices = [(key, one.name) for key, one in self.by_key.items()]
        wanted = {level for one in self.by_key.values() for level in units.BELOW[UnitLevel(one.level)]}
        self.fields["level"].choices = [(one.value, _(label(one))) for one in UnitLevel if one in wanted]


class ChangeForm(SetupForm):
    """What a unit is called, and how it is reached."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    phone = phone_field(gettext_lazy("电话"), help_text=gettext_lazy("学校和县中心的电话会印在给家长看的页上"))
    address = forms.CharField(label=gettext_lazy("地址"), required=False, max_length=200)
    pupils = forms.IntegerField(label=gettext_lazy("学生数"), min_value=0, max_value=100_000, required=False)
    position = forms.IntegerField(label=gettext_lazy("排在第几"), min_value=0, max_value=10_000, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {**given, "pupils": given.get("pupils") or 0, "position": given.get("position") or 0}


class MoveForm(SetupForm):
    """Under which unit it shall stand."""

    parent = forms.ChoiceField(label=gettext_lazy("移到哪个单位下面"))

    def __init__(self, *args: Any, homes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in homes}
        self.fields["parent"].choices = [("", _("请选")), *((key, one.name) for key, one in self.by_key.items())]


class CloseForm(SetupForm):
    """The last day of a unit."""

    last_day = day(gettext_lazy("最后一天"), help_text=gettext_lazy("过了这一天，单位不再出现在选单里，记录都留着"))


@require_safe
@editors_only
def units_page(request: HttpRequest) -> HttpResponse:
    """The units as a tree, each with its heads of today."""
    places = staffing.tree(reach.paths(request.actor), on=moments.local_day(timezone.now()))
    return render(request, "setup/units.html", frame(request, current="units") | {"places": places})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def add_unit(request: HttpRequest) -> HttpResponse:
    """A unit is added."""
    parents = list(staffing.units(reach.paths(request.actor)).filter(is_active=True))
    form = AddForm(request.POST or None, parents=parents, initial={"parent": request.GET.get("parent", "")})

    def act(given: dict[str, Any]) -> None:
        parent, level = form.by_key[given["parent"]], UnitLevel(given["level"])
        units.add(
            parent=parent,
            code=given["code"],
            name=given["name"],
            level=level,
            by=request.actor,
            at=timezone.now(),
        )

    if request.method == "POST" and done(request, form, act, words=_("单位已加上。")):
        return redirect("setup:units")
    words = {"title": _("加一个单位"), "button": _("加上"), "back": reverse("setup:units")}
    context = frame(request, current="units") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is called, where it stands, until when."""
    found = reach.unit(request.actor, pk)
    today = moments.local_day(timezone.now())
    forms_ = _forms(request, found)
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in forms_:
            raise Http404
        if _made(request, found, act, forms_[act]):
            return redirect("setup:unit", pk)
    context = frame(request, current="units") | {
        "unit": found,
        "forms": forms_,
        "school_url": _school_address(request, found),
        "in_the_way": units.in_the_way(found, last_day=today),
        "homes": units.new_homes(found),
    }
    return render(request, "setup/unit.html", context, status=status(*forms_.values()))


def _forms(request: HttpRequest, found: Any) -> dict[str, forms.Form]:
    """The forms of the page; the one that was sent holds what was typed."""
    now = {field: getattr(found, field) for field in ("name", "phone", "address", "pupils", "position")}

    def sent(act: str) -> Any:
        return request.POST if request.POST.get("act") == act else None

    made: dict[str, forms.Form] = {
        "change": ChangeForm(sent("change"), initial=now, auto_id="change_%s"),
        "move": MoveForm(sent("move"), homes=units.new_homes(found), auto_id="move_%s"),
        "close": CloseForm(sent("close"), initial={"last_day": found.closes_on}, auto_id="close_%s"),
        "reopen": SetupForm(sent("reopen"), auto_id="reopen_%s"),
    }
    return made


def _made(request: HttpRequest, found: Any, act: str, form: forms.Form) -> bool:
    by, at = request.actor, timezone.now()
    acts = {
        "change": (lambda given: units.change(found, **given, by=by, at=at), _("已改好。")),
        "move": (lambda given: units.move(found, parent=form.by_key[given["parent"]], by=by, at=at), _("已移过去。")),
        "close": (lambda given: units.close(found, **given, by=by, at=at), _("已记下最后一天。")),
        "reopen": (lambda given: units.reopen(found, by=by, at=at), _("单位已恢复。")),
    }
    change, words = acts[act]
    return done(request, form, change, words=words)


@require_safe
@editors_only
def school_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a school's address, to be hung up at the gate."""
    found = reach.unit(request.actor, pk)
    address = _school_address(request, found)
    if not address:
        raise Http404
    return HttpResponse(qr(address), content_type="image/svg+xml")


def qr(address: str) -> bytes:
    """An address as a picture that telephones read."""
    drawn: bytes = segno.make(address, error="m").svg_inline(scale=6, border=4, light="#fff", omitsize=False).encode()
    return drawn.replace(b"<svg ", b'<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _school_address(request: HttpRequest, found: Any) -> str:
    if found.level != UnitLevel.SCHOOL or not found.is_active:
        return ""
    return public_address(request, found.code)


def public_address(request: HttpRequest, code: str) -> str:
    """The address of a school as parents type it."""
    path = reverse("parents:home", args=[code])
    return settings.BASE_URL + path if settings.HTTPS else request.build_absolute_uri(path)
