"""The table: no trap, no dead end, no step that is not there."""

from datetime import UTC, datetime

import pytest

from huying.rules import lifecycle
from huying.rules.case import CallTry, CaseFacts, History, SubjectFact, UnitFact, UnmaskAsk, UnreviewedAct
from huying.rules.enums import (
    Action,
    ActorKind,
    AppealKind,
    Flag,
    PrivacyMode,
    State,
    SubjectStatus,
    UnitLevel,
)
from huying.rules.lifecycle import FINAL, FORMER, OPEN, TABLE, NotPossible, obstacles

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SCHOOL = UnitFact(2, "/1/2/", UnitLevel.SCHOOL)
GRADE = UnitFact(3, "/1/2/3/", UnitLevel.GRADE)
CLASS = UnitFact(4, "/1/2/3/4/", UnitLevel.CLASS)


def case(state=State.RECEIVED, *flags, kind=AppealKind.HELP, history=None, **fields):
    past = {"state": state, "flags": frozenset(flags), **(history or {})}
    return CaseFacts(
        **{
            "at": AT,
            "id": 1,
            "kind": kind,
            "privacy": PrivacyMode.OPEN,
            "place": SCHOOL,
            "desk": SCHOOL,
            "lead": CLASS,
            "assisting": (),
            "in_charge": 9,
            "answering": CLASS,
            "reviewing": GRADE,
            "subjects": (),
            "open_items": frozenset(),
            "history": History(**past),
            **fields,
        }
    )


def after(facts, action, kind=ActorKind.STAFF, **given):
    return lifecycle.after(facts, action, given, kind=kind)


def nodes():
    """Every (state, flags) that the table can reach, with the steps between them, all guards taken as met."""
    start = (State.RECEIVED, frozenset())
    reached, edges, todo = {start}, {}, [start]
    while todo:
        state, flags = node = todo.pop()
        edges[node] = set()
        for row in TABLE:
            if row.sources is None or state not in row.sources or not row.needs <= flags or row.forbids & flags:
                continue
            for following in targets(row, state, flags):
                edges[node].add(following)
                if following not in reached:
                    reached.add(following)
                    todo.append(following)
    return edges


def targets(row, state, flags):
    left = (flags - row.clears) | row.sets
    if row.action in (Action.CONFIRM, Action.OVERTURN):
        left -= {Flag.UNREVIEWED}
    if row.target == FORMER:
        return [(former, left) for former in (State.RECEIVED, State.HANDLING)]
    return [(State(row.target) if row.target else state, left)]


def test_no_state_and_no_flag_traps_an_appeal():
    edges = nodes()
    free = {node for node in edges if node[0] in FINAL - {State.JOINED}}
    grew = True
    while grew:
        more = {node for node, nexts in edges.items() if node not in free and nexts & free}
        free |= more
        grew = bool(more)
    assert set(edges) - free == set()


def test_every_state_can_be_reached():
    assert {state for state, _ in nodes()} == set(State)


def test_every_action_has_a_line():
    assert {row.action for row in TABLE} == set(Action)


def test_only_one_line_fits_a_place_and_a_kind_of_actor():
    for state, flags in nodes():
        facts = case(state, *flags)
        for action in Action:
            for kind in ActorKind:
                rows = lifecycle.rows_for(action, facts, kind)
                assert len(rows) <= 1, (state, flags, action, kind)


def test_open_and_final_states_share_out_all_states():
    assert (set(State), frozenset()) == (OPEN | FINAL, OPEN & FINAL)


GIVEN = {
    Action.REFUSE: {"ground": "other", "reason": "不归学校", "route": "法院"},
    Action.REFER_OUT: {"route": "110", "reason": "正在发生", "handed_over": "电话"},
}


@pytest.mark.parametrize("missing", ["ground", "reason", "route"])
def test_a_refusal_needs_ground_reason_and_route(missing):
    given = {name: value for name, value in GIVEN[Action.REFUSE].items() if name != missing}
    with pytest.raises(NotPossible):
        after(case(), Action.REFUSE, **given)


def test_a_refusal_is_in_force_at_once_and_unreviewed():
    following = after(case(), Action.REFUSE, **GIVEN[Action.REFUSE])
    assert (following.state, following.flags) == (State.REFUSED, {Flag.UNREVIEWED})


RED_LINE_REFUSES = (
    (State.RECEIVED, Action.REFUSE, GIVEN[Action.REFUSE]),
    (State.RECEIVED, Action.REFER_OUT, GIVEN[Action.REFER_OUT]),
    (State.HANDLING, Action.PAUSE, {"reason": "等", "question": "何时"}),
    (State.HANDLING, Action.REQUEST_DEFERRAL, {"reason": "无", "plan": "等", "review_on": "2027-01-01"}),
    (State.RECEIVED, Action.ANSWER_AT_ONCE, {"reply": "好"}),
)


@pytest.mark.parametrize(("state", "action", "given"), RED_LINE_REFUSES)
def test_a_red_line_cannot_be_refused_paused_deferred_or_answered_at_once(state, action, given):
    with pytest.raises(NotPossible, match="红线"):
        after(case(state, Flag.SAFETY), action, **given)


def test_a_red_line_goes_on_when_the_appellant_wishes_to_withdraw():
    following = after(case(State.HANDLING, Flag.SAFETY), Action.WITHDRAW, ActorKind.APPELLANT, reason="算了")
    assert (following.state, following.flags) == (State.HANDLING, {Flag.SAFETY})


def test_a_red_line_marked_during_the_72_hours_stops_the_withdrawal():
    with pytest.raises(NotPossible):
        after(case(State.HANDLING, Flag.SAFETY, Flag.WITHDRAW_PENDING), Action.WITHDRAW, ActorKind.TIMER, passed=True)


def test_a_typed_name_keeps_the_appeal_at_the_desk():
    facts = case(subjects=(SubjectFact(1, SubjectStatus.TYPED),))
    with pytest.raises(NotPossible, match="先确认或排除"):
        after(facts, Action.DISPATCH, lead_unit=4, conflict=False)


def test_a_third_dispatch_after_two_returns_is_a_ruling_from_above():
    facts = case(history={"returns": 2})
    with pytest.raises(NotPossible, match="上一级裁定"):
        after(facts, Action.DISPATCH, lead_unit=4, conflict=False, is_ruling=False)
    following = after(facts, Action.DISPATCH, lead_unit=4, conflict=False, is_ruling=True, set_flags=[Flag.DESIGNATED])
    assert following.flags == {Flag.DESIGNATED}


@pytest.mark.parametrize("flag", [Flag.DESIGNATED, Flag.DECLINE_PENDING])
def test_a_ruling_and_a_pending_return_cannot_be_declined(flag):
    with pytest.raises(NotPossible):
        after(case(State.HANDLING, flag), Action.DECLINE, clause="条例22", suggested=5, reason="不归我")


def test_a_rejected_decline_is_the_last_word():
    facts = case(State.HANDLING, history={"decline_rejected": True})
    with pytest.raises(NotPossible, match="不能再退"):
        after(facts, Action.DECLINE, clause="条例22", suggested=5, reason="不归我")


def test_a_report_goes_out_as_its_summary_alone():
    facts = case(kind=AppealKind.REPORT)
    with pytest.raises(NotPossible, match="事实摘要"):
        after(facts, Action.DISPATCH, lead_unit=4, conflict=False)
    assert after(facts, Action.DISPATCH, lead_unit=4, conflict=False, summary="摘要").state == State.DISPATCHED
    with pytest.raises(NotPossible, match="先看原话"):
        after(facts, Action.DISPATCH, lead_unit=4, conflict=False, summary="摘要", by_a_reader=False)
    assert after(case(), Action.DISPATCH, lead_unit=4, conflict=False, by_a_reader=False).state == State.DISPATCHED


READER = {"reader": 12, "instead_of": None, "is_fit": True, "reason": ""}


@pytest.mark.parametrize(
    ("readers", "given", "says"),
    [
        ((11, 17), {}, "最多两个人"),
        ((11, 17), {"instead_of": 18, "reason": "外出"}, "最多两个人"),
        ((11, 17), {"instead_of": 11}, "换人要写理由"),
        ((11, 12), {"instead_of": 11, "reason": "外出"}, "已经能看"),
        ((11,), {"is_fit": False}, "不能看原话"),
    ],
)
def test_a_reader_is_named_only_in_a_free_seat_or_in_somebody_s_place(readers, given, says):
    facts = case(kind=AppealKind.REPORT, history={"readers": readers})
    with pytest.raises(NotPossible, match=says):
        after(facts, Action.NAME_READER, **{**READER, **given})


def test_two_seats_are_filled_one_by_one_and_given_on_for_a_reason():
    for readers, given in (((), {}), ((11,), {}), ((11, 17), {"instead_of": 11, "reason": "外出学习"})):
        facts = case(kind=AppealKind.REPORT, history={"readers": readers})
        assert after(facts, Action.NAME_READER, **{**READER, **given}).state == State.RECEIVED


@pytest.mark.parametrize("action", [Action.NAME_READER, Action.READ_ORIGINAL, Action.SUMMARISE])
def test_where_words_are_for_all_there_is_nothing_to_open(action):
    with pytest.raises(NotPossible, match="不是举报"):
        after(case(), action, **READER, summary="摘要")


def test_a_summary_has_words_and_a_refusal_a_reason():
    with pytest.raises(NotPossible, match="请写事实摘要"):
        after(case(kind=AppealKind.REPORT), Action.SUMMARISE, summary="")
    asked = case(State.HANDLING, history={"unmask_ask": UnmaskAsk(5, "call", 2, frozenset({"phone"}))})
    with pytest.raises(NotPossible, match="理由"):
        after(asked, Action.REJECT_UNMASK, reason="")
    with pytest.raises(NotPossible, match="没有等批的申请"):
        after(case(State.HANDLING), Action.REJECT_UNMASK, reason="不用看")
    assert after(asked, Action.REJECT_UNMASK, reason="不用看").state == State.HANDLING


ANSWER = {
    "reply": "已办",
    "items": [7],
    "finding": "SUBSTANTIATED",
    "resolved_by_unit": "YES",
    "evidence": "照片",
    "policy": "无",
    "note": "谈过",
}
ANSWER_MISSES = (
    ("reply", "", "请写答复"),
    ("items", [], "每个诉求点"),
    ("finding", "NOT_APPLICABLE", "查明的情况"),
    ("resolved_by_unit", "NOT_ASKED", "是否解决"),
    ("resolved_by_unit", "NO", "是否解决"),
    ("evidence", "", "请附材料"),
    ("policy", "", "文号"),
    ("note", "", "内部办理情况"),
)


@pytest.mark.parametrize(("name", "value", "says"), ANSWER_MISSES)
def test_an_answer_to_a_complaint_needs_every_guard(name, value, says):
    facts = case(State.HANDLING, kind=AppealKind.COMPLAINT, open_items=frozenset({7}), history={"contacted": True})
    with pytest.raises(NotPossible, match=says):
        after(facts, Action.ANSWER, **{**ANSWER, name: value})
    assert after(facts, Action.ANSWER, **ANSWER).state == State.ANSWERED


def test_an_answer_waits_for_contact_statement_and_assisting_parts():
    subject = SubjectFact(1, SubjectStatus.CONFIRMED, person=5)
    facts = case(State.HANDLING, kind=AppealKind.COMPLAINT, subjects=(subject,), assisting=(GRADE,))
    with pytest.raises(NotPossible) as refused:
        after(facts, Action.ANSWER, **ANSWER)
    assert str(refused.value) == "还没有联系家长；联系不上也要记一笔；请先听取当事人的陈述；协办单位还没有反馈"


def test_a_report_passes_nothing_on_so_no_statement_is_asked():
    subject = SubjectFact(1, SubjectStatus.CONFIRMED, person=5)
    facts = case(State.HANDLING, kind=AppealKind.REPORT, subjects=(subject,), history={"contacted": True})
    assert after(facts, Action.ANSWER, **ANSWER).state == State.ANSWERED


@pytest.mark.parametrize("kind", [AppealKind.INQUIRY, AppealKind.SUGGESTION, AppealKind.PRAISE])
def test_a_question_needs_only_its_reply(kind):
    facts = case(State.HANDLING, kind=kind, open_items=frozenset({7}))
    assert after(facts, Action.ANSWER, reply="八点半开门").state == State.ANSWERED


def test_imported_history_waives_what_the_sheet_lacks_and_says_so():
    facts = case(State.HANDLING, Flag.IMPORTED, kind=AppealKind.COMPLAINT)
    following = after(facts, Action.ANSWER, ActorKind.IMPORT, reply="已答复")
    assert (following.state, len(following.waived)) == (State.ANSWERED, 6)


def test_nobody_reached_answers_nothing():
    facts = case(State.CALLBACK, history={"delivered_at": AT})
    assert after(facts, Action.CALL_BACK, reached=False).state == State.CALLBACK
    with pytest.raises(NotPossible, match="三个问题"):
        after(facts, Action.CALL_BACK, reached=True, contacted=True, resolved=True, satisfaction=None)


def test_a_no_is_recorded_with_its_reason():
    facts = case(State.CALLBACK, history={"delivered_at": AT})
    said = {"reached": True, "contacted": True, "resolved": False, "satisfaction": "DISSATISFIED"}
    with pytest.raises(NotPossible, match="记下原因"):
        after(facts, Action.CALL_BACK, **said)
    assert after(facts, Action.CALL_BACK, **said, reason="没有换").state == State.CALLBACK


GOOD = CallTry(at=AT, reached=True, contacted=True, resolved=True, satisfaction="SATISFIED")
FIVE = {
    "resolved_by_unit": "YES",
    "resolved_by_callback": "YES",
    "satisfaction": "SATISFIED",
    "finding": "SUBSTANTIATED",
    "counted": True,
}


@pytest.mark.parametrize("missing", list(FIVE))
def test_the_five_closing_fields_are_set_one_by_one(missing):
    facts = case(State.CALLBACK, history={"tries": (GOOD,)})
    with pytest.raises(NotPossible, match="五个办结项"):
        after(facts, Action.CLOSE, **{name: value for name, value in FIVE.items() if name != missing})
    assert after(facts, Action.CLOSE, **FIVE).state == State.CLOSED


def test_a_file_is_not_closed_before_somebody_was_asked():
    with pytest.raises(NotPossible, match="有效回访"):
        after(case(State.CALLBACK), Action.CLOSE, **FIVE)


def test_the_timer_closes_only_what_the_sample_left_out_after_a_silent_window():
    left_out = {"callback_required": False, "delivered_at": AT}
    assert after(case(State.CALLBACK, history=left_out), Action.CLOSE, ActorKind.TIMER).state == State.CLOSED
    for facts in (
        case(State.CALLBACK, history={"callback_required": True}),
        case(State.CALLBACK, history=left_out, dispute_window=True),
        case(State.CALLBACK, kind=AppealKind.COMPLAINT, history=left_out),
        case(State.CALLBACK, Flag.DISPUTED, history=left_out),
    ):
        with pytest.raises(NotPossible):
            after(facts, Action.CLOSE, ActorKind.TIMER)


def test_two_rounds_of_rework_and_then_the_tier_above():
    facts = case(State.ANSWERED, history={"reworks": 2})
    with pytest.raises(NotPossible, match="上一级决定"):
        after(facts, Action.SEND_BACK, reason="没有答完")
    assert after(facts, Action.SEND_BACK, reason="没有答完", by_above=True).state == State.HANDLING


@pytest.mark.parametrize("action", [Action.DISPUTE, Action.RATE])
def test_one_dispute_and_one_rating_an_answered_round(action):
    history = {"disputed_rounds": frozenset({1}), "rated_rounds": frozenset({1}), "delivered_at": AT}
    with pytest.raises(NotPossible, match="这一轮"):
        after(case(State.CALLBACK, history=history), action, ActorKind.APPELLANT, satisfaction="SATISFIED")


def test_reopening_ends_with_its_window_and_its_limit():
    with pytest.raises(NotPossible, match="期限"):
        after(case(State.CLOSED), Action.REOPEN, reason="又坏了")
    with pytest.raises(NotPossible, match="上一级"):
        after(case(State.CLOSED, history={"reopens": 2}, reopen_window=True), Action.REOPEN, reason="又坏了")
    assert after(case(State.CLOSED), Action.REOPEN, reason="假办结", false_closure=True).state == State.RECEIVED


def test_an_overturned_refusal_stands_where_it_stood():
    act = UnreviewedAct(sequence=2, action=Action.REFUSE, by=3, former_state=State.RECEIVED, former={})
    facts = case(State.REFUSED, Flag.UNREVIEWED, history={"unreviewed": (act,)})
    following = after(facts, Action.OVERTURN, reviews=2, reason="应当受理", former_state=State.RECEIVED)
    assert (following.state, following.flags) == (State.RECEIVED, frozenset())


def test_the_flag_stays_while_another_act_waits():
    acts = tuple(UnreviewedAct(n, Action.RECLASSIFY, 3, State.RECEIVED, {}) for n in (2, 3))
    facts = case(State.RECEIVED, Flag.UNREVIEWED, history={"unreviewed": acts})
    assert after(facts, Action.CONFIRM, reviews=2).flags == {Flag.UNREVIEWED}


def test_what_no_form_can_mend_is_told_before_a_button_is_drawn():
    dispatch = case(State.RECEIVED, subjects=(SubjectFact(1, SubjectStatus.TYPED),))
    assert obstacles(Action.DISPATCH, dispatch, kind=ActorKind.STAFF) == ("家长提到了人，请先确认或排除被反映对象",)
    assert obstacles(Action.DISPATCH, case(State.RECEIVED), kind=ActorKind.STAFF) == ()
    assert obstacles(Action.DISPATCH, case(State.CLOSED), kind=ActorKind.STAFF) == ()


def test_imported_history_is_not_held_up_by_what_was_never_recorded():
    assert obstacles(Action.CLOSE, case(State.CALLBACK), kind=ActorKind.STAFF) == (
        "还没有有效回访，也没有满足联系不上的条件",
    )
    assert obstacles(Action.CLOSE, case(State.CALLBACK, Flag.IMPORTED), kind=ActorKind.STAFF) == ()


def test_what_is_not_in_the_table_is_refused_in_words():
    with pytest.raises(NotPossible, match="现在不能做这一步"):
        after(case(State.CLOSED), Action.DISPATCH, lead_unit=4)
