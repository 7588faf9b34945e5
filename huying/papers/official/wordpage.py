"""The page of a paper in Word: A4, its margins, its grid of 22 lines, the number of the page, the mark of a draft."""

from typing import Any

from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm

from huying.papers.official import measures as m
from huying.papers.official.wordstyles import MARK, PAGE, dress
from huying.papers.official.wordxml import TWIPS, element, exactly, paragraph_properties


def set_pages(opened: Opened, *, mark: str) -> None:
    """Every page has the margins, the grid and its number; odd ones at the right, even ones at the left."""
    section = opened.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE_WIDTH), Mm(m.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    section.footer_distance = Mm(m.BOTTOM - m.FOOT_SPACE - m.SMALL / m.POINTS_PER_MM)
    section.header_distance = Mm(m.TOP - 12 - m.SMALL_LINE / m.POINTS_PER_MM)
    _grid(section._sectPr)
    opened.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], side)
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        dress(header.paragraphs[0], MARK).add_run(mark)


def _grid(section: Any) -> None:
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    section.append(element("docGrid", type="lines", linePitch=round(m.LINE * TWIPS)))


def _number(paragraph: Any, side: str) -> None:
    dress(paragraph, PAGE)
    one = round(m.SMALL * TWIPS)
    paragraph_properties(paragraph._p, spacing=exactly(m.SMALL), ind={"left": one, "right": one}, jc={"val": side})
    paragraph.add_run("— ")
    run = paragraph.add_run()._r
    run.append(element("fldChar", fldCharType="begin"))
    code = element("instrText")
    code.text = " PAGE "
    run.append(code)
    run.append(element("fldChar", fldCharType="end"))
    paragraph.add_run(" —")
