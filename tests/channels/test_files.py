"""Files from the hand to the disk: cleaned in a child process, kept by content, refused in plain words."""

import hashlib
import os
import stat
import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Encryption, Name

from huying.channels import files
from huying.channels.cleaning import child
from huying.channels.filekinds import MEGABYTE, FileKind, FileRefused, WrongKind
from huying.channels.files import FileEmpty, FileTooLarge, NotCleaned, TooBusy, TooManyFiles
from huying.channels.models import StoredFile
from tests.channels import samples

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """An empty place for files."""
    settings.FILES_DIR = tmp_path / "data" / "files"
    return settings.FILES_DIR


def upload(data: bytes, name: str = f"{samples.TOLD}.exe", content_type: str = "text/html") -> SimpleUploadedFile:
    """An upload whose name and type lie."""
    return SimpleUploadedFile(name, data, content_type=content_type)


def names(folder) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize(
    ("data", "kind", "content_type", "suffix"),
    [
        (samples.told_jpeg(), FileKind.IMAGE, "image/jpeg", ".jpg"),
        (samples.told_png(), FileKind.IMAGE, "image/png", ".png"),
        (samples.told_webp(), FileKind.IMAGE, "image/jpeg", ".jpg"),
        (samples.told_pdf(), FileKind.DOCUMENT, "application/pdf", ".pdf"),
        (samples.told_mp3(), FileKind.AUDIO, "audio/mpeg", ".mp3"),
        (samples.film(brand=b"M4A ", handler=b"soun"), FileKind.AUDIO, "audio/mp4", ".m4a"),
        (samples.amr() + samples.TOLD_BYTES, FileKind.AUDIO, "audio/amr", ".amr"),
        (samples.film(), FileKind.VIDEO, "video/mp4", ".mp4"),
    ],
)
def test_a_file_lies_cleaned_under_its_digest(folder, data, kind, content_type, suffix):
    cleaned = files.clean(upload(data))
    content = cleaned.path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert (cleaned.kind, cleaned.content_type, cleaned.suffix) == (kind, content_type, suffix)
    assert (cleaned.sha256, cleaned.size) == (digest, len(content))
    assert cleaned.path == files.path_of(digest) == folder / digest[:2] / digest
    assert not samples.tells(content)
    assert not samples.tells(samples.shown(content) if kind is FileKind.DOCUMENT else b"")
    assert names(folder) == [f"{digest[:2]}/{digest}"]


def test_only_the_owner_reads_files(folder):
    cleaned = files.clean(upload(samples.told_png()))
    modes = {stat.S_IMODE(each.stat().st_mode) for each in (folder, folder / "aside", cleaned.path.parent)}
    assert modes == {0o700}
    assert stat.S_IMODE(cleaned.path.stat().st_mode) == 0o600


def test_the_same_photo_brought_twice_lies_there_once(folder):
    first, second = (files.clean(upload(samples.told_jpeg())) for _ in range(2))
    assert first == second
    assert len(names(folder)) == 1


def test_a_file_is_on_the_disk_before_anybody_hears_of_it(folder, monkeypatch):
    flushed = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{descriptor}").removeprefix(str(folder)))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    cleaned = files.clean(upload(samples.told_png()))
    content = next(place for place, each in enumerate(flushed) if each.startswith("/aside/"))
    assert flushed[content + 1 :] == ["", f"/{cleaned.sha256[:2]}"]  # new folder, then the name


@pytest.mark.parametrize(
    ("data", "refusal", "words"),
    [
        (b"", FileEmpty, "空的"),
        (b"MZ\x90\0", WrongKind, "程序"),
        (b"PK\x03\x04", WrongKind, "压缩包"),
        (b"<script>alert(1)</script>", WrongKind, "网页"),
        (samples.told_jpeg()[:60], NotCleaned, "打不开"),
        (samples.png_header(5001, 5000), NotCleaned, "2500 万像素"),
        (samples.png_header(60_000, 60_000), NotCleaned, "2500 万像素"),
        (b"%PDF-1.7\nhello", NotCleaned, "打不开"),
        (b"ID3" + bytes(100), NotCleaned, "打不开"),
        (b"#!AMR\n<script>", NotCleaned, "打不开"),
        (samples.box(b"ftyp", b"isom"), NotCleaned, "打不开"),
        (b"\xff\xd8\xff" + bytes(10 * MEGABYTE), FileTooLarge, "最大 10 MB"),
        (samples.box(b"ftyp", b"isom") + bytes(50 * MEGABYTE), FileTooLarge, "最大 50 MB"),
    ],
    ids=[
        "empty",
        "program",
        "archive",
        "page",
        "cut photo",
        "large picture",
        "huge picture",
        "no pdf",
        "no mp3",
        "no amr",
        "no film",
        "large photo",
        "large film",
    ],
)
def test_what_is_refused_leaves_nothing_behind(folder, data, refusal, words):
    with pytest.raises(refusal, match=words) as refused:
        files.clean(upload(data))
    assert isinstance(refused.value, FileRefused)
    assert names(folder) == [] if folder.exists() else True


def test_a_pdf_with_a_password_is_refused_with_an_answer_that_helps():
    with pytest.raises(NotCleaned, match="密码"):
        files.clean(upload(samples.told_pdf(encryption=Encryption(owner="o", user="u"))))
    with pytest.raises(NotCleaned, match="500 页"):
        files.clean(upload(samples.told_pdf(pages=501)))


def test_a_size_that_lies_does_not_help(folder):
    lying = upload(b"\xff\xd8\xff" + bytes(10 * MEGABYTE))
    lying.size = 100
    with pytest.raises(FileTooLarge):
        files.clean(lying)
    assert names(folder) == []


def deep(width: int, height: int) -> bytes:
    """A PNG of few bytes that unpacks to pixels of eight bytes each."""
    head = struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 8 * width)) for _ in range(height)) + packer.flush()
    chunks = samples.chunk(b"IHDR", head), samples.chunk(b"IDAT", rows), samples.chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_the_heaviest_pictures_that_are_taken_fit_into_the_child():
    turned = samples.picture("JPEG", size=(5000, 5000), exif=samples.exif(orientation=6))
    for heaviest in (turned, deep(5000, 5000), samples.picture("WEBP", size=(5000, 5000), mode="RGBA")):
        assert files.clean(upload(heaviest)).kind is FileKind.IMAGE


def test_a_pdf_that_unpacks_without_end_bursts_in_the_child():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(900)) + packer.flush()
    wrapped = samples.with_picture(packed, Array([Name.FlateDecode, Name.DCTDecode]))
    with pytest.raises(NotCleaned, match="打不开"):
        files.clean(upload(wrapped))


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(files, "_CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(child, "MOST_SECONDS", 0.2)
    with pytest.raises(NotCleaned, match="打不开"):
        files.clean(upload(samples.told_png()))


@pytest.mark.parametrize(
    "ending",
    [
        "import os; os.abort()",
        "bytearray(10**12)",
        "print('locked', file=__import__('sys').stderr); raise SystemExit(1)",
    ],
)
def test_a_child_that_breaks_is_a_refusal(monkeypatch, ending):
    monkeypatch.setattr(files, "_CHILD", ending)
    with pytest.raises(NotCleaned, match="打不开"):
        files.clean(upload(samples.told_png()))


def test_a_child_has_limits_and_nothing_to_steal(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    spy = "child.limit(); import os, resource as r; print('%PDF-', *os.environ, r.getrlimit(r.RLIMIT_AS), os.getcwd())"
    monkeypatch.setattr(files, "_CHILD", files._CHILD.partition("sys.exit(")[0] + spy)
    told = files.clean(upload(samples.told_png())).path.read_text()
    assert "SECRET_KEY" not in told
    assert "LANG" in told
    assert told.endswith("(536870912, 536870912) /\n")


def test_when_too_many_come_at_once_the_last_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(files, "_WAIT_SECONDS", 0.01)
    for _ in range(2):
        files._doors.acquire()
    try:
        with pytest.raises(TooBusy, match="过半分钟"):
            files.clean(upload(samples.told_png()))
    finally:
        for _ in range(2):
            files._doors.release()
    assert files.clean(upload(samples.told_png()))


def test_nine_files_fit_into_one_form():
    files.require_few(["x"] * 9)
    files.require_few(["x"] * 4, already=5)
    with pytest.raises(TooManyFiles, match="最多 9 个"):
        files.require_few(["x"] * 10)
    with pytest.raises(TooManyFiles):
        files.require_few(["x"], already=9)


def test_a_file_is_handed_out_under_a_name_that_tells_nothing():
    assert files.public_name(FileKind.IMAGE, 1, ".jpg") == "图片1.jpg"
    assert files.public_name(FileKind.AUDIO, 2, ".m4a") == "录音2.m4a"
    assert files.public_name(FileKind.VIDEO, 1, ".mp4") == "视频1.mp4"
    assert files.public_name(FileKind.DOCUMENT, 3, ".pdf") == "文件3.pdf"


@pytest.mark.django_db
def test_a_row_names_the_file_by_a_token_nobody_can_guess():
    cleaned = files.clean(upload(samples.told_png()))
    one, other = (files.store(cleaned, draft="6f1c" * 8, at=NOON) for _ in range(2))
    assert one.sha256 == other.sha256 == cleaned.sha256
    assert one.token != other.token
    assert len(one.token) == 32
    one.refresh_from_db()
    assert (one.kind, one.content_type, one.suffix, one.size) == ("image", "image/png", ".png", cleaned.size)
    assert (one.draft, one.uploaded_at) == ("6f1c" * 8, NOON)


def aged(path, *, hours: float) -> None:
    then = (NOON - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_files_without_a_row_are_swept_after_a_day(folder):
    kept, old, young = (files.clean(upload(each)) for each in (samples.told_png(), samples.told_jpeg(), samples.mp3()))
    files.store(kept, draft="", at=NOON)
    left = folder / "aside" / "of-a-crash"
    left.write_bytes(b"x")
    for path, hours in ((kept.path, 100), (old.path, 25), (young.path, 23), (left, 25)):
        aged(path, hours=hours)
    assert files.sweep(at=NOON) == 2
    assert sorted(names(folder)) == sorted(f"{each.sha256[:2]}/{each.sha256}" for each in (kept, young))
    assert files.sweep(at=NOON) == 0


@pytest.mark.django_db
def test_an_old_file_brought_again_is_young_again():
    first = files.clean(upload(samples.told_png()))
    aged(first.path, hours=48)
    files.clean(upload(samples.told_png()))
    assert files.sweep(at=datetime.now(UTC)) == 0
    assert first.path.exists()


@pytest.mark.django_db
def test_a_file_moved_while_the_folder_is_read_is_left_alone(folder):
    (folder / "aa").mkdir(parents=True)
    os.symlink(folder / "nowhere", folder / "aa" / "gone")
    assert files.sweep(at=NOON) == 0


@pytest.mark.django_db
def test_files_of_a_form_that_nobody_sent_belong_to_nothing_after_a_month():
    cleaned = files.clean(upload(samples.told_png()))
    for draft, days in (("6f1c" * 8, 31), ("7a2d" * 8, 29), ("", 400)):
        files.store(cleaned, draft=draft, at=NOON - timedelta(days=days))
    assert files.drop_abandoned(at=NOON) == 1
    assert set(StoredFile.objects.values_list("draft", flat=True)) == {"7a2d" * 8, ""}
