"""Everything that an issue of a bulletin consists of, as files."""

from huying.papers.bulletin.annex import annex
from huying.papers.bulletin.facts import BulletinFacts
from huying.papers.bulletin.figures import canonical
from huying.papers.bulletin.paper import paper
from huying.papers.official.as_docx import docx
from huying.papers.official.as_html import page
from huying.papers.official.as_pdf import pdf


def files(facts: BulletinFacts) -> dict[str, bytes]:
    """{name: contents} of bulletin.docx, .pdf, .xlsx, .html and figures.json; the same facts give the same bytes."""
    laid_out, at = paper(facts), facts.computed_at
    return {
        "bulletin.docx": docx(laid_out, at=at),
        "bulletin.pdf": pdf(laid_out, at=at),
        "bulletin.xlsx": annex(facts),
        "bulletin.html": page(laid_out).encode("utf-8"),
        "figures.json": canonical(facts),
    }
