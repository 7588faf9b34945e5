"""Names by the company they keep: hidden by half, in a list with names, before a number, or cut short elsewhere."""

import re
from collections.abc import Iterator, Set

from huying.language.surnames import (
    DOUBLE_SURNAMES,
    EVERYDAY,
    GIVEN,
    NEVER_GIVEN,
    NEVER_LAST,
    PLACE_WORDS,
    SMALL_WORDS,
    SURNAMES,
)

_HAN = r"[\u4e00-\u9fff]"
_SURNAME = rf"(?:{'|'.join(DOUBLE_SURNAMES)}|[{SURNAMES}])"
_FULL = rf"{_SURNAME}{_HAN}{{1,2}}"
_CHOSEN = f"[{''.join(sorted(GIVEN))}]"

# 某年某月, 某些, 某小区: the word for "some", not the mask of a name.
_NO_MASK = r"(?![种个些天日月次地处校小家单公位人一])"
_ENDS = r"(?=[^\u4e00-\u9fff]|$|驾驶|同学|老师|同志|等|的|说|被)"
_HALF_HIDDEN = re.compile(
    rf"(?<!任)(?:{_SURNAME}|(?<![\u4e00-\u9fff])(?![市县区镇村省校班某个有这那某]){_HAN})某{_NO_MASK}"
    rf"(?:某|{_CHOSEN}|{_HAN}{_ENDS})?"
)
_SIGNS = re.compile(rf"(?<![\u4e00-\u9fffA-Za-z]){_SURNAME}(?:[xX]{{1,2}}|[*＊×]{{1,2}}|[○〇]{{1,2}})(?![\dA-Za-z*])")
_ITEM = re.compile(rf"(?:(?<=[、,;])|(?<=[、,;]\s)|(?<=\d\s)|(?<=\d\.)|(?<=[：:]))({_FULL})(?=\s*[、,;。]|等)")
_BEFORE_A_NUMBER = re.compile(
    rf"({_FULL})\s*[:(]?\s*(?:电话:?|手机:?|身份证号?码?:?)?\s*(?=1[3-9]\d[-\s]?[\d*]{{4}}|\*{{5,}}|0\d{{2,3}}-\d{{3}}|\d{{17}})"
)
_MADE_AS_NAMES = re.compile(rf"(?=([{SURNAMES}]{_HAN}{{2}}))")
_A_PLACE = rf"(?:辅路|地铁|{'|'.join(PLACE_WORDS)})"
_NEVER_AFTER = frozenset(
    "的是在和与说被把从向对也都就又还却将因为不没来去到等及跟同经常告上打骂让叫找负任已于以要会能给用做写"
)


def half_hidden(text: str) -> Iterator[tuple[int, int]]:
    """王某, 张某某, 李某明, 王×× in a folded text."""
    for match in _HALF_HIDDEN.finditer(text):
        if match[0][0] not in SMALL_WORDS:
            yield match.span()
    for match in _SIGNS.finditer(text):
        yield match.span()


def listed(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """What stands in a list beside a name that is known, and what a telephone or card number follows."""
    items = list(_ITEM.finditer(text))
    for place, match in enumerate(items):
        beside = items[max(place - 2, 0) : place + 3]
        if any(one[1] in known and abs(one.start() - match.start()) <= 24 for one in beside) or _near(
            match, text, known
        ):
            yield match.span(1)
    for match in _BEFORE_A_NUMBER.finditer(text):
        yield match.span(1)


def _near(match: re.Match[str], text: str, known: Set[str]) -> bool:
    """Whether a known name ends right before this one in the same list."""
    before = text[max(match.start(1) - 6, 0) : match.start(1)].rstrip("、,; ")
    after = text[match.end(1) : match.end(1) + 6].lstrip("、,; ")
    return any(before.endswith(name) or after.startswith(name) for name in known)


def repeated(text: str) -> set[str]:
    """Three characters that come again and again, made as names are and each time in other company."""
    places: dict[str, list[int]] = {}
    for match in _MADE_AS_NAMES.finditer(text):
        places.setdefault(match[1], []).append(match.start())
    return {name for name, starts in places.items() if _keeps_company(name, starts, text)}


def _keeps_company(name: str, starts: list[int], text: str) -> bool:
    chosen = len(set(name[1:]) & GIVEN)
    if (
        is_place(name, text)
        or name[0] in SMALL_WORDS
        or name[:2] in EVERYDAY
        or len(starts) < (2 if chosen == 2 else 3)
        or not chosen
    ):
        return False
    before = {text[max(start - 1, 0) : start] for start in starts}
    after = {text[start + 3 : start + 4] for start in starts}
    return len(before) > 1 and len(after) > 1 and name[-1] not in NEVER_LAST and not set(name) & NEVER_GIVEN


def is_place(name: str, text: str) -> bool:
    """Whether it is called a road, a village or a firm anywhere in the text: 黄星大道."""
    return re.search(re.escape(name) + _A_PLACE, text) is not None


def whole(name: str, text: str) -> str:
    """The name with a last character that every mention of it has (蒋军崇 for 蒋军), where there are two or more."""
    if len(name) != 2:
        return name
    following = re.findall(re.escape(name) + r"(.)", text)
    same = len(following) > 1 and len(set(following)) == 1
    is_han = same and re.fullmatch(_HAN, following[0]) is not None
    return name + following[0] if is_han and following[0] not in _NEVER_AFTER else name
