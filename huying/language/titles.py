"""A title for a list, suggested from the words somebody wrote, until a person writes a better one."""

import re

from huying.language.redaction import masked

LONGEST = 30
NOTHING = "没有文字"

_ENDS = re.compile(r"[。！？!?；;\n]+")
_COMMAS = re.compile(r"[，,、：:\s]+")
_GREETING = re.compile(
    r"^(?:(?:尊敬的|敬爱的|亲爱的)[^，,。！!：:\n]{0,14}?"
    r"|[^，,。！!：:\s]{0,6}(?:领导|校长|老师|书记|局长|主任|市长|厅长|同志|网友)(?:们)?"
    r"|(?:领导|校长|老师)?(?:您好|你好|您们好|你们好)[呀啊]?|大家好|早上好|下午好|晚上好|喂)"
    r"(?=[，,。！!：:~～\s]|$)[，,。！!：:~～\s]*"
)


def suggest_title(body: str) -> str:
    """The first thing said, without greeting and without what tells who says it, in at most 30 characters."""
    rest = _without_greetings(body.strip())
    first = next((part.strip() for part in _ENDS.split(rest) if part.strip()), "")
    return _shortened(masked(first)) or NOTHING


def _without_greetings(text: str) -> str:
    """Greetings come in rows: 尊敬的校长：您好！"""
    for _ in range(4):
        shorter = _GREETING.sub("", text, count=1)
        if shorter == text or not shorter.strip():
            break
        text = shorter
    return text


def _shortened(sentence: str) -> str:
    """The sentence, or as many of its clauses as fit."""
    if len(sentence) <= LONGEST:
        return sentence
    kept = sentence[: LONGEST - 1]
    breaks = [match.start() for match in _COMMAS.finditer(kept) if match.start() >= LONGEST // 3]
    return (kept[: breaks[-1]] if breaks else kept) + "…"
