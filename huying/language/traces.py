"""What points at a person without naming them: a date of birth, and a rare event that a school will remember."""

import re

from huying.language.spans import Kind, Pattern, Span, apart, folded, spans

_DATE = r"(?:(?:19|20)\d{2}\s?[年.\-/]\s?\d{1,2}\s?(?:[月.\-/]\s?\d{1,2}\s?(?:日|号)?|月(?:份)?)?|(?:19|20)\d{2}\s?年)"
_BIRTHS: list[Pattern] = [
    (Kind.BIRTH, re.compile(rf"(?:出生日期|出生年月|出生于|出生|生于|出于|生日|诞生于)\s?(?:是|为|在|:)?\s?({_DATE})")),
    (Kind.BIRTH, re.compile(rf"({_DATE})(?=\s?(?:出生|生人|生的|诞生))")),
    (Kind.BIRTH, re.compile(r"(?<!\d)(\d{2}年\d{1,2}月(?:\d{1,2}[日号])?)(?=\s?(?:出生|生人|生的))")),
    (Kind.BIRTH, re.compile(r"(?:生日|出生)\s?(?:是|为|在|:)?\s?(\d{1,2}月\d{1,2}[日号])")),
]
_EVENTS: list[Pattern] = [
    (
        Kind.EVENT,
        re.compile(
            r"跳楼|轻生|自杀|自残|割腕|溺水|溺亡|坠楼|坠亡|猝死|骨折|脑震荡|昏迷|抢救|住院|缝了?[一二三四五六七八九十\d]{1,2}针"
            r"|怀孕|流产|堕胎|性侵|猥亵|强奸|骚扰|早恋|抑郁症?|焦虑症|自闭症?|多动症|癫痫|白血病|残疾(?!人|军)|孤儿|单亲|离异"
            r"|休学|退学|被开除|记大?过|受处分|判刑|拘留|食物中毒|烫伤|烧伤|车祸|失踪|离家出走|掉(?:进|入)|门牙"
        ),
    )
]


def find_births(text: str) -> list[Span]:
    """Dates of birth, in order."""
    return apart(spans(folded(text), _BIRTHS))


def find_events(text: str) -> list[Span]:
    """Words for what happens so seldom in a school that it names the child, in order."""
    return apart(spans(folded(text), _EVENTS))
