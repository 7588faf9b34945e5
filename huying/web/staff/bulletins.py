"""Monthly bulletins: the list, one as it is printed with its record, its steps as forms, and its files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.oversight import bulletins, counting
from huying.oversight.actions.archive_bulletin import archive_bulletin
from huying.oversight.actions.check_bulletin import check_bulletin
from huying.oversight.actions.count_bulletin_again import count_bulletin_again
from huying.oversight.actions.draft_bulletin import draft_bulletin
from huying.oversight.actions.edit_bulletin import PARTS, edit_bulletin
from huying.oversight.actions.issue_bulletin import issue_bulletin
from huying.oversight.actions.reply_to_bulletin import reply_to_bulletin
from huying.oversight.actions.return_bulletin import return_bulletin
from huying.oversight.actions.sign_bulletin import sign_bulletin
from huying.papers.bulletin.annex import annex
from huying.papers.bulletin.facts import BulletinFacts
from huying.papers.bulletin.figures import canonical
from huying.papers.bulletin.paper import paper
from huying.people import queries as people
from huying.rules.bulletins import MAKERS, REPLIERS, WATCHERS
from huying.rules.enums import BulletinAct, BulletinStage
from huying.rules.labels import label
from huying.rules.periods import Period
from huying.rules.refusals import Refusal
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.components.handing import FORMS, handed_over
from huying.web.components.official import shown
from huying.web.components.parts import Entry
from huying.web.staff import asking
from huying.web.staff.exports import SHEET
from huying.web.staff.frame import frame
from huying.web.staff.papers_yearly import year_form

ROWS = 30
MONTHS = 13
NEWEST = keyset.Order("since", is_descending=True)
WORDS = {
    "overview": gettext_lazy("总体情况，一行一句"),
    "good": gettext_lazy("值得肯定的做法，一行一句"),
    "tasks": gettext_lazy("下一步工作，一行一条"),
    "remarks": gettext_lazy("另外要写的，一行一段"),
    "addressee": gettext_lazy("主送"),
    "copies_to": gettext_lazy("抄送，一行一个"),
}


class DraftForm(forms.Form):
    """Of which unit and month."""

    unit = forms.TypedChoiceField(label=gettext_lazy("哪个单位"), coerce=int)
    month = forms.ChoiceField(label=gettext_lazy("哪个月"))

    def __init__(self, *args: Any, units: list[Any], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]
        self.fields["month"].choices = [(month, month) for month in _months(on)]


def _months(on: date) -> list[str]:
    """The last months that are over, the newest first."""
    number = on.year * 12 + on.month - 1
    return [f"{(number - back) // 12}-{(number - back) % 12 + 1:02}" for back in range(1, MONTHS)]


class WordsForm(forms.Form):
    """What people write beside the figures."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in PARTS:
            self.fields[name] = asking.text(WORDS[name], rows=2 if name == "addressee" else 4, required=False)

    def words(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data[name].splitlines() for name in PARTS}


class ReasonForm(forms.Form):
    """Why it goes back, or what a unit answers."""

    reason = asking.text(gettext_lazy("写几句"), rows=3)


@require_safe
@staff_only()
def listing(request: HttpRequest) -> HttpResponse:
    """The bulletins this person may read; whoever makes them begins one here."""
    return _list(request, DraftForm(**_asked(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*MAKERS)
def draft(request: HttpRequest) -> HttpResponse:
    """A draft stands for the unit and month that were chosen, or the list comes again and says why not."""
    if request.method != "POST":
        return redirect("staff:bulletins")
    form = DraftForm(request.POST, **_asked(request))
    made = _drafted(request, form) if form.is_valid() else None
    return redirect("staff:bulletin", made.pk) if made is not None else _list(request, form)


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"units": bulletins.units_for(request.actor), "on": timezone.localdate()}


def _list(request: HttpRequest, form: DraftForm) -> HttpResponse:
    page = keyset.page(bulletins.visible_to(request.actor), NEWEST, request.GET, size=ROWS)
    context = frame(request, current="bulletins") | {
        "form": form if form.fields["unit"].choices else None,
        "failed": form if form.is_bound else None,
        "year_form": year_form(request) if form.fields["unit"].choices else None,
        "may_plan": bool(request.actor.holding(*WATCHERS)),
        "rows": [_row(one) for one in page.rows],
        "older": f"?{page.following}" if page.following else "",
        "newer": f"?{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/bulletins.html", context, status=422 if form.is_bound else 200)


def _drafted(request: HttpRequest, form: DraftForm) -> Any:
    counting.count_due()
    unit = people.unit(form.cleaned_data["unit"])
    try:
        return draft_bulletin(unit, Period.month(form.cleaned_data["month"]), by=request.actor, at=timezone.now())
    except Refusal as refusal:
        form.add_error("month", refusal.said(_))
    return None


def _row(one: Any) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "unit": one.unit.name,
        "since": one.since,
        "until": one.until,
        "stage": _(label(BulletinStage(one.stage))),
        "number": one.number,
        "issued_at": one.issued_at,
        "corrects": one.corrects.number if one.corrects is not None else "",
    }


@dataclass(frozen=True)
class Step:
    """One step that is open to this person, with its form where it asks something."""

    name: str
    words: str
    form: forms.Form | None


def _reply(bulletin: Any, *, reason: str, **given: Any) -> None:
    below = [post.unit.id for post in given["by"].holding(*REPLIERS) if post.unit.id != bulletin.unit_id]
    reply_to_bulletin(bulletin, unit=people.unit(below[0]), reply=reason, **given)


PLAIN: dict[BulletinAct, Callable[..., None]] = {
    BulletinAct.COUNT_AGAIN: count_bulletin_again,
    BulletinAct.CHECK: check_bulletin,
    BulletinAct.SIGN: sign_bulletin,
    BulletinAct.ISSUE: issue_bulletin,
    BulletinAct.ARCHIVE: archive_bulletin,
}
SAID: dict[BulletinAct, Callable[..., None]] = {BulletinAct.RETURN: return_bulletin, BulletinAct.REPLY: _reply}


@require_safe
@staff_only()
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin as it is printed, with its record and what can be done."""
    return _page(request, _found(request, pk))


@require_POST
@staff_only()
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The step is taken, or the page comes again and says why not."""
    found = _found(request, pk)
    if name not in {one.value for one in BulletinAct} - {BulletinAct.DRAFT.value}:
        raise Http404
    act = BulletinAct(name)
    form = _form(act, request.POST, found)
    if form is None or form.is_valid():
        try:
            _take(found, act, form, by=request.actor, at=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.said(_))
        else:
            messages.success(request, _("已%(what)s。") % {"what": _(label(act))})
        return redirect("staff:bulletin", pk)
    return _page(request, found, failed=(act, form))


@require_POST
@staff_only(*MAKERS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft stands that names this issue and says what changed."""
    found = _found(request, pk)
    counting.count_due()
    period = Period(found.since, found.until)
    try:
        made = draft_bulletin(found.unit, period, corrects=found, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.said(_))
        return redirect("staff:bulletin", pk)
    return redirect("staff:bulletin", made.pk)


def _take(found: Any, act: BulletinAct, form: forms.Form | None, **given: Any) -> None:
    if act in PLAIN:
        PLAIN[act](found, **given)
    elif act is BulletinAct.EDIT:
        edit_bulletin(found, words=form.words(), **given)
    else:
        SAID[act](found, reason=form.cleaned_data["reason"], **given)


def _form(act: BulletinAct, data: Any, found: Any) -> forms.Form | None:
    options: dict[str, Any] = {"auto_id": f"{act.value}_%s"}
    if act is BulletinAct.EDIT:
        initial = {name: "\n".join(found.words.get(name, ())) for name in PARTS}
        return WordsForm(data, initial=initial, **options)
    return ReasonForm(data, **options) if act in SAID else None


def _found(request: HttpRequest, pk: int) -> Any:
    try:
        return bulletins.get_for(request.actor, pk)
    except bulletins.NoSuchBulletin:
        raise Http404 from None


def _page(
    request: HttpRequest, found: Any, *, failed: tuple[BulletinAct, forms.Form | None] | None = None
) -> HttpResponse:
    acts = bulletins.acts_for(request.actor, found)
    is_out = found.stage in bulletins.OUT
    context = frame(request, current="bulletins") | {
        "bulletin": found,
        "stage": _(label(BulletinStage(found.stage))),
        "is_out": is_out,
        "is_whole": bulletins.is_whole(found),
        **shown(paper(bulletins.facts_of(found))),
        "steps": [_step(act, found, failed) for act in acts],
        "may_correct": is_out and bool(request.actor.holding(*MAKERS)) and not found.corrections.exists(),
        "entries": [_entry(one) for one in found.records.select_related("person").order_by("-sequence")],
        "failed": failed[1] if failed is not None else None,
    }
    return render(request, "staff/bulletin.html", context, status=200 if failed is None else 422)


def _step(act: BulletinAct, found: Any, failed: tuple[BulletinAct, forms.Form | None] | None) -> Step:
    form = failed[1] if failed is not None and failed[0] is act else _form(act, None, found)
    return Step(act.value, _(label(act)), form)


def _entry(record: Any) -> Entry:
    who = record.person.name if record.person is not None else _("系统")
    words = _("%(who)s：%(what)s") % {"who": who, "what": _(label(BulletinAct(record.act)))}
    return Entry(words, record.at, note=record.note)


# Beside the paper itself, which is handed over as every other paper is.
FILES: dict[str, tuple[str, Callable[[BulletinFacts], bytes]]] = {
    "xlsx": (SHEET, annex),
    "json": ("application/json", canonical),
}


@require_safe
@staff_only()
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The bulletin as a file."""
    found = _found(request, pk)
    facts, name = bulletins.facts_of(found), f"bulletin-{found.unit.code}-{found.since:%Y-%m}"
    if kind in FORMS:
        return handed_over(paper(facts), name, kind, at=facts.computed_at)
    if kind not in FILES:
        raise Http404
    content_type, made = FILES[kind]
    response = HttpResponse(made(facts), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


urlpatterns = [
    path("bulletins/", listing, name="bulletins"),
    path("bulletins/draft/", draft, name="bulletin_draft"),
    path("bulletins/<int:pk>/", bulletin, name="bulletin"),
    path("bulletins/<int:pk>/correct/", correct, name="bulletin_correct"),
    path("bulletins/<int:pk>/file.<slug:kind>", file, name="bulletin_file"),
    path("bulletins/<int:pk>/<slug:name>/", step, name="bulletin_step"),
]
