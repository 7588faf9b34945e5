"""Properties of Word's paragraphs and characters, written in the order that the format asks for."""

from collections.abc import Mapping
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Attributes = Mapping[str, object]
TWIPS: Final = 20  # a point
# The order of the children of <w:pPr> and <w:rPr>; a reader may refuse another.
_PARAGRAPH: Final = (
    "pStyle",
    "keepNext",
    "widowControl",
    "pBdr",
    "tabs",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
)
_CHARACTER: Final = ("rFonts", "b", "color", "spacing", "snapToGrid", "sz", "szCs", "lang")


def paragraph_properties(owner: Any, **wanted: Attributes) -> Any:
    """The paragraph's or style's properties are those wanted and its style, no others; the element is returned."""
    found = owner.get_or_add_pPr()
    for child in list(found):
        if child.tag != qn("w:pStyle"):
            found.remove(child)
    return _filled(found, _PARAGRAPH, wanted)


def character_properties(owner: Any, **wanted: Attributes) -> Any:
    """The same for the letters of a style or a run."""
    found = owner.get_or_add_rPr()
    for child in list(found):
        found.remove(child)
    return _filled(found, _CHARACTER, wanted)


def element(name: str, **attributes: object) -> Any:
    """A <w:name> with its <w:…> attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _filled(found: Any, order: tuple[str, ...], wanted: Mapping[str, Attributes]) -> Any:
    unknown = set(wanted) - set(order)
    if unknown:
        raise KeyError(f"no place for {sorted(unknown)}")
    for name in order:
        if name in wanted:
            found.append(element(name, **wanted[name]))
    return found


def exactly(points: float, *, before: float = 0, after: float = 0) -> dict[str, object]:
    """The attributes of <w:spacing> for lines of a fixed height."""
    return {
        "before": round(before * TWIPS),
        "after": round(after * TWIPS),
        "line": round(points * TWIPS),
        "lineRule": "exact",
    }
