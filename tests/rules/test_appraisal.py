"""Two levels leave an order out, never one person twice; a contested figure is answered by who did not set it."""

from dataclasses import replace

import pytest

from huying.rules import appraisal as rules
from huying.rules.appraisal import NotNow, NotYours, ObjectionFacts, RequestFacts
from huying.rules.enums import RequestStage, State
from tests.rules.scene import CAST, CLASS, COUNTY, SCHOOL, about, case

R = RequestStage
DONE = case(State.CLOSED, past={"hands": frozenset({13})})
ASKED = RequestFacts(R.ASKED, asked_by=13)
AGREED = RequestFacts(R.FIRST_GRANTED, asked_by=13, first_by=17)


def who(ask, *more):
    return " ".join(name for name, actor in CAST.items() if ask(actor, *more))


def test_the_head_of_the_lead_unit_asks_once_the_answer_is_out():
    assert who(rules.asks, DONE) == "teacher"
    rules.refuse_asking(CAST["teacher"], DONE, reason="不属实", is_pending=False)
    with pytest.raises(NotYours):
        rules.refuse_asking(CAST["principal"], DONE, reason="不属实", is_pending=False)
    early, out = case(State.HANDLING), case(State.CLOSED, past={"counted": False})
    for wrong, says in (
        ({"case": early}, "答复以后"),
        ({"case": out}, "已经剔除"),
        ({"is_pending": True}, "在等决定"),
        ({"reason": " "}, "请写明理由"),
    ):
        said = {"case": DONE, "reason": "不属实", "is_pending": False} | wrong
        with pytest.raises(NotNow, match=says):
            rules.refuse_asking(CAST["teacher"], **said)


def test_the_school_decides_first_and_the_county_second():
    assert who(rules.decides, DONE, ASKED) == "principal inspector county_dispatcher county_supervisor"
    assert who(rules.decides, DONE, AGREED) == "county_dispatcher county_supervisor"


def test_where_the_school_itself_handled_the_county_stands_in():
    own = case(State.CLOSED, lead=SCHOOL, in_charge=17, answering=SCHOOL, reviewing=COUNTY)
    assert who(rules.decides, own, RequestFacts(R.ASKED, asked_by=17)) == "county_dispatcher county_supervisor"
    unled = case(State.CLOSED, lead=None, answering=None, reviewing=None, in_charge=None)
    assert "principal" in who(rules.decides, unled, ASKED)


def test_nobody_decides_twice_nor_on_own_work_nor_behind_a_wall():
    county = CAST["county_supervisor"]
    with pytest.raises(NotYours, match="两个人"):
        rules.refuse_deciding(county, DONE, replace(AGREED, first_by=24), reason="同意")
    assert not rules.decides(county, DONE, replace(ASKED, asked_by=24))
    assert not rules.decides(county, case(State.CLOSED, past={"hands": frozenset({24})}), ASKED)
    assert "principal" not in who(rules.decides, case(State.CLOSED, subjects=(about("principal"),)), ASKED)
    assert not rules.decides(replace(county, person=None), DONE, ASKED)


def test_what_is_decided_is_decided_and_every_decision_has_its_reason():
    for stage in (R.GRANTED, R.REJECTED):
        with pytest.raises(NotNow, match="已经决定过"):
            rules.refuse_deciding(CAST["principal"], DONE, replace(ASKED, stage=stage), reason="同意")
        assert not rules.decides(CAST["principal"], DONE, replace(ASKED, stage=stage))
    with pytest.raises(NotYours):
        rules.refuse_deciding(CAST["clerk"], DONE, ASKED, reason="同意")
    with pytest.raises(NotNow, match="请写明理由"):
        rules.refuse_deciding(CAST["principal"], DONE, ASKED, reason="")
    rules.refuse_deciding(CAST["principal"], DONE, ASKED, reason="同意")


def test_heads_and_the_desk_contest_the_figures_of_their_own_unit():
    assert who(rules.objects, CLASS) == "teacher"
    assert who(rules.objects, SCHOOL) == "dispatcher principal"


def test_a_figure_is_answered_above_by_who_did_not_set_it():
    of_class = ObjectionFacts(R.ASKED, CLASS, asked_by=13)
    assert who(rules.decides_objection, of_class) == "principal inspector county_dispatcher county_supervisor"
    of_school = ObjectionFacts(R.ASKED, SCHOOL, asked_by=17, setters=frozenset({23}))
    assert who(rules.decides_objection, of_school) == "county_supervisor"
    assert who(rules.decides_objection, replace(of_school, stage=R.GRANTED)) == ""
    assert not rules.decides_objection(replace(CAST["county_supervisor"], person=None), of_school)
    assert not rules.decides_objection(CAST["county_supervisor"], replace(of_school, asked_by=24))


def test_an_objection_is_decided_once_with_a_reason_by_whoever_may():
    facts = ObjectionFacts(R.ASKED, SCHOOL, asked_by=17)
    county = CAST["county_supervisor"]
    rules.refuse_objection(county, facts, reason="数错了")
    with pytest.raises(NotNow, match="已经决定过"):
        rules.refuse_objection(county, replace(facts, stage=R.REJECTED), reason="数错了")
    with pytest.raises(NotYours):
        rules.refuse_objection(CAST["principal"], facts, reason="数错了")
    with pytest.raises(NotNow, match="请写明理由"):
        rules.refuse_objection(county, facts, reason=" ")
