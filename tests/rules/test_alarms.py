"""When the daily look warns, what it says, and how a warning goes on."""

from datetime import date

import pytest

from huying.rules import alarms
from huying.rules.actors import Actor, PostFact
from huying.rules.alarms import Case, Signal
from huying.rules.baselines import Excess, Series
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, AlarmKind, AlarmRule, AlarmStatus, AlarmStep, PostKind, UnitLevel
from huying.rules.surveillance import Expected

ON = date(2026, 11, 24)
COUNTY = UnitFact(1, "/1/", UnitLevel.COUNTY)
SCHOOL = UnitFact(2, "/1/2/", UnitLevel.SCHOOL)
OTHER = UnitFact(3, "/1/3/", UnitLevel.SCHOOL)


def case(number: int, **fields) -> Case:
    return Case(number, fields.pop("unit", 2), ON, **fields)


def holding(kind: PostKind, unit: UnitFact) -> Actor:
    return Actor(ActorKind.STAFF, person=9, posts=(PostFact(kind, unit),))


SUPERVISOR = holding(PostKind.COUNTY_SUPERVISOR, COUNTY)
PRINCIPAL = holding(PostKind.PRINCIPAL, SCHOOL)


def test_an_unusual_volume_lists_its_cases_and_says_how_rare_it_is():
    found = Excess(days=7, observed=6, expected=0.8412, times_a_year=0.0234)
    signal = alarms.unusual(Series(2, {}, topic=5), found, [case(4), case(1)])
    assert (signal.matter, signal.cases, signal.kind) == ("volume:2:5:", (1, 4), AlarmKind.MONTHLY)
    assert signal.why() == (
        "7 天收到 6 件，按往常和同类学校大约该有 0.8 件。只凭巧合，这样的事在一处约 43 年才有一次。"
    )


@pytest.mark.parametrize(("often", "said"), [(3.0, ""), (0.0, "1000 年"), (1e-9, "1000 年")])
def test_how_rare_is_said_only_where_it_is_rare(often, said):
    numbers = {"days": 1, "observed": 4, "expected": 0.2, "times_a_year": often}
    why = alarms.why(AlarmRule.VOLUME, numbers)
    assert ("巧合" in why) is bool(said) and said in why


def test_a_sudden_rise_and_a_red_line_are_urgent():
    sudden = alarms.unusual(Series(2, {}), Excess(3, 5, 0.2, 0.001), [])
    [red] = alarms.red_lines([case(1), case(2, red_line="injury")])
    assert (sudden.kind, red.kind) == (AlarmKind.URGENT, AlarmKind.URGENT)
    assert (red.matter, red.cases) == ("red_line:2:injury", (2,))
    assert red.why() == "有 1 件红线事项，要马上处理。"


def test_somebody_who_comes_again_and_again_to_the_same_unit():
    cases = [case(1, person="a"), case(2, person="a"), case(3, person="a"), case(4, person="b"), case(5), case(6),
             case(7), case(8, person="b", unit=3), case(9, person="b", unit=3)]  # fmt: skip
    [signal] = alarms.repeats(cases, least=3, days=60)
    assert (signal.matter, signal.cases) == ("repeat:2:a", (1, 2, 3))
    assert signal.why() == "同一个人 60 天里来了 3 次，前几次可能没有办到位。"


def test_several_people_about_one_matter_are_persons_not_papers():
    cases = {one.id: one for one in (case(1, person="a"), case(2, person="a"), case(3, person="b"), case(4), case(5))}
    assert alarms.many([frozenset({1, 2, 3})], cases, least=3) == []
    [signal] = alarms.many([frozenset({1, 3, 4}), frozenset({2, 5})], cases, least=3)
    assert (signal.matter, signal.why()) == ("many:2:1", "3 个人说的像是同一件事，共 3 件。")


def test_a_new_phrase_says_how_rare_it_was():
    signal = alarms.spoken("校外配餐", {7, 5, 6}, unit=2, before=1, of=400)
    assert (signal.matter, signal.cases) == ("phrase:2:校外配餐", (5, 6, 7))
    assert signal.why() == "“校外配餐”：以前 400 件里只有 1 件说到，近来已有 3 件。"


def test_a_pile_of_overdue_appeals():
    late = [(case(one), one) for one in range(1, 6)] + [(case(9, unit=3), 40)]
    [signal] = alarms.overdue(late, least=5)
    assert (signal.unit, signal.cases, signal.numbers["oldest"]) == (2, (1, 2, 3, 4, 5), 5)
    assert signal.why() == "有 5 件过了期限还没办完，最久的超了 5 天。"


def test_a_run_of_dissatisfied_callers_is_more_than_chance():
    bad = [(one, True) for one in range(6)]
    good = [(one, False) for one in range(10, 30)]
    [signal] = alarms.dissatisfied({2: bad + good[:2], 3: good}, false_a_year=12, usual=0.1, days=30)
    assert (signal.unit, signal.cases) == (2, (0, 1, 2, 3, 4, 5))
    assert signal.why() == "近 30 天回访 8 件，6 件不满意；全部单位一般是 10%。"
    assert alarms.dissatisfied({2: bad[:2] + good[:6]}, false_a_year=12, usual=0.1, days=30) == []
    assert alarms.dissatisfied({}, false_a_year=12, usual=0.0, days=30) == []


def test_silence_is_told_only_where_something_was_to_be_expected():
    few = {"channels": 1, "units": 200, "false_a_year": 12.0}
    signal = alarms.silent(2, 1, Expected(20.0, 8.0), **few)
    assert signal is not None and signal.cases == ()
    assert signal.why().startswith("180 天只收到 1 件，按学生数和同类学校大约该有 20.0 件；来过诉求的渠道 1 个。")
    assert alarms.silent(2, 0, Expected(2.0), **few) is None
    assert alarms.silent(2, 18, Expected(20.0, 8.0), **few) is None


def told(matter, often, *cases, unit=2):
    return Signal(AlarmRule.VOLUME, unit, matter, cases, {"days": 7, "times_a_year": often})


def test_of_two_that_tell_the_same_only_the_rarer_stays():
    topic, whole, other = told("t", 0.001, 1, 2, 3), told("w", 0.1, 1, 2, 3, 4), told("o", 0.2, 7, 8, 9)
    assert alarms.apart([whole, topic, other]) == [topic, other]


def test_the_county_rises_only_where_no_school_alone_does():
    school, county = told("s", 0.1, 1, 2, 3), told("c", 0.001, 1, 2, 3, 4, unit=1)
    wide = told("d", 0.001, 5, 6, 7, 8, 1, unit=1)
    assert alarms.apart([county, school, wide], widest=1) == [school, wide]


@pytest.mark.parametrize(
    ("status", "step", "to"),
    [
        (AlarmStatus.OPEN, AlarmStep.REMIND, AlarmStatus.REMINDED),
        (AlarmStatus.REMINDED, AlarmStep.TALK, AlarmStatus.TALKING),
        (AlarmStatus.OPEN, AlarmStep.STUDY, AlarmStatus.TALKING),
        (AlarmStatus.TALKING, AlarmStep.RECTIFY, AlarmStatus.RECTIFYING),
        (AlarmStatus.RECTIFYING, AlarmStep.FULFIL, AlarmStatus.CLOSED),
        (AlarmStatus.RECTIFYING, AlarmStep.RAISE, AlarmStatus.OPEN),
        (AlarmStatus.REMINDED, AlarmStep.CLOSE, AlarmStatus.CLOSED),
    ],
)
def test_how_a_warning_goes_on(status, step, to):
    assert alarms.require(SUPERVISOR, step, status=status, unit=SCHOOL, reason="有理由") is to


@pytest.mark.parametrize("step", [one for one in AlarmStep if one is not AlarmStep.REMIND])
def test_nothing_but_a_reminder_goes_without_a_reason(step):
    statuses = [status for status in AlarmStatus if step in alarms.NEXT[status]]
    for status in statuses:
        with pytest.raises(alarms.NoReason):
            alarms.require(SUPERVISOR, step, status=status, unit=SCHOOL, reason="  ")


@pytest.mark.parametrize("step", list(AlarmStep))
def test_what_is_closed_stays_closed(step):
    with pytest.raises(alarms.NotThisStep):
        alarms.after(AlarmStatus.CLOSED, step)


def test_a_promise_is_looked_at_on_its_day():
    alarms.check_day(None, on=ON)
    alarms.check_day(ON, on=ON)
    with pytest.raises(alarms.TooEarly, match="2026-11-25"):
        alarms.check_day(date(2026, 11, 25), on=ON)


@pytest.mark.parametrize(
    ("actor", "steps"),
    [
        (SUPERVISOR, ("remind", "talk", "study", "rectify", "raise", "close")),
        (PRINCIPAL, ("rectify",)),
        (holding(PostKind.INSPECTOR, SCHOOL), ("rectify",)),
        (holding(PostKind.PRINCIPAL, OTHER), ()),
        (holding(PostKind.COUNTY_DISPATCHER, COUNTY), ()),
        (holding(PostKind.DISPATCHER, SCHOOL), ()),
    ],
)
def test_who_takes_which_step(actor, steps):
    assert alarms.open_steps(actor, status=AlarmStatus.OPEN, unit=SCHOOL) == steps
    for step in AlarmStep:
        assert alarms.may(actor, step, unit=SCHOOL) is (actor is SUPERVISOR or step in steps)


def test_nobody_closes_a_warning_about_their_own_school():
    with pytest.raises(alarms.NotYours):
        alarms.require(PRINCIPAL, AlarmStep.CLOSE, status=AlarmStatus.OPEN, unit=SCHOOL, reason="没事")
