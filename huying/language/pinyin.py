"""Finding a school or a unit by the first letters of its syllables: syxx for 实验小学."""

from itertools import islice, product

from pypinyin import Style, lazy_pinyin, pinyin

MOST_SPELLINGS = 32
_LONGEST = 40


def initials(name: str) -> frozenset[str]:
    """Every way to type the name by first letters: both calxx and zalxx for 长安路小学.

    Letters and digits stand as they are. The usual reading is always among them, however many others there are.
    """
    kept = "".join(char.lower() for char in name if _is_plain(char) or _is_han(char))[:_LONGEST]
    usual = pinyin(kept, style=Style.FIRST_LETTER, errors=list)  # type: ignore[arg-type]  # a list is taken too
    letters = [_choices(char, read) for char, (read, *_) in zip(kept, usual, strict=False)]
    return frozenset("".join(one) for one in islice(product(*letters), MOST_SPELLINGS)) - {""}


def spelled(name: str) -> frozenset[str]:
    """The name written out in letters, whole and by first letters: shiyanxiaoxue and syxx."""
    return frozenset({"".join(lazy_pinyin(name)).lower(), *initials(name)}) - {""}


def rank(typed: str, name: str) -> int | None:
    """How well typed letters name something: 0 all of it, 1 its beginning, 2 a part, 3 with one wrong letter.

    None when they do not. A hurried clerk types sysx and still finds 实验小学.
    """
    typed = typed.strip().lower()
    if not typed:
        return None
    spellings = initials(name)
    if typed in spellings:
        return 0
    if any(spelling.startswith(typed) for spelling in spellings):
        return 1
    if any(typed in spelling for spelling in spellings):
        return 2
    return 3 if any(_one_wrong(typed, spelling) for spelling in spellings) else None


def _choices(char: str, usual: str) -> list[str]:
    if not _is_han(char):
        return [char]
    others = {letter for letter in pinyin(char, style=Style.FIRST_LETTER, heteronym=True)[0] if letter != usual}
    return [usual, *sorted(others)]


def _one_wrong(typed: str, spelling: str) -> bool:
    same_length = len(typed) == len(spelling) and len(typed) > 2
    return same_length and sum(one != other for one, other in zip(typed, spelling, strict=True)) == 1


def _is_plain(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
