"""What stands on a paper, in Word: head, title, body, end."""

from docx.document import Document as Opened

from huying.papers.official import measures as m
from huying.papers.official import wordstyles as s
from huying.papers.official.described import head_space
from huying.papers.official.document import (
    Block,
    Fine,
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
from huying.papers.official.wording import attachment_lines, day, numbers, signature_indents, signed_on, title_lines
from huying.papers.official.wordtables import add_imprint, add_table
from huying.papers.official.wordxml import (
    TWIPS,
    character_properties,
    element,
    exactly,
    paragraph_properties,
)

TYPE_WIDTH = round(m.TYPE_WIDTH * m.POINTS_PER_MM * TWIPS)
PITCH = m.PITCH * TWIPS


def fill(opened: Opened, paper: Paper) -> None:
    """The document holds the paper from its red head to its imprint."""
    if paper.letterhead is not None:
        _head(opened, paper.letterhead)
    for line in title_lines(paper.title):
        s.add_line(opened, line, s.TITLE)
    s.add_line(opened, "", s.FLUSH)
    if paper.addressee:
        s.add_line(opened, f"{paper.addressee}：", s.FLUSH)
    for number, block in zip(numbers(paper), paper.blocks, strict=True):
        _block(opened, block, number)
    if paper.blocks and isinstance(paper.blocks[-1], Paragraph) and paper.signature is not None:
        opened.paragraphs[-1].paragraph_format.keep_with_next = True
    _end(opened, paper)


def _head(opened: Opened, head: Letterhead) -> None:
    size = m.head_size(head.organ)
    organ = s.add_line(opened, "", s.ORGAN)
    run = organ.add_run(head.organ)
    character_properties(run._r, sz={"val": round(size * 2)}, szCs={"val": round(size * 2)})
    space = head_space(head) * m.POINTS_PER_MM
    paragraph_properties(organ._p, spacing=exactly(size * 1.2, before=space), jc={"val": "center"})
    s.add_line(opened, "", s.FLUSH)
    number = s.add_line(opened, head.number, s.NUMBER)
    edge = {"val": "single", "sz": "12", "space": str(round(m.RULE_SPACE * m.POINTS_PER_MM)), "color": m.RED}
    parts: dict[str, dict[str, object]] = {"pBdr": {}, "jc": {"val": "center"}}
    if head.signer:
        number.add_run("\t签发人：")
        character_properties(
            number.add_run(head.signer)._r, rFonts=dict.fromkeys(("ascii", "hAnsi", "eastAsia"), s.KAITI)
        )
        parts |= {"tabs": {}, "ind": {"left": round(PITCH), "right": round(PITCH)}, "jc": {"val": "left"}}
    properties = paragraph_properties(number._p, **parts)
    properties.find(_tag("pBdr")).append(element("bottom", **edge))
    if head.signer:
        properties.find(_tag("tabs")).append(element("tab", val="right", pos=round(TYPE_WIDTH - PITCH)))
    s.add_line(opened, "", s.FLUSH)


def _block(opened: Opened, block: Block, number: str) -> None:
    match block:
        case Paragraph(text, is_flush):
            s.add_line(opened, text, s.FLUSH if is_flush else s.BODY)
        case Heading(text, level):
            s.add_line(opened, number + text, s.HEADINGS[min(level, 4) - 1])
        case Listing(items):
            for place, text in enumerate(items, start=1):
                s.add_line(opened, f"{place}.{text}", s.BODY)
        case Table():
            add_table(opened, block)
        case SigningLine(who):
            _signing_line(opened, who)
        case Fine(text):
            s.add_line(opened, text, s.FINE)


def _signing_line(opened: Opened, who: str) -> None:
    """A rule to write on is a tab with a leader, the date stands at the right edge."""
    line = s.add_line(opened, f"{who}（签名）：\t　　年　　月　　日", s.FLUSH)
    properties = paragraph_properties(line._p, keepNext={}, tabs={}, spacing=exactly(m.LINE, before=m.LINE / 2))
    rule_ends = round(TYPE_WIDTH - 10 * PITCH)
    properties.find(_tag("tabs")).append(element("tab", val="left", leader="underscore", pos=rule_ends))


def _end(opened: Opened, paper: Paper) -> None:
    if paper.attachments:
        s.add_line(opened, "", s.BODY)
        for line in attachment_lines(paper.attachments):
            s.add_line(opened, line, s.BODY)
    if paper.signature is not None:
        _signature(opened, paper.signature)
    for line in paper.seal:
        s.add_line(opened, line, s.FINE)
    if paper.imprint is not None:
        _imprint(opened, paper.imprint)


def _signature(opened: Opened, signature: Signature) -> None:
    s.add_line(opened, "", s.FLUSH).paragraph_format.keep_with_next = True
    lines = zip((signature.organ, signed_on(signature)), signature_indents(signature), (True, False), strict=True)
    for text, characters, is_kept in lines:
        line = s.add_line(opened, text, s.FLUSH)
        paragraph_properties(
            line._p,
            **({"keepNext": {}} if is_kept else {}),
            ind={"rightChars": round(characters * 100), "right": round(characters * PITCH)},
            jc={"val": "right"},
        )


def _imprint(opened: Opened, imprint: Imprint) -> None:
    """At the foot of the last page: rows that stick to the lower margin."""
    printed = f"{imprint.printed_by}\t{day(imprint.printed_on)}印发" if imprint.printed_on else imprint.printed_by
    copies = f"抄送：{'，'.join(imprint.copies_to)}。" if imprint.copies_to else ""
    lines = [line for line in (copies, printed) if line]
    if lines:
        add_imprint(opened, lines)
        _tiny(opened)


def _tiny(opened: Opened) -> None:
    """A file ends with a paragraph: here it must not take a line of its own."""
    last = s.add_line(opened, "", s.FLUSH)
    paragraph_properties(last._p, spacing=exactly(1))


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
