"""The pulse of the loop: written down at every round, held while the machine's clock cannot be trusted (F8)."""

from datetime import datetime

from django.db import transaction

from huying.appeals.models import Pulse
from huying.channels import post
from huying.people import queries as people
from huying.rules import pulse as rules
from huying.rules.enums import PostKind
from huying.rules.pulse import Beat

NAME = "tick"
VERIFY = "verify"


@transaction.atomic
def beat(now: Beat, *, before: Beat | None) -> str:
    """Why this round must do nothing, in words for people; empty when it may go on, and then it stands written down.

    A held loop goes on by itself once the clock is put right; when the leap itself was right, once somebody says so
    (`trust`).
    """
    pulse, _ = Pulse.objects.get_or_create(name=NAME, defaults={"at": now.wall})
    reason = rules.distrust(now=now, before=before, last_recorded=pulse.at)
    if reason:
        return _hold(pulse, reason, at=now.wall)
    leapt = pulse.held_since is not None and pulse.held_since > pulse.at
    if leapt and now.wall >= pulse.held_since:
        return pulse.reason
    Pulse.objects.filter(pk=pulse.pk, at__lt=now.wall).update(at=now.wall, held_since=None, reason="")
    return ""


def trust(*, at: datetime) -> None:
    """Somebody has looked: the clock is right, and the loop goes on from here."""
    Pulse.objects.update_or_create(name=NAME, defaults={"at": at, "held_since": None, "reason": ""})


def held() -> Pulse | None:
    """The hold in force, for doctor and the administrators' page; None when the loop runs."""
    return Pulse.objects.filter(name=NAME, held_since__isnull=False).first()


def last_beat() -> datetime | None:
    """When a loop last ran."""
    return Pulse.objects.filter(name=NAME).values_list("at", flat=True).first()


def _hold(pulse: Pulse, reason: str, *, at: datetime) -> str:
    if pulse.held_since is None:
        Pulse.objects.filter(pk=pulse.pk).update(held_since=at, reason=reason)
        county = people.county()
        if county is not None:
            key = f"clock:{at.isoformat()}"
            post.tell("clock_held", key=key, at=at, unit=county.pk, post=PostKind.SYSTEM_ADMIN)
    return reason


def verified(*, at: datetime, first: str) -> None:
    """Somebody has looked the whole ledger over; `first` is the first thing that was changed, empty when nothing."""
    Pulse.objects.update_or_create(name=VERIFY, defaults={"at": at, "held_since": None, "reason": first[:200]})


def last_verified() -> tuple[datetime, str] | None:
    """When that was last done and what it found; None when never."""
    return Pulse.objects.filter(name=VERIFY).values_list("at", "reason").first()
