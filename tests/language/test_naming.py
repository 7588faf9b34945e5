"""What a hurried clerk means by two digits or four letters."""

import time

import pytest

from huying.language import naming
from huying.language.naming import Named


def named(*names: str) -> list[Named]:
    return [Named(name, name, naming.class_numbers(name), naming.letters_of(name)) for name in names]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("三年级4班", {"34"}),
        ("三年级(4)班", {"34"}),
        ("三（4）班", {"34"}),
        ("五年级十二班", {"512"}),
        ("初二3班", {"23", "83"}),
        ("高一12班", {"112", "1012"}),
        ("九年级 2 班", {"92"}),
        ("总务处", set()),
        ("班", set()),
        ("", set()),
    ],
)
def test_the_digits_that_name_a_class(name, numbers):
    assert naming.class_numbers(name) == numbers


@pytest.mark.parametrize("typed", ["34", "3-4", "３４", "三4", "三四", "三年级4班", "三年级 4 班", "snj4b", "SNJ4B"])
def test_a_class_is_found_however_it_is_typed(typed):
    assert naming.only(typed, named("三年级2班", "三年级4班", "四年级3班")).name == "三年级4班"


def test_two_that_fit_alike_are_both_offered_and_none_is_taken():
    both = named("二年级3班", "初二3班")
    assert naming.only("23", both) is None
    assert [one.name for one in naming.best("23", both)] == ["初二3班", "二年级3班"]


@pytest.mark.parametrize("typed", ["syxx", "sysx", "实验", "ccxsyxx", "ccxsy"])
def test_a_school_is_found_by_its_letters_with_one_slip_or_by_a_part_of_its_name(typed):
    assert naming.only(typed, named("澄川县实验小学", "澄川县第二中学")).name == "澄川县实验小学"


def test_a_slip_counts_only_where_nothing_fits_without():
    assert [one.name for one in naming.best("syxx", named("实验小学", "数研小学", "苏研中学"))] == [
        "实验小学",
        "数研小学",
    ]


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "99", "zzzz", "😀", "‮43", "9" * 5000])
def test_what_names_nothing_finds_nothing(typed):
    assert (naming.only(typed, named("三年级4班")), naming.best(typed, named("三年级4班"))) == (None, [])


def test_five_thousand_schools_are_searched_in_fifty_milliseconds():
    schools = [
        Named(str(place), f"第{place}小学", letters=frozenset({f"ccxd{place}xx", f"ccx{place}syxx"}))
        for place in range(5000)
    ]
    for typed in ("syxx", "sysx", "d4711"):
        assert min(_seconds(typed, schools) for _time in range(5)) < 0.05, typed


def _seconds(typed: str, schools: list[Named]) -> float:
    """Seconds of the processor, so that a busy machine proves nothing wrong."""
    began = time.process_time()
    naming.best(typed, schools)
    return time.process_time() - began
