"""One's deadlines in the calendar on one's phone: a private address, made anew or taken away at any time."""

import secrets
from datetime import datetime, time

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.appeals.feed import Deadline, deadlines_of
from huying.channels import feeds
from huying.oversight import proceedings
from huying.oversight.proceedings import Waiting
from huying.papers.feeds import Entry, calendar_file
from huying.people import keys
from huying.people import queries as people
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.components.doors import open_to_all, staff_only
from huying.web.staff.frame import frame


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only()
@sensitive_variables("address")
def subscription(request: HttpRequest) -> HttpResponse:
    """Whether there is an address; a new one is shown this once, and the old one is dead."""
    at, address = timezone.now(), ""
    if request.method == "POST":
        token = feeds.renew(request.user.pk, ring=keys.ring(), draw=secrets.token_urlsafe, at=at)
        address = settings.BASE_URL + reverse("staff:feed", args=[token])
    context = frame(request, current="me", at=at) | {"address": address, "made_at": feeds.made_at(request.user.pk)}
    return render(request, "staff/subscription.html", context)


@require_POST
@staff_only()
def end_subscription(request: HttpRequest) -> HttpResponseBase:
    """The address is dead."""
    feeds.revoke(request.user.pk)
    messages.success(request, _("订阅地址已停用。"))
    return redirect("staff:subscription")


@require_safe
@open_to_all
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of whoever made this address, with the posts of today. The address is the key: no sign-in."""
    at = timezone.now()
    account = feeds.account_of(token, ring=keys.ring(), at=at)
    if account is None:
        raise Http404
    actor = people.actor_of(account, on=moments.local_day(at))
    entries = [_entry(one) for one in deadlines_of(actor, at=at)]
    entries += [_task(one) for one in proceedings.waiting_for(actor)]
    response = HttpResponse(
        calendar_file(entries, name=_("呼应：我的期限"), at=at), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="huying.ics"'
    return response


def _entry(one: Deadline) -> Entry:
    words = _("%(number)s，暂定") % {"number": one.number} if one.provisional else one.number
    return Entry(f"{one.number}@huying", words, one.due_at)


def _task(one: Waiting) -> Entry:
    """A day of a talk, a study or a check: its number and what is to be done, at the close of that day."""
    about = one.proceeding
    key = f"{about.number}.{one.act}.{one.item or 0}@huying"
    ends_at = datetime.combine(one.due_on, time(17), tzinfo=moments.SHANGHAI)
    return Entry(key, f"{about.number} {_(label(one.act))}", ends_at)


urlpatterns = [
    path("me/subscription/", subscription, name="subscription"),
    path("me/subscription/end/", end_subscription, name="end_subscription"),
    path("feed/<slug:token>/deadlines.ics", feed, name="feed"),
]
