"""People's names in Chinese text: proposals for a person who decides, wide rather than narrow.

A dictionary with a model of Chinese cuts the text into words. A name begins where a word begins; it is one because a
title follows it (王小明同学), because it is introduced (孩子叫王小明), or because the dictionary takes it for one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import rjieba

from huying.language.spans import Kind, Span, apart, folded
from huying.language.surnames import DOUBLE_SURNAMES, EVERYDAY, GIVEN, NEVER_GIVEN, PLACE_ENDS, SURNAMES

_HAN = r"[\u4e00-\u9fff]"
_SURNAME = rf"(?:{'|'.join(DOUBLE_SURNAMES)}|[{SURNAMES}])"
_FULL = re.compile(rf"{_SURNAME}{_HAN}{{1,2}}")

_TITLE = (
    r"(?:副|总)?(?:校长|主任|书记|园长|局长|科长|处长|院长|厂长|所长|站长|队长|镇长|县长|市长|区长|村长|董事长|经理|主席|组长)"
    r"|老师|教师|班主任|教练|同学|小朋友|先生|女士|小姐|阿姨|叔叔|大爷|大妈|奶奶|爷爷|师傅|医生|护士|律师|法官|警官|保安|同志|家长"
    r"|妈妈|爸爸|父亲|母亲|妈|爸"
)
_LEAD = (
    r"我叫|名叫|叫做|姓名[是为:]?|名字[是为叫:]{0,2}|联系人[是为:]?|当事人[是为:]?|被?投诉人[是为:]?|举报|本人|署名[是为:]?"
    r"|(?:孩子|儿子|女儿|老师)叫|副?校长|班主任|主任|书记|局长|老师|教师|学生|同学|家长|儿子|女儿|孙子|孙女|教练|园长"
    r"|法人|老板|经理|村民|职工|户主|网友"
)
# What may stand after a name: anything that is no part of one.
_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|[的是在和与说被把从向对也都就又还却将因为不没有来去到等及跟同经常告上打骂让叫找负任已于以]"
    r"|[要会能给用做写教多利擅私])"
)


# 向老师反映: a preposition, not Mr Xiang. So for adverbs, verbs, pronouns and the like.
_NO_SURNAME_TAGS = ("p", "d", "c", "v", "u", "r", "f", "uj", "ul", "y")

_TITLES = re.compile(_TITLE)
_LED = re.compile(rf"(?:{_LEAD})[\s:,]?({_SURNAME}{_HAN}{{1,2}}?){_AFTER}")
_SIGNED = re.compile(rf"(?:^|[\n。!])\s*({_SURNAME}{_HAN}{{1,2}})\s*(?:\d{{4}}\s?[年.\-/]|$)")


class Word(NamedTuple):
    """A word of a text, its part of speech, and where it begins."""

    words: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def may_be_named(self) -> bool:
        """Whether the dictionary takes it for a name, or for nothing it knows."""
        return self.tag.startswith("nr") or self.tag in ("x", "zg", "ng", "g")


def find_names(text: str) -> list[Span]:
    """Names with a title (only the name itself), names that are introduced, signed, or plain by their shape."""
    plain = folded(text)
    words = _words(plain)
    starts = {word.start: word for word in words}
    told = [*_titled(plain, starts), *(match.span(1) for shape in (_LED, _SIGNED) for match in shape.finditer(plain))]
    sure = [place for place in told if _is_name(plain[slice(*place)], starts.get(place[0]))]
    shaped = [place for place in _by_shape(words) if _is_name(plain[slice(*place)], starts.get(place[0]))]
    known = {plain[start:end] for start, end in sure if end - start > 1} | {plain[start:end] for start, end in shaped}
    again = [match.span() for name in sorted(known, key=len, reverse=True) for match in re.finditer(name, plain)]
    return apart(Span(start, end, Kind.NAME) for start, end in (*sure, *again))


def mask_name(name: str) -> str:
    """王小明 is 王**, 欧阳小明 is 欧阳**, and a surname alone is 某."""
    name = "".join(name.split())
    if len(name) <= 1 or name in DOUBLE_SURNAMES:
        return "某" if name else ""
    kept = 2 if name.startswith(DOUBLE_SURNAMES) else 1
    return name[:kept] + "*" * min(len(name) - kept, 3)


def _words(text: str) -> list[Word]:
    words, start = [], 0
    for word, tag in rjieba.tag(text):
        words.append(Word(word, tag, start))
        start += len(word)
    return words


def _titled(text: str, starts: dict[int, Word]) -> Iterator[tuple[int, int]]:
    """The longest name that ends where a title begins: 张伟 before 老师, 王 before 校长."""
    for title in _TITLES.finditer(text):
        for length in (4, 3, 2, 1):
            start = title.start() - length
            piece = text[max(start, 0) : title.start()]
            if start in starts and _may_be_titled(piece, starts[start]) and _is_name(piece, starts[start]):
                yield start, title.start()
                break


def _may_be_titled(piece: str, first: Word) -> bool:
    if len(piece) == 1 or piece in DOUBLE_SURNAMES:
        return re.fullmatch(_SURNAME, piece) is not None and (first.tag not in _NO_SURNAME_TAGS or piece in "任于")
    return re.fullmatch(rf"{_SURNAME}{_HAN}{{1,2}}", piece) is not None


def _by_shape(words: list[Word]) -> Iterator[tuple[int, int]]:
    """What the dictionary takes for a full name, with the last character of a given name that it cut off."""
    for word, following in pairwise([*words, Word("", "", 0)]):
        if not word.tag.startswith("nr") or not _FULL.fullmatch(word.words):
            continue
        cut_off = len(word.words) == 2 and len(following.words) == 1 and following.words in GIVEN
        if cut_off or (_looks_given(word.words) and not following.words.startswith(tuple(PLACE_ENDS))):
            yield word.start, word.end + (1 if cut_off else 0)


def _looks_given(name: str) -> bool:
    """Whether it is no place, and a lone character after the surname is one that parents choose."""
    given = name[2:] if name.startswith(DOUBLE_SURNAMES) and len(name) > 2 else name[1:]
    return given[-1] not in PLACE_ENDS and (len(given) == 2 or given in GIVEN)


def _is_name(piece: str, first: Word | None) -> bool:
    """Whether nothing speaks against it: no word of every day, nothing masked before."""
    if _TITLES.search(piece) or piece in EVERYDAY or piece[:2] in EVERYDAY or set(piece) & NEVER_GIVEN:
        return False
    if first is None or first.words != piece or len(piece) == 1:
        return True
    return first.may_be_named or piece in DOUBLE_SURNAMES
