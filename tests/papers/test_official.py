"""A paper as PDF, DOCX and HTML: the same words in all, fonts inside, and hostile text that stays text."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest
from docx import Document

from huying.papers.official import glyphs
from huying.papers.official.as_docx import docx
from huying.papers.official.as_html import html
from huying.papers.official.as_pdf import pdf
from huying.papers.official.document import (
    DRAFT,
    Heading,
    Imprint,
    Letterhead,
    Listing,
    Paper,
    Paragraph,
    Signature,
    SigningLine,
    Table,
)

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PAPER = Paper(
    "澄川县实验小学\n督办通知",
    (
        Heading("督办事项"),
        Paragraph("一件诉求超期未办结。"),
        Table((("SY-2026-00318", "6"),), ("编号", "超期（天）"), "清单", "按工作日计。", frozenset({0})),
        Heading("要求", 2),
        Listing(("逐件答复。", "说明原因。")),
        SigningLine("承办人"),
        Paragraph("特此通知。"),
    ),
    Letterhead("澄川县实验小学", "澄实小惠〔2026〕3号", "王岚"),
    "三年级级部",
    ("清单",),
    Signature("澄川县实验小学", date(2026, 11, 2)),
    ("数据摘要：9f2c",),
    Imprint(("县教育惠民服务中心",), "惠民服务中心", date(2026, 11, 2)),
    DRAFT,
)
HOSTILE = [
    '#eval("1+1")',
    "#include \"/etc/passwd\"",
    "$x^2$ *粗* _斜_ `码` <标签> @引用 \\ 反斜 // 注释 /* 注 */",
    "= 标题",
    "[方括号] #[内容] #let a = 1",
    "<script>alert(1)</script> & &amp; ]]> <w:p/>",
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }} {% load x %}",
    "\u202e反过来\u202c \x00\x0b\x1f",
    "﷽ שלום",
]  # fmt: skip


def opened(made):
    return Document(io.BytesIO(made))


def words_of_docx(made):
    document = opened(made)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs] + cells


def fonts_of(made):
    with pikepdf.open(io.BytesIO(made)) as file:
        found = {}
        for page in file.pages:
            for font in page.resources.get("/Font", {}).values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                names = [key for key in inner.FontDescriptor if key.startswith("/FontFile")]
                found[str(font.BaseFont).partition("+")[2]] = bool(names)
        return found


def words_of_pdf(made):
    """What a reader copies out: each font says by its table which letters its glyphs are."""
    with pikepdf.open(io.BytesIO(made)) as file:
        return "".join("".join(_shown(page)) for page in file.pages)


def _shown(page):
    maps = {str(name): _letters(font.ToUnicode.read_bytes()) for name, font in page.resources.Font.items()}
    now = {}
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "Tf":
            now = maps[str(step.operands[0])]
        elif str(step.operator) in ("Tj", "TJ"):
            parts = step.operands[0] if str(step.operator) == "TJ" else [step.operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield from (now.get(raw[place : place + 2], "") for place in range(0, len(raw), 2))


def _letters(table):
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}


@pytest.fixture(scope="module")
def three():
    """The words of the PDF, of the DOCX and of the page, without blanks."""
    written = docx(PAPER, at=AT)
    headed = [one.text for one in opened(written).sections[0].header.paragraphs]
    typed = "".join([*words_of_docx(written), *headed])
    page = re.sub("<[^>]+>", "", html(PAPER))
    return [re.sub(r"[\s\u200b]", "", one) for one in (words_of_pdf(pdf(PAPER, at=AT)), typed, page)]


def test_every_font_of_the_pdf_is_our_own_and_embedded():
    assert fonts_of(pdf(PAPER, at=AT)) == {
        "HuyingSong-Regular": True,
        "HuyingSong-Bold": True,
        "HuyingHei-Regular": True,
        "HuyingKai-Regular": True,
    }


def test_the_same_paper_is_the_same_bytes():
    assert pdf(PAPER, at=AT) == pdf(PAPER, at=AT)
    assert docx(PAPER, at=AT) == docx(PAPER, at=AT)


@pytest.mark.parametrize(
    "text",
    [
        "澄实小惠〔2026〕3号",
        "签发人：王岚",
        "督办通知",
        "三年级级部：",
        "一、督办事项",
        "一件诉求超期未办结。",
        "SY-2026-00318",
        "（一）要求",
        "2.说明原因。",
        "附件：清单",
        "2026年11月2日",
        "抄送：县教育惠民服务中心。",
        "草稿（未经签发，不作依据）",
    ],
)
def test_what_is_said_stands_in_all_three(text, three):
    shown, typed, page = three
    in_page = text.replace("2.", "")  # a list of the browser counts for itself
    assert (text in shown, text in typed, in_page in page) == (True, True, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_plain_text(text):
    nasty = replace(
        PAPER,
        title=text,
        blocks=(Paragraph(text), Heading(text), Listing((text,)), Table(((text, text),), (text, text), text, text)),
        addressee=text,
        attachments=(text,),
        signature=Signature(text, None),
        letterhead=Letterhead(text, text, text),
        imprint=Imprint((text,), text),
        seal=(text,),
        mark=text,
    )
    plain = glyphs.without(re.sub(r"[\x00-\x1f\u202e\u202c]", "", text).strip(), "")
    assert any(plain in one for one in words_of_docx(docx(nasty, at=AT)))
    page = html(nasty)
    assert "<script" not in page
    assert "<w:p" not in page
    assert "49" not in page
    assert pdf(nasty, at=AT).startswith(b"%PDF")


def test_markup_of_the_typesetter_is_printed_as_it_was_written():
    text = '#eval("1+1") $x$ *粗* = 题'
    shown = words_of_pdf(pdf(replace(PAPER, blocks=(Paragraph(text),)), at=AT))
    assert text.replace(" ", "") in shown.replace(" ", "").replace("\u200b", "")


def test_a_character_outside_our_fonts_comes_from_the_machine_or_is_marked():
    rare = replace(PAPER, blocks=(Paragraph("家长𰻝先生反映。"),))
    made = pdf(rare, at=AT)
    shown = words_of_pdf(made)
    with pikepdf.open(io.BytesIO(made)) as file:
        assert not any(glyphs.pages_with_a_gap(file))
    assert ("𰻝" in shown) != ("〓" in shown)
    assert all(fonts_of(made).values())


def test_a_character_that_no_font_has_is_marked_and_named():
    unknown = replace(PAPER, blocks=(Paragraph("家长\U0001fae8\U000323b0先生反映。"),))
    made = pdf(unknown, at=AT)
    with pikepdf.open(io.BytesIO(made)) as file:
        assert not any(glyphs.pages_with_a_gap(file))
    shown = words_of_pdf(made).replace("\u200b", "")
    assert "〓" in shown
    assert "U+323B0" in shown


def test_a_gap_is_seen_when_there_is_one():
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.Contents = file.make_stream(b"BT <00410000> Tj ET")
        assert glyphs.pages_with_a_gap(file) == [True]
        page.Contents = file.make_stream(b"BT [<00410042> 5 <0100>] TJ ET")
        assert glyphs.pages_with_a_gap(file) == [False]


def test_common_characters_of_names_are_our_own():
    assert glyphs.outside("喆堃昇玥淏婳潍坊〔〕—…“”①★") == ""


def test_the_page_of_the_file_has_its_margins_its_grid_and_both_footers():
    section = opened(docx(PAPER, at=AT)).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find("{*}docGrid")
    assert sorted(grid.attrib.values()) == ["579", "lines"]
    assert (section.footer.paragraphs[0].alignment, section.even_page_footer.paragraphs[0].alignment) == (2, 0)


def test_the_fonts_of_official_papers_are_named():
    styles = opened(docx(PAPER, at=AT)).styles
    named = {name: styles[name].font.name for name in ("Normal", "公文标题", "Heading 1", "Heading 2")}
    assert named == {
        "Normal": "仿宋_GB2312",
        "公文标题": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }


def test_the_browser_gets_no_style_and_no_script():
    assert not re.search(r"<script|style=| on\w+=", html(PAPER))
    assert html(PAPER).startswith('<article class="paper">')


def test_a_paper_of_nothing_but_a_title_can_be_made():
    bare = Paper("题", ())
    assert html(bare) == '<article class="paper"><h1 class="paper-title">题</h1></article>'
    assert pdf(bare, at=AT).startswith(b"%PDF")
    assert words_of_docx(docx(bare, at=AT))[0] == "题"
