"""What a leadership's page says about figures, as tables of numbers."""

from datetime import date

import pytest

from huying.rules import boards
from huying.rules.boards import Change, Direction, Work
from huying.rules.periods import Period


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (42, 51, Change(Direction.DOWN, 9)),
        (13, 9, Change(Direction.UP, 4)),
        (7, 7, Change(Direction.FLAT, 0)),
        (3, 0, Change(Direction.UP, 3, is_new=True)),
        (0, 0, Change(Direction.FLAT, 0)),
    ],
)
def test_a_count_against_the_one_before(now, before, said):
    assert boards.change(now, before) == said


@pytest.mark.parametrize(
    ("day", "first_day", "month"),
    [
        (date(2026, 11, 24), 1, "2026-11"),
        (date(2026, 11, 24), 19, "2026-12"),
        (date(2026, 11, 18), 19, "2026-11"),
        (date(2026, 12, 19), 19, "2027-01"),
        (date(2026, 1, 31), 19, "2026-02"),
    ],
)
def test_the_month_a_day_belongs_to(day, first_day, month):
    assert boards.month_of(day, first_day=first_day) == month
    period = Period.month(month, first_day=first_day)
    assert period.since <= day <= period.until


@pytest.mark.parametrize(
    ("month", "many", "earlier"), [("2026-11", 1, "2026-10"), ("2026-01", 1, "2025-12"), ("2026-11", 12, "2025-11")]
)
def test_months_go_back_over_new_year(month, many, earlier):
    assert boards.earlier(month, many) == earlier


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (date(2026, 11, 24), date(2026, 9, 1), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2026, 9, 1), date(2027, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 8, 31)),
        (date(2026, 8, 31), date(2026, 2, 1), date(2026, 8, 31)),
    ],
)
def test_the_term_of_a_day(day, since, until):
    assert boards.term_of(day) == Period(since, until)


def said(remarks):
    return [one.said() for one in remarks]


def test_praise_has_its_reason_and_the_best_comes_first():
    units = [Work("低年级", due=6, on_time=6), Work("高年级", due=6, on_time=5)]
    topics = [Work("午饭", received=1, before=9), Work("校车", received=3, before=4)]
    assert said(boards.praised(units, topics)) == ["“午饭”从 9 件降到 1 件。", "低年级到期的 6 件全部按期。"]


@pytest.mark.parametrize("mark", ["contact_denied", "late_open", "reopened", "declined"])
def test_no_praise_where_a_counter_speaks_against_it(mark):
    clean = Work("低年级", due=8, on_time=8, called=8, satisfied=8)
    assert len(boards.praised([clean], [])) == 2
    marked = Work("低年级", due=8, on_time=8, called=8, satisfied=8, **{mark: 1})
    assert boards.praised([marked], []) == []


def test_few_are_not_praised():
    assert boards.praised([Work("低年级", due=4, on_time=4, called=4, satisfied=4)], [Work("午饭", 0, 4)]) == []


def test_where_to_look_first():
    units = [
        Work("总务处", late_open=2, contact_denied=1),
        Work("教务处", sent_back=1, declined=4),
        Work("德育处", reopened=1),
    ]
    topics = [
        Work("校车", received=6, before=4),
        Work("午饭", received=4, before=0),
        Work("作业", received=7, before=6),
    ]
    assert said(boards.worth_a_look(units, topics)) == [
        "总务处有 2 件过了期限还没办完。",  # 2 × 5
        "有家长说总务处没有联系过，1 次。",  # 6
        "“校车”从 4 件升到 6 件。",  # 2 × 2
        "德育处办结后重新办理 1 件。",  # 4
        "教务处的答复被退回 1 次。",  # 2
    ]


def test_a_quiet_month_has_nothing_to_look_at():
    assert boards.worth_a_look([Work("总务处", due=3, on_time=3)], []) == []


def test_the_year_of_a_day():
    assert boards.year_of(date(2026, 11, 24)) == Period(date(2026, 1, 1), date(2026, 12, 31))
