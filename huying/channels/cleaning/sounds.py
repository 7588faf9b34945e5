"""MP3 and AMR: only the frames that sound are kept; tags, covers and whatever lies between them go."""

from collections.abc import Iterator

from huying.channels.cleaning.faults import NotClean

# Kilobits a second of MPEG layer III by the index in the header: version 1, and versions 2 and 2.5.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_VERSION_1, _NO_VERSION, _LAYER_3 = 3, 1, 1
_FEWEST_FRAMES = 3

# Bytes of a frame of AMR by its type, the header's byte included; 15 is silence. Others are reserved.
_AMR_NARROW = {0: 13, 1: 14, 2: 16, 3: 18, 4: 20, 5: 21, 6: 27, 7: 32, 8: 6, 15: 1}
_AMR_WIDE = {0: 18, 1: 24, 2: 33, 3: 37, 4: 41, 5: 47, 6: 51, 7: 59, 8: 61, 9: 6, 14: 1, 15: 1}


def clean_mp3(data: bytes) -> bytes:
    """The frames of the recording. Raises NotClean when there are fewer than three in a row."""
    frames = b"".join(data[start:end] for start, end in _mp3_frames(data))
    if not frames:
        raise NotClean
    return frames


def clean_amr(data: bytes) -> bytes:
    """The frames of the recording, up to the first that is none. Raises NotClean."""
    magic, sizes = (b"#!AMR-WB\n", _AMR_WIDE) if data.startswith(b"#!AMR-WB\n") else (b"#!AMR\n", _AMR_NARROW)
    end = at = len(magic)
    while at < len(data):
        header = data[at]
        size = sizes.get(header >> 3 & 0x0F, 0)
        if not size or header & 0x83 or at + size > len(data):
            break
        at = end = at + size
    if end == len(magic):
        raise NotClean
    return data[:end]


def _mp3_frames(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of every frame that stands in a row of three: bytes that merely look like a frame stand alone."""
    at = _after_tag(data)
    while (at := data.find(b"\xff", at)) >= 0:
        row = list(_row(data, at))
        if len(row) >= _FEWEST_FRAMES:
            yield from row
            at = row[-1][1]
        else:
            at += 1


def _row(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    while end := _mp3_end(data, at):
        yield at, end
        at = end


def _after_tag(data: bytes) -> int:
    """The place after an ID3 tag at the start: a cover inside it may look like sound."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for each in data[6:10]:
        size = size << 7 | each & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def _mp3_end(data: bytes, at: int) -> int:
    """Where the frame that begins here ends; 0 when none begins here or it is cut off."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, data[at + 1] >> 1 & 3
    rate, hertz, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if version == _NO_VERSION or layer != _LAYER_3 or rate in (0, 15) or hertz == 3:
        return 0
    kilobits = (_RATES_1 if version == _VERSION_1 else _RATES_2)[rate]
    end = at + (144_000 if version == _VERSION_1 else 72_000) * kilobits // _HERTZ[version][hertz] + padding
    return end if end <= len(data) else 0
