"""Tables in Word: columns by their shares, a head that is repeated on every page, rows that are not torn apart."""

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as Opened
from docx.oxml.ns import qn

from huying.papers.official import measures as m
from huying.papers.official import wordstyles as s
from huying.papers.official.document import Table
from huying.papers.official.tables import is_short, shares
from huying.papers.official.wordxml import TWIPS, element, exactly, paragraph_properties

GAP = 10.0  # points below a table without a note
PADDING = round(4 * TWIPS)
ALL_AROUND: Final = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 4)
AT_THE_FOOT: Final = {
    "leftFromText": 0,
    "rightFromText": 0,
    "vertAnchor": "margin",
    "horzAnchor": "margin",
    "tblpXSpec": "left",
    "tblpYSpec": "bottom",
}


def add_table(opened: Opened, table: Table) -> None:
    """The table with its caption above and its note below."""
    if table.caption:
        s.add_line(opened, table.caption, s.CAPTION)
    rows = ([table.heads] if table.heads else []) + list(table.rows)
    widths = [round(share * m.TYPE_WIDTH * m.POINTS_PER_MM * TWIPS) for share in shares(table)]
    drawn = opened.add_table(len(rows), len(widths))
    _frame(drawn._tbl, widths, rules=ALL_AROUND, place={})
    for place, (line, row) in enumerate(zip(drawn.rows, rows, strict=True)):
        is_head = bool(table.heads) and place == 0
        _row(line._tr, is_head=is_head)
        for column, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
            _cell(cell, text, widths[column], _style(table, column, is_head=is_head))
            if is_short(table) and place + 1 < len(rows):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    after = s.add_line(opened, table.note, s.FINE)
    if not table.note:
        paragraph_properties(after._p, spacing=exactly(GAP))


def _style(table: Table, column: int, *, is_head: bool) -> str:
    if is_head or (not table.heads and column % 2 == 0):
        return s.CELL_HEAD
    return s.CELL_LEFT if column in table.left else s.CELL


def add_imprint(opened: Opened, cells: list[str]) -> None:
    """Rows between rules float at the lower margin of the page; a tab in a row sets off what stands at the right."""
    width = round(m.TYPE_WIDTH * m.POINTS_PER_MM * TWIPS)
    drawn = opened.add_table(len(cells), 1)
    rules = {"top": 8, "bottom": 8, "insideH": 6}
    _frame(drawn._tbl, [width], rules=rules, place=AT_THE_FOOT)
    for line, text in zip(drawn.rows, cells, strict=True):
        _row(line._tr, is_head=False)
        _cell(line.cells[0], text, width, s.IMPRINT)
        _inset(line.cells[0].paragraphs[0]._p, width)
        line.cells[0].paragraphs[0].paragraph_format.keep_with_next = True


def _inset(line: Any, width: int) -> None:
    one = round(m.SMALL * TWIPS)
    properties = paragraph_properties(line, tabs={}, ind={"left": one, "right": one})
    tab = element("tab", val="right", pos=width - 2 * PADDING - one)
    properties.find(qn("w:tabs")).append(tab)


def _frame(drawn: Any, widths: list[int], *, rules: Mapping[str, int], place: Mapping[str, object]) -> None:
    properties = drawn.tblPr
    for child in list(properties):
        properties.remove(child)
    edges = element("tblBorders")
    for side, weight in rules.items():
        edges.append(element(side, val="single", sz=weight, space=0, color="000000"))
    padding = element("tblCellMar")
    for side in ("left", "right"):
        padding.append(element(side, w=PADDING, type="dxa"))
    if place:
        properties.append(element("tblpPr", **place))
    properties.append(element("tblW", w=sum(widths), type="dxa"))
    properties.append(element("jc", val="center"))
    properties.append(edges)
    properties.append(element("tblLayout", type="fixed"))
    properties.append(padding)
    for column, width in zip(drawn.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))


def _row(line: Any, *, is_head: bool) -> None:
    properties = line.get_or_add_trPr()
    properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=round(m.CELL_LINE * TWIPS + 7 * TWIPS), hRule="atLeast"))
    if is_head:
        properties.append(element("tblHeader"))


def _cell(cell: Any, text: str, width: int, style: str) -> None:
    s.dress(cell.paragraphs[0], style).add_run(text)
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("tcW", w=width, type="dxa"))
    properties.append(element("vAlign", val="center"))
