"""When nobody could be reached, and which answers are asked about."""

from datetime import UTC, datetime

import pytest

from huying.rules import callbacks
from huying.rules.case import CallTry
from huying.rules.enums import AppealKind


def attempt(day, hour, *, reached=False):
    """One attempt in November 2026, by the clock of China."""
    return CallTry(at=datetime(2026, 11, day, hour - 8, tzinfo=UTC), reached=reached)


@pytest.mark.parametrize(
    ("tries", "unreachable"),
    [
        ([], False),
        ([(24, 9), (24, 14)], False),
        ([(24, 9), (24, 14), (24, 19)], False),  # one day
        ([(24, 9), (25, 9), (26, 10)], False),  # always in the morning
        ([(24, 9), (25, 14), (25, 15)], True),
        ([(24, 11), (24, 12), (25, 11)], True),  # noon begins the afternoon
        ([(24, 17), (24, 18), (25, 18)], True),  # six begins the evening
    ],
)
def test_three_tries_on_two_days_at_two_times_of_day(tries, unreachable):
    assert callbacks.is_unreachable([attempt(*one) for one in tries]) is unreachable


def test_who_answered_once_was_reached():
    tries = [attempt(24, 9), attempt(24, 14), attempt(25, 9), attempt(25, 14, reached=True)]
    assert not callbacks.is_unreachable(tries)


def asked(seed="1:digest", **fields):
    usual = {"kind": AppealKind.HELP, "has_subject": False, "is_safety": False, "share": 20}
    return callbacks.is_asked(seed=seed, **{**usual, **fields})


@pytest.mark.parametrize(
    "must",
    [{"kind": AppealKind.COMPLAINT}, {"kind": AppealKind.REPORT}, {"has_subject": True}, {"is_safety": True}],
    ids=str,
)
def test_complaints_reports_red_lines_and_subjects_are_always_asked(must):
    assert asked(share=0, **must)


def test_a_share_of_nothing_asks_nobody_and_of_all_everybody():
    assert [asked(f"{n}", share=0) for n in range(50)] == [False] * 50
    assert [asked(f"{n}", share=100) for n in range(50)] == [True] * 50


def test_the_draw_follows_from_the_seed_and_comes_near_the_share():
    drawn = [asked(f"{n}:receipt") for n in range(2000)]
    assert drawn == [asked(f"{n}:receipt") for n in range(2000)]
    assert 340 < sum(drawn) < 460  # 400 ± 3.4 σ
