"""The whole ledger looked over: chains, rows, words, numbers and seals. A walk in slices, whatever there is of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from huying.appeals import clocks, facts, gaps, receipts, sealing, standing
from huying.appeals.models import Appeal, Event, NumberSequence, SealEntry, Text
from huying.appeals.steps import as_fact
from huying.people.models import Unit
from huying.rules import chain
from huying.rules import seals as rules
from huying.rules.chain import Break, Recorded
from huying.rules.enums import Action, Flag

SLICE = 400
ERASE = "erase"
EVENT = tuple(one.attname for one in Event._meta.concrete_fields)
ROW = ("organisation__code", *(one.attname for one in Appeal._meta.concrete_fields))


@dataclass(frozen=True)
class Fault:
    """The first thing that is not as it was: which appeal, which of its events, and why in words for people."""

    organisation: str
    number: str
    sequence: int
    why: str


@dataclass
class Counted:
    """How much was looked at."""

    appeals: int = 0
    events: int = 0
    seals: int = 0


@dataclass
class Slice:
    """Some appeals with everything of theirs."""

    appeals: dict[int, Any]
    events: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    unreadable: set[int] = field(default_factory=set)


def faults(counted: Counted, *, outside: Iterable[Any] = (), receipt: Any = None) -> Iterator[Fault]:
    """Everything that does not hold, one fault an appeal. `outside` are seals brought from elsewhere."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    for some in _slices():
        for pk in sorted({*some.unreadable, *some.appeals, *some.events, *some.entries}):
            counted.appeals += 1
            counted.events += len(some.events.get(pk, ()))
            found = _first_fault(pk, some)
            if found is not None:
                yield found
    yield from _number_faults(codes)
    yield from (Fault(*one) for one in sealing.faults(counted, outside=outside))
    if receipt is not None:
        yield from (Fault(*one) for one in receipts.faults(receipt))


def _slices() -> Iterator[Slice]:
    """All appeals by key, and whatever hangs under keys that no appeal has."""
    low = -(2**62)
    while True:
        keys = list(Appeal.objects.filter(pk__gt=low).order_by("pk").values_list("pk", flat=True)[:SLICE])
        high = keys[-1] if len(keys) == SLICE else 2**62
        try:
            yield _filled(low, high)
        except ValueError:
            # A value that is none of its column: found one by one.
            yield from (_alone(key) for key in keys)
        if len(keys) < SLICE:
            return
        low = high


def _alone(key: int) -> Slice:
    try:
        return _filled(key - 1, key)
    except ValueError:
        return Slice({}, unreadable={key})


def _filled(low: int, high: int) -> Slice:
    rows = Appeal.objects.filter(pk__gt=low, pk__lte=high).values_list(*ROW, named=True)
    some, span = Slice({row.id: row for row in rows}), {"appeal_id__gt": low, "appeal_id__lte": high}
    for event in Event.objects.filter(**span).order_by("appeal_id", "sequence").values_list(*EVENT, named=True):
        some.events[event.appeal_id].append(event)
    for text in Text.objects.filter(**span).order_by("pk").values_list("appeal_id", "event_id", "kind", "body", "salt"):
        some.texts[text[0]].append(text[1:])
    entries = SealEntry.objects.filter(**span).order_by("pk").values_list("appeal_id", "number", "sequence", "head")
    for entry in entries:
        some.entries[entry[0]].append(entry[1:])
    return some


def _first_fault(pk: int, some: Slice) -> Fault | None:
    row, events = some.appeals.get(pk), some.events.get(pk, [])
    if pk in some.unreadable:
        number = Appeal.objects.values_list("number", flat=True).get(pk=pk)
        return Fault("", number, 1, "记录的格式被改坏了")
    if row is None:
        number = next((entry[0] for entry in some.entries.get(pk, [])), f"#{pk}")
        return Fault("", number, 1, "这件诉求不见了，只剩下它的记录")
    found = _looked_over(row, events, some)
    return None if found is None else Fault(row.organisation__code, row.number, found.sequence, found.why)


def _looked_over(row: Any, events: list[Any], some: Slice) -> Break | None:
    try:
        told = [
            Recorded(as_fact(event, organisation=row.organisation__code, number=row.number), event.digest)
            for event in events
        ]
    except (chain.NotCanonical, TypeError, AttributeError):
        return Break(1, "记录的格式被改坏了")
    return (
        chain.first_break(told, organisation=row.organisation__code, number=row.number)
        or _sealed_otherwise(row, events, some.entries.get(row.id, []))
        or _words_changed(row, events, some.texts.get(row.id, []))
        or _row_changed(row, events)
    )


def _sealed_otherwise(row: Any, events: list[Any], entries: list[Any]) -> Break | None:
    for number, sequence, head in entries:
        if number != row.number:
            return Break(1, "封存时是另一个编号")
        if sequence > len(events):
            return Break(sequence, f"封存时已有第 {sequence} 个事件，现在没有了")
        if events[sequence - 1].digest != head:
            return Break(sequence, "和封存时的不一样")
    return None


def _words_changed(row: Any, events: list[Any], texts: list[Any]) -> Break | None:
    """Words that are not those their event has the digest of. After an erasure words may be gone, never others."""
    erased = any(event.action == ERASE for event in events)
    by_event: dict[Any, list[Any]] = defaultdict(list)
    for event, kind, body, salt in texts:
        by_event[event].append((kind, body, bytes(salt)))
    for event in events:
        stand, wanted = by_event.pop(event.id, []), [tuple(one) for one in event.data.get("texts", [])]
        if event.sequence == 1:
            if stand and standing.titled_by(stand[0][2], row.title) != next(_titles(wanted), None):
                return Break(1, "标题被改动过")
            wanted = [one for one in wanted if one[0] != standing.TITLE]
        found = [_digest(*one) for one in stand]
        if sorted(found) != sorted(wanted) and not (erased and set(found) <= set(wanted)):
            return Break(event.sequence, "文字被改动、添加或删去过")
    return Break(1, "有不属于任何事件的文字") if by_event else None


def _titles(wanted: list[Any]) -> Iterator[str]:
    return (digest for kind, digest in wanted if kind == standing.TITLE)


def _digest(kind: str, body: str, salt: bytes) -> tuple[str, str]:
    return kind, chain.text_digest(salt, body) if len(salt) >= chain.SHORTEST_SALT else ""


def _row_changed(row: Any, events: list[Any]) -> Break | None:
    """A row that is not what its events make: first what they say openly, then every column by the digest."""
    last = events[-1]
    columns = (row.state, " ".join(sorted(flag.value for flag in Flag if getattr(row, flag.value))))
    if columns != (last.to_state, last.flags):
        return Break(last.sequence, "现在的状态或标记和最后的事件对不上")
    if row.version != len(events):
        return Break(last.sequence, "版本号和事件的个数对不上")
    said, dates = standing.of(row)
    if said != last.row:
        return Break(last.sequence, "现在的登记内容和最后的事件对不上")
    if dates != last.dates and not _moved_by_a_calendar(row):
        return Break(last.sequence, "现在的期限和最后的事件对不上")
    return _joined_otherwise(row, events)


def _moved_by_a_calendar(row: Any) -> bool:
    """Whether these dates are what the steps make by the calendars of today."""
    appeal = Appeal.objects.select_related(*facts.NEEDED).get(pk=row.id)
    return not clocks.count(appeal, facts.record_of(appeal).steps).changes(appeal)


def _joined_otherwise(row: Any, events: list[Any]) -> Break | None:
    said = None
    for event in events:
        speaks, main = standing.said_of_joining(event.data)
        said = main if speaks else said
    if row.joined_into_id == said or (said is not None and row.joined_into_id in _heirs(said)):
        return None
    return Break(events[-1].sequence, "并入的诉求和事件对不上")


def _heirs(main: int) -> set[int]:
    """Who took the place of a withdrawn main appeal, and of those in turn."""
    known, waiting = set(), [main]
    while waiting:
        joined = Event.objects.filter(action=Action.JOIN, data__main=waiting.pop()).values("appeal_id")
        heirs = Event.objects.filter(action=Action.UNJOIN, data__inherits=True, appeal_id__in=joined)
        fresh = set(heirs.values_list("appeal_id", flat=True)) - known
        known |= fresh
        waiting += fresh
    return known


def _number_faults(codes: dict[int, str]) -> Iterator[Fault]:
    last: dict[int, dict[int, int]] = defaultdict(dict)
    for organisation, year, number in NumberSequence.objects.values_list("organisation_id", "year", "last"):
        last[organisation][year] = number
    given: dict[int, list[str]] = defaultdict(list)
    for organisation, number in Appeal.objects.order_by().values_list("organisation_id", "number").iterator():
        given[organisation].append(number)
    for organisation in sorted({*last, *given}):
        wrong = rules.gap(given[organisation], last=last[organisation], skipped=gaps.of(organisation))
        if wrong:
            yield Fault(codes.get(organisation, f"#{organisation}"), wrong, 1, "编号断了，或者多了")
