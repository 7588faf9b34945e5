"""A title for a list, suggested from the words somebody wrote, until a person writes a better one."""

import re

from huying.language.redaction import masked

LONGEST = 30
NOTHING = "没有文字"

_ENDS = re.compile(r"[。！？!?；;\n]+")
_COMMAS = re.compile(r"[，,、：:\s]+")
_SALUTED = r"(?:校长|老师|领导|书记|局长|主任|市长|县长|区长|厅长|园长|同志|网友|工作人员)(?:们)?"
_HELLO = r"(?:您好|你好|您们好|你们好|大家好|早上好|上午好|下午好|晚上好|喂|打扰(?:您)?了|好)[呀啊呢]?"
_GREETING = re.compile(
    rf"^(?:(?:尊敬的|敬爱的|亲爱的)[^，,。！!：:\n]{{0,16}}?|[\u4e00-\u9fff]{{0,6}}?{_SALUTED}{_HELLO}?|{_HELLO})"
    r"(?:[，,。！!：:~～\s]+|$)"
)


def suggest_title(body: str) -> str:
    """The first thing said, without greeting and without what tells who says it, in at most 30 characters."""
    said = [part.strip() for part in _ENDS.split(_without_greetings(body.strip())) if part.strip()]
    return _shortened(masked(said[0])) if said else NOTHING


def _without_greetings(text: str) -> str:
    """What follows the greetings, which come in rows (尊敬的校长：您好！); a text of greetings alone stays."""
    rest = text
    while (shorter := _GREETING.sub("", rest, count=1)) != rest:
        rest = shorter
    return rest if _ENDS.sub("", rest).strip() else text


def _shortened(sentence: str) -> str:
    """The sentence, or as many of its clauses as fit."""
    if len(sentence) <= LONGEST:
        return sentence
    kept = sentence[: LONGEST - 1]
    breaks = [match.start() for match in _COMMAS.finditer(kept) if match.start() >= LONGEST // 3]
    return (kept[: breaks[-1]] if breaks else kept) + "…"
