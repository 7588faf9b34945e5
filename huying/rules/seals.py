"""Seals and receipts as statements: what they say, how their digest is spelled, and what a seal's tree is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huying.rules import chain, numbers
from huying.rules.chain import PathStep

VERSION = 1
SEAL = "huying seal"
RECEIPT = "huying receipt"


@dataclass(frozen=True, order=True)
class Head:
    """The last event of one appeal at a moment: its number, its sequence, and the digest that stands in it."""

    number: str
    sequence: int
    digest: str


@dataclass(frozen=True, order=True)
class Skipped:
    """Numbers of a year, from the first to the last, that an older copy put back does not know."""

    year: int
    first: int
    last: int

    @property
    def places(self) -> range:
        return range(self.first, self.last + 1)


class NotASeal(ValueError):
    """The file holds no seal or receipt of ours. The text can be shown to a person."""


def ordered(heads: Iterable[Head]) -> list[Head]:
    """The heads in the order of the tree: by year, then by number."""
    return sorted(heads, key=lambda head: _place(head.number))


def leaf(head: Head) -> bytes:
    """What stands in the tree for an appeal."""
    return chain.canonical([head.number, head.sequence, head.digest])


def root(heads: Iterable[Head]) -> str:
    """The root over these heads, in whatever order they come."""
    return chain.root([leaf(head) for head in ordered(heads)])


def path(heads: Iterable[Head], number: str) -> list[PathStep]:
    """The neighbours that lead from one appeal to the root. Raises KeyError when it is not among the heads."""
    tree = ordered(heads)
    places = {head.number: place for place, head in enumerate(tree)}
    return chain.path([leaf(head) for head in tree], places[number])


def is_under(head: Head, steps: Iterable[PathStep], *, root: str) -> bool:
    """True when these steps lead from this head to that root."""
    return chain.verify_path(leaf(head), steps, root=root)


def statement(
    *,
    organisation: str,
    sequence: int,
    on: str,
    at: str,
    heads: Sequence[Head],
    reads: str,
    prev: str,
    skipped: Sequence[Skipped] = (),
) -> dict[str, Any]:
    """What a seal says. `highest` is the last number of each year, `reads` the digest of who looked since, `skipped`
    the numbers that are declared lost; a seal that knows of none does not speak of them."""
    highest: dict[str, int] = {}
    for head in heads:
        year, last = _place(head.number)
        highest[str(year)] = max(highest.get(str(year), 0), last)
    return {
        "kind": SEAL,
        "version": VERSION,
        "organisation": organisation,
        "sequence": sequence,
        "on": on,
        "at": at,
        "appeals": len(heads),
        "highest": highest,
        "reads": reads,
        "root": root(heads),
        "prev": prev,
        **({"skipped": [[one.year, one.first, one.last] for one in skipped]} if skipped else {}),
    }


def receipt(*, organisation: str, number: str, at: str, first: str) -> dict[str, Any]:
    """What a receipt says: that this appeal was taken in then, and began with this event."""
    return {
        "kind": RECEIPT,
        "version": VERSION,
        "organisation": organisation,
        "number": number,
        "at": at,
        "first": first,
    }


def digest(said: Mapping[str, Any]) -> str:
    """The digest of a statement; the next seal carries it as `prev`."""
    return chain.digest_of(dict(said))


def first_seal(organisation: str) -> str:
    """What the first seal of an organisation carries as `prev`."""
    return chain.digest_of([SEAL, VERSION, organisation])


def gap(found: Iterable[str], *, last: Mapping[int, int], skipped: Iterable[Skipped] = ()) -> str:
    """The first number of a yearly sequence that is missing, too many or no number; empty when there is none.

    `last` is the highest number given out in each year. Numbers that are declared lost are no gap; one of them that
    stands there is one too many.
    """
    lost = {(one.year, place) for one in skipped for place in one.places}
    by_year: dict[int, set[int]] = {year: set() for year in last}
    for number in found:
        try:
            year, place = _place(number)
        except numbers.NotAnAppealNumber:
            return number
        by_year.setdefault(year, set()).add(place)
    for year in sorted(by_year):
        wanted = range(1, max([last.get(year, 0), *by_year[year]]) + 1)
        there = by_year[year]
        wrong = next(
            (n for n in wanted if (n in there) == ((year, n) in lost) or (n in there and n > last.get(year, 0))), None
        )
        if wrong is not None:
            return numbers.appeal_number(year, wrong)
    return ""


def issued(said: Mapping[str, Any], heads: Sequence[Head] | None) -> list[str]:
    """Every number that had been given out when a seal was made: those of its heads, else all up to its highest."""
    if heads is not None:
        return [head.number for head in ordered(heads)]
    lost = {(year, place) for year, first, last in said.get("skipped", ()) for place in range(first, last + 1)}
    return [
        numbers.appeal_number(int(year), place)
        for year, last in sorted(said["highest"].items())
        for place in range(1, last + 1)
        if (int(year), place) not in lost
    ]


def ranges(wanted: Iterable[str]) -> list[tuple[str, str, int]]:
    """Numbers in order as stretches without a hole: (first, last, how many)."""
    found: list[list[tuple[int, int]]] = []
    for year, place in sorted({_place(number) for number in wanted}):
        if found and found[-1][-1] == (year, place - 1):
            found[-1].append((year, place))
        else:
            found.append([(year, place)])
    return [(numbers.appeal_number(*one[0]), numbers.appeal_number(*one[-1]), len(one)) for one in found]


def heads_from(said: Any) -> list[Head]:
    """The heads a file brings: [number, sequence, digest] each. Raises NotASeal."""
    if not isinstance(said, list) or not all(_is_head(one) for one in said):
        raise NotASeal("封存文件里的清单读不出来")
    return [Head(*one) for one in said]


def steps_from(said: Any) -> list[PathStep]:
    """The steps a file brings: [side, digest] each. Raises NotASeal."""
    if not isinstance(said, list) or not all(isinstance(one, list) and len(one) == 2 for one in said):
        raise NotASeal("凭证里的路径读不出来")
    return [PathStep(*one) for one in said]


def _is_head(one: Any) -> bool:
    if not isinstance(one, list) or [type(each) for each in one] != [str, int, str]:
        return False
    try:
        _place(one[0])
    except numbers.NotAnAppealNumber:
        return False
    return True


def _place(number: str) -> tuple[int, int]:
    read = numbers.parse_appeal_number(number)
    return read.year, read.sequence
