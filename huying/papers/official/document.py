"""A paper as values: what stands on it and in which order, not how it looks. All texts are plain text, never markup."""

from dataclasses import dataclass
from datetime import date
from typing import Final

# The mark of a paper that nobody has signed.
DRAFT: Final = "草　稿（未经签发，不作依据）"


@dataclass(frozen=True)
class Letterhead:
    """The red head: 发文机关标志, 发文字号 (澄实小惠〔2026〕3号), and who signed when it goes upwards (签发人).

    A letter (信函) has its head at the top of the type area, a document 35 mm below it.
    """

    organ: str
    number: str = ""
    signer: str = ""
    is_letter: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `is_flush` leaves out the indent of its first line."""

    text: str
    is_flush: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; its number is set by its place: 一、 （一） 1. （1） for levels 1 to 4."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Listing:
    """Sentences, numbered 1. 2. 3., each a paragraph."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption above and a note below; without `heads` it is a form of labels and contents.

    Columns named in `left` begin at the left, all others are centred. `widths` are shares; left empty they follow
    what the cells hold.
    """

    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    caption: str = ""
    note: str = ""
    left: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class SigningLine:
    """A line to be signed by hand: who signs, a rule to write on, a date to fill in."""

    who: str


@dataclass(frozen=True)
class Fine:
    """A line in small letters: how figures were counted, what a word means."""

    text: str


Block = Paragraph | Heading | Listing | Table | SigningLine | Fine


@dataclass(frozen=True)
class Signature:
    """Under the body: who issues, and the day (成文日期); without a day a blank is left for it."""

    organ: str
    on: date | None = None


@dataclass(frozen=True)
class Imprint:
    """版记, at the foot of the last page: to whom copies go, who printed it and when."""

    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """A whole paper. A line feed in `title` breaks its line there. `mark` stands at the head of every page (草稿)."""

    title: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: Signature | None = None
    seal: tuple[str, ...] = ()
    imprint: Imprint | None = None
    mark: str = ""
