"""A paper for the browser: elements and classes, every text escaped, no style and no script inside."""

from collections.abc import Iterable, Iterator
from html import escape

from huying.papers.official.document import Fine, Heading, Imprint, Listing, Paper, Paragraph, SigningLine, Table
from huying.papers.official.wording import attachment_lines, cleaned, day, numbers, signed_on, title_lines

# For a file that is opened by itself; on our pages the look is that of papers.css.
_STYLE = (
    "body{margin:2rem auto;max-width:44rem;padding:0 1rem;line-height:1.8;font-family:FangSong,SimSun,serif}"
    ".paper-title,.paper-organ,.paper-number,.paper-mark,caption{text-align:center}"
    ".paper-organ{color:#b00000;font-size:2rem}.paper-signed{text-align:right}p,li{margin:0}"
    ".paper>p:not([class]){text-indent:2em}"
    "h2,h3,h4,h5{font-size:1em;margin:0;text-indent:2em}.paper-fine{font-size:.9em;overflow-wrap:anywhere}"
    "table{width:100%;border-collapse:collapse;font-size:.9em}td,th{border:1px solid;padding:.25em;text-align:center}"
    ".paper-left{text-align:left}.paper-scroll{overflow-x:auto;margin:.6em 0}hr{border:0;border-top:2px solid #b00000}"
)


def page(paper: Paper) -> str:
    """The paper as a whole page, to be kept as a file."""
    title = escape("".join(title_lines(cleaned(paper).title)))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return (
        f'<!doctype html><html lang="zh-CN"><head>{head}<style>{_STYLE}</style></head><body>{html(paper)}</body></html>'
    )


def html(paper: Paper) -> str:
    """An <article class="paper">, to be set into a page."""
    return f'<article class="paper">{"".join(_parts(cleaned(paper)))}</article>'


def _parts(paper: Paper) -> Iterator[str]:
    if paper.mark:
        yield _p("paper-mark", paper.mark)
    if paper.letterhead is not None:
        yield _p("paper-organ", paper.letterhead.organ)
        signer = paper.letterhead.signer and f"签发人：{paper.letterhead.signer}"
        yield _p("paper-number", "　".join(one for one in (paper.letterhead.number, signer) if one))
        yield '<hr class="paper-rule">'
    yield f'<h1 class="paper-title">{"<br>".join(escape(line) for line in title_lines(paper.title))}</h1>'
    if paper.addressee:
        yield _p("paper-to", f"{paper.addressee}：")
    for number, block in zip(numbers(paper), paper.blocks, strict=True):
        yield from _block(block, number)
    yield from _end(paper)


def _block(block: object, number: str) -> Iterator[str]:
    match block:
        case Paragraph(text, is_flush):
            yield _p("paper-flush" if is_flush else "", text)
        case Heading(text, level):
            yield f'<h{level + 1} class="paper-h{level}">{escape(number + text)}</h{level + 1}>'
        case Listing(items):
            yield f'<ol class="paper-list">{"".join(f"<li>{escape(one)}</li>" for one in items)}</ol>'
        case Table():
            yield from _table(block)
        case SigningLine(who):
            blank = '<span class="paper-blank"></span>'
            yield f'<p class="paper-sign">{escape(who)}（签名）：{blank}　　年　　月　　日</p>'
        case Fine(text):
            yield _p("paper-fine", text)


def _table(table: Table) -> Iterator[str]:
    yield '<div class="paper-scroll"><table class="paper-table">'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    if table.heads:
        heads = "".join(
            f'<th scope="col"{_side(table, place)}>{escape(one)}</th>' for place, one in _placed(table.heads)
        )
        yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(_cell(table, place, one) for place, one in _placed(row))}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield _p("paper-fine", table.note)


def _cell(table: Table, place: int, text: str) -> str:
    if not table.heads and place % 2 == 0:
        return f'<th scope="row"{_side(table, place)}>{escape(text)}</th>'
    return f"<td{_side(table, place)}>{escape(text)}</td>"


def _end(paper: Paper) -> Iterator[str]:
    if paper.attachments:
        lines = "<br>".join(escape(line) for line in attachment_lines(paper.attachments))
        yield f'<p class="paper-attached">{lines}</p>'
    if paper.signature is not None:
        yield f'<p class="paper-signed">{escape(paper.signature.organ)}<br>{signed_on(paper.signature)}</p>'
    for line in paper.seal:
        yield _p("paper-fine", line)
    if paper.imprint is not None:
        yield f'<div class="paper-imprint">{"".join(_p("", line) for line in imprint_lines(paper.imprint))}</div>'


def imprint_lines(imprint: Imprint) -> Iterator[str]:
    """The lines of 版记 as one text each."""
    if imprint.copies_to:
        yield f"抄送：{'，'.join(imprint.copies_to)}。"
    printed = f"{day(imprint.printed_on)}印发" if imprint.printed_on else ""
    if imprint.printed_by or printed:
        yield "　".join(one for one in (imprint.printed_by, printed) if one)


def _placed(cells: Iterable[str]) -> Iterable[tuple[int, str]]:
    return enumerate(cells)


def _side(table: Table, place: int) -> str:
    return ' class="paper-left"' if place in table.left else ""


def _p(name: str, text: str) -> str:
    of = f' class="{name}"' if name else ""
    return f"<p{of}>{escape(text)}</p>" if text else ""
