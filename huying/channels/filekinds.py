"""What a file is, told from its content alone: the name and the type a browser sends count for nothing."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024
HEAD_BYTES = 4096  # enough to tell what a file is


class FileKind(StrEnum):
    """What a person sees in a file."""

    IMAGE = "image"
    DOCUMENT = "document"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class Form:
    """A form of file that is accepted. `code` names the cleaner."""

    code: str
    kind: FileKind
    content_type: str
    suffix: str
    most_bytes: int = 10 * MEGABYTE


JPEG = Form("jpeg", FileKind.IMAGE, "image/jpeg", ".jpg")
PNG = Form("png", FileKind.IMAGE, "image/png", ".png")
WEBP = Form("webp", FileKind.IMAGE, "image/webp", ".webp")
PDF = Form("pdf", FileKind.DOCUMENT, "application/pdf", ".pdf")
MP3 = Form("mp3", FileKind.AUDIO, "audio/mpeg", ".mp3")
M4A = Form("m4a", FileKind.AUDIO, "audio/mp4", ".m4a")
AMR = Form("amr", FileKind.AUDIO, "audio/amr", ".amr")
MP4 = Form("mp4", FileKind.VIDEO, "video/mp4", ".mp4", most_bytes=50 * MEGABYTE)

FORMS = (JPEG, PNG, WEBP, PDF, MP3, M4A, AMR, MP4)
MOST_BYTES = max(form.most_bytes for form in FORMS)

ACCEPTED = "可以上传照片（JPEG、PNG、WebP）、PDF、录音（MP3、M4A、AMR）和视频（MP4）。"


class FileRefused(ValueError):
    """The file is not taken. The text can be shown to the person who brought it."""


class WrongKind(FileRefused):
    """The content is of no accepted form, whatever its name says."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}{ACCEPTED}")


_OFFICE = "这是 Office 文件或压缩包，不能上传。请拍照，或另存为 PDF。"
_ARCHIVE = "这是压缩包，不能上传。请直接选择里面的照片或文件。"
_PROGRAM = "这是程序或脚本，不能上传。"
_HEIC = "这是 HEIC 照片，打不开。请在手机相机设置里选“兼容性最佳”，或截图后上传。"
_FILM = "这种视频格式不能上传，请另存为 MP4。"
_SOUND = "这种录音格式不能上传，请另存为 MP3 或 M4A。"
_PICTURE = "这种图片格式不能上传，请另存为 JPEG，或截图后上传。"
_UNKNOWN = "认不出这个文件的格式。"

# Known strangers, so that the answer helps: (place, first bytes, what to say).
_STRANGERS = (
    (0, b"PK", _OFFICE),
    (0, b"\xd0\xcf\x11\xe0", _OFFICE),
    (0, b"{\\rtf", _OFFICE),
    (0, b"Rar!", _ARCHIVE),
    (0, b"7z\xbc\xaf", _ARCHIVE),
    (0, b"\x1f\x8b", _ARCHIVE),
    (0, b"BZh", _ARCHIVE),
    (0, b"\xfd7zXZ", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (0, b"MSCF", _ARCHIVE),
    (257, b"ustar", _ARCHIVE),
    (0, b"MZ", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"dex\n", _PROGRAM),
    (0, b"#!SILK", _SOUND),
    (1, b"#!SILK", _SOUND),
    (0, b"#!/", _PROGRAM),
    (0, b"GIF8", _PICTURE),
    (0, b"BM", _PICTURE),
    (0, b"II*\0", _PICTURE),
    (0, b"MM\0*", _PICTURE),
    (0, b"OggS", _SOUND),
    (0, b"fLaC", _SOUND),
    (8, b"WAVE", _SOUND),
    (8, b"AVI ", _FILM),
    (0, b"\x1a\x45\xdf\xa3", _FILM),
    (0, b"FLV", _FILM),
    (0, b"0&\xb2u", _FILM),
)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_AUDIO_BRANDS = {b"M4A ", b"M4B "}
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"MSNV"}


def form_of(head: bytes) -> Form:
    """The form of a file that begins with these bytes. Raises WrongKind with a hint what to do."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return AMR
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if _is_mp3(head):
        return MP3
    raise WrongKind(_hint(head))


def _by_brand(brand: bytes) -> Form:
    if brand in _AUDIO_BRANDS:
        return M4A
    if brand in _VIDEO_BRANDS or brand.startswith((b"3gp", b"3g2")):
        return MP4
    raise WrongKind(_HEIC if brand in _HEIC_BRANDS else _FILM)


def _is_mp3(head: bytes) -> bool:
    """An ID3 tag, or the header of a frame of MPEG layer III; the cleaner looks at every frame."""
    if head.startswith(b"ID3"):
        return True
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0x00, 0xF0)


def _hint(head: bytes) -> str:
    for place, magic, hint in _STRANGERS:
        if head[place:].startswith(magic):
            return hint
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"<"):
        return "这是网页或矢量图，不能上传。"
    return _UNKNOWN
