"""Files that people bring: told by content, cleaned in a child process, kept under the name of their own digest.

A file lies on the disk for good before its row is written, so a row without a file cannot be; a file without a row
is swept after a day. The upload itself never has a name on our disk: what it told about its owner dies with it.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BufferedRandom
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from huying.channels import filekinds
from huying.channels.cleaning import child
from huying.channels.filekinds import FileKind, FileRefused, Form
from huying.channels.models import StoredFile

MOST_FILES = 9
ORPHANS_AFTER = timedelta(hours=24)
ABANDONED_AFTER = timedelta(days=30)
_CHUNK = 64 * 1024
_CHECKOUT = str(Path(__file__).parents[2])
_WAIT_SECONDS = 30

# Two children at once: more would only share two processors, and each may take half a gigabyte.
_doors = BoundedSemaphore(2)

_WHY = {
    "unreadable": "这个文件打不开，可能已损坏。请重新拍摄或另存后再传。",
    "too_many_pixels": "这张照片超过 2500 万像素，请用手机截图或改小后再传。",
    "too_many_pages": "这份 PDF 超过 500 页，请拆开后再传。",
    "locked": "这份 PDF 有打开密码，请去掉密码后再传。",
}


class FileTooLarge(FileRefused):
    """The file is larger than its form may be."""

    def __init__(self, form: Form) -> None:
        super().__init__(f"文件太大了，这类文件最大 {form.most_bytes // filekinds.MEGABYTE} MB。")


class FileEmpty(FileRefused):
    """There is nothing in the file."""

    def __init__(self) -> None:
        super().__init__("这个文件是空的，请重新选择。")


class TooManyFiles(FileRefused):
    """More files than one form takes."""

    def __init__(self) -> None:
        super().__init__(f"一次最多 {MOST_FILES} 个文件。")


class NotCleaned(FileRefused):
    """The file could not be read through to its end within the limits."""


class TooBusy(FileRefused):
    """Too many files are being cleaned just now; the same file may be brought again."""

    def __init__(self) -> None:
        super().__init__("现在上传的人很多，请过半分钟再传一次。您写的内容还在。")


@dataclass(frozen=True)
class CleanFile:
    """A file that lies cleaned on the disk."""

    kind: FileKind
    content_type: str
    sha256: str
    size: int
    path: Path
    suffix: str


def require_few(uploads: Sequence[object], *, already: int = 0) -> None:
    """Nothing happens when these files still fit into one form. Raises TooManyFiles."""
    if len(uploads) + already > MOST_FILES:
        raise TooManyFiles


def clean(upload: "UploadedFile[Any]") -> CleanFile:
    """The upload lies cleaned on the disk, for good. Raises a FileRefused that can be shown to the person.

    Its name and the type its sender claims are never read.
    """
    if not upload.size:
        raise FileEmpty
    upload.seek(0)
    form = filekinds.form_of(upload.read(filekinds.HEAD_BYTES))
    if upload.size > form.most_bytes:
        raise FileTooLarge(form)
    upload.seek(0)
    with _nameless() as raw, _aside() as (aside, out):
        _copy(upload, raw, form)
        _run_child(form, raw, out)
        return _keep(aside, out)


def store(cleaned: CleanFile, *, draft: str, at: datetime) -> StoredFile:
    """A row names the file by a token of 128 bits and binds it to one form, until an appeal takes it."""
    return StoredFile.objects.create(
        token=secrets.token_hex(16),
        sha256=cleaned.sha256,
        kind=cleaned.kind,
        content_type=cleaned.content_type,
        suffix=cleaned.suffix,
        size=cleaned.size,
        draft=draft,
        uploaded_at=at,
    )


def path_of(sha256: str) -> Path:
    """Where the file of this digest lies."""
    return _root() / sha256[:2] / sha256


def public_name(kind: FileKind, place: int, suffix: str) -> str:
    """The name under which a file is handed out, 图片1.jpg: its own name may tell who brought it."""
    return f"{_WORDS[kind]}{place}{suffix}"


def drop_abandoned(*, at: datetime) -> int:
    """Files of forms and answers that nobody sent within 30 days belong to nothing any more; returns how many."""
    gone, _ = StoredFile.objects.exclude(draft="").filter(uploaded_at__lt=at - ABANDONED_AFTER).delete()
    return gone


def sweep(*, at: datetime) -> int:
    """Files that no row names a day after they came are gone; returns how many.

    The rows are asked about old files only, so a file whose row is being written just now is safe.
    """
    swept = 0
    before = (at - ORPHANS_AFTER).timestamp()
    for folder in sorted(each for each in _root().glob("*") if each.is_dir()):
        old = {each.name: each for each in folder.iterdir() if _came_at(each) < before}
        for name in old.keys() - _named(list(old)):
            old[name].unlink(missing_ok=True)
            swept += 1
    return swept


def _named(digests: list[str]) -> set[str]:
    return set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True)) if digests else set()


def _came_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # moved to its own place, or taken away, since the folder was read
        return float("inf")


_WORDS = {FileKind.IMAGE: "图片", FileKind.DOCUMENT: "文件", FileKind.AUDIO: "录音", FileKind.VIDEO: "视频"}


def _root() -> Path:
    return Path(settings.FILES_DIR)


@contextmanager
def _nameless() -> Iterator[IO[bytes]]:
    """A temporary file without a name: after a crash nothing of the raw upload is left."""
    folder = _made(_root() / "aside")
    with tempfile.TemporaryFile(dir=folder) as file:
        yield file


@contextmanager
def _aside() -> Iterator[tuple[Path, BufferedRandom]]:
    """A file for the child to write, gone again unless it was moved to its own place."""
    path = _made(_root() / "aside") / secrets.token_hex(16)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "r+b") as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def _copy(upload: "UploadedFile[Any]", raw: IO[bytes], form: Form) -> None:
    """The bytes are counted while they are copied: the size a sender claims counts for nothing."""
    size = 0
    for chunk in upload.chunks(_CHUNK):
        size += len(chunk)
        if size > form.most_bytes:
            raise FileTooLarge(form)
        raw.write(chunk)
    raw.flush()
    raw.seek(0)


def _run_child(form: Form, raw: IO[bytes], out: IO[bytes]) -> None:
    if not _doors.acquire(timeout=_WAIT_SECONDS):
        raise TooBusy
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter, our own module, a code word of ours
            [sys.executable, "-I", "-c", _CHILD, _CHECKOUT, form.code],
            stdin=raw,
            stdout=out,
            stderr=subprocess.PIPE,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            timeout=child.MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotCleaned(_WHY["unreadable"]) from error
    finally:
        _doors.release()
    if ended.returncode != 0:
        word = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise NotCleaned(_WHY.get(word if ended.returncode == child.REFUSED else "", _WHY["unreadable"]))


# The child sees no environment, no current folder and no user's packages; only our own package is named to it.
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from huying.channels.cleaning import child; "
    "sys.exit(child.main(sys.argv[2]))"
)


def _keep(aside: Path, out: BufferedRandom) -> CleanFile:
    """The clean file lies under its digest and is on the disk, name and all, before anybody hears of it."""
    out.seek(0)
    form = filekinds.form_of(out.read(filekinds.HEAD_BYTES))  # a cleaner may give another form than it took
    out.seek(0)
    sha256 = hashlib.file_digest(out, "sha256").hexdigest()
    size = os.fstat(out.fileno()).st_size
    path = path_of(sha256)
    os.fsync(out.fileno())
    _made(path.parent)
    os.replace(aside, path)  # the same content may lie there already: then it is fresh again, and safe from the sweep
    _fsync(path.parent)
    return CleanFile(form.kind, form.content_type, sha256, size, path, form.suffix)


def _made(folder: Path) -> Path:
    """The folder is there, for its owner only, and its name is on the disk."""
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _fsync(folder.parent)
    return folder


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
