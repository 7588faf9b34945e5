"""Topics: the list in its order, a new one, and the page of one."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huying.appeals.arrangements import topics
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, done, status
from huying.web.setup.sections import editors_only, frame


class AddForm(SetupForm):
    """A new topic."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    code = forms.CharField(
        label=gettext_lazy("代码"),
        max_length=31,
        help_text=gettext_lazy("小写字母、数字、下划线，定了不改，如 reading"),
    )


class ChangeForm(SetupForm):
    """What a topic is called, where it stands, and whether it is offered."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    position = forms.IntegerField(label=gettext_lazy("排在第几"), min_value=0, max_value=10_000)
    is_active = forms.BooleanField(
        label=gettext_lazy("可以选"), required=False, help_text=gettext_lazy("不勾就不再出现；以前归在这里的不变")
    )


@require_safe
@editors_only
def topics_page(request: HttpRequest) -> HttpResponse:
    """All topics, hidden ones too."""
    may = reach.sets_up_everything(request.actor)
    context = frame(request, current="topics") | {"topics": topics.every(), "may_change": may}
    return render(request, "setup/topics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def add_topic(request: HttpRequest) -> HttpResponse:
    """A topic is added."""
    reach.require_everything(request.actor)
    form = AddForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        topics.add(**given, by=request.actor, at=timezone.now())

    if request.method == "POST" and done(request, form, act, words=_("分类已加上。")):
        return redirect("setup:topics")
    words = {"title": _("加一个分类"), "button": _("加上"), "back": reverse("setup:topics")}
    return render(
        request, "setup/form.html", frame(request, current="topics") | words | {"form": form}, status=status(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic is renamed, moved in the order, shown or hidden."""
    reach.require_everything(request.actor)
    found = next((one for one in topics.every() if one.pk == pk), None)
    if found is None:
        raise Http404
    now = {"name": found.name, "position": found.position, "is_active": found.is_active}
    form = ChangeForm(request.POST or None, initial=now)

    def act(given: dict[str, Any]) -> None:
        topics.change(found, **given, by=request.actor, at=timezone.now())

    if request.method == "POST" and done(request, form, act, words=_("已改好。")):
        return redirect("setup:topics")
    words = {"title": now["name"], "lead": found.code, "button": _("改好"), "back": reverse("setup:topics")}
    return render(
        request, "setup/form.html", frame(request, current="topics") | words | {"form": form}, status=status(form)
    )
