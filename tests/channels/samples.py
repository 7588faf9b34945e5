"""Small files made by hand: sound ones that tell too much, and broken ones."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, PngImagePlugin

TOLD = "CANARY-王小明-36.8612"  # what a file must not tell after it was cleaned
TOLD_BYTES = TOLD.encode()
TRACES = (TOLD_BYTES, TOLD.encode("utf-16-be"), TOLD.encode("utf-16-le"), b"CANARY")


def tells(data: bytes) -> bool:
    """True when the canary is found in any spelling, compressed streams of a PDF included."""
    return any(trace in data for trace in TRACES)


def picture(form: str, *, size: tuple[int, int] = (24, 16), mode: str = "RGB", **told) -> bytes:
    """A picture whose left half is red."""
    drawn = Image.new(mode, size)
    if mode in ("RGB", "RGBA"):
        drawn.paste((200, 10, 10), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    drawn.save(out, format=form, **told)
    return out.getvalue()


def exif(*, orientation: int = 1) -> Image.Exif:
    """A camera's notes: owner, maker, and the place."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x013B] = TOLD
    notes[0x010F] = TOLD
    notes.get_ifd(0x8825).update({1: "N", 2: (36.0, 51.0, 40.0), 29: TOLD})
    return notes


def told_jpeg(*, orientation: int = 1) -> bytes:
    """A photo with EXIF, XMP, IPTC, a colour profile, a comment, a preview and a film behind its end."""
    plain = picture("JPEG", exif=exif(orientation=orientation), icc_profile=TOLD_BYTES, comment=TOLD_BYTES)
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + TOLD_BYTES + b"</x:xmpmeta>")
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(TOLD_BYTES)) + TOLD_BYTES)
    preview = segment(0xE2, b"MPF\0" + picture("JPEG", comment=TOLD_BYTES))
    return plain[:2] + xmp + iptc + preview + plain[2:] + b"ftypmp42" + TOLD_BYTES


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG file."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def told_png() -> bytes:
    """A screenshot with text chunks of all three kinds, a date, EXIF, and an archive behind its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", TOLD, zip=False)
    notes.add_text("Comment", TOLD, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{TOLD}</x>")
    notes.add(b"prVt", TOLD_BYTES)
    return picture("PNG", pnginfo=notes, exif=exif(), icc_profile=TOLD_BYTES) + b"PK\x03\x04" + TOLD_BYTES


def told_webp() -> bytes:
    """A picture with EXIF, XMP and a colour profile."""
    return picture("WEBP", exif=exif(), xmp=TOLD_BYTES, icc_profile=TOLD_BYTES)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims to be that large and holds a few bytes of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def told_pdf(*, pages: int = 1, **saving) -> bytes:
    """A letter that tells its author in every place a PDF has for it, and does things when opened."""
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    page = pdf.pages[0].obj
    page.Contents = Stream(pdf, b"0 0 1 rg 10 10 80 80 re f q 50 0 0 50 100 100 cm /Im0 Do Q")
    photo = Stream(pdf, told_jpeg())
    photo.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 24, "/Height": 16})
    photo.update({"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode})
    photo.Metadata = Stream(pdf, TOLD_BYTES)
    page.Resources = Dictionary(XObject=Dictionary(Im0=photo))
    page.PieceInfo = Dictionary(App=Dictionary(Private=TOLD, LastModified="D:2026"))
    page.Thumb = Stream(pdf, TOLD_BYTES)
    page.AA = Dictionary(O=script())
    page.Annots = Array([pdf.make_indirect(note(pdf)), pdf.make_indirect(link())])
    pdf.docinfo["/Author"] = TOLD
    pdf.docinfo["/Title"] = TOLD
    pdf.Root.Metadata = Stream(pdf, b"<x:xmpmeta>" + TOLD_BYTES + b"</x:xmpmeta>")
    pdf.Root.OpenAction = script()
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=TOLD)]))
    layer = pdf.make_indirect(
        Dictionary(Type=Name.OCG, Name=TOLD, Usage=Dictionary(CreatorInfo=Dictionary(Creator=TOLD)))
    )
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
    pdf.attachments["名单.txt"] = pikepdf.AttachedFileSpec(pdf, TOLD_BYTES, description=TOLD)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(TOLD, 0))
    out = io.BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def with_picture(data: bytes, filters: pikepdf.Object) -> bytes:
    """A PDF with one picture kept under these filters."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(50, 50))
    photo = Stream(pdf, data)
    photo.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 24, "/Height": 16, "/Filter": filters})
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=photo))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def script() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=f"app.alert('{TOLD}')")


def note(pdf: Pdf) -> Dictionary:
    """A comment with its author, drawn as a green square."""
    drawn = Stream(pdf, b"0 1 0 rg 0 0 20 20 re f")
    drawn.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 20, 20])})
    rect = Array([150, 10, 170, 30])
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=rect,
        T=TOLD,
        Contents=TOLD,
        F=4,
        AP=Dictionary(N=pdf.make_indirect(drawn)),
    )


def link() -> Dictionary:
    """A link to a stranger's site."""
    action = Dictionary(S=Name.URI, URI=f"https://example.org/{len(TOLD)}-CANARY")
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)


def shown(pdf: bytes) -> bytes:
    """All objects of a PDF with their streams unpacked, to look for what it tells."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return out.getvalue()


MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(range(1, 250)) + bytes(164)  # 128 kbit/s at 44.1 kHz: 417 bytes


def mp3(frames: int = 5) -> bytes:
    """A recording of some frames."""
    return MP3_FRAME * frames


def told_mp3() -> bytes:
    """A recording with a tag in front (its cover looks like sound), rubbish in the middle, and two tags behind."""
    cover = b"APIC" + TOLD_BYTES + MP3_FRAME * 4
    size = len(cover)
    syncsafe = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    front = b"ID3\x04\0\0" + syncsafe + cover
    behind = b"APETAGEX" + TOLD_BYTES + b"TAG" + TOLD_BYTES.ljust(125, b"\0")
    return front + mp3(4) + TOLD_BYTES + mp3(4) + behind


def amr(frames: int = 3, *, wide: bool = False) -> bytes:
    """A recording of the phone."""
    return b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * frames if wide else b"#!AMR\n" + (b"\x3c" + bytes(31)) * frames


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of an MP4 file."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def full(name: bytes, *parts: bytes, flags: int = 0, version: int = 0) -> bytes:
    """A box with version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def track(handler: bytes, place: int, sizes: list[int], *, link_flags: int = 1, wide: bool = False) -> bytes:
    """A track of one chunk of these samples."""
    times = struct.pack(">II", 0xDEADBEEF, 0xDEADBEEF)
    dref = full(b"dref", struct.pack(">I", 1), full(b"url ", b"" if link_flags else TOLD_BYTES, flags=link_flags))
    table = box(
        b"stbl",
        full(b"stsd", bytes(4)),
        full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
        full(b"stsz", struct.pack(">II", 0, len(sizes)), *(struct.pack(">I", each) for each in sizes)),
        full(b"co64", struct.pack(">IQ", 1, place)) if wide else full(b"stco", struct.pack(">II", 1, place)),
    )
    return box(
        b"trak",
        full(b"tkhd", times, bytes(72)),
        box(b"meta", TOLD_BYTES),
        box(
            b"mdia",
            full(b"mdhd", times, bytes(12)),
            full(b"hdlr", bytes(4), handler, bytes(12), TOLD_BYTES, b"\0"),
            box(b"minf", full(b"vmhd", bytes(8)), box(b"dinf", dref), table),
        ),
    )


def film(*, brand: bytes = b"isom", handler: bytes = b"vide", link_flags: int = 1, wide: bool = False) -> bytes:
    """A film with two samples (PLAYS), a hidden track of places, a cover, dates, and bytes that no table points at."""
    plays, hidden, loose = b"PLAYS-ONE;PLAYS-TWO", TOLD_BYTES, b"LOOSE" + TOLD_BYTES
    ftyp = box(b"ftyp", brand, bytes(4), brand)
    # The room of the samples comes first, so its place is known before the tables are written.
    place = len(ftyp) + 8
    mdat = box(b"mdat", plays, hidden, loose)
    moov = box(
        b"moov",
        full(b"mvhd", struct.pack(">II", 0xDEADBEEF, 0xDEADBEEF), bytes(88)),
        track(handler, place, [10, 9], link_flags=link_flags, wide=wide),
        track(b"meta", place + len(plays), [len(hidden)]),
        box(b"udta", box(b"\xa9xyz", TOLD_BYTES), box(b"meta", TOLD_BYTES)),
    )
    return ftyp + mdat + moov + box(b"uuid", TOLD_BYTES) + box(b"free", TOLD_BYTES)
