"""Style sheets and scripts stay within Chrome 70, iOS 12 and a strict content policy; pages stay light."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path("huying/web/static/huying")
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
PAGES = sorted(Path("huying").rglob("templates/**/*.html"))
TOO_NEW_CSS = [
    r"[;{\s](row-|column-)?gap\s*:",
    r"display\s*:\s*(inline-)?grid",
    r"grid-template",
    r":(has|is|where|focus-visible|focus-within)\b",
    r"\b(margin|padding|border|inset)-(inline|block)",
    r"[;{\s]inset\s*:",
    r"\b(clamp|min)\(",
    r"aspect-ratio",
    r"@(import|font-face|container|layer)",
    r"url\(",
    r"\btransition|\banimation|@keyframes",
]
TOO_NEW_JS = [
    r"\?\.[a-zA-Z(\[]",
    r"\?\?",
    r"\{\s*\.\.\.",
    r",\s*\.\.\.\w+\s*\}",
    r"catch\s*\{",
    r"\.(finally|at|flat|flatMap|replaceAll|matchAll)\(",
    r"\b(eval|Function)\(",
    r"\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write",
    r"\bimport\b|\bexport\b",
]


def found(patterns: list[str], text: str) -> list[str]:
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return [match[0] for pattern in patterns for match in re.finditer(pattern, bare)]


def without_comments(script: str) -> str:
    return re.sub(r"^\s*//.*$", "", script, flags=re.M)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_needs_no_newer_browser(sheet):
    assert found(TOO_NEW_CSS, sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_only(sheet):
    beyond = re.sub(r":root[^{]*\{[^}]*\}", "", sheet.read_text("utf-8"))
    assert found([r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", r"\b(rgb|hsl)a?\("], beyond) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_needs_no_newer_browser(script):
    assert found(TOO_NEW_JS, without_comments(script.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_holds_no_inline_style_or_script(page):
    inline = [r"\sstyle\s*=", r"\son[a-z]+\s*=\s*[\"']", r"<style\b", r"<script(?![^>]*\ssrc=)", r"javascript:"]
    assert found(inline, page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_loads_nothing_from_elsewhere(page):
    assert found([r"\b(src|href|action)=[\"'](https?:)?//"], page.read_text("utf-8")) == []


def test_what_a_parent_s_phone_loads_beside_the_page_stays_small():
    files = ["shared.css", "public.css", "public.js", "form.js", "mark.svg"]
    total = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in files)
    assert total < 16_000
