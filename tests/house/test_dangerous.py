"""Nothing in the house runs what somebody typed: no code, no command, no object, no pattern, no page."""

import ast
import re

import pytest

from tests.house.source import HOUSE, ROOT, calls, files, place, tree

RUNS = re.compile(r"^(eval|exec|compile|__import__|os\.(system|popen|exec\w*|spawn\w*)|subprocess\.getoutput)$")
OBJECTS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
NETS = {"requests", "httpx", "urllib3", "http.client", "ftplib", "telnetlib", "ldap", "xmlrpc.client"}
WEAK = re.compile(r"^(hashlib\.(md5|sha1|new)|random\.\w+|Random|uuid\.uuid1)$")
STARTERS = {"huying/channels/files.py", "huying/ops/serving.py", "huying/ops/copies.py"}
SCRIPTS = sorted((HOUSE / "web" / "static").rglob("*.js"))
IN_SCRIPTS = re.compile(
    r"\beval\(|new Function|\.innerHTML|\.outerHTML\s*=|insertAdjacentHTML|document\.write|postMessage"
    r"|'message'|__proto__|\.constructor\b|setTimeout\(\s*['\"]|document\.cookie|'paste'"
)


def imported(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def test_no_text_becomes_code_or_a_command_of_the_shell():
    found = [place(file, line, name) for file in files() for line, name in calls(file) if RUNS.search(name)]
    shells = [place(file, node.lineno, "shell=True") for file in files() for node in ast.walk(tree(file))
              if isinstance(node, ast.keyword) and node.arg == "shell"]  # fmt: skip
    assert found + shells == []


def test_few_places_start_a_process_and_all_with_words_of_their_own():
    starters = {str(file.relative_to(ROOT)) for file in files() for _, name in imported(file) if name == "subprocess"}
    assert starters <= STARTERS


def test_no_object_is_read_from_bytes_and_no_address_is_fetched():
    found = [
        place(file, line, name)
        for file in files()
        for line, name in imported(file)
        if name in OBJECTS | NETS or name.startswith(("urllib.request", "xml."))
    ]
    assert found == []


def test_no_weak_digest_and_no_random_number_that_could_be_guessed():
    # The fictitious county of the demonstration is drawn from a seed: nothing in it is a secret.
    drawn = HOUSE / "ops" / "demo"
    serious = [file for file in files() if drawn not in file.parents]
    assert [place(file, line, name) for file in serious for line, name in calls(file) if WEAK.search(name)] == []


def test_sql_is_written_by_hand_in_few_places_and_takes_what_was_typed_as_a_value():
    marked = re.compile(r"execute\(\s*f[\"']|RawSQL\(\s*f[\"']|\.extra\(|%\s*\w+\s*\)\s*#")
    found = [str(file.relative_to(ROOT)) for file in files() if marked.search(file.read_text("utf-8"))]
    # The names of our own tables and triggers: nobody types them.
    assert [one for one in found if one not in {"huying/appeals/append_only.py"}] == []


def test_there_are_scripts_to_look_at():
    assert len(SCRIPTS) > 5


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_a_script_makes_no_code_and_no_page_out_of_words_and_stops_no_paste(script):
    assert IN_SCRIPTS.findall(script.read_text("utf-8")) == []
