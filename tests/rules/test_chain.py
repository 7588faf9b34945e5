"""The chain: one spelling for every event, every change found, every leaf provable."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.rules import chain
from huying.rules.chain import Break, EventFact, PathStep, Recorded

SCHOOL, NUMBER = "DEMO-SY", "2026-0731"

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def told(*kinds: str) -> list[Recorded]:
    """The chain of one appeal to which these things happened."""
    prev, events = chain.genesis(SCHOOL, NUMBER), []
    for sequence, kind in enumerate(kinds, start=1):
        fact = EventFact(
            organisation=SCHOOL,
            number=NUMBER,
            sequence=sequence,
            kind=kind,
            at=f"2026-11-24T00:3{sequence}:00.000000Z",
            actor="17",
            payload={"unit": "G3", "round": 1},
            prev=prev,
        )
        prev = chain.digest(fact)
        events.append(Recorded(fact, prev))
    return events


def found(events: list[Recorded]) -> Break | None:
    return chain.first_break(events, organisation=SCHOOL, number=NUMBER)


def test_the_spelling_is_sorted_tight_and_utf8():
    assert (
        chain.canonical({"时": [1, True, None], "a": {"c": "é", "b": ""}})
        == '{"a":{"b":"","c":"é"},"时":[1,true,null]}'.encode()
    )


@given(values)
def test_the_same_value_is_spelled_the_same_however_it_was_built(value):
    def turned(each):
        if isinstance(each, dict):
            return {key: turned(each[key]) for key in reversed(each)}
        return [turned(inner) for inner in each] if isinstance(each, list) else each

    assert chain.canonical(turned(value)) == chain.canonical(value)


@given(values, values)
def test_different_values_are_spelled_differently(one, other):
    if repr(one) != repr(other) and one != other:
        assert chain.canonical(one) != chain.canonical(other)


def test_an_enum_is_spelled_as_its_code_word():
    class Kind(StrEnum):
        SENT_BACK = "sent_back"

    assert chain.canonical([Kind.SENT_BACK, {Kind.SENT_BACK: 1}]) == b'["sent_back",{"sent_back":1}]'


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), b"x", (1, 2), {1: "a"}, {"a": [{"b": {2}}]}, datetime(2026, 11, 24, tzinfo=UTC), "\ud800"],
)
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(chain.NotCanonical):
        chain.canonical(value)


def test_a_moment_has_one_spelling_in_every_zone():
    at = datetime(2026, 11, 24, 8, 31, 16, 5, tzinfo=timezone(timedelta(hours=8)))
    assert chain.moment(at) == "2026-11-24T00:31:16.000005Z"
    assert chain.moment(at.astimezone(UTC)) == "2026-11-24T00:31:16.000005Z"
    assert chain.moment(at.replace(microsecond=0)) == "2026-11-24T00:31:16.000000Z"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(chain.NotCanonical):
        chain.moment(datetime(2026, 11, 24))


def test_a_digest_never_changes_from_release_to_release():
    fact = EventFact(
        organisation="DEMO-SY",
        number="2026-0731",
        sequence=1,
        kind="registered",
        at="2026-11-24T00:31:16.000000Z",
        actor=None,
        payload={"channel": "web"},
        prev=chain.genesis("DEMO-SY", "2026-0731"),
    )
    spelled = (
        '{"actor":null,"at":"2026-11-24T00:31:16.000000Z","kind":"registered","number":"2026-0731",'
        '"organisation":"DEMO-SY","payload":{"channel":"web"},"prev":"' + fact.prev + '","sequence":1,"version":1}'
    )
    assert fact.prev == hashlib.sha256(b'["huying chain",1,"DEMO-SY","2026-0731"]').hexdigest()
    assert chain.digest(fact) == hashlib.sha256(spelled.encode()).hexdigest()


def test_the_beginning_is_bound_to_organisation_and_number():
    beginnings = {chain.genesis(*names) for names in [("A", "B1"), ("AB", "1"), ("A", "B2"), ("B", "B1")]}
    assert len(beginnings) == 4


def test_an_untouched_chain_holds():
    assert found(told("registered", "dispatched", "acknowledged")) is None


def test_a_chain_without_events_is_a_break():
    assert found([]) == Break(1, "没有任何事件")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "closed"},
        {"at": "2026-11-24T00:30:59.000000Z"},
        {"actor": "18"},
        {"actor": None},
        {"payload": {"unit": "G4", "round": 1}},
        {"payload": {"unit": "G3", "round": True}},
        {"payload": {"unit": "G3", "round": 1.0}},
        {"payload": {}},
        {"version": 2},
    ],
)
def test_an_altered_event_is_found(change):
    events = told("registered", "dispatched", "acknowledged")
    events[1] = Recorded(replace(events[1].fact, **change), events[1].digest)
    assert found(events) == Break(2, "内容被改动过")


def test_an_event_altered_with_its_own_digest_breaks_the_next():
    events = told("registered", "dispatched", "acknowledged")
    forged = replace(events[1].fact, actor="99")
    events[1] = Recorded(forged, chain.digest(forged))
    assert found(events) == Break(3, "与前一个事件接不上")


def test_a_removed_event_is_found():
    events = told("registered", "dispatched", "acknowledged")
    assert found(events[:1] + events[2:]) == Break(2, "缺少第 2 个事件，此处是第 3 个")
    assert found(events[1:]) == Break(1, "缺少第 1 个事件，此处是第 2 个")


def test_a_doubled_or_moved_event_is_found():
    first, second, third = told("registered", "dispatched", "acknowledged")
    assert found([first, first, second]).sequence == 2
    assert found([first, third, second]).sequence == 2


def test_a_renumbered_event_is_found():
    first, _, third = told("registered", "dispatched", "acknowledged")
    moved = Recorded(replace(third.fact, sequence=2), third.digest)
    assert found([first, moved]) == Break(2, "与前一个事件接不上")


def test_an_event_of_another_appeal_is_found():
    first, second = told("registered", "dispatched")
    foreign = Recorded(replace(second.fact, number="2026-0732"), second.digest)
    assert found([first, foreign]) == Break(2, "这个事件属于另一件诉求")
    assert chain.first_break([first], organisation="OTHER", number=NUMBER).sequence == 1


def test_a_text_is_there_as_a_salted_digest_only():
    salt = bytes(range(16))
    digest = chain.text_digest(salt, "孩子在食堂排队时摔倒。")
    assert len(digest) == 64
    assert digest == chain.text_digest(salt, "孩子在食堂排队时摔倒。")
    assert digest != chain.text_digest(salt, "孩子在食堂排队时摔倒")
    assert digest != chain.text_digest(bytes(16), "孩子在食堂排队时摔倒。")


def test_any_text_has_a_digest():
    assert len(chain.text_digest(bytes(16), "\x00\ud800😀")) == 64


def test_a_short_salt_is_refused():
    with pytest.raises(chain.SaltTooShort):
        chain.text_digest(b"only fifteen b.", "13800005678")


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_a_tree_of_three_promotes_the_odd_leaf():
    a, b, c = (sha(b"\x00", each) for each in (b"a", b"b", b"c"))
    assert chain.root([b"a", b"b", b"c"]) == sha(b"\x01", sha(b"\x01", a, b), c).hex()
    assert chain.root([b"a"]) == a.hex()


def test_roots_of_different_lists_differ():
    # An odd node doubled instead of promoted would make the last two equal; equal prefixes the first and third.
    ab = sha(b"\x00", b"a") + sha(b"\x00", b"b")
    lists = [[], [b""], [ab], [b"a", b"b"], [b"b", b"a"], [b"a", b"b", b"c"], [b"a", b"b", b"c", b"c"]]
    assert len({chain.root(each) for each in lists}) == len(lists)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_every_leaf_can_be_proved(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    steps = chain.path(leaves, index)
    assert chain.verify_path(leaves[index], steps, root=chain.root(leaves))
    assert not chain.verify_path(leaves[index] + b"!", steps, root=chain.root(leaves))
    assert not chain.verify_path(leaves[index], steps, root=chain.root([*leaves, b"later"]))


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=20, unique=True), st.data())
def test_a_changed_step_proves_nothing(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    steps = chain.path(leaves, index)
    place = data.draw(st.integers(0, len(steps) - 1))
    side, digest = steps[place]
    steps[place] = PathStep("left" if side == "right" else "right", digest)
    assert not chain.verify_path(leaves[index], steps, root=chain.root(leaves))


@pytest.mark.parametrize("step", [("up", "00" * 32), ("left", "zz"), ("left", "00"), ("right", None), ("left", "")])
def test_nonsense_proves_nothing(step):
    assert not chain.verify_path(b"a", [step], root=chain.root([b"a"]))


@pytest.mark.parametrize("index", [-1, 2])
def test_there_is_no_path_for_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        chain.path([b"a", b"b"], index)
