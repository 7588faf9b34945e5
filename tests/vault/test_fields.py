"""Sealed fields: open for their row and field only, and only with the key."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.vault import fields
from huying.vault.fields import NotOurs
from huying.vault.keys import KeyMissing

AT = {"row": "identity:17", "field": "name"}


def test_a_sealed_text_opens_in_its_place(ring):
    assert fields.open_(ring, fields.seal(ring, "王某某妈妈", **AT), **AT) == "王某某妈妈"


def test_a_sealed_record_opens_in_its_place(ring):
    record = {"name": "王某某", "phone": "13800005678", "child": {"class": "三年级2班"}}
    assert fields.open_(ring, fields.seal(ring, record, **AT), **AT) == record


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), row=st.text(), field=st.text())
def test_any_text_comes_back_from_any_place(ring, text, row, field):
    assert fields.open_(ring, fields.seal(ring, text, row=row, field=field), row=row, field=field) == text


def test_a_lone_surrogate_comes_back(ring):
    assert fields.open_(ring, fields.seal(ring, "\ud800", **AT), **AT) == "\ud800"


def test_the_sealed_value_tells_nothing_and_is_never_twice_the_same(ring):
    one, other = (fields.seal(ring, "王某某妈妈", **AT) for _ in range(2))
    assert one != other
    assert "王" not in one
    assert one.isascii()


@pytest.mark.parametrize(
    "place",
    [
        {"row": "identity:18", "field": "name"},
        {"row": "identity:17", "field": "phone"},
        {"row": "identity:17name", "field": ""},
    ],
)
def test_a_value_moved_to_another_place_does_not_open(ring, place):
    with pytest.raises(NotOurs):
        fields.open_(ring, fields.seal(ring, "王某某", **AT), **place)


def test_row_and_field_do_not_run_together(ring):
    sealed = fields.seal(ring, "x", row='a","b', field="c")
    with pytest.raises(NotOurs):
        fields.open_(ring, sealed, row="a", field='b","c')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 200), sign=st.sampled_from("Aa0-_.=+ 中"))
def test_an_altered_value_never_opens_as_another(ring, place, sign):
    sealed = fields.seal(ring, "王某某妈妈", **AT)
    place %= len(sealed)
    altered = sealed[:place] + sign + sealed[place + 1 :]
    try:
        assert fields.open_(ring, altered, **AT) == "王某某妈妈"
        assert altered == sealed
    except (NotOurs, KeyMissing):
        assert altered != sealed


@pytest.mark.parametrize("nothing", ["", "1", "1.2.3.4", "1.aaaaaaaa.!", "1.aaaaaaaa.中", "plain text"])
def test_what_was_never_sealed_is_refused(ring, nothing):
    with pytest.raises((NotOurs, KeyMissing)):
        fields.open_(ring, nothing, **AT)


def test_a_cut_value_is_refused(ring):
    sealed = fields.seal(ring, "王某某", **AT)
    with pytest.raises(NotOurs):
        fields.open_(ring, sealed.rpartition(".")[0] + ".", **AT)


def test_an_unknown_form_is_refused(ring):
    with pytest.raises(NotOurs, match="格式"):
        fields.open_(ring, "2" + fields.seal(ring, "王某某", **AT)[1:], **AT)


def test_without_the_key_it_stays_shut(ring, foreign):
    with pytest.raises(KeyMissing):
        fields.open_(foreign, fields.seal(ring, "王某某", **AT), **AT)


def test_an_older_key_still_reads_and_resealing_moves_on(ring, rotated):
    old = fields.seal(ring, "王某某", **AT)
    assert fields.open_(rotated, old, **AT) == "王某某"
    assert not fields.is_current(rotated, old)
    new = fields.reseal(rotated, old, **AT)
    assert fields.is_current(rotated, new)
    assert fields.open_(rotated, new, **AT) == "王某某"
    assert fields.reseal(rotated, new, **AT) == new


def test_resealing_does_not_launder_a_moved_value(ring, rotated):
    with pytest.raises(NotOurs):
        fields.reseal(rotated, fields.seal(ring, "王某某", **AT), row="identity:18", field="name")
