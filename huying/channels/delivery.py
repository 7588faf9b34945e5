"""The outbox worker: each letter is leased, sent under one Message-ID for ever, and marked; none is lost, few double.

Inside the house a letter is read from the moment it is written (通知); what is carried here is the mail beside it.
Who may be written to is told by whoever runs the worker: a door knows messages, not appeals.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from huying.channels.models import Letter

LEASE = timedelta(seconds=60)
# A mail server may take its time; a worker that woke up late leaves the letter to whoever has it now.
NEEDED_TO_SEND = timedelta(seconds=25)
ROUND = timedelta(seconds=20)
BATCH = 500
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12
LATE_AFTER = timedelta(hours=1)


class NotNow(Exception):
    """This letter could not be carried this time; it will be tried again."""


class DoorClosed(NotNow):
    """Nobody answers at the door at all: no use trying the other letters in this round."""


class Never(Exception):
    """The door said that it will never take this letter."""


@dataclass(frozen=True)
class Mail:
    """What leaves the house: that there is news, never what a case says. `id` is the same however often it is sent.

    `text` is sent as it stands: a seal for those who keep it.
    """

    id: str
    to: tuple[str, ...]
    kind: str
    number: str
    text: str = ""


Clock = Callable[[], datetime]
Addresses = Callable[[Letter], Sequence[str]]
Send = Callable[[Mail], None]


def deliver(*, clock: Clock, addresses: Addresses, send: Send | None) -> int:
    """Letters that wait are with their readers; how many. Without a door to the outside all stay inside."""
    began = clock()
    if send is None:
        return _due(began).update(delivered_at=began, next_try_at=None, failure="")
    done = 0
    for pk in list(_due(began).order_by("next_try_at", "pk").values_list("pk", flat=True)[:BATCH]):
        if clock() - began > ROUND:
            break
        try:
            done += _deliver_one(pk, clock=clock, addresses=addresses, send=send)
        except DoorClosed:
            break
    return done


def dead() -> QuerySet[Letter]:
    """Letters that no door will ever take, newest first."""
    return Letter.objects.filter(delivered_at=None, next_try_at=None).order_by("-written_at")


def hold() -> int:
    """Letters that wait go nowhere until somebody looks: how many. After an older copy was put back they may have been
    sent already."""
    return Letter.objects.filter(delivered_at=None, next_try_at__isnull=False).update(
        next_try_at=None, leased_until=None, failure="恢复备份时留住：可能已经寄过"
    )


def last_delivered(kind: str) -> datetime | None:
    """When a letter of this kind was delivered last; None before the first."""
    rows = Letter.objects.filter(kind=kind, delivered_at__isnull=False)
    return rows.order_by("-delivered_at").values_list("delivered_at", flat=True).first()


def late(*, at: datetime) -> QuerySet[Letter]:
    """Letters that have been waiting for more than an hour."""
    return Letter.objects.filter(delivered_at=None, next_try_at__isnull=False, written_at__lt=at - LATE_AFTER)


def try_again(*, at: datetime) -> int:
    """Letters given up are tried once more from now on; how many."""
    return dead().update(next_try_at=at, attempts=0, failure="")


def _due(at: datetime) -> QuerySet[Letter]:
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return Letter.objects.filter(free, delivered_at=None, next_try_at__lte=at)


def _deliver_one(pk: int, *, clock: Clock, addresses: Addresses, send: Send) -> int:
    letter = _lease(pk, at=clock())
    if letter is None:
        return 0
    to = tuple(addresses(letter))
    if to and not _send(letter, to, clock=clock, send=send):
        return 0
    now = clock()
    return _mine(letter).update(delivered_at=now, next_try_at=None, leased_until=None, failure="")


def _lease(pk: int, *, at: datetime) -> Letter | None:
    """The letter is this worker's for a minute; None when another took it first."""
    taken = _due(at).filter(pk=pk)
    if not taken.update(leased_until=at + LEASE, fence=F("fence") + 1, attempts=F("attempts") + 1):
        return None
    return Letter.objects.get(pk=pk)


def _mine(letter: Letter) -> QuerySet[Letter]:
    """The row, while nobody leased it after us: a worker that was frozen writes nothing when it wakes."""
    return Letter.objects.filter(pk=letter.pk, fence=letter.fence, delivered_at=None)


def _send(letter: Letter, to: tuple[str, ...], *, clock: Clock, send: Send) -> bool:
    """True when the door took it."""
    if letter.leased_until is None or clock() > letter.leased_until - NEEDED_TO_SEND or not _mine(letter).exists():
        return False
    name = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    mail = Mail(name, to, letter.kind, letter.number, str(letter.data.get("text", "")))
    try:
        send(mail)
    except Never as refused:
        _mine(letter).update(next_try_at=None, leased_until=None, failure=str(refused)[:200])
        return False
    except DoorClosed as closed:
        # The letter has no part in this: it is never given up for it.
        _put_off(letter, str(closed), again=clock() + wait_after(letter.attempts))
        raise
    except NotNow as failed:
        more = letter.attempts < MOST_ATTEMPTS
        _put_off(letter, str(failed), again=clock() + wait_after(letter.attempts) if more else None)
        return False
    return True


def _put_off(letter: Letter, failure: str, *, again: datetime | None) -> None:
    _mine(letter).update(next_try_at=again, leased_until=None, failure=failure[:200])


def wait_after(attempts: int) -> timedelta:
    """One minute after the first try, twice as long each time, six hours at most."""
    return min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 10), LONGEST_WAIT)
