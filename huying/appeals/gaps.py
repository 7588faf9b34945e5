"""Numbers lost with what came after a copy that was put back: found by what stands outside, never used again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from huying.appeals.models import Appeal, NumberGap, NumberSequence
from huying.people.keys import ring
from huying.people.models import Unit
from huying.rules import seals as rules
from huying.rules.seals import Skipped
from huying.vault import signatures
from huying.vault.signatures import SignatureWrong, SignedStatement


def of(organisation: int) -> list[Skipped]:
    """The numbers of an organisation that are declared lost."""
    rows = NumberGap.objects.filter(organisation_id=organisation).values_list("year", "first", "last")
    return [Skipped(*row) for row in rows]


def missing(outside: Iterable[Mapping[str, Any]], receipts: Iterable[Mapping[str, Any]] = ()) -> dict[str, list[str]]:
    """Organisation → every number that these seals and receipts from outside know and nobody finds here."""
    known: dict[str, set[str]] = defaultdict(set)
    for one in [one for one in outside if _is_ours(one)]:
        heads = rules.heads_from(one["heads"]) if "heads" in one else None
        known[one["statement"]["organisation"]].update(rules.issued(one["statement"], heads))
    for receipt in [one for one in receipts if _is_ours(one)]:
        known[receipt["statement"]["organisation"]].add(str(receipt["statement"]["number"]))
    found = {code: sorted(numbers - _here(code), key=_order) for code, numbers in sorted(known.items())}
    return {code: numbers for code, numbers in found.items() if numbers}


def _is_ours(one: Mapping[str, Any]) -> bool:
    """Whether we signed it: what anybody can write tells nothing of what was lost."""
    signed = SignedStatement(statement=one["statement"], key_id=one["key_id"], signature=one["signature"])
    try:
        signatures.verify(signed, keys=signatures.public_keys(ring()))
    except SignatureWrong:
        return False
    return True


def _here(code: str) -> set[str]:
    return set(Appeal.objects.filter(organisation__code=code).values_list("number", flat=True))


def _order(number: str) -> tuple[str, int]:
    year, _, place = number.partition("-")
    return year, int(place) if place.isdigit() else 0


@transaction.atomic
def declare(lost: Mapping[str, Iterable[str]], *, spare: int, year: int, at: datetime) -> dict[str, list[Skipped]]:
    """The next numbers come after all that were or may have been given out: those known to be lost, and `spare` more of
    this year for every organisation. What is passed over is declared; nothing of it is used again."""
    made: dict[str, list[Skipped]] = {}
    for unit in Unit.objects.filter(pk__in=NumberSequence.objects.values("organisation")).order_by("path"):
        highest = _highest(lost.get(unit.code, ()))
        highest[year] = max(highest.get(year, 0), _last(unit, year)) + spare
        gaps = [gap for one, last in sorted(highest.items()) if (gap := _pass_over(unit, one, last, at=at)) is not None]
        if gaps:
            made[unit.code] = gaps
    return made


def _highest(lost: Iterable[str]) -> dict[int, int]:
    highest: dict[int, int] = {}
    for _, last, _many in rules.ranges(lost):
        year, _dash, place = last.partition("-")
        highest[int(year)] = max(highest.get(int(year), 0), int(place))
    return highest


def _last(unit: Unit, year: int) -> int:
    return NumberSequence.objects.filter(organisation=unit, year=year).aggregate(last=Max("last"))["last"] or 0


def _pass_over(unit: Unit, year: int, last: int, *, at: datetime) -> Skipped | None:
    first = _last(unit, year) + 1
    if last < first:
        return None
    NumberGap.objects.create(organisation=unit, year=year, first=first, last=last, at=at)
    NumberSequence.objects.update_or_create(organisation=unit, year=year, defaults={"last": last})
    return Skipped(year, first, last)
