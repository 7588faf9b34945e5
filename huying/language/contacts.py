"""Numbers and ids by which a person can be reached or told apart: cheap to find, fit to run on every log line."""

import re

from huying.language.spans import Kind, Pattern, Span, apart, folded, spans

_GAP = r"[-\s.·—_]{0,2}"
_SPOKEN = "一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖"

PATTERNS: list[Pattern] = [
    (Kind.EMAIL, re.compile(r"[A-Za-z0-9][\w.+%-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.ASCII)),
    (
        Kind.ID_NUMBER,
        re.compile(
            r"(?<![\dA-Za-z])G?[1-8]\d{5}\s?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dXx](?![\dA-Za-z])"
        ),
    ),
    (Kind.LONG_NUMBER, re.compile(r"(?<![\dA-Za-z])\d(?:[-\s]?\d){14,18}(?![\dA-Za-z])")),
    (
        Kind.STUDENT_NUMBER,
        re.compile(
            r"(?:学号|学籍号|考号|考生号|准考证号?|学生编号)\s?(?:码)?\s?[是为:]{0,2}\s?([A-Za-z]?\d[\dA-Za-z-]{3,20})(?![\dA-Za-z])"
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<!\d)1[3-9]\d[-\s]?[*＊xX]{4}[-\s]?\d{4}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<!\d)\(?0\d{2,3}[-\s)—]{0,2}[2-9]\d{2,3}[-\s]?\d{4}(?:(?:-|转|分机)\d{1,5})?(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<!\d)[48]00[-\s]?\d{3}[-\s]?\d{4}(?!\d)")),
    (
        Kind.PHONE,
        re.compile(r"(?:电话|手机|座机|号码|热线|致电|拨打|联系方式)[^\d\n]{0,6}([2-9]\d{2,3}[-\s]?\d{4})(?!\d)"),
    ),
    (Kind.PHONE, re.compile(rf"(?<![{_SPOKEN}])[一幺][三四五六七八九叁肆伍陆柒捌玖][{_SPOKEN}]{{9}}(?![{_SPOKEN}])")),
    (
        Kind.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]\s?[·•.\-]?\s?(?=[A-Z]{0,6}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
    (
        # A province may be unknown or hidden where the words say that it is a plate.
        Kind.PLATE,
        re.compile(
            r"(?:车牌号?码?|牌照|车号|车辆|驾驶|司机)\s?(?:为|是|有|:)?\s?([\u4e00-\u9fff]?[A-Z]\s?[·•.\-]?\s?(?=[A-Z]{0,6}\d)[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9])"
        ),
    ),
    (
        Kind.QQ,
        re.compile(r"(?:QQ|qq|扣扣|企鹅)(?:号|群)?(?:码)?\s?(?:是|为|:)?\s?([1-9]\d{4,10})(?!\d)"),
    ),
    (
        Kind.WECHAT,
        re.compile(
            r"(?:微信|薇信|威信|VX|vx|Vx|wx|WX|v信|V信)(?:号|同号)?(?:码)?\s?(?:是|为|:|,)?\s?([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
        ),
    ),
]


def find_contacts(text: str) -> list[Span]:
    """Phones, identity and card numbers, plates, e-mail, WeChat and QQ ids, in order."""
    return apart(spans(folded(text), PATTERNS))


def without_contacts(text: str) -> str:
    """The text with *** for each of them: for logs, titles and the search index."""
    for start, end, _ in reversed(find_contacts(text)):
        text = f"{text[:start]}***{text[end:]}"
    return text


def mask_phone(phone: str) -> str:
    """138****5678: enough to tell two numbers apart, too little to call. Short numbers keep their last two digits."""
    main = re.split(r"转|分机|[xX#]", folded(phone))[0]
    digits = re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", re.sub(r"\D", "", main))
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) >= 7 else "****"
