"""Texts as people bring them, made fit to keep: the words stay verbatim, what nobody can see or store goes."""

import re
import unicodedata

_SHEET_CONTROLS = re.compile(r"_x(000[0-9A-Fa-f]|001[0-9A-Fa-f])_")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\u00a0\u3000\u2000-\u200a\u202f\u205f]")
_PARAGRAPHS = re.compile(r"\n{3,}")
# Kept although Unicode calls them invisible: they join the parts of an emoji and of scripts that need them.
_JOINERS = "\u200c\u200d"


class TooLong(ValueError):
    """The text has more characters than the field takes. Nothing of it was cut."""

    def __init__(self, *, length: int, most: int) -> None:
        super().__init__(f"最多 {most} 个字，现在有 {length} 个字，请分成几次写，或者把长的材料作为附件。")
        self.length = length
        self.most = most


def clean_text(text: str, *, most: int | None = None) -> str:
    """The same words with plain line ends and spaces, without control, invisible and direction-changing characters.

    Also undoes what spreadsheets write for a line end (_x000D_). Raises TooLong; never cuts.
    """
    plain = _LINE_ENDS.sub("\n", _SHEET_CONTROLS.sub(_control, text))
    plain = "".join(char for char in _BLANKS.sub(" ", plain) if _is_kept(char))
    plain = "\n".join(line.strip() for line in plain.split("\n"))
    plain = _PARAGRAPHS.sub("\n\n", plain).strip("\n")
    if most is not None and len(plain) > most:
        raise TooLong(length=len(plain), most=most)
    return plain


def clean_line(text: str, *, most: int | None = None) -> str:
    """The same words on one line: for names, titles and numbers. Raises TooLong."""
    line = " ".join(clean_text(text).split())
    if most is not None and len(line) > most:
        raise TooLong(length=len(line), most=most)
    return line


def _control(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _is_kept(char: str) -> bool:
    return char == "\n" or char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")
