"""What a file is, by its content; strangers get an answer that helps."""

import pytest

from huying.channels import filekinds
from huying.channels.filekinds import FileKind, WrongKind
from tests.channels import samples

ZIP = b"PK\x03\x04\x14\0\0\0\x08\0"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (samples.told_jpeg(), filekinds.JPEG),
        (samples.told_png(), filekinds.PNG),
        (samples.told_webp(), filekinds.WEBP),
        (samples.told_pdf(), filekinds.PDF),
        (samples.told_mp3(), filekinds.MP3),
        (samples.mp3(), filekinds.MP3),
        (samples.amr(), filekinds.AMR),
        (samples.amr(wide=True), filekinds.AMR),
        (samples.film(brand=b"M4A "), filekinds.M4A),
        (samples.film(), filekinds.MP4),
        (samples.film(brand=b"mp42"), filekinds.MP4),
        (samples.film(brand=b"3gp5"), filekinds.MP4),
    ],
)
def test_a_file_is_told_by_its_first_bytes(data, form):
    assert filekinds.form_of(data[: filekinds.HEAD_BYTES]) == form


def test_films_may_be_larger_than_the_rest():
    assert {form.code: form.most_bytes // filekinds.MEGABYTE for form in filekinds.FORMS} == {
        "jpeg": 10,
        "png": 10,
        "webp": 10,
        "pdf": 10,
        "mp3": 10,
        "m4a": 10,
        "amr": 10,
        "mp4": 50,
    }
    assert {form.kind for form in filekinds.FORMS} == set(FileKind)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ZIP, "Office 文件或压缩包"),
        (ZIP + b"[Content_Types].xml", "另存为 PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1", "Office"),
        (b"Rar!\x1a\x07\0", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"BZh91AY", "压缩包"),
        (b"\xfd7zXZ\0", "压缩包"),
        (b"\x28\xb5\x2f\xfd", "压缩包"),
        (b"MSCF", "压缩包"),
        (bytes(257) + b"ustar\0", "压缩包"),
        (b"MZ\x90\0\x03", "程序"),
        (b"\x7fELF\x02", "程序"),
        (b"\xca\xfe\xba\xbe", "程序"),
        (b"\xcf\xfa\xed\xfe", "程序"),
        (b"dex\n035", "程序"),
        (b"#!/bin/sh\n", "程序"),
        (b"#!SILK_V3", "MP3"),
        (b"\x02#!SILK_V3", "MP3"),
        (b"RIFF\0\0\0\0WAVEfmt ", "MP3"),
        (b"OggS", "MP3"),
        (b"fLaC", "MP3"),
        (b"GIF89a", "JPEG"),
        (b"BM\0\0", "JPEG"),
        (b"II*\0", "JPEG"),
        (b"MM\0*", "JPEG"),
        (samples.box(b"ftyp", b"heic"), "兼容性最佳"),
        (samples.box(b"ftyp", b"mif1"), "兼容性最佳"),
        (samples.box(b"ftyp", b"qt  "), "MP4"),
        (b"RIFF\0\0\0\0AVI LIST", "MP4"),
        (b"\x1a\x45\xdf\xa3", "MP4"),
        (b"FLV\x01", "MP4"),
        (b"0&\xb2u\x8ef\xcf\x11", "MP4"),
        (b"<!DOCTYPE html>", "网页"),
        (b"\xef\xbb\xbf\r\n <svg xmlns='http://www.w3.org/2000/svg'>", "网页"),
        (b"<?xml version='1.0'?>", "网页"),
        (b"", "认不出"),
        (b"\0", "认不出"),
        (b"\xff", "认不出"),
        (b"\xff\xfb", "认不出"),
        (b"hello", "认不出"),
        ("经过".encode(), "认不出"),
        (b" %PDF-1.7", "认不出"),
        (b"\xff\xd8", "认不出"),
    ],
)
def test_a_stranger_is_refused_with_an_answer_that_helps(data, words):
    with pytest.raises(WrongKind, match=words) as refused:
        filekinds.form_of(data)
    assert "可以上传照片（JPEG、PNG、WebP）、PDF、录音（MP3、M4A、AMR）和视频（MP4）。" in str(refused.value)
