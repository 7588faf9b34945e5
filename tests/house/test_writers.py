"""Who writes what: states by `steps.py` alone, tables never by an edge, time and effects never behind one's back."""

import ast
import re

from tests.house.source import BELOW, EDGES, HOUSE, calls, files, place, tree

STEPS = HOUSE / "appeals" / "steps.py"
WRITES = re.compile(
    r"(^|\.)(save|bulk_create|bulk_update|get_or_create|update_or_create|asave|raw|objects|_\w+_manager)$"
)
TABLE_WORDS = re.compile(r"\.(objects|_default_manager|_base_manager)\b")
HIDDEN = {"auto_now", "auto_now_add"}
NOW = re.compile(r"(^|\.)(timezone\.now|datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)$")


def test_nobody_but_steps_writes_a_state():
    found = []
    for file in files():
        for node in ast.walk(tree(file)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(one, ast.Attribute) and one.attr == "state" for one in targets) and file != STEPS:
                found.append(place(file, node.lineno, ast.unparse(node)))
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".update") and file != STEPS:
                found += [place(file, node.lineno, "update(state=…)") for one in node.keywords if one.arg == "state"]
    assert found == []


def test_edges_touch_no_table():
    found = [place(file, line, name) for file in files(*EDGES) for line, name in calls(file) if WRITES.search(name)]
    found += [place(file, 0, "objects") for file in files(*EDGES) if TABLE_WORDS.search(file.read_text("utf-8"))]
    assert found == []


def test_no_column_fills_itself_with_the_time():
    found = [
        place(file, node.value.lineno, str(node.arg))
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.keyword) and node.arg in HIDDEN
    ]
    assert found == []


def test_below_the_edge_the_time_is_handed_in():
    assert [place(file, line, name) for file in files(*BELOW) for line, name in calls(file) if NOW.search(name)] == []


def test_no_signal_is_a_plumbing():
    words = re.compile(r"\b(django\.db\.models\.signals|django\.dispatch|post_save|pre_save|m2m_changed)\b")
    assert [place(file, 0, "signal") for file in files() if words.search(file.read_text("utf-8"))] == []
