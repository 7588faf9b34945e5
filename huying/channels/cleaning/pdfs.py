"""PDF: written anew from its pages, without names, dates, comments' authors, scripts, links or enclosed files.

What people filled in or noted is drawn into the page first, so that evidence is not lost.
"""

import base64
import io
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from huying.channels.cleaning.faults import Locked, NotClean, TooManyPages
from huying.channels.cleaning.segments import drawn_jp2, drawn_jpeg

MOST_PAGES = 500
_DEEPEST = 100

# What stays of the root and of a page: how it is shown. All else goes: scripts, forms, links, names, files, outlines.
_ROOT_KEEPS = {"/Type", "/Pages", "/PageMode", "/PageLayout", "/Lang", "/OCProperties", "/Version"}
_PAGE_KEEPS = {
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/Contents",
    "/Group",
    "/UserUnit",
}
# What goes wherever it stands.
_TOLD = {
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/AA",
    "/AF",
    "/EF",
    "/JS",
    "/JavaScript",
    "/OPI",
    "/Measure",
    "/PtData",
    "/CreatorInfo",
    "/User",
    "/Alternates",
}
_PEELS: dict[str, Callable[[bytes], bytes]] = {
    "/FlateDecode": zlib.decompress,
    "/ASCII85Decode": lambda data: base64.a85decode(b"<~" + data.strip().removeprefix(b"<~"), adobe=True),
    "/ASCIIHexDecode": lambda data: bytes.fromhex(data.decode("ascii").strip().rstrip(">")),
}
_PICTURES = {"/DCTDecode": drawn_jpeg, "/JPXDecode": drawn_jp2}


def clean_pdf(data: bytes) -> bytes:
    """The same pages, and nothing that is not drawn. Raises Locked, TooManyPages, NotClean."""
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise TooManyPages
            if len(pdf.pages) == 0:
                raise NotClean
            _draw_notes(pdf)
            _strip(pdf)
            return _written(pdf)
    except pikepdf.PasswordError as error:
        raise Locked from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError, zlib.error) as error:
        raise NotClean from error


def _draw_notes(pdf: Pdf) -> None:
    """Notes and filled-in forms are part of the page. What a form's own program has drawn is never drawn anew: the
    library knows Latin letters only."""
    fields = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.get("/Subtype") == Name.Widget]
    if fields and not any("/AP" in each for each in fields):
        pdf.generate_appearance_streams()
    if fields and "/AcroForm" in pdf.Root:
        pdf.Root.AcroForm.NeedAppearances = False  # else the drawn fields would be left out
    pdf.flatten_annotations("all")


def _strip(pdf: Pdf) -> None:
    _keep(pdf.Root, _ROOT_KEEPS)
    for page in pdf.pages:
        _keep(page.obj, _PAGE_KEEPS)
    if Name.Info in pdf.trailer:
        del pdf.trailer[Name.Info]
    for found in pdf.objects:
        for each in _dictionaries(found, depth=0):
            _strip_one(each)


def _keep(found: pikepdf.Object, keys: set[str]) -> None:
    for key in set(found.keys()) - keys:
        del found[key]


def _dictionaries(found: pikepdf.Object, *, depth: int) -> Iterator[pikepdf.Object]:
    """The dictionaries that stand inside one object; those it only points at are objects of their own."""
    if depth > _DEEPEST:
        raise NotClean
    if isinstance(found, Dictionary | Stream):
        yield found
        inner = [found.get(key) for key in found.keys()]  # noqa: SIM118 - a stream is no mapping
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    else:
        return
    for each in inner:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _dictionaries(each, depth=depth + 1)


def _strip_one(found: pikepdf.Object) -> None:
    for key in set(found.keys()) & _TOLD:
        del found[key]
    if found.get(Name.Type) == Name.OCG:
        found[Name.Name] = pikepdf.String("")  # a layer must have a name; whose it was is not ours to keep
    if isinstance(found, Stream):
        _redraw(found)


def _redraw(stream: Stream) -> None:
    """A picture kept in its camera's own form loses what the camera told."""
    filters = stream.get(Name.Filter)
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    if names[-1:] and names[-1] in _PICTURES:
        data = stream.read_raw_bytes()
        for name in names[:-1]:
            if name not in _PEELS:
                raise NotClean
            data = _PEELS[name](data)
        stream.write(_PICTURES[names[-1]](data), filter=Name(names[-1]), decode_parms=None)


def _written(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, encryption=False, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()
