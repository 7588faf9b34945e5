"""Channels: which doors are open, what they are called, and their key at the counter."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels import arrangements
from huying.people import staffing
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, done, status
from huying.web.setup.sections import editors_only, frame


class ChannelForm(SetupForm):
    """What a door is called, which key opens it at the counter, and whether it is open."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    key = forms.RegexField(
        r"^[0-9]?\Z",
        label=gettext_lazy("登记页上的数字键"),
        required=False,
        max_length=1,
        error_messages={"invalid": gettext_lazy("写一个数字，或者空着")},
    )
    position = forms.IntegerField(label=gettext_lazy("排在第几"), min_value=0, max_value=10_000)
    is_active = forms.BooleanField(
        label=gettext_lazy("开着"), required=False, help_text=gettext_lazy("不勾就不再收；以前收到的不变")
    )


@require_safe
@editors_only
def channels_page(request: HttpRequest) -> HttpResponse:
    """All doors, and whom parents may call at each tier."""
    units = staffing.units(reach.paths(request.actor)).filter(is_active=True)
    context = frame(request, current="channels") | {
        "doors": arrangements.every(),
        "may_change": reach.sets_up_everything(request.actor),
        "called": [one for one in units if one.parent_id is None or one.level == "school"],
    }
    return render(request, "setup/channels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One door is renamed, opened or shut."""
    reach.require_everything(request.actor)
    found = next((one for one in arrangements.every() if one.pk == pk), None)
    if found is None:
        raise Http404
    now = {field: getattr(found, field) for field in arrangements.FIELDS}
    form = ChannelForm(request.POST or None, initial=now)

    def act(given: dict[str, Any]) -> None:
        arrangements.change(found, **given, by=request.actor, at=timezone.now())

    if request.method == "POST" and done(request, form, act, words=_("已改好。")):
        return redirect("setup:channels")
    words = {"title": now["name"], "lead": found.code, "button": _("改好"), "back": reverse("setup:channels")}
    context = frame(request, current="channels") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))
