"""The chain that makes a change of the past visible: canonical bytes, digests of events, breaks, and Merkle trees.

Each appeal has a chain of its own: an event carries the digest of the event before it, the first one a constant
bound to organisation and number. A seal is the root of a Merkle tree over the heads of all chains.
All digests are SHA-256, written as 64 lower-case hexadecimal digits.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

VERSION = 1
SHORTEST_SALT = 16

_PLAIN = (str, int, type(None))  # bool is an int
_LEAF = b"\x00"
_NODE = b"\x01"
_EMPTY = b"\x02"


class NotCanonical(TypeError):
    """The value has no single spelling in bytes, so it may not enter a digest."""


class SaltTooShort(ValueError):
    """A digest of a text needs a salt of at least 16 bytes: without it, a phone number could be guessed from it."""


@dataclass(frozen=True, kw_only=True)
class EventFact:
    """What an event says, as its digest covers it. `at` is made by `moment`, `prev` is the digest before it."""

    organisation: str
    number: str
    sequence: int
    kind: str
    at: str
    actor: str | None
    payload: dict[str, Any]
    prev: str
    version: int = VERSION


@dataclass(frozen=True)
class Recorded:
    """An event as it stands in the ledger: what it says, and the digest that was written beside it."""

    fact: EventFact
    digest: str


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold. `why` can be shown to a person."""

    sequence: int
    why: str


class PathStep(NamedTuple):
    """A neighbour on the way from a leaf to the root, and the side on which it stands."""

    side: Literal["left", "right"]
    digest: str


def canonical(value: Any) -> bytes:
    """The one spelling of a value in bytes: JSON with sorted keys and no blanks, in UTF-8.

    Only str, int, bool, None, list and dict (with str keys) have one. Raises NotCanonical for anything else.
    """
    _require_canonical(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate cannot be written in UTF-8") from error


def moment(at: datetime) -> str:
    """The one spelling of a moment: UTC with six decimals, 2026-11-24T00:31:16.000000Z. Raises NotCanonical."""
    if at.tzinfo is None:
        raise NotCanonical("a moment without a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def genesis(organisation: str, number: str) -> str:
    """What the first event of an appeal carries as `prev`: bound to both names, so that chains cannot be swapped."""
    return _hex(canonical(["huying chain", VERSION, organisation, number]))


def digest(fact: EventFact) -> str:
    """The digest of everything the event says, and through `prev` of everything before it."""
    return _hex(canonical(vars(fact)))


def digest_of(value: Any) -> str:
    """The digest of any value that has a canonical spelling. Raises NotCanonical."""
    return _hex(canonical(value))


def text_digest(salt: bytes, body: str) -> str:
    """The salted digest that stands in an event for a text kept elsewhere; erasing text and salt keeps the chain.

    Raises SaltTooShort.
    """
    if len(salt) < SHORTEST_SALT:
        raise SaltTooShort
    return hmac.new(salt, body.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def first_break(events: Iterable[Recorded], *, organisation: str, number: str) -> Break | None:
    """The first event of this appeal that is missing, foreign, moved or altered; None when the chain holds.

    Events come in the order of their sequence. A tail cut off leaves a sound chain: compare its head with the
    appeal's row and with a seal.
    """
    prev = genesis(organisation, number)
    expected = 1
    for event in events:
        why = _what_is_wrong(event, organisation=organisation, number=number, sequence=expected, prev=prev)
        if why:
            return Break(expected, why)
        prev = event.digest
        expected += 1
    return Break(1, "没有任何事件") if expected == 1 else None


def root(leaves: Sequence[bytes]) -> str:
    """The root of the Merkle tree over these leaves, in their order. No leaves have a root of their own."""
    if not leaves:
        return _hex(_EMPTY)
    return _levels(leaves)[-1][0].hex()


def path(leaves: Sequence[bytes], index: int) -> list[PathStep]:
    """The neighbours that lead from the leaf at `index` to the root. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    steps = []
    for level in _levels(leaves)[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):
            steps.append(PathStep("left" if neighbour < index else "right", level[neighbour].hex()))
        index //= 2
    return steps


def verify_path(leaf: bytes, steps: Iterable[PathStep], *, root: str) -> bool:
    """True when these steps lead from the leaf to that root. Steps may come from anybody: nonsense is False."""
    here = _leaf(leaf)
    for side, neighbour in steps:
        try:
            beside = bytes.fromhex(neighbour)
        except (TypeError, ValueError):
            return False
        if side not in ("left", "right") or len(beside) != len(here):
            return False
        here = _node(beside, here) if side == "left" else _node(here, beside)
    return here.hex() == root


def _require_canonical(value: Any) -> None:
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"a key of type {type(key).__name__}")
            # Nearly all that is said is said in plain words and numbers: those need no look inside.
            if not isinstance(each, _PLAIN):
                _require_canonical(each)
    elif isinstance(value, list):
        for each in value:
            if not isinstance(each, _PLAIN):
                _require_canonical(each)
    elif not isinstance(value, _PLAIN):
        raise NotCanonical(f"a value of type {type(value).__name__}")


def _what_is_wrong(event: Recorded, *, organisation: str, number: str, sequence: int, prev: str) -> str:
    fact = event.fact
    if (fact.organisation, fact.number) != (organisation, number):
        return "这个事件属于另一件诉求"
    if fact.sequence != sequence:
        return f"缺少第 {sequence} 个事件，此处是第 {fact.sequence} 个"
    if fact.prev != prev:
        return "与前一个事件接不上"
    try:
        holds = digest(fact) == event.digest
    except NotCanonical:
        holds = False
    return "" if holds else "内容被改动过"


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All levels of the tree from the leaves up. A node without a neighbour is promoted, never doubled."""
    levels = [[_leaf(each) for each in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [_node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        levels.append(above + below[len(above) * 2 :])
    return levels


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(_LEAF + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
