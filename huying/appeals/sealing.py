"""Seals looked over: those that stand here, and those that come back from outside."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from huying.appeals import seals
from huying.appeals.models import Event, Seal
from huying.people.keys import ring
from huying.rules import seals as rules
from huying.rules.seals import Head, NotASeal
from huying.vault import signatures
from huying.vault.signatures import SignatureWrong, SignedStatement

Found = tuple[str, str, int, str]


class Counts(Protocol):
    """Where the number of seals is kept."""

    seals: int


def faults(counted: Counts, *, outside: Iterable[Any] = ()) -> Iterator[Found]:
    """(organisation, number, sequence, why) of every seal that does not hold."""
    keys = signatures.public_keys(ring())
    for organisation in seals.organisations():
        yield from _of_organisation(organisation.pk, organisation.code, keys, counted)
    for one in outside:
        counted.seals += 1
        yield from _from_outside(one, keys)


def read(said: Any) -> list[Any]:
    """The seals in a file: one signed statement, or all that `huying seal` wrote. Raises NotASeal."""
    many = said.get("seals") if isinstance(said, dict) and said.get("kind") == seals.FILE_KIND else [said]
    if not isinstance(many, list) or not many or not all(is_signed(one, rules.SEAL) for one in many):
        raise NotASeal("这不是封存文件")
    return many


def is_signed(one: Any, kind: str) -> bool:
    """Whether this has the shape of a signed statement of that kind; whose it is, is not asked."""
    return (
        isinstance(one, dict)
        and {"statement", "key_id", "signature"} <= set(one)
        and isinstance(one["statement"], dict)
        and one["statement"].get("kind") == kind
        and isinstance(one["statement"].get("organisation"), str)
    )


def signed_in(one: dict[str, Any]) -> SignedStatement:
    """The signed part of what a file brings."""
    return SignedStatement(statement=one["statement"], key_id=one["key_id"], signature=one["signature"])


def _of_organisation(pk: int, code: str, keys: dict[str, str], counted: Counts) -> Iterator[Found]:
    prev, expected, last = rules.first_seal(code), 1, None
    for seal in Seal.objects.filter(organisation_id=pk).order_by("sequence"):
        counted.seals += 1
        why = _what_is_wrong(seal, code=code, prev=prev, expected=expected, keys=keys)
        if why:
            yield code, f"封存 {seal.sequence}", seal.sequence, why
            return
        prev, expected, last = seal.digest, expected + 1, seal
    if last is not None and not _holds(last):
        yield code, f"封存 {last.sequence}", last.sequence, "封存的清单被改动过"


def _holds(seal: Seal) -> bool:
    try:
        return rules.root(seals.heads_of(seal)) == seal.statement["root"]
    except ValueError:
        return False


def _what_is_wrong(seal: Seal, *, code: str, prev: str, expected: int, keys: dict[str, str]) -> str:
    said = seal.statement
    try:
        signatures.verify(seals.signed(seal), keys=keys)
    except SignatureWrong:
        return "封存的签名不符"
    stands = (code, seal.sequence, expected, seal.on.isoformat(), prev)
    if (said["organisation"], expected, said["sequence"], said["on"], said["prev"]) != stands:
        return "封存和前一次接不上"
    return "" if rules.digest(said) == seal.digest else "封存的摘要不符"


def _from_outside(one: dict[str, Any], keys: dict[str, str]) -> Iterator[Found]:
    said = one["statement"]
    code, place = said["organisation"], f"封存 {said.get('sequence')}"
    try:
        signatures.verify(signed_in(one), keys=keys)
    except SignatureWrong as error:
        yield code, place, 1, str(error)
        return
    stands = Seal.objects.filter(organisation__code=code, sequence=said["sequence"]).first()
    yield from _heads_outside(one, code, place)
    if stands is None:
        yield code, place, said["sequence"], "外面存的这次封存，这里没有：可能恢复了旧备份"
    elif stands.digest != rules.digest(said):
        yield code, place, said["sequence"], "外面存的封存和这里的不一样"
    elif not _holds(stands):
        yield code, place, said["sequence"], "封存的清单被改动过"


def _heads_outside(one: dict[str, Any], code: str, place: str) -> Iterator[Found]:
    """Each head that came along must lie on today's chain."""
    if "heads" not in one:
        return
    heads = rules.ordered(rules.heads_from(one["heads"]))
    if rules.root(heads) != one["statement"]["root"]:
        yield code, place, 1, "封存文件里的清单和它自己的根对不上"
        return
    for start in range(0, len(heads), 400):
        yield from _off_the_chain(heads[start : start + 400], code)


def _off_the_chain(heads: list[Head], code: str) -> Iterator[Found]:
    rows = Event.objects.filter(
        appeal__organisation__code=code, appeal__number__in=[head.number for head in heads]
    ).values_list("appeal__number", "sequence", "digest")
    there = set(rows)
    numbers = {number for number, _, _ in there}
    for head in heads:
        if (head.number, head.sequence, head.digest) not in there:
            gone = head.number not in numbers
            why = "外面的封存里有这件诉求，这里没有了" if gone else "和外面封存的不一样"
            yield code, head.number, head.sequence, why
