"""Heard first, decided by another, objected to once, carried out last: the table of 责任追究."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huying.rules import accountability as rules
from huying.rules.accountability import DutyFacts, NotNow, NotYours
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, DutyStage, PostKind, UnitLevel
from tests.rules.scene import AT, CAST, CLASS, COUNTY, SCHOOL

S, A, M = DutyStage, DutyAct, DutyMeasure
OPENING = {"finding": "delay", "found": "签收后八个工作日没有联系。", "events": [(1, 3)], "quotes": False}
WHY = {"reason": "事实清楚"}


def about_teacher(stage=None, **fields):
    """The class teacher is the one; the inspector opened it."""
    usual = {"at": AT, "stage": stage, "person": 13, "home": CLASS, "opened_by": 18}
    return DutyFacts(**{**usual, **fields})


ABOUT_PRINCIPAL = DutyFacts(at=AT, stage=None, person=17, home=SCHOOL, is_head_of_school=True)


def who(ask, facts):
    return " ".join(name for name, actor in CAST.items() if ask(actor, facts))


def test_inspector_and_county_open_and_nobody_below_or_beside():
    assert who(rules.opens, about_teacher()) == "inspector county_dispatcher county_supervisor"
    assert who(rules.opens, ABOUT_PRINCIPAL) == "county_dispatcher county_supervisor"
    assert who(rules.opens, about_teacher(person=18, home=SCHOOL)) == "county_dispatcher county_supervisor"


def test_those_who_open_and_the_principal_keep_it():
    assert who(rules.keeps, about_teacher()) == "principal inspector county_dispatcher county_supervisor"
    assert who(rules.keeps, ABOUT_PRINCIPAL) == "county_dispatcher county_supervisor"


def test_whoever_is_under_the_person_has_no_part_in_it():
    under = replace(CAST["inspector"], superiors=frozenset({13}))
    assert not rules.opens(under, about_teacher())
    nobody = replace(CAST["inspector"], person=None)
    assert not rules.opens(nobody, about_teacher())


def test_a_case_begins_on_a_finding_with_facts_and_events_in_ones_own_words():
    inspector = CAST["inspector"]
    assert rules.begin(inspector, about_teacher(), OPENING) is S.OPENED
    for wrong, says in (
        ({"finding": "bad_rating"}, "请选查明的问题"),
        ({"found": " "}, "请写查明的事实"),
        ({"events": []}, "请从记录里选出依据"),
        ({"quotes": True}, "原话"),
    ):
        with pytest.raises(NotNow, match=says):
            rules.begin(inspector, about_teacher(), OPENING | wrong)
    with pytest.raises(NotYours):
        rules.begin(CAST["grade_head"], about_teacher(), OPENING)


# act, stage before, stage after, what is brought, who may
COURSE = (
    (A.SERVE, S.OPENED, S.SERVED, {}, "inspector county_dispatcher county_supervisor"),
    (
        A.STATE,
        S.SERVED,
        S.HEARD,
        {"statement": "那周我在住院"},
        "teacher inspector county_dispatcher county_supervisor",
    ),
    (A.WAIVE, S.SERVED, S.HEARD, {"by_the_person": True}, "teacher inspector county_dispatcher county_supervisor"),
    (A.ADD_STATEMENT, S.HEARD, S.HEARD, {"statement": "有病历"}, "teacher"),
    (A.ADD_STATEMENT, S.PROPOSED, S.PROPOSED, {"statement": "有病历"}, "teacher"),
    (A.PROPOSE, S.HEARD, S.PROPOSED, {"measure": "reminder", **WHY}, "inspector county_dispatcher county_supervisor"),
    (A.RETURN, S.PROPOSED, S.SERVED, WHY, "principal county_supervisor"),
    (A.DECIDE, S.PROPOSED, S.DECIDED, {"measure": "reminder", **WHY}, "principal county_supervisor"),
    (A.OBJECT, S.DECIDED, S.OBJECTED, WHY, "teacher"),
    (A.DECIDE_OBJECTION, S.OBJECTED, S.DECIDED, {"measure": "none", **WHY}, "county_supervisor"),
    (A.CARRY_OUT, S.DECIDED, S.CARRIED_OUT, WHY, "inspector county_dispatcher county_supervisor"),
    (A.CLOSE, S.CARRIED_OUT, S.CLOSED, {}, "inspector county_dispatcher county_supervisor"),
    (A.DROP, S.HEARD, S.DROPPED, WHY, "principal inspector county_dispatcher county_supervisor"),
)
LATER = AT + timedelta(days=10)
PAST = {"proposed": M.TALK, "decided": M.TALK, "decided_tier": 3, "objection_until": LATER, "heard_by_term": LATER}


@pytest.mark.parametrize(("act", "before", "after", "given", "may"), COURSE)
def test_each_act_leads_there_for_these_and_for_nobody_else(act, before, after, given, may):
    past = PAST | ({"has_objected": True} if act is A.CARRY_OUT else {})
    facts = about_teacher(before, **past)
    for name, actor in CAST.items():
        own_work = actor.person == facts.opened_by and act in (A.RETURN, A.DECIDE)
        if name in may.split() and not own_work:
            assert rules.after(actor, act, facts, given) is after
        else:
            with pytest.raises(NotYours):
                rules.after(actor, act, facts, given)


def test_every_act_but_the_first_has_its_line_and_no_stage_is_a_trap():
    assert {row.act for row in rules.TABLE} == set(A) - {A.OPEN}
    ways = {stage: {row.target for row in rules.TABLE if stage in row.sources} for stage in S}
    assert [stage for stage in S if not ways[stage] - {None}] == [S.CLOSED, S.DROPPED]


def test_nothing_is_proposed_before_the_person_was_heard():
    for stage in (S.OPENED, S.SERVED):
        with pytest.raises(NotNow, match="现在不能做这一步"):
            rules.after(CAST["inspector"], A.PROPOSE, about_teacher(stage), {"measure": "reminder", **WHY})
    with pytest.raises(NotNow):
        rules.after(CAST["inspector"], A.PROPOSE, about_teacher(None), {})


def test_silence_is_a_waiver_only_after_the_term():
    inspector = CAST["inspector"]
    early = about_teacher(S.SERVED, heard_by_term=LATER)
    with pytest.raises(NotNow, match="期限还没有过"):
        rules.after(inspector, A.WAIVE, early, {})
    with pytest.raises(NotNow, match="期限还没有过"):
        rules.after(inspector, A.WAIVE, replace(early, heard_by_term=None), {})
    assert rules.after(inspector, A.WAIVE, replace(early, at=LATER + timedelta(minutes=1)), {}) is S.HEARD


def test_a_harder_measure_says_why_a_milder_one_is_not_enough():
    facts, inspector = about_teacher(S.HEARD), CAST["inspector"]
    with pytest.raises(NotNow, match="轻一些的为什么不够"):
        rules.after(inspector, A.PROPOSE, facts, {"measure": "circular", **WHY})
    assert (
        rules.after(inspector, A.PROPOSE, facts, {"measure": "circular", "why_harder": "第三次", **WHY}) is S.PROPOSED
    )
    with pytest.raises(NotNow, match="请选处理方式"):
        rules.after(inspector, A.PROPOSE, facts, {"measure": "dismissal", **WHY})


def test_a_decision_and_an_answer_to_an_objection_never_make_it_harder():
    principal, county = CAST["principal"], CAST["county_supervisor"]
    proposed = about_teacher(S.PROPOSED, proposed=M.REMINDER)
    with pytest.raises(NotNow, match="不能比建议更重"):
        rules.after(principal, A.DECIDE, proposed, {"measure": "talk", **WHY})
    with pytest.raises(NotNow, match="请选处理方式"):
        rules.after(principal, A.DECIDE, proposed, {"measure": "", **WHY})
    objected = about_teacher(S.OBJECTED, decided=M.REMINDER, decided_tier=3)
    with pytest.raises(NotNow, match="不能加重"):
        rules.after(county, A.DECIDE_OBJECTION, objected, {"measure": "talk", **WHY})
    with pytest.raises(NotNow, match="请选处理方式"):
        rules.after(county, A.DECIDE_OBJECTION, objected, {"measure": "x", **WHY})


def test_who_opened_or_proposed_never_decides():
    supervisor = CAST["county_supervisor"]
    for part in ("opened_by", "proposed_by"):
        facts = about_teacher(S.PROPOSED, proposed=M.REMINDER, **{part: supervisor.person})
        assert not rules.decides(supervisor, facts)


def test_whoever_had_a_hand_in_what_is_judged_does_not_judge():
    for ask, stage in ((rules.decides, S.PROPOSED), (rules.decides_objection, S.OBJECTED)):
        facts = about_teacher(stage, proposed=M.TALK, decided=M.TALK, decided_tier=3, cited=frozenset({17, 24}))
        assert who(ask, facts) == ""


def test_an_objection_goes_a_tier_up_and_at_the_county_to_another_person():
    facts = about_teacher(S.OBJECTED, decided=M.TALK, decided_tier=3, took_part=frozenset({17, 18}))
    assert who(rules.decides_objection, facts) == "county_supervisor"
    by_county = replace(facts, decided_tier=UnitLevel.COUNTY.tier, took_part=frozenset({24}))
    assert who(rules.decides_objection, by_county) == ""
    another = replace(CAST["county_supervisor"], person=31)
    assert rules.decides_objection(another, by_county)
    by_district = replace(facts, decided_tier=UnitLevel.DISTRICT.tier)
    assert who(rules.decides_objection, by_district) == "county_supervisor"
    assert COUNTY.level is UnitLevel.COUNTY


def test_one_objects_once_and_within_the_term():
    teacher = CAST["teacher"]
    facts = about_teacher(S.DECIDED, decided=M.TALK, objection_until=LATER)
    for wrong, says in (({"has_objected": True}, "已经申诉过一次"), ({"at": LATER + timedelta(1)}, "已过申诉期限")):
        with pytest.raises(NotNow, match=says):
            rules.after(teacher, A.OBJECT, replace(facts, **wrong), WHY)
    with pytest.raises(NotNow, match="已过申诉期限"):
        rules.after(teacher, A.OBJECT, replace(facts, objection_until=None), WHY)


def test_nothing_is_carried_out_while_one_may_still_object():
    facts, inspector = about_teacher(S.DECIDED, decided=M.TALK, objection_until=LATER), CAST["inspector"]
    with pytest.raises(NotNow, match="申诉期限还没有过"):
        rules.after(inspector, A.CARRY_OUT, facts, WHY)
    assert rules.after(inspector, A.CARRY_OUT, replace(facts, at=LATER + timedelta(1)), WHY) is S.CARRIED_OUT
    with pytest.raises(NotNow):
        rules.after(inspector, A.CARRY_OUT, replace(facts, objection_until=None), WHY)


def test_what_one_may_do_now_is_what_the_table_says():
    assert rules.open_acts(CAST["inspector"], about_teacher(S.OPENED)) == (A.SERVE, A.DROP)
    assert rules.open_acts(CAST["teacher"], about_teacher(S.SERVED)) == (A.STATE, A.WAIVE)
    assert rules.open_acts(CAST["other_teacher"], about_teacher(S.SERVED)) == ()
    assert rules.row_for(A.SERVE, about_teacher(S.CLOSED)) is None


def test_the_lists_are_dated_and_mild_measures_come_first():
    today = date(2026, 11, 24)
    assert rules.in_force(rules.FINDINGS, on=today) == tuple(DutyFinding)
    assert rules.in_force(rules.MEASURES, on=today) == tuple(DutyMeasure)
    assert rules.in_force(rules.MEASURES, on=date(2022, 4, 30)) == ()
    ended = replace(rules.MEASURES[1], valid_to=date(2026, 1, 1))
    assert (ended.holds(date(2026, 1, 1)), ended.holds(date(2026, 1, 2))) == (True, False)
    assert [rules.rank(measure) for measure in (M.NONE, M.REMINDER, M.TRANSFER)] == [0, 1, 5]


def test_the_number_and_a_run_of_the_familys_words_give_an_appeal_away():
    words = ("孩子坐最后一排，看不清黑板。",)
    assert rules.quotes("见 2026-0012", number="2026-0012", words=())
    assert rules.quotes("家长说孩子坐最后一排，看不清", number="2026-0012", words=words)
    assert rules.quotes("说 孩子坐最后 一排，看", number="", words=words)
    assert not rules.quotes("孩子坐后排的事，签收后没有联系", number="2026-0012", words=words)
    assert not rules.quotes("短", number="2026-0012", words=words)


def test_a_district_supervisor_decides_for_the_head_of_a_school_below():
    post = replace(CAST["county_supervisor"].posts[0], kind=PostKind.COUNTY_SUPERVISOR)
    assert rules.decides(replace(CAST["county_supervisor"], posts=(post,)), ABOUT_PRINCIPAL)
