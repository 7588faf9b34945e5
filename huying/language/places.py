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

_RESIDENT = (
    r"(?:第?[一二三四五六七八九十a-zA-Z\d]{1,3}(?:村民小组|组|期|区))?的?(?:部分|全体|普通|广大|正义|一名|一位|一个|一|老)*"
    r"(?:业主|居民|住户|村民|租户)"
)
_HOME = rf"[{_HAN}A-Za-z\d]{{2,14}}?"
_TOWN = r"(?:村|镇|乡|街道)"
_HOMES: list[Pattern] = [
    # 我家住在和润小区, 我是和润小区的业主: where somebody lives, without a house.
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?:我家|我们|家|本人|居|租|现|我|人)住(?![地宿房户址院所])(?:在|于)?({_HOME}{_ESTATE}(?:[一二三四五\d]期)?|{_HOME}{_TOWN})"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?:我|我们|本人)(?:是|系|作为)(?:全体|一名|一个|居?住在|家住|来自|本县|本市)*(?!被)({_HOME}(?<![省市县])){_RESIDENT}"
        ),
    ),
]

_HOMES += [
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?:家住|现住|租住在?|居住在|住在)((?!一处|小区|本)[{_HAN}A-Za-z\d]{{2,14}}?(?<![省市县]))(?=[,。;!\s]|$|附近|的?房)"
        ),
    ),
    (Kind.ADDRESS, re.compile(rf"(?:我|本人)在({_HOME})(?:居住|住|租房|买了?房|购房)")),
    (Kind.ADDRESS, re.compile(rf"(?:我|我们|本人)(?:是|系)({_HOME}{_ESTATE})(?=的?[,。;!\s]|$)")),
    (Kind.ADDRESS, re.compile(rf"(?:在|位于|购买)({_HOME}{_ESTATE})(?=[^,。;\n]{{0,10}}(?:买的?|购买|购了?|的房))")),
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?:户籍|户籍地|籍贯)(?:是|在|为|:|,)?\s?((?![回迁到本])[{_HAN}A-Za-z\d]{{2,18}}(?:村|镇|乡|宿舍|小区|街道|社区))"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"([{_HAN}]{{1,6}}(?:村|社区),?\s?[{_HAN}]{{1,5}}(?<!小)(?:组|院子|屋场)(?:{_COUNT}{{1,4}}号)?)(?![织长])"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"((?!现|半年|离)[{_HAN}]{{2,8}}(?:[{_HAN}]?区|[{_HAN}]期)?[A-Za-z]?\d{{1,3}}(?:栋|幢|号楼))(?!住房|高层|楼盘|房屋|以上|楼房)"
        ),
    ),
    (Kind.ADDRESS, re.compile(rf"([{_HAN}]{{2,8}}{_ESTATE}[A-Za-z](?:栋|幢|座))")),
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
    """Addresses as far as a street, a house or a village group is named, where somebody says they live, and school
    classes, in order."""
    plain = folded(text)
    addresses = [_trimmed(plain, one) for one in spans(plain, _ADDRESSES)]
    homes = [_trimmed(plain, one) for one in spans(plain, _HOMES)]
    return apart([*spans(plain, _CLASSES), *addresses, *homes])


def _trimmed(text: str, span: Span) -> Span:
    """The address without the words that lead to it (我家住在…)."""
    match = _BEFORE.match(text[span.start : span.end])
    return span._replace(start=span.start + match.end()) if match else span
