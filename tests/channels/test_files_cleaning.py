"""Cleaners: what is seen and heard stays, what is told goes, what is broken is refused."""

import base64
import io
import random
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream
from PIL import Image

from huying.channels.cleaning import boxes, child, images, pdfs, segments, sounds
from huying.channels.cleaning.faults import Locked, NotClean, TooManyPages, TooManyPixels
from tests.channels import samples
from tests.channels.samples import TOLD_BYTES, box, film, full, tells

IMAGES = {"jpeg": samples.told_jpeg, "png": samples.told_png, "webp": samples.told_webp}


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("code", IMAGES)
def test_a_picture_keeps_its_pixels_and_tells_nothing(code):
    told = IMAGES[code]()
    cleaned = child.clean(code, told)
    assert tells(told)
    assert not tells(cleaned)
    picture = opened(cleaned)
    assert (picture.format, picture.size) == ("PNG" if code == "png" else "JPEG", (24, 16))
    red, _, blue = picture.convert("RGB").getpixel((2, 2))
    assert red > 180
    assert blue < 40
    assert not picture.getexif()
    assert not picture.info.keys() & {"exif", "icc_profile", "comment", "xmp", "photoshop", "XML:com.adobe.xmp"}


@pytest.mark.parametrize(("orientation", "size"), [(1, (24, 16)), (3, (24, 16)), (6, (16, 24)), (8, (16, 24))])
def test_a_photo_stands_upright_without_its_note(orientation, size):
    assert opened(images.clean_jpeg(samples.told_jpeg(orientation=orientation))).size == size


@pytest.mark.parametrize(
    ("form", "mode", "becomes"),
    [
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("PNG", "1", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "I;16", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("WEBP", "RGB", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_odd_colours_become_plain_ones(form, mode, becomes):
    assert opened(child.clean(form.lower(), samples.picture(form, mode=mode))).mode == becomes


def test_of_moving_pictures_the_first_one_stays():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for form in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, format=form, save_all=True, append_images=frames[1:])
        assert getattr(opened(child.clean(form.lower(), out.getvalue())), "n_frames", 1) == 1


def test_a_picture_too_large_is_refused_before_it_is_decoded():
    with pytest.raises(TooManyPixels):
        images.clean_png(samples.png_header(50_000, 50_000))
    with pytest.raises(TooManyPixels):
        images.clean_png(samples.png_header(5001, 5000))


def test_a_photo_of_a_thousand_scans_is_refused_before_it_is_decoded():
    whole = samples.picture("JPEG", size=(64, 64), progressive=True)
    assert images.clean_jpeg(whole).startswith(b"\xff\xd8")
    last = whole[whole.rindex(b"\xff\xda") : -2]
    with pytest.raises(NotClean):
        images.clean_jpeg(whole[:-2] + last * 100 + whole[-2:])


@pytest.mark.parametrize("code", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("other", ["jpeg", "png", "webp"])
def test_a_picture_is_decoded_as_what_it_is_only(code, other):
    if code != other:
        with pytest.raises(NotClean):
            child.clean(code, IMAGES[other]())


def test_a_pdf_keeps_its_pages_and_tells_nothing():
    told = samples.told_pdf()
    cleaned = pdfs.clean_pdf(told)
    assert tells(samples.shown(told))
    assert not tells(samples.shown(cleaned))
    assert not tells(cleaned)
    with Pdf.open(io.BytesIO(cleaned)) as pdf:
        assert len(pdf.pages) == 1
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/PageMode", "/OCProperties"} & set(pdf.Root.keys())
        assert "/Info" not in pdf.trailer
        assert "/Annots" not in pdf.pages[0].obj
        assert opened(pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()).size == (24, 16)


def test_what_was_noted_in_a_pdf_is_still_seen():
    with Pdf.open(io.BytesIO(pdfs.clean_pdf(samples.told_pdf()))) as pdf:
        forms = [each for each in pdf.pages[0].obj.Resources.XObject.values() if each.Subtype == Name.Form]
        assert [each.read_bytes() for each in forms] == [b"0 1 0 rg 0 0 20 20 re f"]


def test_nothing_of_a_pdf_runs():
    shown = samples.shown(pdfs.clean_pdf(samples.told_pdf()))
    for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/URI", b"/EmbeddedFile", b"/Launch", b"/AcroForm"):
        assert word not in shown


def filled_form(*, drawn: bool) -> bytes:
    """A form in which somebody wrote 二班, as the program that filled it drew it, or not drawn at all."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    fresh = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="abc", F=4, Rect=Array([10, 10, 60, 30])
        )
    )
    if drawn:
        look = Stream(pdf, b"/Tx BMC EMC 1 0 0 rg 0 0 5 5 re f")
        look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 50, 20])})
        fresh.AP = Dictionary(N=look)
    pdf.pages[0].obj.Annots = Array([fresh])
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([fresh]), DA="/Helv 12 Tf", DR=Dictionary(Font=Dictionary(Helv=helvetica)), NeedAppearances=True
    )
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_a_filled_form_stays_as_it_was_drawn():
    shown = samples.shown(pdfs.clean_pdf(filled_form(drawn=True)))
    assert b"1 0 0 rg 0 0 5 5 re f" in shown
    assert b"abc" not in shown


def test_a_filled_form_that_nobody_drew_is_drawn():
    assert b"(abc) Tj" in samples.shown(pdfs.clean_pdf(filled_form(drawn=False)))


def test_a_pdf_that_only_forbids_printing_is_taken_and_one_with_a_password_is_not():
    taken = pdfs.clean_pdf(samples.told_pdf(encryption=Encryption(owner="o", user="")))
    with Pdf.open(io.BytesIO(taken)) as pdf:
        assert not pdf.is_encrypted
    with pytest.raises(Locked):
        pdfs.clean_pdf(samples.told_pdf(encryption=Encryption(owner="o", user="u")))


def test_a_pdf_with_too_many_pages_is_refused():
    with pytest.raises(TooManyPages):
        pdfs.clean_pdf(samples.told_pdf(pages=501))


@pytest.mark.parametrize(
    ("peel", "name"),
    [
        (zlib.compress, Name.FlateDecode),
        (lambda data: data.hex().encode() + b">", Name.ASCIIHexDecode),
        (lambda data: base64.a85encode(data, adobe=True), Name.ASCII85Decode),
    ],
)
def test_a_photo_wrapped_twice_tells_nothing(peel, name):
    cleaned = pdfs.clean_pdf(samples.with_picture(peel(samples.told_jpeg()), Array([name, Name.DCTDecode])))
    assert not tells(samples.shown(cleaned))
    with Pdf.open(io.BytesIO(cleaned)) as pdf:
        assert opened(pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()).size == (24, 16)


def test_a_photo_wrapped_in_an_unknown_way_is_refused():
    with pytest.raises(NotClean):
        pdfs.clean_pdf(samples.with_picture(samples.told_jpeg(), Array([Name.LZWDecode, Name.DCTDecode])))


def test_a_jpeg_2000_picture_tells_nothing():
    told = box(b"jP  ", b"\r\n\x87\n") + box(b"uuid", TOLD_BYTES) + box(b"xml ", TOLD_BYTES) + box(b"jp2c", b"\xff\x4f")
    cleaned = pdfs.clean_pdf(samples.with_picture(told, Name.JPXDecode))
    assert not tells(samples.shown(cleaned))
    assert b"jp2c" in cleaned
    assert segments.drawn_jp2(b"\xff\x4f\xff\x51rest") == b"\xff\x4f\xff\x51rest"
    large = struct.pack(">I4sQ", 1, b"uuid", 20) + TOLD_BYTES[:4] + box(b"jp2c", b"x")
    assert segments.drawn_jp2(large) == box(b"jp2c", b"x")
    for broken in (struct.pack(">I4s", 4, b"jp2c"), b"\0\0\0\1jp2c"):
        with pytest.raises(NotClean):
            segments.drawn_jp2(broken)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"])
def test_a_pdf_without_pages_is_refused(data):
    with pytest.raises(NotClean):
        pdfs.clean_pdf(data)


def test_a_sound_pdf_of_no_pages_is_refused():
    out = io.BytesIO()
    Pdf.new().save(out)
    with pytest.raises(NotClean):
        pdfs.clean_pdf(out.getvalue())


def test_a_pdf_nested_beyond_reason_is_refused():
    deep = b"[" * 150 + b"]" * 150
    data = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    data += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</X " + deep + b">>>>endobj\n"
    with pytest.raises(NotClean):
        pdfs.clean_pdf(data + b"trailer<</Root 1 0 R>>\n%%EOF")


def test_segments_of_a_photo_stay_when_they_draw():
    plain = samples.picture("JPEG")
    adobe = samples.segment(0xEE, b"Adobe\0\x64" + bytes(5))
    told = plain[:2] + adobe + samples.segment(0xEE, b"Adobe" + TOLD_BYTES) + b"\xff\xff\xff" + plain[3:] + b"behind"
    drawn = segments.drawn_jpeg(told)
    assert adobe in drawn
    assert not tells(drawn)
    assert drawn.endswith(b"\xff\xd9")
    assert opened(drawn).size == (24, 16)


def test_a_photo_cut_short_keeps_what_is_there():
    plain = samples.picture("JPEG", size=(200, 200))
    assert segments.drawn_jpeg(plain[:-2] + b"\xff\xff").endswith(plain[-12:-2] + b"\xff\xff")
    assert segments.drawn_jpeg(b"\xff\xd8\xff") == b"\xff\xd8\xff\xd9"
    assert segments.drawn_jpeg(b"\xff\xd8\xff\x01\xff\xd9") == b"\xff\xd8\xff\x01\xff\xd9"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8 text", b"\xff\xd8\xff\xdb\0\1"])
def test_what_is_no_photo_has_no_segments(data):
    with pytest.raises(NotClean):
        segments.drawn_jpeg(data)


def test_an_mp3_keeps_its_frames_and_tells_nothing():
    told = samples.told_mp3()
    assert tells(told)
    assert sounds.clean_mp3(told) == samples.mp3(8)
    assert sounds.clean_mp3(samples.mp3(5) + samples.MP3_FRAME[:50]) == samples.mp3(5)


def test_a_tag_with_a_footer_is_skipped_whole():
    footer = b"ID3\x04\0\x10\0\0\0\x04" + b"CANA" + b"3DI\x04\0\x10\0\0\0\x04"
    assert sounds.clean_mp3(footer + samples.mp3(4)) == samples.mp3(4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID3",
        b"ID3\x04\0\0\0\0\0\x02ab",
        samples.mp3(2),
        b"\xff" * 500,
        b"\xff\xfb\xf0\0" * 300,
        b"\xff\xfb\x9c\0" * 300,
        b"\xff\xfd\x90\0" * 300,
        b"\xff\xeb\x90\0" * 300,
    ],
)
def test_what_does_not_sound_is_no_mp3(data):
    with pytest.raises(NotClean):
        sounds.clean_mp3(data)


def test_lower_rates_are_sound_too():
    frame = b"\xff\xf3\x40\x00" + bytes(72_000 * 32 // 22050 - 4)  # MPEG 2, 32 kbit/s at 22.05 kHz
    assert sounds.clean_mp3(frame * 4) == frame * 4


@pytest.mark.parametrize("wide", [False, True])
def test_an_amr_keeps_its_frames_and_tells_nothing(wide):
    plain = samples.amr(wide=wide)
    assert sounds.clean_amr(plain + TOLD_BYTES) == plain
    assert sounds.clean_amr(plain[:-1]) == samples.amr(2, wide=wide)


@pytest.mark.parametrize("data", [b"#!AMR\n", b"#!AMR\n<script>", b"#!AMR\n\x3c", b"#!AMR-WB\n\xff"])
def test_what_does_not_sound_is_no_amr(data):
    with pytest.raises(NotClean):
        sounds.clean_amr(data)


@pytest.mark.parametrize(("brand", "handler"), [(b"isom", b"vide"), (b"M4A ", b"soun")])
@pytest.mark.parametrize("wide", [False, True])
def test_a_film_keeps_what_plays_and_tells_nothing(brand, handler, wide):
    told = film(brand=brand, handler=handler, wide=wide)
    cleaned = boxes.clean_boxes(told)
    assert tells(told)
    assert not tells(cleaned)
    assert b"LOOSE" not in cleaned
    assert b"\xde\xad\xbe\xef" not in cleaned
    assert len(cleaned) == len(told)
    at = told.index(b"PLAYS-ONE;PLAYS-TWO")
    assert cleaned[at : at + 19] == b"PLAYS-ONE;PLAYS-TWO"
    assert cleaned.count(b"trak") == 1


def test_a_film_cleaned_twice_is_the_same():
    once = boxes.clean_boxes(film())
    assert boxes.clean_boxes(once) == once


def test_a_film_that_fetches_its_pictures_elsewhere_is_refused():
    with pytest.raises(NotClean):
        boxes.clean_boxes(film(link_flags=0))


def test_a_film_of_fragments_is_taken_when_all_of_it_plays():
    moov = box(
        b"moov", full(b"mvhd", bytes(96)), samples.track(b"soun", 0, [1]), box(b"mvex", full(b"trex", bytes(20)))
    )
    moof = box(b"moof", full(b"mfhd", bytes(4)), box(b"traf", full(b"tfhd", bytes(4)), box(b"udta", TOLD_BYTES)))
    cleaned = boxes.clean_boxes(box(b"ftyp", b"iso5") + moov + moof + box(b"mdat", b"PLAYS"))
    assert b"PLAYS" in cleaned
    assert not tells(cleaned)
    hidden = box(b"moov", samples.track(b"soun", 0, [1]), samples.track(b"meta", 0, [1]))
    with pytest.raises(NotClean):
        boxes.clean_boxes(box(b"ftyp", b"iso5") + hidden + moof + box(b"mdat", b"PLAYS"))


def test_samples_of_one_size_and_many_chunks_play():
    plays = b"AAAABBBBCCCCDDDDEEEE"
    ftyp = box(b"ftyp", b"isom")
    place = len(ftyp) + 8
    places = [place, place + 8, place + 16]
    table = box(
        b"stbl",
        full(b"stsc", struct.pack(">I6I", 2, 1, 2, 1, 3, 1, 1)),  # two chunks of two samples, then one of one
        full(b"stsz", struct.pack(">II", 4, 5)),
        full(b"stco", struct.pack(">I3I", 3, *places)),
    )
    trak = box(b"trak", box(b"mdia", full(b"hdlr", bytes(4), b"soun", bytes(12)), box(b"minf", table)))
    cleaned = boxes.clean_boxes(ftyp + box(b"mdat", plays, b"LOOSE") + box(b"moov", trak))
    assert plays in cleaned
    assert b"LOOSE" not in cleaned


def table_of(stsz: bytes, stco: bytes) -> bytes:
    trak = box(
        b"trak",
        box(
            b"mdia",
            full(b"hdlr", bytes(4), b"vide", bytes(12)),
            box(b"minf", box(b"stbl", full(b"stsc", struct.pack(">4I", 1, 1, 1, 1)), stsz, stco)),
        ),
    )
    return box(b"ftyp", b"isom") + box(b"mdat", b"x") + box(b"moov", trak)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        box(b"ftyp", b"isom"),
        box(b"ftyp", b"isom") + box(b"moov"),
        box(b"ftyp", b"isom") + b"\0\0",
        film()[:-3],
        struct.pack(">I4s", 4, b"moov"),
        struct.pack(">I4sQ", 1, b"moov", 2**63),
        box(b"ftyp") + box(b"moov", box(b"trak")),
        box(b"ftyp") + box(b"moov", samples.track(b"text", 0, [1])),
        table_of(full(b"stsz", struct.pack(">II", 9999, 9999)), full(b"stco", struct.pack(">I", 0))),
        table_of(full(b"stsz", struct.pack(">II", 0, 2**32 - 1)), full(b"stco", struct.pack(">I", 0))),
        table_of(full(b"stsz", struct.pack(">II", 0, 0)), full(b"stco", struct.pack(">I", 9))),
        table_of(full(b"stsz", struct.pack(">II", 0, 0)), b""),
    ],
)
def test_a_broken_film_is_refused(data):
    with pytest.raises(NotClean):
        boxes.clean_boxes(data)


WHOLE = {
    "jpeg": samples.told_jpeg,
    "png": samples.told_png,
    "webp": samples.told_webp,
    "pdf": samples.told_pdf,
    "mp3": samples.told_mp3,
    "amr": samples.amr,
    "m4a": lambda: film(brand=b"M4A ", handler=b"soun"),
    "mp4": film,
}


@pytest.mark.parametrize("code", WHOLE)
def test_broken_files_are_cleaned_or_refused_and_nothing_else(code):
    chance, whole = random.Random(2026), WHOLE[code]()
    for _ in range(40):
        broken = bytearray(whole[: chance.randrange(1, len(whole) + 1)] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            child.clean(code, bytes(broken))
        except NotClean:
            continue


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(code=st.sampled_from(["mp3", "amr", "mp4", "jpeg", "png", "webp"]), data=st.binary(max_size=300))
def test_any_bytes_are_cleaned_or_refused_and_nothing_else(code, data):
    try:
        child.clean(code, data)
    except NotClean as refusal:
        assert refusal.word in {"unreadable", "too_many_pixels"}
