"""Words that ask a person to look: is a child in danger, does a duty to report begin? They prompt, people decide.

A miss costs more than a needless look. So a denial (学校说不是欺凌) is still shown, only marked and placed last; what is
plainly a lesson, a rule or a figure of speech (防欺凌讲座, 生不如死) is not. Which words point where stands in `dangers`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huying.language import dangers

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_DENIAL = re.compile(
    r"(?:不是|没有|没|并非|不算|不存在|未发现|从未|未|不属于|谈不上|否认|排除)[^，。；！？,;!?\n]{0,6}$",
)
_HARMLESS = re.compile(dangers.HARMLESS)
_PLAIN = {name: re.compile("|".join(danger.plain)) for name, danger in dangers.DANGERS.items()}
_TOGETHER = {
    name: [tuple(re.compile(part) for part in pair) for pair in danger.together]
    for name, danger in dangers.DANGERS.items()
}


@dataclass(frozen=True)
class Signal:
    """Words that point to a red line. `is_denied`: the text itself says that it was not so."""

    danger: str
    words: str
    start: int
    end: int
    is_denied: bool = False


def red_line_signals(text: str) -> list[Signal]:
    """One signal for each danger the words may tell of, at the first place that tells it; denials stand last."""
    harmless = [match.span() for match in _HARMLESS.finditer(text)]
    best: dict[str, Signal] = {}
    for signal in _all(text):
        if _is_within(signal, harmless):
            continue
        known = best.get(signal.danger)
        if known is None or _order(signal) < _order(known):
            best[signal.danger] = signal
    return sorted(best.values(), key=_order)


def _all(text: str) -> Iterator[Signal]:
    for sentence in _SENTENCE.finditer(text):
        for danger in dangers.DANGERS:
            for match in _told(danger, sentence.group()):
                yield _signal(danger, text, match.start() + sentence.start(), match.end() + sentence.start())


def _told(danger: str, sentence: str) -> Iterator[re.Match[str]]:
    """Places that tell a danger by themselves, or together with whom the same sentence names."""
    yield from _PLAIN[danger].finditer(sentence)
    for who, what in _TOGETHER[danger]:
        match = what.search(sentence)
        if match is not None and who.search(sentence):
            yield match


def _signal(danger: str, text: str, start: int, end: int) -> Signal:
    denied = _DENIAL.search(text[max(0, start - 12) : start]) is not None
    return Signal(danger, text[start:end], start, end, is_denied=denied)


def _is_within(signal: Signal, spans: list[tuple[int, int]]) -> bool:
    return any(start <= signal.start and signal.end <= end for start, end in spans)


def _order(signal: Signal) -> tuple[bool, int]:
    return signal.is_denied, signal.start
