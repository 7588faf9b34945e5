"""People's names in Chinese text: proposals for a person who decides, wide rather than narrow.

A dictionary with a model of Chinese cuts the text into words. A name begins where a word begins; it is one because a
title follows it (王小明同学), because it is introduced (孩子叫王小明), because a telephone number follows it, or
because the dictionary takes it for one. What is hidden by half (王某, 张某某) and lists are read from their form.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import rjieba

from huying.language import namelists
from huying.language.spans import Kind, Span, apart, folded
from huying.language.surnames import (
    DOUBLE_SURNAMES,
    EVERYDAY,
    GIVEN,
    NEVER_GIVEN,
    NEVER_LAST,
    PLACE_ENDS,
    SMALL_WORDS,
    SURNAMES,
)

_HAN = r"[\u4e00-\u9fff]"
_SURNAME = rf"(?:{'|'.join(DOUBLE_SURNAMES)}|[{SURNAMES}])"
_CHOSEN = f"[{''.join(sorted(GIVEN))}]"
_FULL = re.compile(rf"{_SURNAME}{_HAN}{{1,2}}")

_OFFICE = (
    r"(?:副|总)?(?:校长|主任|书记|支书|园长|局长|分局长|科长|处长|院长|厂长|所长|站长|队长|镇长|乡长|县长|市长|区长|村长"
    r"|省长|厅长|部长|会长|庭长|股长|班长|董事长|经理|主席|组长|教授|院士|会计|干事|委员|专家)"
)
_TITLE = (
    rf"{_OFFICE}"
    r"|老师|教师|班主任|教练|同学|小朋友|先生|女士|小姐|阿姨|叔叔|大爷|大妈|奶奶|爷爷|师傅|医生|护士|律师|法官|警官|保安|同志|家长"
    r"|老板|妈妈|爸爸|父亲|母亲|妈|爸"
)
_LEAD = (
    r"我叫|名叫|叫做|姓名[是为:]?|名字[是为叫:]{0,2}|联系人[是为:]?|当事人[是为:]?|被?(?:投诉|举报)人[是为:]?|举报|本人"
    r"|署名[是为:]?|留言人[是为:]?|申诉人[是为:]?|报告人[是为:]?|负责人|法定代表人[是为:]?|音译:?"
    r"|(?:孩子|儿子|女儿|老师|常用名字?)叫?|副?校长|班主任|主任|书记|局长|老师|教师|学生|同学|家长|孙子|孙女|教练|园长"
    r"|法人|老板|经理|村民|居民|业主|职工|本人名|关系户|户主|网友|党员|司机|驾驶员|队长|组长|会计|村长|通讯员|姐姐|哥哥|弟弟|妹妹|丈夫|妻子|老公|老婆|老伴"
)
# What may stand after a name: anything that is no part of one.
_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|[的是在和与说被把从向对也都就又还却将因为不没有来去到等及跟同经常告上打骂让叫找负任已于以]"
    r"|[要会能给用做写教多利擅私置出曾现年家之户处]|夫妇|夫妻)"
)


# 向老师反映: a preposition, not Mr Xiang. So for adverbs, verbs, pronouns and the like.
_NO_SURNAME_TAGS = ("p", "d", "c", "v", "u", "r", "f", "uj", "ul", "y")

_TITLES = re.compile(_TITLE)
_LED = re.compile(rf"(?:{_LEAD})[\s:,]?({_SURNAME}{_HAN}{{1,2}}?){_AFTER}")
# A name that only names are made of needs nothing after it.
_LED_CHOSEN = re.compile(rf"(?:{_LEAD})[\s:,]?({_SURNAME}{_CHOSEN}{{2}})")
_TITLED_CHOSEN = re.compile(rf"({_SURNAME}{_CHOSEN}{{1,2}})(?=同志|老师|校长|书记|主任|局长|先生|女士|同学)")
# 尊敬的曾书记： the surname alone is a small word elsewhere, but here a letter begins.
_GREETED = re.compile(
    rf"(?:尊敬的|敬爱的|亲爱的|[市县区]委|^|[\n,。;!:])\s*({_SURNAME})(?={_OFFICE}(?:[\s:,!]|您|你|好|$))"
)
# 尊敬的建华市长： a given name alone.
_BY_GIVEN_NAME = re.compile(
    rf"(?:尊敬的|敬爱的|亲爱的)(?![市县区镇乡省党村各人教]|领导)({_HAN}{{2}})(?=市长|书记|县长|区长|局长|校长|主任|老师)"
)
_SURNAMED = re.compile(rf"({_SURNAME})(?=姓(?![名氏]))")
_SIGNED = re.compile(rf"(?:^|[\n。!])\s*({_SURNAME}{_HAN}{{1,2}})\s*(?:\d{{4}}\s?[年.\-/]|$)")
_TOLD = (_LED, _LED_CHOSEN, _TITLED_CHOSEN, _GREETED, _SIGNED, _SURNAMED)


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
    """Names with a title (only the name itself), names that are introduced, signed, half hidden, listed, or plain by
    their shape; and each of them wherever it stands again."""
    plain = folded(text)
    words = _words(plain)
    starts = {word.start: word for word in words}
    told = [*_titled(plain, starts), *(match.span(1) for shape in _TOLD for match in shape.finditer(plain))]
    sure = [place for place in told if _is_name(plain[slice(*place)], starts.get(place[0]))]
    shaped = [place for place in _by_shape(words) if _is_shaped(place, plain, starts)]
    known = {plain[start:end] for start, end in sure if end - start > 1} | {plain[start:end] for start, end in shaped}
    known |= namelists.repeated(plain)
    known = {namelists.whole(name, plain) for name in known}
    listed = [place for place in namelists.listed(plain, known) if _is_name(plain[slice(*place)], None)]
    known |= {plain[slice(*place)] for place in listed}
    again = [match.span() for name in sorted(known, key=len, reverse=True) for match in re.finditer(name, plain)]
    hidden = list(namelists.half_hidden(plain))
    given = [match.span(1) for match in _BY_GIVEN_NAME.finditer(plain)]
    return apart(Span(start, end, Kind.NAME) for start, end in (*hidden, *again, *sure, *given))


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
        return re.fullmatch(_SURNAME, piece) is not None and (
            first.tag not in _NO_SURNAME_TAGS or piece in "任于彭张余曾"
        )
    is_preposition = piece[0] in "向于连从" and _is_small_word(piece)
    return re.fullmatch(rf"{_SURNAME}{_HAN}{{1,2}}", piece) is not None and not is_preposition


def _by_shape(words: list[Word]) -> Iterator[tuple[int, int]]:
    """What the dictionary takes for a full name, with the last character of a given name that it cut off."""
    for word, following in pairwise([*words, Word("", "", 0)]):
        if not word.tag.startswith("nr") or not _FULL.fullmatch(word.words):
            continue
        cut_off = len(word.words) == 2 and len(following.words) == 1 and following.words in GIVEN
        looks = _looks_given(word.words) and not following.words.startswith(tuple(PLACE_ENDS))
        if (cut_off or looks) and not _is_small_word(word.words + (following.words if cut_off else "")):
            yield word.start, word.end + (1 if cut_off else 0)


def _is_shaped(place: tuple[int, int], text: str, starts: dict[int, Word]) -> bool:
    """Whether a name by its shape alone is no firm, road or village, here or wherever it stands again."""
    name = text[slice(*place)]
    sounds_right = name[-1] not in NEVER_LAST and not namelists.is_place(name, text)
    return sounds_right and _is_name(name, starts.get(place[0]))


def _looks_given(name: str) -> bool:
    """Whether it is no place, and a lone character after the surname is one that parents choose."""
    given = _given(name)
    return given[-1] not in PLACE_ENDS and (len(given) == 2 or given in GIVEN)


def _is_small_word(name: str) -> bool:
    """Whether it begins like 向 or 于 and does not go on as names do: 向每位, 于本周."""
    return name[0] in SMALL_WORDS and not set(_given(name)) <= GIVEN


def _given(name: str) -> str:
    return name[2:] if name.startswith(DOUBLE_SURNAMES) and len(name) > 2 else name[1:]


def _is_name(piece: str, first: Word | None) -> bool:
    """Whether nothing speaks against it: no word of every day, nothing masked before."""
    if _TITLES.search(piece) or piece in EVERYDAY or piece[:2] in EVERYDAY or set(piece) & NEVER_GIVEN:
        return False
    if first is None or first.words != piece or len(piece) == 1:
        return True
    return first.may_be_named or piece in DOUBLE_SURNAMES or _is_guessed(piece, first)


def _is_guessed(piece: str, first: Word) -> bool:
    """Whether the model only guessed a word of three characters, and it is made as names are: 王军学."""
    return len(piece) == 3 and first.tag in ("n", "ns", "nt", "nz") and bool(set(_given(piece)) & GIVEN)
