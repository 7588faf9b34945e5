"""Finding and masking personal data in Chinese text. It proposes; whoever publishes decides."""

from collections.abc import Collection

from huying.language.contacts import find_contacts, mask_phone
from huying.language.names import find_names, mask_name
from huying.language.places import find_places
from huying.language.spans import Kind, Span, apart

__all__ = ["Kind", "Span", "find", "mask_name", "mask_phone", "masked"]

EVERY_KIND = frozenset(Kind)

_INSTEAD = {
    Kind.ID_NUMBER: "（证件号）",
    Kind.LONG_NUMBER: "（长号码）",
    Kind.PLATE: "（车牌）",
    Kind.EMAIL: "（邮箱）",
    Kind.WECHAT: "（微信号）",
    Kind.QQ: "（QQ号）",
    Kind.ADDRESS: "（住址）",
    Kind.CLASS: "（班级）",
}


def find(text: str, *, kinds: Collection[Kind] = EVERY_KIND) -> list[Span]:
    """The pieces of personal data of these kinds, in order, none over another."""
    found = apart([*find_contacts(text), *find_places(text), *find_names(text)])
    return [one for one in found if one.kind in kinds]


def masked(text: str, *, kinds: Collection[Kind] = EVERY_KIND) -> str:
    """The text with a mask for each piece: 王**, 138****5678, （住址）."""
    for span in reversed(find(text, kinds=kinds)):
        text = text[: span.start] + _mask(text[span.start : span.end], span.kind) + text[span.end :]
    return text


def _mask(piece: str, kind: Kind) -> str:
    if kind is Kind.NAME:
        return mask_name(piece)
    return mask_phone(piece) if kind is Kind.PHONE else _INSTEAD[kind]
