"""告知书: a duty notice to the person who asked: taken on, not taken on, sent elsewhere, needs longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huying.papers.letters.issue import Issue, letter
from huying.papers.official.document import Block, Paper, Paragraph
from huying.papers.official.wording import day, paragraphs


class Told(StrEnum):
    """What the person is told; the value is the word in the title."""

    TAKEN_ON = "受理"
    REFUSED = "不予受理"
    REFERRED = "转送"
    EXTENDED = "延期办理"


_SAID = {
    Told.TAKEN_ON: "经审查，决定予以受理{unit}{due}。",
    Told.REFUSED: "经审查，决定不予受理。",
    Told.REFERRED: "该事项不属于本单位职责范围，已转送{unit}办理，请与其联系。",
    Told.EXTENDED: "因情况复杂，需延长办理期限{due}。",
}


@dataclass(frozen=True)
class NoticeFacts:
    """`unit` who handles it, or to whom it went; `due_on` the day by which it is answered; `way` the proper way."""

    issue: Issue
    told: Told
    to: str
    appeal: str
    received_on: date
    matter: str
    reason: str = ""
    basis: tuple[str, ...] = ()
    unit: str = ""
    due_on: date | None = None
    way: str = ""
    contact: str = ""


def notice(of: NoticeFacts) -> Paper:
    """The notice as a paper."""
    return letter(of.issue, f"诉求事项{of.told}告知书", _blocks(of), to=of.to)


def _blocks(of: NoticeFacts) -> Iterator[Block]:
    yield Paragraph(f"你于{day(of.received_on)}反映的“{of.matter}”事项（编号：{of.appeal}）收悉。")
    unit = f"，由{of.unit}承办" if of.told is Told.TAKEN_ON and of.unit else of.unit
    due = f"，{'延至' if of.told is Told.EXTENDED else '于'}{day(of.due_on)}前答复" if of.due_on else ""
    yield Paragraph(_SAID[of.told].format(unit=unit or "有关单位" if of.told is Told.REFERRED else unit, due=due))
    for line in paragraphs(of.reason):
        yield Paragraph(f"理由：{line}")
    if of.basis:
        yield Paragraph(f"依据：{'、'.join(of.basis)}。")
    if of.way:
        yield Paragraph(f"办理途径：{of.way}")
    yield Paragraph("办理进度可凭查询码查询。" + (f"联系方式：{of.contact}" if of.contact else ""))
