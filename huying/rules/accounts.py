"""Who needs a second factor, and whose hands it takes to give somebody a way in again (等保: three administrators)."""

import hashlib
from enum import StrEnum

from huying.rules.actors import Actor
from huying.rules.enums import PostKind

P = PostKind
ADMINISTRATORS = (P.SYSTEM_ADMIN, P.SECURITY_ADMIN, P.AUDITOR)
# Whoever unmasks, administers, takes sheets out for a whole place, or supervises. Heads of classes, grades and offices
# have so little in their hands that they are asked only before the pages where they unmask or take a sheet out.
GUARDED = (
    P.CALLER,
    P.DISPATCHER,
    P.PRINCIPAL,
    P.INSPECTOR,
    P.COUNTY_DISPATCHER,
    P.COUNTY_SUPERVISOR,
    *ADMINISTRATORS,
)
ASKERS = (P.SYSTEM_ADMIN, P.SECURITY_ADMIN)


class Lost(StrEnum):
    """What somebody can no longer sign in with."""

    PHONE = "phone"
    PASSWORD = "password"  # noqa: S105 - the name of what is lost
    BOTH = "both"


def needs_second_factor(actor: Actor) -> bool:
    """Whether the posts of today open nothing without a second factor (S36)."""
    return bool(actor.holding(*GUARDED))


def asks_as(actor: Actor, *, owner: int, path: str) -> PostKind | None:
    """The post in which the actor may ask that this person, who works at `path`, gets a new way in; None when in none.

    Nobody asks for themselves.
    """
    return None if actor.person == owner else _administering(actor, path, ASKERS)


def signs_as(actor: Actor, *, owner: int, asker: int, asked_as: PostKind, path: str) -> PostKind | None:
    """The post in which the actor may put the second signature; None when in none.

    Another person in another of the three posts, and never the one whose way in it is: no two of a kind can do it.
    """
    if actor.person in (owner, asker):
        return None
    return _administering(actor, path, tuple(kind for kind in ADMINISTRATORS if kind is not asked_as))


def posts_mark(actor: Actor) -> str:
    """A short mark of the posts held: another set of posts has another mark, so a sign-in knows that they changed."""
    held = sorted(f"{post.kind}:{post.unit.id}" for post in actor.posts)
    return hashlib.sha256(" ".join(held).encode()).hexdigest()[:16]


def _administering(actor: Actor, path: str, kinds: tuple[PostKind, ...]) -> PostKind | None:
    return next((post.kind for post in actor.holding(*kinds) if post.unit.holds(path)), None)
