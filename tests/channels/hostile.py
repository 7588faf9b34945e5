"""Two hundred files that mean harm: strangers in disguise, bombs, sizes that lie, polyglots, and broken ones."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from tests.channels import samples

SOUND: dict[str, Callable[[], bytes]] = {
    "jpg": samples.told_jpeg,
    "png": samples.told_png,
    "webp": samples.told_webp,
    "pdf": samples.told_pdf,
    "mp3": samples.told_mp3,
    "amr": samples.amr,
    "m4a": lambda: samples.film(brand=b"M4A ", handler=b"soun"),
    "mp4": samples.film,
}
HTML = b"<html><script>alert(1)</script><img src=x onerror=alert(1)></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
STRANGERS = {
    "exe": b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\0\0",
    "elf": b"\x7fELF\2\1\1" + bytes(200),
    "macho": b"\xcf\xfa\xed\xfe" + bytes(200),
    "class": b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(60),
    "html": HTML,
    "svg": SVG,
    "xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
    "mht": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML,
    "php": b"<?php system($_GET['c']); ?>",
    "sh": b"#!/bin/sh\nrm -rf ~\n",
    "bat": b"@echo off\r\ndel /q *\r\n",
    "lnk": b"L\0\0\0\1\x14\2\0" + bytes(80),
    "rar": b"Rar!\x1a\7\1\0" + bytes(80),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(80),
    "gz": b"\x1f\x8b\x08" + zlib.compress(bytes(1 << 20)),
    "iso": bytes(32769) + b"CD001",
    "gif": b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\xf7\0\0" + bytes(768),
    "bmp": b"BM"
    + struct.pack("<IHHI", 54, 0, 0, 54)
    + struct.pack("<IiiHHIIiiII", 40, 1 << 30, 1 << 30, 1, 24, *[0] * 6),
    "tiff": b"II*\0\x08\0\0\0\xff\xff" + bytes(400),
    "ico": b"\0\0\1\0\xff\xff" + bytes(400),
    "psd": b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 56, 300_000, 300_000, 32, 3),
    "ps": b"%!PS\n{ (x) print } loop\n",
    "swf": b"CWS\x0a" + bytes(60),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rtf": b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}",
    "empty": b"",
    "zero": bytes(4096),
    "one": b"\xff",
    "text": "您好".encode() * 100,
    "utf16": "﻿<script>".encode("utf-16"),
}


def corpus() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every hostile file; the same ones each time."""
    yield from ((f"{name}.jpg", data) for name, data in STRANGERS.items())
    yield from ((f"archive-{name}", data) for name, data in _archives())
    yield from ((f"bomb-{name}", data) for name, data in _bombs())
    yield from ((f"polyglot-{name}", data) for name, data in _polyglots())
    yield from ((f"lie-{name}", data) for name, data in _lies())
    yield from ((f"broken-{name}", data) for name, data in _broken())


def _archives() -> Iterator[tuple[str, bytes]]:
    for name, members in {
        "plain.zip": {"a.jpg": samples.told_jpeg()},
        "slip.zip": {"../../etc/cron.d/x": b"* * * * * root sh"},
        "macro.docx": {"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"x"},
        "book.xlsx": {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"},
        "app.apk": {"AndroidManifest.xml": b"\3\0", "classes.dex": b"dex\n035\0"},
        "bomb.zip": {f"{number}.txt": bytes(1 << 20) for number in range(8)},
    }.items():
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for path, data in members.items():
                packed.writestr(path, data)
        yield name, out.getvalue()


def _bombs() -> Iterator[tuple[str, bytes]]:
    for width, height in ((65_535, 65_535), (1 << 31, 1), (1, 1 << 31), (30_000, 30_000), (5_001, 5_000), (0, 0)):
        yield f"{width}x{height}.png", samples.png_header(width, height)
    grey = struct.pack(">IIBBBBB", 5_000, 5_000, 16, 6, 0, 0, 1)
    many = samples.chunk(b"IDAT", zlib.compress(bytes(200_000_000), 9)[:900_000])
    yield "interlaced.png", b"\x89PNG\r\n\x1a\n" + samples.chunk(b"IHDR", grey) + many
    text = samples.chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))
    sound = samples.picture("PNG")
    yield "text.png", sound[:33] + text * 4 + sound[33:]
    profile = samples.chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))
    yield "profile.png", sound[:33] + profile + sound[33:]
    yield "moving.webp", _moving("WEBP", frames=60)
    yield "moving.png", _moving("PNG", frames=60)
    yield "large.jpg", _resized(samples.picture("JPEG"), 65_000, 65_000)
    yield "scans.jpg", _with_scans(samples.picture("JPEG", size=(2_000, 2_000), progressive=True), copies=1_500)
    yield "markers.jpg", b"\xff\xd8" + samples.segment(0xE1, b"Exif\0\0" + bytes(60_000)) * 150
    for layers in (2, 30):
        packed = bytes(30_000_000)
        for _ in range(layers):
            packed = zlib.compress(packed, 9)
        yield (
            f"wrapped{layers}.pdf",
            samples.with_picture(packed, Array([Name.FlateDecode] * layers + [Name.DCTDecode])),
        )
    yield "pages.pdf", samples.told_pdf(pages=600)
    yield "circle.pdf", _circle()
    yield "drawing.pdf", _drawing()
    yield "deep.pdf", b"%PDF-1.7\n1 0 obj" + b"[" * 60_000 + b"]" * 60_000 + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield "deep-boxes.mp4", _deep_boxes(4_000)
    yield "boxes.mp4", samples.box(b"ftyp", b"isom") + samples.box(b"free") * 100_000
    yield "tags.mp3", b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(2_000_000)


def _moving(form: str, *, frames: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (800, 800), (number * 4 % 255, 0, 0)) for number in range(frames)]
    pictures[0].save(out, format=form, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def _resized(jpeg: bytes, width: int, height: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def _with_scans(jpeg: bytes, *, copies: int) -> bytes:
    """The last scan of a progressive photo, again and again: each asks for a pass over every block."""
    at = jpeg.rindex(b"\xff\xda")
    return jpeg[:at] + jpeg[at:-2] * copies + jpeg[-2:]


def _circle() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(50, 50))
    form = pdf.make_indirect(Stream(pdf, b"/F Do"))
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    return _saved(pdf)


def _drawing() -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(50, 50))
    pdf.pages[0].obj.Contents = Stream(pdf, b"q 1 0 0 1 1 1 cm 0 0 m 9 9 l S Q\n" * 3_000_000)
    return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _deep_boxes(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = samples.box(b"moov", inner)
    return samples.box(b"ftyp", b"isom") + inner


def _polyglots() -> Iterator[tuple[str, bytes]]:
    for kind, made in SOUND.items():
        yield f"page-behind.{kind}", made() + HTML
        yield f"archive-behind.{kind}", made() + dict(_archives())["plain.zip"]
        yield f"page-before.{kind}", HTML + made()
        yield f"named-otherwise.{kind}.html", made()


def _lies() -> Iterator[tuple[str, bytes]]:
    """One kind's first bytes on another's body."""
    for kind, made in SOUND.items():
        for other, body in SOUND.items():
            if kind != other:
                yield f"{kind}-{other}.{kind}", made()[:16] + body()[16:]


def _broken() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(2026)
    for kind, made in SOUND.items():
        whole = made()
        for number in range(8):
            data = bytearray(whole[: chance.randrange(1, len(whole))] if number % 2 else whole)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield f"{kind}-{number}.{kind}", bytes(data)
