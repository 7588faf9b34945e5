"""A paper as DOCX, for WPS, Word and LibreOffice: names the fonts of official papers, sets their grid in the file."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Final

from docx import Document
from docx.document import Document as Opened

from huying.papers.official import wordstyles as styles
from huying.papers.official.document import Paper
from huying.papers.official.wordbody import fill
from huying.papers.official.wording import cleaned
from huying.papers.official.wordpage import set_pages

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # what a zip can say


def docx(paper: Paper, *, at: datetime) -> bytes:
    """The file; the same paper at the same moment gives the same bytes."""
    paper = cleaned(paper)
    opened = Document()
    styles.define(opened)
    set_pages(opened, mark=paper.mark)
    fill(opened, paper)
    _name(opened, paper, at)
    out = io.BytesIO()
    opened.save(out)
    return _without_clock(out.getvalue())


def _name(opened: Opened, paper: Paper, at: datetime) -> None:
    said = opened.core_properties
    moment = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    said.title, said.author = paper.title.replace("\n", "")[:255], paper.letterhead.organ if paper.letterhead else ""
    said.created = said.modified = moment
    said.last_modified_by, said.comments, said.revision = "", "", 1


def _without_clock(made: bytes) -> bytes:
    """The same package without the moments at which its parts were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
