"""Pictures: decoded to pixels and written anew, so that nothing but pixels survives."""

import io
import struct
import warnings

from PIL import Image, ImageOps

from huying.channels.cleaning.faults import NotClean, TooManyPixels

MOST_PIXELS = 25_000_000
# A progressive photo comes in about ten scans, each a pass over the whole picture. A hostile one holds thousands.
MOST_SCANS = 100
_SCAN = b"\xff\xda"
_QUALITY = {"JPEG": {"quality": 90}, "PNG": {"compress_level": 4}}
_PLAIN = {"JPEG": ("L", "RGB"), "PNG": ("L", "RGB", "RGBA")}

# What the decoders are known to raise on broken files.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, AttributeError, struct.error)


def clean_jpeg(data: bytes) -> bytes:
    """The same photo, upright. Raises TooManyPixels, NotClean."""
    if data.count(_SCAN) > MOST_SCANS:
        raise NotClean
    return _clean(data, "JPEG")


def clean_png(data: bytes) -> bytes:
    """The same picture, its first frame. Raises TooManyPixels, NotClean."""
    return _clean(data, "PNG")


def clean_webp(data: bytes) -> bytes:
    """The same picture as a JPEG, or as a PNG where one can see through it: writing a large WebP takes more memory
    than the child has. Raises TooManyPixels, NotClean."""
    return _clean(data, "WEBP")


def _clean(data: bytes, form: str) -> bytes:
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked below, before anything is decoded
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            picture.load()
            becomes = "JPEG" if form == "JPEG" or (form == "WEBP" and not picture.has_transparency_data) else "PNG"
            return _written(_pixels_only(picture, becomes), becomes)
    except _BROKEN as error:
        raise NotClean from error


def _pixels_only(picture: Image.Image, form: str) -> Image.Image:
    """The pixels, turned as the camera meant, in a plain mode. Palettes and odd depths become plain colours."""
    ImageOps.exif_transpose(picture, in_place=True)
    plain = picture if picture.mode in _PLAIN[form] else picture.convert(_mode_for(picture, form))
    plain.info = {}
    return plain


def _mode_for(picture: Image.Image, form: str) -> str:
    if picture.has_transparency_data and form == "PNG":
        return "RGBA"
    is_grey = picture.mode in ("1", "L", "LA")
    return "L" if is_grey else "RGB"


def _written(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, format=form, **_QUALITY[form])
    return out.getvalue()
