"""The receipt in a parent's hand: a signed statement that the appeal was taken in, and later its way to a seal."""

from collections.abc import Iterator
from typing import Any

from huying.appeals import sealing, seals
from huying.appeals.models import Appeal, Event
from huying.people.keys import ring
from huying.people.prepared import Prepared
from huying.rules import chain
from huying.rules import seals as rules
from huying.rules.seals import Head, NotASeal
from huying.vault import signatures
from huying.vault.signatures import SignatureWrong, SignedStatement

Found = tuple[str, str, int, str]


def public_keys() -> dict[str, str]:
    """The keys by which everyone can check receipts and seals, by their ids."""
    return signatures.public_keys(ring())


def line_of(appeal: Appeal) -> str:
    """The receipt in one line that can be copied or printed."""
    return signatures.to_text(of(appeal))


def of(appeal: Appeal) -> SignedStatement:
    """The signed statement about the first event of an appeal: the same words whenever it is asked for."""
    [(at, digest)] = _FIRST.rows(appeal.pk)
    said = rules.receipt(organisation=appeal.organisation.code, number=appeal.number, at=chain.moment(at), first=digest)
    return signatures.sign(ring(), said)


_FIRST = Prepared(lambda appeal: Event.objects.filter(appeal=appeal, sequence=1).values_list("at", "digest"))


def with_path(appeal: Appeal) -> dict[str, Any]:
    """The receipt, and once the appeal has been sealed, the way from it to the root of the last seal."""
    receipt: dict[str, Any] = {**of(appeal)}
    seal = seals.first_with(appeal)
    if seal is None:
        return receipt
    heads = seals.heads_of(seal)
    head = next(one for one in heads if one.number == appeal.number)
    sealed = {"head": [head.number, head.sequence, head.digest], "path": rules.path(heads, head.number)}
    return {**receipt, "sealed": {**sealed, "seal": seals.signed(seal)}}


def read(said: Any) -> dict[str, Any]:
    """The receipt in a file. Raises NotASeal."""
    if not sealing.is_signed(said, rules.RECEIPT):
        raise NotASeal("这不是收件凭证")
    return said


def faults(receipt: dict[str, Any]) -> Iterator[Found]:
    """(organisation, number, sequence, why) of all that this receipt says and the ledger does not."""
    said, keys = receipt["statement"], signatures.public_keys(ring())
    code, number = said["organisation"], str(said.get("number", ""))
    try:
        signatures.verify(sealing.signed_in(receipt), keys=keys)
    except SignatureWrong as error:
        yield code, number, 1, str(error)
        return
    first = Event.objects.filter(appeal__organisation__code=code, appeal__number=number, sequence=1).first()
    if first is None:
        yield code, number, 1, "家长手里有凭证，这里没有这件诉求"
    elif (first.digest, chain.moment(first.at)) != (said["first"], said["at"]):
        yield code, number, 1, "和家长手里的凭证不一样"
    if "sealed" in receipt:
        yield from _sealed(receipt["sealed"], code, number, keys)


def _sealed(sealed: Any, code: str, number: str, keys: dict[str, str]) -> Iterator[Found]:
    if not isinstance(sealed, dict) or not sealing.is_signed(sealed.get("seal"), rules.SEAL):
        raise NotASeal("凭证里的封存读不出来")
    [head] = rules.heads_from([sealed.get("head")])
    steps = rules.steps_from(sealed.get("path"))
    try:
        seal = signatures.verify(sealing.signed_in(sealed["seal"]), keys=keys)
    except SignatureWrong as error:
        yield code, number, 1, str(error)
        return
    under = rules.is_under(head, steps, root=seal["root"]) and (seal["organisation"], head.number) == (code, number)
    if not under:
        yield code, number, 1, "凭证和它说的封存对不上"
    elif not _is_on_chain(head, code):
        yield code, number, head.sequence, "和凭证里封存的不一样"


def _is_on_chain(head: Head, code: str) -> bool:
    own = {"appeal__organisation__code": code, "appeal__number": head.number}
    return Event.objects.filter(sequence=head.sequence, digest=head.digest, **own).exists()
