"""Every name read from the environment stands in docs/settings.md, and every name there is read."""

import re

from tests.house.source import ROOT, files

READ = re.compile(r"""(?:\benv\.|^def \w+.*\n(?:.*\n)*?.*?\b|\b)(?:text|flag|words|number)\(\s*"([A-Z][A-Z0-9_]+)\"""")
PAGE = ROOT / "docs" / "settings.md"


def test_the_page_of_settings_and_the_code_name_the_same():
    read = {name for file in files("config") for name in READ.findall(file.read_text("utf-8"))}
    told = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", PAGE.read_text("utf-8"), re.MULTILINE))
    assert read == told


def test_nothing_but_the_environment_s_own_file_reads_the_environment():
    readers = {
        str(file.relative_to(ROOT))
        for file in files()
        if re.search(r"os\.environ\b(?!\.setdefault)|getenv\(", file.read_text("utf-8"))
    }
    assert readers == {"huying/config/env.py"}
