"""Sheets that people bring: read row by row, after a look at what they would unpack to."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from huying.papers.cells import text_of

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEET_INSIDE = ("xl/workbook.xml", "xl/workbook.bin")
_CHUNK = 1 << 20
_LOOKED_AT_FOR_HEADS = 10


class NotASheet(ValueError):
    """The file is no .xlsx that can be read; the text tells a person what to do."""


class NoSuchColumn(ValueError):
    """The sheet lacks columns it must have; the text names them."""


@dataclass(frozen=True)
class Bounds:
    """How large a sheet may be, packed and unpacked."""

    packed: int = 20 << 20
    unpacked: int = 200 << 20
    members: int = 2_000
    rows: int = 200_000
    columns: int = 200


def rows(source: Path | bytes | BinaryIO, *, bounds: Bounds = Bounds()) -> Iterator[tuple[int, list[Any]]]:
    """(line as a spreadsheet shows it, cells) of every filled row of the first sheet. Raises NotASheet."""
    packed = _bytes(source, bounds)
    _look_inside(packed, bounds)
    try:
        pages = CalamineWorkbook.from_filelike(io.BytesIO(packed))
        page = pages.get_sheet_by_index(0)
    except (CalamineError, ZipError, IndexError, ValueError, OSError) as error:
        raise NotASheet("这个表格打不开，可能已经损坏，请用 Excel 或 WPS 重新另存为 .xlsx") from error
    if page.total_height > bounds.rows or page.total_width > bounds.columns:
        raise NotASheet(f"表格太大：最多 {bounds.rows} 行、{bounds.columns} 列，请分成几个文件")
    return _filled(page.iter_rows(), left=page.start[1] if page.start else 0)


def headed(
    source: Path | bytes | BinaryIO,
    heads: Mapping[str, str],
    *,
    optional: frozenset[str] = frozenset(),
    bounds: Bounds = Bounds(),
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line, cells by our names) under the heads {our name: head in the sheet}. Raises NotASheet, NoSuchColumn.

    The heads may stand below a title: the first row that has one of them counts.
    """
    lines = rows(source, bounds=bounds)
    places = _places(lines, heads, optional)
    return (
        (line, {name: cells[place] if place < len(cells) else "" for name, place in places.items()})
        for line, cells in lines
    )


def _places(
    lines: Iterator[tuple[int, list[Any]]], heads: Mapping[str, str], optional: frozenset[str]
) -> dict[str, int]:
    standing: list[str] = []
    for _ in range(_LOOKED_AT_FOR_HEADS):
        standing = ["".join(text_of(cell).split()) for cell in next(lines, (0, []))[1]]
        if any(head in standing for head in heads.values()):
            break
    missing = [head for name, head in heads.items() if head not in standing and name not in optional]
    if missing:
        raise NoSuchColumn(f"表格里没有这些列：{'、'.join(missing)}")
    return {name: standing.index(head) for name, head in heads.items() if head in standing}


def _filled(found: Iterator[list[Any]], *, left: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with something in them; a reader leaves out empty columns at the left, and we put them back."""
    for line, cells in enumerate(found, start=1):
        if any(cell not in ("", None) for cell in cells):
            yield line, [""] * left + cells


def _bytes(source: Path | bytes | BinaryIO, bounds: Bounds) -> bytes:
    """The file as it came, when it is neither empty nor too large nor of a kind we can name."""
    try:
        packed = _read(source, bounds.packed + 1)
    except OSError as error:
        raise NotASheet(f"读不到文件：{getattr(source, 'name', '')}") from error
    if not packed:
        raise NotASheet("文件是空的")
    if len(packed) > bounds.packed:
        raise NotASheet(f"文件太大，最多 {bounds.packed >> 20} MB")
    if packed.startswith(_OLE):
        raise NotASheet("这是旧格式的 .xls，或者加了密码：请打开后另存为不加密码的 .xlsx")
    if not packed.startswith(_ZIP):
        raise NotASheet("这不是 Excel 表格（.xlsx）：请用 Excel 或 WPS 打开，另存为 .xlsx")
    return packed


def _read(source: Path | bytes | BinaryIO, most: int) -> bytes:
    if isinstance(source, bytes):
        return source[:most]
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(most)
    return source.read(most)


def _look_inside(packed: bytes, bounds: Bounds) -> None:
    """Nothing, when it unpacks to a sheet of bearable size. Sizes are counted, not believed."""
    too_large = NotASheet("这个文件解开以后太大，不能读")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            members = archive.infolist()
            if not any(name in _SHEET_INSIDE for name in archive.namelist()):
                raise NotASheet("这不是 Excel 表格（.xlsx）：里面没有工作表")
            if len(members) > bounds.members:
                raise too_large
            left = bounds.unpacked
            for member in members:
                left -= _size(archive, member, left)
                if left < 0:
                    raise too_large
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotASheet("这个表格打不开，可能已经损坏，或者加了密码") from error


def _size(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> int:
    size = 0
    with archive.open(member) as file:
        while size <= most and (chunk := file.read(_CHUNK)):
            size += len(chunk)
    return size
