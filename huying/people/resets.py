"""Requests for a new way in: which stand open, and which of them somebody may sign."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huying.people.models import AccessReset, Account, Post
from huying.people.queries import in_force
from huying.rules.accounts import GUARDED
from huying.rules.actors import Actor

GOOD_FOR = timedelta(days=3)


def still_open(*, at: datetime) -> QuerySet[AccessReset]:
    """Requests that wait for the second signature."""
    rows = AccessReset.objects.filter(decided_at=None, ends_at__gt=at)
    return rows.select_related("account__person__unit", "asked_by__person")


def under(paths: Iterable[str], *, at: datetime) -> QuerySet[AccessReset]:
    """Those about people who work at these paths or below, the oldest first."""
    return still_open(at=at).filter(_within(paths, "account__person__unit__path")).order_by("pk")


def staff_accounts(paths: Iterable[str]) -> QuerySet[Account]:
    """Open sign-ins of those who work at these paths or below."""
    rows = Account.objects.filter(_within(paths, "person__unit__path"), is_active=True, person__is_active=True)
    return rows.select_related("person__unit__parent", "second_factor").order_by("person__unit__path", "pk")


def standing(paths: Iterable[str], *, words: str, on: date, most: int) -> list[Account]:
    """The first of them whose posts need a telephone, those without one before the others; with words, everyone whose
    name or login holds them."""
    guarded = Post.objects.filter(in_force(on), person=OuterRef("person"), kind__in=GUARDED)
    rows = staff_accounts(paths).annotate(is_guarded=Exists(guarded))
    asked = Q(person__name__icontains=words) | Q(login__icontains=words) if words else Q(is_guarded=True)
    bound = F("second_factor__confirmed_at").asc(nulls_first=True)
    return list(rows.filter(asked).order_by(bound, "person__unit__path", "pk")[:most])


def watched(actor: Actor, kinds: Iterable[str]) -> list[str]:
    """Paths of the organisations in which the actor holds one of these posts."""
    return [post.unit.path for post in actor.posts if post.kind in set(kinds)]


def _within(paths: Iterable[str], column: str) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{column}__startswith": path})
    return found
