"""The house as text: its files, their syntax trees, and what is named in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "huying"
EDGES = ("web", "api", "ops")
BELOW = ("rules", "language", "papers", "vault", "people", "channels", "appeals", "oversight", "campaigns")


def files(*rooms: str) -> Iterator[Path]:
    """Our Python files, of the whole house or of some rooms, without migrations."""
    for folder in [HOUSE / room for room in rooms] or [HOUSE]:
        yield from (file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts)


def templates() -> list[Path]:
    """Every page and part of a page."""
    return sorted((HOUSE / "web" / "templates").rglob("*.html"))


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text("utf-8"))


def calls(file: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted end of the name) of each call: `appeal.save()` gives `appeal.save`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def place(file: Path, line: int, what: str) -> str:
    """file:line what, to be clicked on."""
    return f"{file.relative_to(ROOT)}:{line} {what}"
