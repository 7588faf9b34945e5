"""Where somebody lives, and which class a child is in."""

import re

from huying.language.spans import Kind, Pattern, Span, apart, folded, spans

_HAN = "\u4e00-\u9fff"
_COUNT = r"[一二三四五六七八九十\d]"
_PART = rf"(?:\s?[A-Za-z]?{_COUNT}{{1,2}}\s?[期区])"
_DOOR = rf"(?:\s?[A-Za-z]?{_COUNT}{{1,5}}\s?[A-Za-z]?\s?(?:栋|幢|座|号楼|号院|号|单元|楼|室|户|房|门))"
_ESTATE = r"(?:小区|花园|家园|公寓|新村|新城|广场|大院|家属院|家属楼|宿舍|苑|庭|府|居|湾|社区|大厦|佳苑|名城)"
_REGION = rf"(?:[{_HAN}]{{1,6}}(?:省|市|自治州|区|县|镇|乡|街道|村))"
# Words before an address that are not part of it; the longest run of Chinese before a street may swallow them.
_BEFORE = re.compile(
    r"^.*(?:住在|家住|现住|住址[是为:]?|地址[是为:]?|位于|搬到|租住|租在|家在|我家|送到|我是|我们|我住|住|在|到|从|是|的|了)(?=.{4})"
)

_ADDRESSES: list[Pattern] = [
    (
        Kind.ADDRESS,
        re.compile(
            rf"{_REGION}{{0,4}}[{_HAN}]{{1,8}}(?:大道|路|街|巷|胡同|弄)\s?{_COUNT}{{1,5}}\s?号{_DOOR}{{0,4}}\d{{0,4}}"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"{_REGION}{{0,4}}[{_HAN}A-Za-z]{{1,8}}{_ESTATE}[,\s]?{_PART}{{0,2}}[,\s]?{_DOOR}{{1,5}}(?:\s?-?\d{{1,4}})?"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(rf"{_REGION}{{0,3}}[{_HAN}]{{1,5}}村\s?{_COUNT}{{1,4}}\s?(?:组|队|社|号)(?:\d{{1,4}}号)?"),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?<![\dA-Za-z])[A-Za-z]?\d{{1,3}}(?:号楼|栋|幢|座)\s?(?:{_COUNT}{{1,2}}单元)?\s?\d{{3,4}}(?:室|户|房|号)?(?!\d)"
        ),
    ),
    (Kind.ADDRESS, re.compile(rf"(?<!\d)\d{{1,3}}(?:号楼|栋|幢)\s?{_COUNT}{{1,2}}单元")),
    (Kind.ADDRESS, re.compile(rf"{_COUNT}{{1,2}}单元\s?\d{{3,4}}(?:室|户|房|号)?")),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:宿舍|寝室|公寓)\s?(?:[A-Za-z\d一二三四五六七八九]{1,3}(?:栋|号楼|幢))?\s?(\d{3,4}(?:室|房|寝)?)(?!\d)"
        ),
    ),
    (Kind.ADDRESS, re.compile(rf"([{_HAN}]{{2,8}}站(?:点|台)?)(?=(?:上车|下车|等车|候车|接车))")),
]

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_CLASSES: list[Pattern] = [
    (Kind.CLASS, re.compile(rf"(?:20)?\d{{2}}级\s?\(?\s?{_NUMBER}\s?\)?\s?班")),
    (Kind.CLASS, re.compile(rf"[一二三四五六七八九1-9]\s?年级?\s?\(?\s?{_NUMBER}\s?\)?\s?班")),
    (Kind.CLASS, re.compile(rf"[初高][一二三123]\s?年?级?\s?\(?\s?{_NUMBER}\s?\)?\s?班")),
    (Kind.CLASS, re.compile(rf"[一二三四五六七八九1-9]\s?\(\s?{_NUMBER}\s?\)\s?班?")),
    (Kind.CLASS, re.compile(r"(?<![\d.])[1-9]\s?[.·-]\s?\d{1,2}\s?班")),
    (Kind.CLASS, re.compile(r"(?<!\d)(?:[1-9]\d{2}|\d{4})\s?班(?!车|次|机)")),
    (Kind.CLASS, re.compile(r"(?:大|中|小|托)[一二三四五六七八1-9]班")),
]


def find_places(text: str) -> list[Span]:
    """Addresses as far as a street, a house or a village group is named, and school classes, in order."""
    plain = folded(text)
    addresses = [_trimmed(plain, one) for one in spans(plain, _ADDRESSES)]
    return apart([*spans(plain, _CLASSES), *addresses])


def _trimmed(text: str, span: Span) -> Span:
    """The address without the words that lead to it (我家住在…)."""
    match = _BEFORE.match(text[span.start : span.end])
    return span._replace(start=span.start + match.end()) if match else span
