"""登记: one screen in the order of speech. The first save reads out a code; Ctrl+Enter registers under it."""

import secrets
from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huying.appeals import counter, queries
from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.steps import NotAllowed, NotPossible
from huying.channels import inbox, intake_forms
from huying.language.words import TooLong, clean_line, clean_text
from huying.people import keys
from huying.people import queries as people
from huying.rules import numbers
from huying.rules.enums import AppealKind, PostKind
from huying.rules.labels import label
from huying.vault import codes
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.frame import frame

MOST_WORDS = 5000
LINES = ("phone", "name", "relation", "subject", "external_ref")


class CounterForm(forms.Form):
    """What is said on the phone, in the order in which it is said. Nothing is needed to save."""

    channel = forms.ChoiceField(label=gettext_lazy("来源"), widget=forms.RadioSelect, required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    klass = forms.ChoiceField(label=gettext_lazy("班级"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("性质"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    what = forms.CharField(
        label=gettext_lazy("内容"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    name = forms.CharField(label=gettext_lazy("姓名"), required=False)
    relation = forms.CharField(label=gettext_lazy("与孩子的关系"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("反映的是谁"), required=False, help_text=gettext_lazy("只写对方说的名字")
    )
    secret = forms.BooleanField(label=gettext_lazy("对方要求保密"), required=False)
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        required=False,
        help_text=gettext_lazy("不填就是现在"),
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    external_ref = forms.CharField(
        label=gettext_lazy("来件编号"), required=False, help_text=gettext_lazy("热线来件才填")
    )
    outer_due_on = forms.DateField(
        label=gettext_lazy("来件期限"),
        required=False,
        help_text=gettext_lazy("热线来件才填"),
        widget=forms.TextInput(attrs={"type": "date"}),
    )
    reply = forms.CharField(
        label=gettext_lazy("当场答复"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("已经答复了才写"),
    )

    def __init__(self, *args: Any, school: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        doors = [door for door in inbox.channels() if door.is_staffed]
        self.fields["channel"].choices = [(door.code, door.name) for door in doors]
        classes = [unit for unit in people.units_under(school.path) if unit.level == "class"]
        self.fields["klass"].choices = [("", _("不知道")), *((str(unit.pk), unit.name) for unit in classes)]
        self.fields["kind"].choices = [(kind.value, _(label(kind))) for kind in AppealKind]
        self.fields["topic"].choices = [(topic.code, topic.name) for topic in queries.topics()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in (*LINES, "what", "reply"):
            try:
                words = (
                    clean_line(said.get(name, ""), most=80)
                    if name in LINES
                    else clean_text(said.get(name, ""), most=MOST_WORDS)
                )
            except TooLong as error:
                self.add_error(name, str(error))
            else:
                said[name] = words
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(PostKind.CLERK, PostKind.DISPATCHER)
def register(request: HttpRequest) -> HttpResponse:
    """The empty form, the form saved under a code, or the next form with what became of the last."""
    post = request.actor.holding(PostKind.CLERK, PostKind.DISPATCHER)[0]
    school = people.unit(post.unit.id)
    if request.method != "POST":
        usual = {"channel": request.GET.get("source", "phone"), "kind": "HELP", "topic": "other"}
        return _page(request, CounterForm(initial=usual, school=school))
    form = CounterForm(request.POST, school=school)
    kept = _kept(request)
    if not form.is_valid():
        return _page(request, form, kept=kept, status=422)
    try:
        kept, code = _save(request, form, kept, school)
        if request.POST.get("step") != "register":
            return _page(request, form, kept=kept, code=code)
        return _register(request, form, kept, school, code=code)
    except intake_forms.FormStale as stale:
        return _page(request, form, kept=kept, problem=str(stale), status=409)


def _kept(request: HttpRequest) -> Any:
    pk, version = request.POST.get("form", ""), request.POST.get("version", "")
    found = intake_forms.open_form(int(pk), account=request.user.pk) if pk.isdigit() else None
    if pk and found is None:
        return None
    if found is not None and version.isdigit():
        found.version = int(version)
    return found


def _save(request: HttpRequest, form: CounterForm, kept: Any, school: Any) -> tuple[Any, str]:
    """The form is kept; the code is there in plain only the first time."""
    now, said = timezone.now(), _said(form)
    if kept is not None:
        intake_forms.keep(kept, said, at=now)
        return kept, ""
    if request.POST.get("form"):
        raise intake_forms.FormStale(_("这张登记表已经登记过了。"))
    code = numbers.receipt_code(secrets.randbelow)
    stored = codes.code_digest(keys.ring(), code)
    return intake_forms.reserve(said, code=stored, account=request.user.pk, unit=school.pk, at=now), code


def _said(form: CounterForm) -> dict[str, str]:
    said = form.cleaned_data
    return {
        **{name: said[name] for name in (*LINES, "channel", "klass", "kind", "topic", "what")},
        "secret": "yes" if said["secret"] else "",
        "received_at": said["received_at"].isoformat() if said["received_at"] else "",
        "outer_due_on": said["outer_due_on"].isoformat() if said["outer_due_on"] else "",
    }


def _register(request: HttpRequest, form: CounterForm, kept: Any, school: Any, *, code: str) -> HttpResponse:
    now = timezone.now()
    try:
        appeal = counter.register_form(kept, by=request.actor, at=now)
    except IntegrityError:
        return _page(request, form, kept=kept, code=code, problem=_("这个来件编号已经登记过了。"), status=422)
    told = _("已登记 %(number)s") % {"number": appeal.number}
    if form.cleaned_data["reply"]:
        told = _answered(request, appeal, form.cleaned_data["reply"], told, now)
    usual = {"channel": form.cleaned_data["channel"] or "phone", "kind": "HELP", "topic": "other"}
    fresh = CounterForm(initial=usual, school=school)
    return _page(request, fresh, code=code, told=told, done=appeal.pk)


def _answered(request: HttpRequest, appeal: Any, reply: str, told: str, now: Any) -> str:
    try:
        answer_at_once(queries.get_for(request.actor, appeal.pk), reply=reply, minutes=0, by=request.actor, at=now)
    except (NotPossible, NotAllowed) as error:
        return f"{told}。{error}"
    return told + _("，当场答复了")


def _page(
    request: HttpRequest, form: CounterForm, *, kept: Any = None, code: str = "", told: str = "", problem: str = "",
    done: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    phone = form["phone"].value() or ""
    context = {
        **frame(request, current="register"),
        "form": form,
        "kept": kept,
        "until": moments.clock_words(kept.registers_at) if kept is not None else "",
        "code": code,
        "told": told,
        "problem": problem,
        "done": done,
        "earlier": queries.left_under(request.actor, str(phone)) if form.is_bound else [],
        "waiting": intake_forms.mine(request.user.pk),
    }
    return render(request, "staff/register.html", context, status=status)
