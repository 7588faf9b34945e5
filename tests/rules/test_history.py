"""The events, read in order: what happened before is folded here and nowhere else."""

from datetime import UTC, datetime, timedelta

from huying.rules import history
from huying.rules.case import StepFact
from huying.rules.enums import Action, ActorKind, Flag, State

A, S, F = Action, State, Flag
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def minute(number):
    return START + timedelta(minutes=number)


def story(*lines):
    """(action, state after, person, data, flags) per line, a minute apart; what is left out is nothing."""
    steps, before = [], None
    for number, (action, state, *rest) in enumerate(lines, start=1):
        person, data, flags = (*rest, *(None, {}, ())[len(rest) :])
        steps.append(
            StepFact(
                sequence=number,
                action=action,
                at=minute(number),
                actor_kind=ActorKind.STAFF,
                person=person,
                unit=2,
                from_state=before,
                to_state=state,
                flags=frozenset(flags),
                data=data or {},
            )
        )
        before = state
    return history.replay(steps)


DISPATCHED = ((A.REGISTER, S.RECEIVED, 11), (A.DISPATCH, S.DISPATCHED, 12, {"lead_unit": 4}))
HANDLED = (*DISPATCHED, (A.ACKNOWLEDGE, S.HANDLING, 13))
ANSWERED = (*HANDLED, (A.CONTACT, S.HANDLING, 13, {"reached": True}), (A.ANSWER, S.ANSWERED, 13))
DELIVERED = (*ANSWERED, (A.APPROVE_ANSWER, S.CALLBACK, 14, {"callback_required": False}))
YES = {"reached": True, "contacted": True, "resolved": True, "satisfaction": "SATISFIED"}
CLOSED = (*DELIVERED, (A.CALL_BACK, S.CALLBACK, 16, YES), (A.CLOSE, S.CLOSED, 12))


def test_no_event_no_state():
    past = history.replay([])
    assert (past.state, past.flags, past.round, past.hands) == (None, frozenset(), 1, frozenset())


def test_who_registered_and_who_dispatched_to_whom():
    past = story(*DISPATCHED)
    assert (past.state, past.registered_by) == (S.DISPATCHED, 11)
    assert (past.dispatched_by, past.dispatched_at, past.lead_units) == (12, minute(2), {4})


def test_every_lead_unit_is_remembered():
    assert story(*HANDLED, (A.DISPATCH, S.DISPATCHED, 12, {"lead_unit": 6})).lead_units == {4, 6}
    assert story(*HANDLED, (A.DISPATCH, S.DISPATCHED, None, {})).lead_units == {4}


def test_hands_are_those_who_worked_on_it():
    helped = (*ANSWERED, (A.ASSIST, S.ANSWERED, 15, {"for_unit": 6}), (A.CALL_BACK, S.ANSWERED, 16))
    assert story(*helped).hands == {13, 15}
    assert story(*HANDLED, (A.UNDEFER, S.HANDLING, None)).hands == {13}


def test_a_contact_counts_when_reached_or_recorded_as_impossible():
    def contact(**data):
        past = story(*HANDLED, (A.CONTACT, S.HANDLING, 13, data))
        return past.contacted, past.has_contact

    assert contact(reached=True) == (True, True)
    assert contact(reached=False) == (False, True)
    assert contact(reached=False, impossible=True) == (True, True)


def test_a_later_failure_does_not_undo_a_contact():
    assert story(*ANSWERED[:-1], (A.CONTACT, S.HANDLING, 13, {"reached": False})).contacted


def test_a_decline_has_an_asker_until_it_is_ruled_on():
    asked = (*HANDLED, (A.DECLINE, S.HANDLING, 13, {}, (F.DECLINE_PENDING,)))
    granted = story(*asked, (A.APPROVE_DECLINE, S.RECEIVED, 12))
    refused = story(*asked, (A.REJECT_DECLINE, S.HANDLING, 12))
    assert (story(*asked).declined_by, story(*asked).flags) == (13, {F.DECLINE_PENDING})
    assert (granted.declined_by, granted.returns, granted.decline_rejected) == (None, 1, False)
    assert (refused.declined_by, refused.returns, refused.decline_rejected) == (None, 0, True)


def test_a_new_unit_may_decline_again():
    refused = (*HANDLED, (A.DECLINE, S.HANDLING, 13), (A.REJECT_DECLINE, S.HANDLING, 12))
    assert not story(*refused, (A.DISPATCH, S.DISPATCHED, 12, {"lead_unit": 6})).decline_rejected


def test_parts_statements_and_requests_are_on_record():
    past = story(
        *HANDLED,
        (A.ASSIST, S.HANDLING, 15, {"for_unit": 6}),
        (A.ASSIST, S.HANDLING, 15, {}),
        (A.TAKE_STATEMENT, S.HANDLING, 13),
        (A.REQUEST_EXTENSION, S.HANDLING, 13),
        (A.REQUEST_DEFERRAL, S.HANDLING, 14),
        (A.SUPERVISE, S.HANDLING, 18),
        (A.RECORD_REPORT, S.HANDLING, 17, {"reported_to": "县公安局"}),
    )
    assert (past.assisted_units, past.statement_taken) == ({6}, True)
    assert (past.extension_used, past.extension_asked_by, past.deferral_asked_by) == (True, 13, 14)
    assert (past.supervised_by, past.supervised_unit, past.reports) == (18, 2, ("县公安局",))


def test_an_answer_has_a_pen_and_a_delivery():
    past = story(*DELIVERED)
    assert (past.answered_by, past.answered_at) == (13, minute(5))
    assert (past.delivered_at, past.callback_required) == (minute(6), False)


def test_an_answer_on_the_spot_is_written_and_delivered_at_once():
    past = story((A.REGISTER, S.RECEIVED, 11), (A.ANSWER_AT_ONCE, S.CALLBACK, 11, {"callback_required": True}))
    assert (past.answered_by, past.answered_at, past.delivered_at) == (11, minute(2), minute(2))
    assert (past.hands, past.callback_required) == ({11}, True)
    assert story((A.REGISTER, S.RECEIVED), (A.ANSWER_AT_ONCE, S.CALLBACK)).hands == frozenset()


def test_an_answer_sent_back_is_not_delivered_and_its_calls_are_over():
    past = story(*DELIVERED, (A.CALL_BACK, S.CALLBACK, 16, YES), (A.SEND_BACK, S.HANDLING, 12))
    assert (past.reworks, past.delivered_at, past.tries, past.round) == (1, None, (), 1)


def test_the_last_valid_call_of_the_round_counts():
    no = {**YES, "resolved": False, "tried_at": "2026-11-23T09:00:00+08:00"}
    past = story(
        *DELIVERED,
        (A.CALL_BACK, S.CALLBACK, 16, YES),
        (A.CALL_BACK, S.CALLBACK, 16, no),
        (A.CALL_BACK, S.CALLBACK, 16, {"reached": False}),
    )
    assert past.valid_callback.resolved is False
    assert [one.at for one in past.tries] == [minute(7), datetime(2026, 11, 23, 1, 0, tzinfo=UTC), minute(9)]
    assert story(*DELIVERED).valid_callback is None


def test_confirming_a_closing_never_moves_its_time():
    disputed = (*CLOSED, (A.DISPUTE, S.CLOSED, None, {}, (F.DISPUTED,)))
    assert story(*CLOSED).closed_at == minute(8)
    assert story(*disputed, (A.CLOSE, S.CLOSED, 12)).closed_at == minute(8)


def test_ratings_and_disputes_belong_to_their_answered_round():
    once = (*DELIVERED, (A.RATE, S.CALLBACK, None, {"satisfaction": "DISSATISFIED"}), (A.DISPUTE, S.CALLBACK, None))
    again = (*once, (A.SEND_BACK, S.HANDLING, 12), (A.ANSWER, S.ANSWERED, 13), (A.APPROVE_ANSWER, S.CALLBACK, 14))
    past = story(*again, (A.RATE, S.CALLBACK, None, {"satisfaction": "SATISFIED"}))
    assert (story(*once).rated_rounds, story(*once).disputed_rounds, story(*once).last_rating) == (
        {1},
        {1},
        "DISSATISFIED",
    )
    assert (past.rated_rounds, past.disputed_rounds, past.last_rating) == ({1, 2}, {1}, "SATISFIED")


def test_a_reopened_appeal_begins_a_new_round():
    past = story(*CLOSED, (A.REOPEN, S.RECEIVED, 12))
    assert (past.round, past.reopens, past.state) == (2, 1, S.RECEIVED)
    assert (past.delivered_at, past.closed_at, past.tries) == (None, None, ())
    assert (past.contacted, past.statement_taken, past.extension_used) == (False, False, False)
    assert past.lead_units == {4}


def test_acts_that_wait_for_a_second_person():
    former = {"kind": "HELP"}
    refused = (
        (A.REGISTER, S.RECEIVED, 11),
        (A.RECLASSIFY, S.RECEIVED, 12, {"former": former}, (F.UNREVIEWED,)),
        (A.REFUSE, S.REFUSED, 12, {}, (F.UNREVIEWED,)),
    )
    acts = story(*refused).unreviewed
    assert [(act.sequence, act.action, act.by, act.former_state) for act in acts] == [
        (2, A.RECLASSIFY, 12, S.RECEIVED),
        (3, A.REFUSE, 12, S.RECEIVED),
    ]
    assert acts[0].former == former
    confirmed = story(*refused, (A.CONFIRM, S.REFUSED, 17, {"reviews": 2}, (F.UNREVIEWED,)))
    assert [act.sequence for act in confirmed.unreviewed] == [3]
    overturned = story(*refused, (A.OVERTURN, S.RECEIVED, 17, {"reviews": 3}, (F.UNREVIEWED,)))
    assert [act.sequence for act in overturned.unreviewed] == [2]


def test_an_act_without_the_flag_waits_for_nobody():
    assert story((A.REGISTER, S.RECEIVED), (A.PAUSE, S.RECEIVED, 12)).unreviewed == ()


def test_a_withdrawal_counts_from_its_wish_until_it_is_undone():
    wished = (*HANDLED, (A.WITHDRAW, S.HANDLING, None, {}, (F.WITHDRAW_PENDING,)))
    assert story(*wished).withdraw_since == minute(4)
    assert story(*wished, (A.UNDO_WITHDRAW, S.HANDLING)).withdraw_since is None
    assert story(*wished, (A.WITHDRAW, S.WITHDRAWN)).withdraw_since is None


def test_a_joined_appeal_knows_its_main_until_it_stands_alone_again():
    joined = ((A.REGISTER, S.RECEIVED), (A.JOIN, S.JOINED, 12, {"main": 77}))
    assert story(*joined).main == 77
    assert story(*joined, (A.UNJOIN, S.RECEIVED, 12)).main is None


def test_each_unit_that_watches_is_remembered():
    past = story(*HANDLED, (A.ESCALATE, S.HANDLING, 12, {"watching": 2}), (A.ESCALATE, S.HANDLING, None, {}))
    assert past.watched_by == {2}


ASKED = (A.REQUEST_UNMASK, S.HANDLING, 13, {"purpose": "call", "hours": 4, "fields": ["phone"]})


def test_an_identity_is_open_from_the_grant_for_the_hours_asked():
    asked = story(*DISPATCHED, ASKED)
    assert (asked.unmask_ask.by, asked.unmask_grants) == (13, ())
    granted = story(*DISPATCHED, ASKED, (A.APPROVE_UNMASK, S.HANDLING, 12))
    assert granted.unmask_ask is None
    assert [(one.person, one.until) for one in granted.unmask_grants] == [(13, minute(4) + timedelta(hours=4))]
    assert story(*DISPATCHED, (A.APPROVE_UNMASK, S.HANDLING, 12)).unmask_grants == ()


def test_a_standing_grant_needs_no_second_step():
    standing = (A.REQUEST_UNMASK, S.HANDLING, 13, {**ASKED[3], "standing": True})
    assert [one.person for one in story(*DISPATCHED, standing).unmask_grants] == [13]


def test_a_refused_request_is_over_and_grants_nothing():
    refused = story(*DISPATCHED, ASKED, (A.REJECT_UNMASK, S.HANDLING, 12))
    assert (refused.unmask_ask, refused.unmask_grants) == (None, ())


def test_whoever_took_it_down_is_the_first_reader_and_a_family_or_a_sheet_is_none():
    assert story((A.REGISTER, S.RECEIVED, 11)).readers == (11,)
    assert story((A.REGISTER, S.RECEIVED)).readers == ()


NAMED = ((A.REGISTER, S.RECEIVED, 11), (A.NAME_READER, S.RECEIVED, 12, {"reader": 12, "instead_of": None}))


def test_readers_are_named_replaced_and_step_back():
    assert story(*NAMED).readers == (11, 12)
    assert story(*NAMED, (A.NAME_READER, S.RECEIVED, 12, {"reader": 17, "instead_of": 11})).readers == (12, 17)
    assert story(*NAMED, (A.NAME_READER, S.RECEIVED, 12, {"reader": 11})).readers == (12, 11)
    assert story(*NAMED, (A.NAME_READER, S.RECEIVED, 12, {})).readers == (11, 12)
    assert story(*NAMED, (A.RECUSE, S.RECEIVED, 11)).readers == (12,)


def test_the_last_opening_of_each_reader_counts():
    read = (A.READ_ORIGINAL, S.RECEIVED, 12)
    past = story(*NAMED, read, (A.READ_ORIGINAL, S.RECEIVED, 11), read)
    assert [(one.person, one.at) for one in past.openings] == [(11, minute(4)), (12, minute(5))]


def test_what_was_a_report_once_is_remembered():
    was = (A.RECLASSIFY, S.RECEIVED, 12, {"former": {"kind": "REPORT"}})
    other = (A.RECLASSIFY, S.RECEIVED, 12, {"former": {"kind": "HELP"}})
    assert [story(*NAMED, *more).was_report for more in ((), (other,), (was,), (was, other))] == [
        False,
        False,
        True,
        True,
    ]


def test_whoever_steps_back_keeps_neither_grant_nor_request():
    granted = (*DISPATCHED, ASKED, (A.APPROVE_UNMASK, S.HANDLING, 12), ASKED)
    gone = story(*granted, (A.RECUSE, S.HANDLING, 13))
    assert (gone.unmask_ask, gone.unmask_grants) == (None, ())
    kept = story(*granted, (A.RECUSE, S.HANDLING, 14))
    assert (kept.unmask_ask.by, len(kept.unmask_grants)) == (13, 1)


def test_what_was_erased_stays_erased():
    assert story(*DISPATCHED, (A.ERASE, S.HANDLING)).is_erased


def test_what_it_repeats_is_what_was_said_last():
    linked = story((A.REGISTER, S.RECEIVED, 11), (A.LINK_REPEAT, S.RECEIVED, 12, {"repeat_of": 7}))
    unlinked = story(
        (A.REGISTER, S.RECEIVED, 11),
        (A.LINK_REPEAT, S.RECEIVED, 12, {"repeat_of": 7}),
        (A.UNLINK_REPEAT, S.RECEIVED, 12, {"repeat_of": None}),
    )
    assert (linked.repeat_of, unlinked.repeat_of) == (7, None)


def test_it_is_public_until_it_is_taken_down():
    told = ((A.REGISTER, S.RECEIVED, 11), (A.PUBLISH, S.CLOSED, 12))
    assert story(*told).is_published
    assert not story(*told, (A.TAKE_DOWN, S.CLOSED, 12)).is_published
