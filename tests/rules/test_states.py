"""The page of states says what the table says, line by line."""

import runpy

from huying.rules import states
from huying.rules.enums import State
from huying.rules.lifecycle import TABLE

PAGE = states.page()
STEPS = [line for line in PAGE.splitlines() if line.startswith("| `") and line.count(" | ") == 6]


def line_of(action, source):
    return next(line for line in STEPS if line.startswith(f"| `{action}` ") and f" | {source} | " in line)


def test_there_is_a_line_for_every_state_and_for_every_row():
    assert [state.name for state in State if f"| `{state.name}` |" not in PAGE] == []
    assert len(STEPS) == len(TABLE)


def test_a_line_names_source_target_flags_people_and_guards():
    assert line_of("decline", "`DISPATCHED`, `HANDLING`") == (
        "| `decline` | 申请退单 | `DISPATCHED`, `HANDLING` | same "
        "| not `decline_pending`<br>not `designated`<br>not `extension_pending`<br>not `deferral_pending`"
        "<br>+ `decline_pending` | staff: heads it "
        "| 退单申请已被驳回，不能再退<br>已过退单时限，应当办理<br>退单要写依据和建议的承办单位<br>请写明理由 |"
    )


def test_special_sources_and_targets_have_words():
    assert " | – | `RECEIVED` | " in line_of("register", "–")
    assert " | any | former | needs `unreviewed` | " in line_of("overturn", "any")
    assert line_of("dispute_contact", "any open, `CLOSED`")
    assert " | appellant: " not in line_of("rate", "`CALLBACK`, `CLOSED`, `JOINED`")


def test_a_waived_guard_carries_its_star():
    assert "还没有联系家长；联系不上也要记一笔*" in line_of("answer", "`HANDLING`")


def test_run_as_a_program_it_prints_the_page(capsys):
    runpy.run_path(states.__file__, run_name="__main__")
    assert capsys.readouterr().out == PAGE
