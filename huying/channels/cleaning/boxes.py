"""MP4 and M4A: a tree of boxes. Pictures and sound stay in their places, every other byte becomes zero.

Nothing moves, because the tables of a film point at places in the file: a box that goes becomes an empty `free` box.
What plays is what the tables of the picture and sound tracks point at; hidden tracks, places, dates, covers and
bytes that no table points at are gone.
"""

import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huying.channels.cleaning.faults import NotClean

_PLAYS = (b"vide", b"soun")
_TABLES = "stsd stts ctts cslg stsc stsz stco co64 stss sdtp sbgp sgpd"
_STAYS: Mapping[bytes, Any] = {
    b"ftyp": {},
    b"styp": {},
    b"mdat": {},
    b"moov": {
        b"mvhd": {},
        b"mvex": {b"mehd": {}, b"trex": {}},
        b"trak": {
            b"tkhd": {},
            b"edts": {b"elst": {}},
            b"mdia": {
                b"mdhd": {},
                b"hdlr": {},
                b"minf": {
                    b"vmhd": {},
                    b"smhd": {},
                    b"dinf": {b"dref": {}},
                    b"stbl": {name.encode(): {} for name in _TABLES.split()},
                },
            },
        },
    },
    b"moof": {b"mfhd": {}, b"traf": {b"tfhd": {}, b"tfdt": {}, b"trun": {}}},
}


@dataclass(frozen=True)
class Box:
    """A box and its places in the file: where it starts, where its content starts, where it ends."""

    name: bytes
    start: int
    body: int
    end: int


@dataclass
class Film:
    """A file on its way: as it came, and as it goes out."""

    data: bytes
    out: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.out = bytearray(self.data)

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """The boxes that stand side by side here. Raises NotClean where they do not fill the room."""
        while start < end:
            box = self._box(start, end)
            yield box
            start = box.end

    def inside(self, box: Box, *names: bytes) -> list[Box]:
        """All boxes at the end of this way of names."""
        found = [box]
        for name in names:
            found = [each for above in found for each in self.boxes(above.body, above.end) if each.name == name]
        return found

    def number(self, at: int, size: int = 4) -> int:
        """The number written here."""
        return int.from_bytes(self.data[at : at + size], "big")

    def blank(self, start: int, end: int) -> None:
        """Zeros stand here."""
        self.out[start:end] = bytes(end - start)

    def free(self, box: Box) -> None:
        """The box is empty and says so."""
        self.blank(box.body, box.end)
        self.out[box.start + 4 : box.start + 8] = b"free"

    def _box(self, start: int, end: int) -> Box:
        name, size, body = self.data[start + 4 : start + 8], self.number(start), start + 8
        if size == 1:
            size, body = self.number(start + 8, 8), start + 16
        elif size == 0:
            size = end - start
        if start + size > end or start + size < body:
            raise NotClean
        return Box(name, start, body, start + size)


def clean_boxes(data: bytes) -> bytes:
    """The film or recording with what plays, and zeros in place of the rest. Raises NotClean."""
    film = Film(data)
    top = list(film.boxes(0, len(data)))
    tracks = [trak for each in top if each.name == b"moov" for trak in film.inside(each, b"trak")]
    playing = [trak for trak in tracks if _handler(film, trak) in _PLAYS]
    if not playing:
        raise NotClean
    if any(each.name == b"moof" for each in top):
        _require_nothing_hidden(tracks, playing)
    else:
        _keep_what_plays(film, [each for each in top if each.name == b"mdat"], playing)
    _prune(film, 0, len(data), _STAYS)
    for trak in tracks:
        if trak not in playing:
            film.free(trak)
    return bytes(film.out)


def _require_nothing_hidden(tracks: list[Box], playing: list[Box]) -> None:
    """In a film of fragments all tracks lie mixed: one that does not play cannot be taken out."""
    if tracks != playing:
        raise NotClean


def _prune(film: Film, start: int, end: int, stays: Mapping[bytes, Any]) -> None:
    for box in film.boxes(start, end):
        if box.name not in stays:
            film.free(box)
        elif stays[box.name]:
            _prune(film, box.body, box.end, stays[box.name])
        elif rewrite := _REWRITES.get(box.name):
            rewrite(film, box)


def _without_times(film: Film, box: Box) -> None:
    size = 8 if film.number(box.body, 1) == 1 else 4
    film.blank(box.body + 4, min(box.body + 4 + 2 * size, box.end))


def _without_name(film: Film, box: Box) -> None:
    film.blank(min(box.body + 24, box.end), box.end)


def _only_this_file(film: Film, box: Box) -> None:
    """A film that fetches its pictures from elsewhere would call home from the reader's machine."""
    for each in film.boxes(box.body + 8, box.end):
        if film.number(each.body) & 1 == 0:
            raise NotClean
        film.blank(each.body + 4, each.end)


_REWRITES: dict[bytes, Callable[[Film, Box], None]] = {
    b"mvhd": _without_times,
    b"tkhd": _without_times,
    b"mdhd": _without_times,
    b"hdlr": _without_name,
    b"dref": _only_this_file,
}


def _handler(film: Film, trak: Box) -> bytes:
    for box in film.inside(trak, b"mdia", b"hdlr"):
        return film.data[box.body + 8 : box.body + 12]
    return b""


def _keep_what_plays(film: Film, rooms: list[Box], playing: list[Box]) -> None:
    for room in rooms:
        film.blank(room.body, room.end)
    for trak in playing:
        for start, size in _chunks(film, trak):
            for room in rooms:
                first, last = max(start, room.body), min(start + size, room.end)
                if first < last:
                    film.out[first:last] = film.data[first:last]


def _chunks(film: Film, trak: Box) -> Iterator[tuple[int, int]]:
    """Place and size of every chunk of a track."""
    for table in film.inside(trak, b"mdia", b"minf", b"stbl"):
        parts = {box.name: box for box in film.boxes(table.body, table.end)}
        sizes, taken = _sizes(film, parts), 0
        places = _places(film, parts)
        for place, count in zip(places, _counts(film, parts, len(places)), strict=False):
            yield place, sum(sizes[taken : taken + count])
            taken += count


def _places(film: Film, parts: dict[bytes, Box]) -> "array[int]":
    if b"co64" in parts:
        return _numbers(film, parts[b"co64"], skip=4, kind="Q")
    return _numbers(film, _part(parts, b"stco"), skip=4, kind="I")


def _sizes(film: Film, parts: dict[bytes, Box]) -> "array[int]":
    box = _part(parts, b"stsz")
    if each := film.number(box.body + 4):
        count = film.number(box.body + 8)
        if each * count > len(film.data):
            raise NotClean
        return array("I", [each]) * count
    return _numbers(film, box, skip=8, kind="I")


def _counts(film: Film, parts: dict[bytes, Box], chunks: int) -> Iterator[int]:
    """Samples in each chunk: the table names the first chunk of every run."""
    table = _numbers(film, _part(parts, b"stsc"), skip=4, kind="I", width=3)
    runs = list(zip(table[0::3], table[1::3], strict=True))
    ends = [first for first, _ in runs[1:]] + [chunks + 1]
    for (first, samples), end in zip(runs, ends, strict=True):
        for _ in range(first, min(end, chunks + 1)):
            yield samples


def _numbers(film: Film, box: Box, *, skip: int, kind: str, width: int = 1) -> "array[int]":
    """The table of numbers in this box, after its count. Raises NotClean when it is shorter than it says."""
    found: array[int] = array(kind)
    start = box.body + skip + 4
    size = film.number(box.body + skip) * width * found.itemsize
    if start + size > box.end:
        raise NotClean
    found.frombytes(film.data[start : start + size])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _part(parts: dict[bytes, Box], name: bytes) -> Box:
    try:
        return parts[name]
    except KeyError:
        raise NotClean from None
