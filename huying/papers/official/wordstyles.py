"""The styles of a paper in Word: one for each kind of line, so that who edits it keeps its measures."""

import math
from dataclasses import dataclass
from typing import Final

from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from huying.papers.official import measures as m
from huying.papers.official.wordxml import TWIPS, character_properties, exactly, paragraph_properties

FANGSONG, SONG_TITLE, HEITI, KAITI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
# What a program takes when a named font is not there: another font, or one of its kind.
INSTEAD: Final = {
    FANGSONG: ("仿宋", "roman"),
    SONG_TITLE: ("方正小标宋_GBK", "roman"),
    HEITI: ("SimHei", "swiss"),
    KAITI: ("楷体", "roman"),
    SONG: ("SimSun", "roman"),
}
# Twentieths of a point by which letters of the body stand closer, so that 28 fit. A grid of characters would say the
# same, but LibreOffice gives two of its cells to a letter that is a hair wider than one.
CLOSER: Final = math.floor((m.PITCH - m.BODY) * TWIPS)
OFF: Final = {"val": "0"}
INDENT: Final = {"firstLineChars": "200", "firstLine": str(round(2 * m.PITCH * TWIPS))}


@dataclass(frozen=True)
class Style:
    """One style: its letters, the height of its lines, how it stands."""

    name: str
    font: str = FANGSONG
    size: float = m.BODY
    line: float = m.LINE
    side: str = "both"
    is_indented: bool = False
    keeps_next: bool = False
    before: float = 0
    after: float = 0
    outline: int | None = None
    color: str = "000000"


BODY, FLUSH, TITLE, ORGAN, NUMBER = "Normal", "公文顶格", "公文标题", "发文机关标志", "发文字号"
HEADINGS: Final = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
CELL, CELL_LEFT, CELL_HEAD, CAPTION, FINE = "表格文字", "表格文字左", "表格标题", "表题", "小字说明"
IMPRINT, MARK, PAGE = "版记", "版头标记", "页码"
STYLES: Final = (
    Style(BODY, is_indented=True),
    Style(FLUSH),
    Style(TITLE, SONG_TITLE, m.TITLE, m.TITLE_LINE, "center"),
    Style(ORGAN, SONG_TITLE, m.LARGEST_HEAD, m.LARGEST_HEAD * 1.2, "center", color=m.RED),
    Style(NUMBER, side="center"),
    Style(HEADINGS[0], HEITI, is_indented=True, keeps_next=True, outline=0),
    Style(HEADINGS[1], KAITI, is_indented=True, keeps_next=True, outline=1),
    Style(HEADINGS[2], is_indented=True, keeps_next=True, outline=2),
    Style(HEADINGS[3], is_indented=True, keeps_next=True, outline=3),
    Style(CELL, FANGSONG, m.CELL, m.CELL_LINE, "center"),
    Style(CELL_LEFT, FANGSONG, m.CELL, m.CELL_LINE, "left"),
    Style(CELL_HEAD, HEITI, m.CELL, m.CELL_LINE, "center"),
    Style(CAPTION, HEITI, m.CELL, m.CELL_LINE, "center", keeps_next=True, before=10, after=4),
    Style(FINE, FANGSONG, m.FINE, m.FINE_LINE, "left", before=4, after=10),
    Style(IMPRINT, FANGSONG, m.SMALL, m.SMALL_LINE, "left"),
    Style(MARK, HEITI, m.SMALL, m.SMALL_LINE, "center"),
    Style(PAGE, SONG, m.SMALL, m.SMALL),
)


def define(opened: Opened) -> None:
    """Every style stands in the file, and what to take for a font that is not there."""
    _drop_the_rest(opened)
    for one in STYLES:
        _define(opened, one)
    for part in opened.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _font_table()


def dress(paragraph: Paragraph, name: str) -> Paragraph:
    """The paragraph has the style; it is set by its id, for a search by its name takes longer than all the rest."""
    if name != BODY:
        paragraph._p.style = name.replace(" ", "")
    return paragraph


def add_line(opened: Opened, text: str, name: str) -> Paragraph:
    """A new paragraph at the end, in the style."""
    return dress(opened.add_paragraph(text), name)


def _drop_the_rest(opened: Opened) -> None:
    """Who edits a paper sees its own styles, not the hundred and fifty of an empty document."""
    kept = {BODY, *HEADINGS, "Default Paragraph Font", "Normal Table", "No List"}
    for style in [one for one in opened.styles if one.name not in kept]:
        style.element.getparent().remove(style.element)


def _define(opened: Opened, of: Style) -> None:
    is_built_in = of.name in (BODY, *HEADINGS)
    style = opened.styles[of.name] if is_built_in else opened.styles.add_style(of.name, WD_STYLE_TYPE.PARAGRAPH)
    character_properties(
        style.element,
        rFonts=dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), of.font),
        b=OFF,
        color={"val": of.color},
        **({"spacing": {"val": CLOSER}} if of.size == m.BODY else {}),
        sz={"val": round(of.size * 2)},
        szCs={"val": round(of.size * 2)},
        lang={"val": "en-US", "eastAsia": "zh-CN"},
    )
    indent = INDENT if of.is_indented else {"firstLineChars": "0", "firstLine": "0"}
    paragraph_properties(
        style.element,
        **({"keepNext": {}} if of.keeps_next else {}),
        widowControl=OFF,
        autoSpaceDE=OFF,
        autoSpaceDN=OFF,
        **({} if of.size == m.BODY else {"snapToGrid": OFF}),
        spacing=exactly(of.line, before=of.before, after=of.after),
        ind=indent,
        jc={"val": of.side},
        **({"outlineLvl": {"val": of.outline}} if of.outline is not None else {}),
    )


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/></w:font>'
        for name, (instead, family) in INSTEAD.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()
