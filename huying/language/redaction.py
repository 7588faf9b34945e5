"""Finding and masking personal data in Chinese text. It proposes; whoever publishes decides."""

from collections.abc import Collection

from huying.language.contacts import find_contacts, mask_phone
from huying.language.names import find_names, mask_name
from huying.language.places import find_places
from huying.language.spans import Kind, Span, apart
from huying.language.traces import find_births, find_events

__all__ = ["EVERY_KIND", "Kind", "Span", "find", "mask_name", "mask_phone", "masked", "placeholder", "redact"]

EVERY_KIND = frozenset(Kind)
# A rare event is no datum of its own: it points at a child only in what everyone may read.
MASKED = EVERY_KIND - {Kind.EVENT}

_INSTEAD = {
    Kind.ID_NUMBER: "（证件号）",
    Kind.LONG_NUMBER: "（长号码）",
    Kind.PLATE: "（车牌）",
    Kind.EMAIL: "（邮箱）",
    Kind.WECHAT: "（微信号）",
    Kind.QQ: "（QQ号）",
    Kind.ADDRESS: "（住址）",
    Kind.CLASS: "（班级）",
    Kind.BIRTH: "（出生日期）",
    Kind.STUDENT_NUMBER: "（学号）",
    Kind.EVENT: "（某件事）",
}
_PLACEHOLDERS = {
    Kind.NAME: "[姓名]",
    Kind.PHONE: "[电话]",
    Kind.ID_NUMBER: "[证件号]",
    Kind.LONG_NUMBER: "[长号码]",
    Kind.PLATE: "[车牌]",
    Kind.EMAIL: "[邮箱]",
    Kind.WECHAT: "[微信号]",
    Kind.QQ: "[QQ号]",
    Kind.ADDRESS: "[住址]",
    Kind.CLASS: "[班级]",
    Kind.BIRTH: "[出生日期]",
    Kind.STUDENT_NUMBER: "[学号]",
    Kind.EVENT: "[某件事]",
}


def find(text: str, *, kinds: Collection[Kind] = EVERY_KIND) -> list[Span]:
    """The pieces of personal data of these kinds, in order, none over another."""
    found = apart([*find_contacts(text), *find_births(text), *find_places(text), *find_names(text), *find_events(text)])
    return [one for one in found if one.kind in kinds]


def placeholder(kind: Kind) -> str:
    """What stands in a published text where a piece of this kind was: the same for every piece of the kind."""
    return _PLACEHOLDERS[kind]


def redact(text: str, accepted: Collection[Span]) -> str:
    """The text with a placeholder for each piece that a person agreed to leave out; all else stays word for word."""
    for span in reversed(apart(accepted)):
        text = text[: span.start] + _PLACEHOLDERS[span.kind] + text[span.end :]
    return text


def masked(text: str, *, kinds: Collection[Kind] = MASKED) -> str:
    """The text with a mask for each piece: 王**, 138****5678, （住址）."""
    for span in reversed(find(text, kinds=kinds)):
        text = text[: span.start] + _mask(text[span.start : span.end], span.kind) + text[span.end :]
    return text


def _mask(piece: str, kind: Kind) -> str:
    if kind is Kind.PHONE and "*" in piece:
        # What is masked already stays as it is: a note that was accepted comes back as it was.
        return piece
    if kind is Kind.NAME:
        return mask_name(piece)
    return mask_phone(piece) if kind is Kind.PHONE else _INSTEAD[kind]
