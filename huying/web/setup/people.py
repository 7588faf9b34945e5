"""The people of an organisation: who can sign in, invitations on paper, and the way out of the house."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.arrangements import accounts, leaving, rosterplan
from huying.people import invitations, staffing
from huying.people.changes import Refused
from huying.people.invitations import Way
from huying.web.components.pictures import drawn
from huying.web.setup import reach
from huying.web.setup.forms import SetupForm, done, status
from huying.web.setup.roster import place_of, places_of
from huying.web.setup.sections import editors_only, frame

MOST_DIGITS = 18


class LeaveForm(SetupForm):
    """Who takes what is open."""

    successor = forms.ChoiceField(
        label=gettext_lazy("没办完的交给谁"), required=False, help_text=gettext_lazy("不选，就交给单位负责人")
    )
    sure = forms.BooleanField(
        label=gettext_lazy("今天起不在这里工作了，账号停用"),
        error_messages={"required": gettext_lazy("请先打勾")},
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}（{one.unit.name}）") for key, one in self.people.items()]
        self.fields["successor"].choices = [("", _("单位负责人")), *named]


@require_safe
@editors_only
def people_page(request: HttpRequest) -> HttpResponse:
    """Everyone of one organisation, and who still cannot sign in."""
    place = place_of(request, request.GET.get("place", ""))
    staff = _staff(request, place) if place is not None else []
    rows = invitations.standing(staff, at=timezone.now())
    context = frame(request, current="people") | {
        "rows": rows,
        "place": place,
        "places": places_of(request),
        "without": sum(one.way is not Way.IN for one in rows),
        "most": accounts.MOST_AT_ONCE,
    }
    return render(request, "setup/people.html", context)


@require_POST
@editors_only
def invite(request: HttpRequest) -> HttpResponseBase:
    """Links on paper, shown this once: no page and no copy of the database can show them again."""
    place = place_of(request, request.POST.get("place", ""))
    staff = _staff(request, place) if place is not None else []
    at = timezone.now()
    which = request.POST.get("which", "")
    if which == "all":
        ready = {one.person.pk for one in invitations.standing(staff, at=at) if one.way in (Way.NONE, Way.LATE)}
        chosen = [one for one in staff if one.pk in ready and one.pk != request.actor.person][: accounts.MOST_AT_ONCE]
    else:
        chosen = [one for one in staff if str(one.pk) == which]
        if not chosen:
            raise Http404
    try:
        made = accounts.invite_people(chosen, by=request.actor, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("setup:people")
    slips = [slip_of(request, one) for one in made]
    context = {"slips": slips, "place": place, "back_url": reverse("setup:people"), "is_watermarked": False}
    return render(request, "setup/invitations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Somebody leaves the house for good, and nothing open stays with them."""
    at = timezone.now()
    staff = staffing.staff(reach.paths(request.actor))
    person = staff.filter(pk=pk).first() if len(str(pk)) <= MOST_DIGITS else None
    if person is None:
        raise Http404
    form = LeaveForm(request.POST or None, people=list(staff.exclude(pk=pk)))

    def act(given: dict[str, Any]) -> None:
        leaving.let_go(person, successor=form.people.get(given["successor"]), by=request.actor, at=at)

    if request.method == "POST" and done(request, form, act, words=_("已办好，没办完的都交出去了。")):
        return redirect("setup:people")
    title = _("%(name)s离职") % {"name": person.name}
    held = leaving.in_hand(person)
    lead = _("手上没有没办完的") if not held else _("手上还有 %(n)d 件没办完，会马上交出去") % {"n": held}
    words = {"title": title, "lead": lead, "button": _("办离职"), "back": reverse("setup:people")}
    context = frame(request, current="people") | words | {"form": form}
    return render(request, "setup/form.html", context, status=status(form))


def _staff(request: HttpRequest, place: Any) -> list[Any]:
    """The people of one organisation, without those of the schools below it."""
    units = rosterplan.units_of(place)
    return list(staffing.staff(reach.paths(request.actor)).filter(unit__in=units))


def slip_of(request: HttpRequest, made: Any) -> dict[str, Any]:
    """What stands on the paper of an invitation."""
    address = request.build_absolute_uri(reverse("staff:invitation", args=[made.token]))
    size, dark = drawn(address)
    invitation = made.invitation
    person = invitation.person
    said = {"name": person.name, "unit": person.unit.name, "invitation": invitation, "address": address}
    return said | {"size": size, "dark": dark}


urlpatterns = [
    path("people/", people_page, name="people"),
    path("people/invite/", invite, name="invite"),
    path("people/<int:pk>/leave/", leave, name="leave"),
]
