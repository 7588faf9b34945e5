"""Spot checks: anybody can draw again and get the same, the second call comes from higher up, few cases say little."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.rules import sampling
from huying.rules.actors import Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, State, UnitLevel
from huying.rules.sampling import FirstCall, NothingToDraw, NotYoursToCheck, SecondCall
from tests.rules.scene import CAST, CENTRE, COUNTY, SCHOOL, about, about_unit, case

ENTRIES = [hashlib.sha256(str(place).encode()).hexdigest() for place in range(40)]
SEED = sampling.seed_of(seal="a" * 64, entries=sampling.list_digest(ENTRIES))


def test_the_draw_is_the_same_for_everybody_whatever_the_order_of_the_list():
    sample = sampling.drawn(ENTRIES, seed=SEED, share=5)
    assert sample == sampling.drawn(list(reversed(ENTRIES)) + ENTRIES[:3], seed=SEED, share=5)
    # By hand: the lots are SHA-256 of draw, seed and entry, each on a line of its own; 5 % of 40 are 2.
    lots = sorted(
        (hashlib.sha256(f"huying spot check draw 1\n{SEED}\n{one}".encode()).hexdigest(), one) for one in ENTRIES
    )
    assert sample == tuple(one for _lot, one in lots[:2])


def test_another_seal_or_another_list_draws_by_another_seed():
    digest = sampling.list_digest(ENTRIES)
    seeds = {
        SEED,
        sampling.seed_of(seal="b" * 64, entries=digest),
        sampling.seed_of(seal="a" * 64, entries=sampling.list_digest(ENTRIES[1:])),
    }
    assert len(seeds) == 3
    assert digest == sampling.list_digest(reversed(ENTRIES))


@pytest.mark.parametrize(("number", "share", "size"), [(0, 5, 0), (1, 5, 1), (20, 5, 1), (21, 5, 2), (40, 100, 40)])
def test_the_share_is_rounded_up(number, share, size):
    assert sampling.sample_size(number, share=share) == size


@pytest.mark.parametrize("share", [0, 101, -5])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(NothingToDraw):
        sampling.sample_size(10, share=share)


def test_everything_has_the_same_chance():
    """2,000 seeds draw 2 of 40: each entry about 100 times. ± 4.5 standard deviations (√(2000 × 0.05 × 0.95) = 9.7)."""
    times = dict.fromkeys(ENTRIES, 0)
    for place in range(2000):
        for one in sampling.drawn(ENTRIES, seed=f"{place:064x}", share=5):
            times[one] += 1
    assert sum(times.values()) == 4000
    assert all(56 <= count <= 144 for count in times.values())


SCHOOL_CALLED = FirstCall(person=16, tier=3, resolved=True, satisfaction="SATISFIED")
COUNTY_CALLED = FirstCall(person=25, tier=5, resolved=True, satisfaction="SATISFIED")


def checkers(facts, first):
    found = set()
    for name, actor in CAST.items():
        try:
            sampling.require_checker(actor, facts, first)
        except NotYoursToCheck:
            continue
        found.add(name)
    return found


CLOSED = case(State.CLOSED, past={"hands": frozenset({13, 14})})


@pytest.mark.parametrize(
    ("facts", "first", "who"),
    [
        # The school called: only the county stands above it.
        (CLOSED, SCHOOL_CALLED, {"county_dispatcher", "county_supervisor"}),
        # Nobody called: whoever stands above the class that handled it.
        (CLOSED, None, {"inspector", "county_dispatcher", "county_supervisor"}),
        (case(State.CLOSED, lead=None), None, {"county_dispatcher", "county_supervisor"}),
        # The county called itself: another person there.
        (CLOSED, COUNTY_CALLED, {"county_dispatcher", "county_supervisor"}),
        (CLOSED, FirstCall(24, 5, True, None), {"county_dispatcher"}),
        # A hand of the case never calls about it.
        (case(State.CLOSED, past={"hands": frozenset({23})}), SCHOOL_CALLED, {"county_supervisor"}),
        # Walls: about the supervisor, about the school where the inspector works.
        (case(State.CLOSED, subjects=(about("county_supervisor"),)), SCHOOL_CALLED, {"county_dispatcher"}),
        (case(State.CLOSED, subjects=(about_unit(SCHOOL),)), None, {"county_dispatcher", "county_supervisor"}),
    ],
)
def test_the_second_call_comes_from_higher_up_and_from_no_hand_of_the_case(facts, first, who):
    assert checkers(facts, first) == who


def test_whoever_works_in_a_unit_near_the_one_complained_about_steps_back():
    near = Actor(ActorKind.STAFF, person=60, posts=(PostFact(PostKind.INSPECTOR, SCHOOL),), home=CENTRE)
    homeless = Actor(ActorKind.STAFF, person=61, posts=(PostFact(PostKind.INSPECTOR, SCHOOL),))
    facts = case(State.CLOSED, subjects=(about_unit(CENTRE),))
    with pytest.raises(NotYoursToCheck, match="回避"):
        sampling.require_checker(near, facts, None)
    sampling.require_checker(homeless, facts, None)


def test_a_bureau_in_between_stands_below_the_county_s_first_call():
    district = UnitFact(9, "/1/", UnitLevel.DISTRICT)
    between = Actor(ActorKind.STAFF, person=62, posts=(PostFact(PostKind.COUNTY_SUPERVISOR, district),), home=COUNTY)
    with pytest.raises(NotYoursToCheck, match="更高"):
        sampling.require_checker(between, CLOSED, COUNTY_CALLED)


@pytest.mark.parametrize(
    ("first", "second", "worse"),
    [
        ((True, "SATISFIED"), (False, "DISSATISFIED"), True),
        ((True, "SATISFIED"), (True, "BASICALLY"), True),
        ((True, "BASICALLY"), (True, "SATISFIED"), False),
        ((False, "DISSATISFIED"), (False, "DISSATISFIED"), False),
        ((None, None), (False, "DISSATISFIED"), False),
        ((True, None), (True, "DISSATISFIED"), False),
        ((True, "SATISFIED"), (True, None), False),
    ],
)
def test_what_counts_as_worse_the_second_time(first, second, worse):
    assert sampling.is_worse(FirstCall(1, 3, *first), SecondCall(*second)) is worse


def test_two_answers_are_needed_to_compare():
    said = SecondCall(True, "SATISFIED")
    assert sampling.comparable(SCHOOL_CALLED, said)
    assert not sampling.comparable(None, said)
    assert not sampling.comparable(FirstCall(1, 3, None, None), said)
    assert not sampling.comparable(SCHOOL_CALLED, SecondCall(None, None))


def test_the_share_that_got_worse_has_an_interval():
    pairs = [(SCHOOL_CALLED, SecondCall(False, "DISSATISFIED"))] * 2 + [
        (SCHOOL_CALLED, SecondCall(True, "SATISFIED"))
    ] * 8
    share = sampling.worse_of(pairs)
    # Wilson for 2 of 10: (0.2 + 3.8415/20) / 1.38415 = 0.2833, ± 1.96 × √(0.016 + 3.8415/400) / 1.38415 = 0.2266.
    assert (share.k, share.n, round(share.low, 3), round(share.high, 3)) == (2, 10, 0.057, 0.510)
    assert not share.is_few
    assert sampling.worse_of([]) == sampling.Share(0, 0, None, None)
    assert sampling.worse_of(pairs[:3]).is_few


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share(k, more):
    share = sampling.share_of(k, k + more)
    if share.n:
        assert 0 <= share.low <= k / share.n + 1e-9
        assert k / share.n - 1e-9 <= share.high <= 1


def test_an_effect_of_few_is_an_interval_that_holds_one():
    found = sampling.effect(before=6, after=3)
    # 3 of 9: Wilson 0.121 … 0.646, as odds 0.137 … 1.824: the ratio 0.5 may as well be 1.
    assert (found.ratio, round(found.low, 2), round(found.high, 2)) == (0.5, 0.14, 1.82)
    assert sampling.effect(before=100, after=40).high < 1
    assert sampling.effect(before=0, after=0) == sampling.Effect(0, 0, None, None, None)
    none_before = sampling.effect(before=0, after=4)
    assert (none_before.ratio, none_before.high) == (None, None)
