"""Pages show text as text, and carry neither script nor style of their own: the content policy forbids both."""

import re

from tests.house.source import files, place, templates

LIVE_TEXT = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off|\bmark_safe\(|\bSafe(String|Text)\(|html_safe")
OWN_SCRIPT = re.compile(
    r"""<script(?![^>]*\bsrc=)|\son\w+\s*=|javascript:|<style\b|\sstyle\s*=|\shx-on\b""", re.IGNORECASE
)
OUTSIDE = re.compile(r"""(src|href|action|srcset)\s*=\s*["']?(https?:)?//""", re.IGNORECASE)


def hits(pattern: re.Pattern[str], among) -> list[str]:
    return [
        place(file, number, found.group().strip())
        for file in among
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_nothing_is_ever_marked_safe():
    assert hits(LIVE_TEXT, [*templates(), *files("web")]) == []


def test_no_template_carries_script_or_style():
    assert hits(OWN_SCRIPT, templates()) == []


def test_no_page_calls_another_host():
    assert hits(OUTSIDE, templates()) == []
