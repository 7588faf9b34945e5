"""The English catalogue: every word for people that the source holds, and what it is in English.

`python -m scripts.catalogue` renews huying/web/locale/en/LC_MESSAGES/django.{po,mo}: new words come in without a
translation, words that are gone leave. It needs no gettext; a house test compares both files with the source.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "huying"
PO = HOUSE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
# Rules know no catalogue: an edge hands them its way to put a text into the reader's language, under this name.
HANDED = {"rules": {"say"}}
# Rooms whose words are data there and are translated by the edges: labels, names, and what a rule says when it refuses.
SPOKEN_BELOW = ("rules", "people", "channels", "appeals", "oversight", "language", "vault")
WORDS_AS_DATA = ("labels.py", "routing.py", "shipped.py", "holidays.py", "catalogue.py", "boards.py")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
IN_TEMPLATE = re.compile(r"""\b(?:_|gettext)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\)""", re.DOTALL)
ENTRY = re.compile(r'^msgid ("(?:[^"\\]|\\.)*")\nmsgstr ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
HEAD = "Content-Type: text/plain; charset=UTF-8\nLanguage: en\n"


def collect() -> list[str]:
    """Every text that may be shown and is to be translated, in order of the files."""
    found: dict[str, None] = {}
    for file in sorted(HOUSE.rglob("*.py")):
        if "migrations" not in file.parts and "management" not in file.parts:
            found |= dict.fromkeys(_in_python(file))
    for file in sorted((HOUSE / "web" / "templates").rglob("*.html")):
        found |= dict.fromkeys(_in_template(file))
    return [text for text in found if text]


def _in_python(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    room = file.relative_to(HOUSE).parts[0]
    calls = CALLS | HANDED.get(room, set())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] in calls:
            yield from _constant(node.args[0])
        elif isinstance(node, ast.Raise) and room in SPOKEN_BELOW and isinstance(node.exc, ast.Call) and node.exc.args:
            yield from (text for text in _constant(node.exc.args[0]) if CHINESE.search(text))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Guard":
            yield from _constant(node.args[0])
    if file.name in WORDS_AS_DATA:
        yield from _words(tree)


def _constant(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _words(tree: ast.Module) -> Iterator[str]:
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (node.value for node in texts if CHINESE.search(node.value) and id(node) not in said)


def _in_template(file: Path) -> Iterator[str]:
    for literal in IN_TEMPLATE.findall(templatize(file.read_text("utf-8"), origin=file.name)):
        yield ast.literal_eval(literal)


def read(text: str) -> dict[str, str]:
    """msgid → msgstr of a catalogue written by `write`."""
    pairs = ((ast.literal_eval(one), ast.literal_eval(other)) for one, other in ENTRY.findall(text))
    return {one: other for one, other in pairs if one}


def write(words: dict[str, str]) -> str:
    """The catalogue as text, one pair after the other."""
    pairs = [("", HEAD), *words.items()]
    return "\n".join(f"msgid {_quoted(one)}\nmsgstr {_quoted(other)}\n" for one, other in pairs)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compiled(words: dict[str, str]) -> bytes:
    """The machine's form of a catalogue (.mo), the same for the same words."""
    pairs = sorted((one.encode(), other.encode()) for one, other in {"": HEAD, **words}.items() if other)
    ids, texts = b"".join(one + b"\0" for one, _ in pairs), b"".join(other + b"\0" for _, other in pairs)
    start = 28 + 16 * len(pairs)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return (
        head
        + _table([one for one, _ in pairs], start)
        + _table([other for _, other in pairs], start + len(ids))
        + ids
        + texts
    )


def _table(texts: list[bytes], at: int) -> bytes:
    rows = []
    for text in texts:
        rows.append(struct.pack("<2I", len(text), at))
        at += len(text) + 1
    return b"".join(rows)


def main() -> int:
    """Both files are current; what has no translation yet is said, and is the exit code's reason."""
    known = read(PO.read_text("utf-8")) if PO.exists() else {}
    words = {text: known.get(text, "") for text in collect()}
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(write(words), "utf-8")
    PO.with_suffix(".mo").write_bytes(compiled(words))
    missing = [text for text, other in words.items() if not other]
    print(*missing, f"{len(words)} texts, {len(missing)} without a translation", sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    sys.exit(main())
