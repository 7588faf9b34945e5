"""The parts of JPEG and JPEG 2000 pictures that stand inside a PDF: what is drawn stays, what is told goes."""

from huying.channels.cleaning.faults import NotClean

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length: TEM and the restarts inside a scan
_ADOBE = 0xEE  # says how colours are coded: without it CMYK pictures turn out wrong
_TOLD = {0xFE, *range(0xE0, 0xF0)} - {_ADOBE}  # comments and application data: EXIF, XMP, IPTC, previews
_ADOBE_BYTES = 16
_TOLD_BOXES = {b"uuid", b"xml ", b"uinf", b"free", b"skip"}


def drawn_jpeg(data: bytes) -> bytes:
    """The picture without comments, application data and whatever follows its end. Raises NotClean."""
    if data[:2] != b"\xff\xd8":
        raise NotClean
    kept, at = [data[:2]], 2
    while at < len(data):
        marker, start, end = _segment(data, at)
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        if marker not in _TOLD and not (marker == _ADOBE and end - start > _ADOBE_BYTES):
            kept.append(data[start:end])
        at = end
    return b"".join(kept)  # cut short: viewers show what is there


def drawn_jp2(data: bytes) -> bytes:
    """The picture without boxes that tell. A bare codestream is returned as it is. Raises NotClean."""
    if data[:4] == b"\xff\x4f\xff\x51":
        return data
    kept, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big") or len(data) - at
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:
            raise NotClean
        if data[at + 4 : at + 8] not in _TOLD_BOXES:
            kept.append(data[at : at + size])
        at += size
    return b"".join(kept)


def _segment(data: bytes, at: int) -> tuple[int, int, int]:
    """Marker, start and end of the segment at this place; a scan reaches to the next marker that is no restart."""
    if data[at] != 0xFF:
        raise NotClean
    while at + 2 < len(data) and data[at + 1] == 0xFF:  # fill bytes
        at += 1
    marker = data[at + 1] if at + 1 < len(data) else _END
    if marker == _END:
        return marker, at, at + 2
    if marker in _ALONE:
        return marker, at, at + 2
    size = int.from_bytes(data[at + 2 : at + 4], "big")
    if size < 2:
        raise NotClean
    end = at + 2 + size
    return marker, at, _end_of_scan(data, end) if marker == _SCAN else end


def _end_of_scan(data: bytes, at: int) -> int:
    while (found := data.find(b"\xff", at)) >= 0 and found + 1 < len(data):
        if data[found + 1] != 0 and data[found + 1] not in _ALONE and data[found + 1] != 0xFF:
            return found
        at = found + (1 if data[found + 1] == 0xFF else 2)
    return len(data)
