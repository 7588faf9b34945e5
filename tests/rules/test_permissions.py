"""Who may do what: the wall first, then the post, then the hand (domain §2.3–2.5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from huying.rules import permissions
from huying.rules.actors import FILER, IMPORT, NOBODY, TIMER, holder
from huying.rules.case import Opening, UnmaskAsk, UnmaskGrant, UnreviewedAct
from huying.rules.enums import Action, AppealKind, Flag, State, SubjectStatus
from huying.rules.permissions import NotAllowed
from tests.rules.scene import (
    AT,
    CAST,
    CENTRE,
    CLASS,
    COUNTY,
    GRADE,
    OFFICE,
    OTHER_CLASS,
    OTHER_SCHOOL,
    SCHOOL,
    about,
    about_unit,
    case,
)

A = Action
MOTHER = holder(receipt=1, appeals=frozenset({1}))
SEE_IT = "clerk county_dispatcher county_supervisor dispatcher grade_head inspector principal teacher"
DESKS = "county_dispatcher dispatcher"


def who(ask, facts, *more):
    return " ".join(sorted(name for name, actor in CAST.items() if ask(actor, *more, facts)))


def allowed(action, facts):
    return who(permissions.has_the_right, facts, action)


# An appeal that a clerk took down, in the hands of the class teacher, who has worked on it.
IN_HAND = case(past={"hands": frozenset({13}), "registered_by": 11, "dispatched_by": 12, "readers": (11,)})
RIGHTS = {
    A.MARK_SAFETY: SEE_IT,
    A.CLEAR_SAFETY: "county_supervisor principal",
    A.RECORD_REPORT: "county_dispatcher county_supervisor dispatcher inspector principal",
    A.REFUSE: DESKS,
    A.REFER_OUT: DESKS,
    A.JOIN: DESKS,
    A.UNJOIN: DESKS,
    A.SPLIT: DESKS,
    A.ANSWER_AT_ONCE: f"clerk {DESKS}",
    A.DISPATCH: DESKS,
    A.ACKNOWLEDGE: "teacher",
    A.DECLINE: "teacher",
    A.APPROVE_DECLINE: DESKS,
    A.REJECT_DECLINE: DESKS,
    A.ASSIGN: "teacher",
    A.CONTACT: "teacher",
    A.ASK: f"{DESKS} teacher",
    A.ASSIST: "",
    A.TAKE_STATEMENT: "teacher",
    A.PAUSE: "teacher",
    A.RESUME: "teacher",
    A.REQUEST_EXTENSION: "teacher",
    A.APPROVE_EXTENSION: "county_supervisor principal",
    A.REJECT_EXTENSION: "county_supervisor principal",
    A.REQUEST_DEFERRAL: "teacher",
    A.DEFER: "county_supervisor principal",
    A.REJECT_DEFERRAL: "county_supervisor principal",
    A.UNDEFER: f"{DESKS} principal",
    A.ANSWER: "teacher",
    A.APPROVE_ANSWER: "grade_head",
    A.SEND_BACK: DESKS,
    A.CALL_BACK: "",
    A.CLOSE: DESKS,
    A.RATE: "",
    A.DISPUTE: "",
    A.DISPUTE_CONTACT: "",
    A.REOPEN: "county_dispatcher county_supervisor dispatcher inspector",
    A.WITHDRAW: "",
    A.UNDO_WITHDRAW: "",
    A.CONFIRM: "county_dispatcher county_supervisor dispatcher inspector principal",
    A.OVERTURN: "county_dispatcher county_supervisor dispatcher inspector principal",
    A.RECLASSIFY: DESKS,
    A.NAME_SUBJECT: f"clerk {DESKS}",
    A.DISMISS_SUBJECT: f"clerk {DESKS}",
    A.RECUSE: f"{DESKS} grade_head teacher",
    A.ADD_MESSAGE: f"clerk {DESKS}",
    A.REPLACE_CODE: "clerk",
    A.HAND_OVER: f"{DESKS} teacher",
    A.ESCALATE: DESKS,
    A.SUPERVISE: "county_supervisor inspector principal",
    A.LIFT_SUPERVISION: "county_supervisor",
    A.REMIND: "county_dispatcher county_supervisor dispatcher inspector principal",
    A.REQUEST_UNMASK: "teacher",
    A.APPROVE_UNMASK: "",
    A.REJECT_UNMASK: "",
    A.UNMASK: "",
    A.NAME_READER: DESKS,
    A.READ_ORIGINAL: f"clerk {DESKS}",
    A.SUMMARISE: "clerk",
    A.ERASE: "",
    A.EXCLUDE: "county_dispatcher county_supervisor",
    A.INCLUDE: "county_dispatcher county_supervisor",
    A.LINK_REPEAT: DESKS,
    A.UNLINK_REPEAT: DESKS,
    A.PUBLISH: "county_dispatcher county_supervisor dispatcher inspector principal",
    A.TAKE_DOWN: "county_dispatcher county_supervisor dispatcher inspector principal",
}
MOTHERS_OWN = {
    A.UNJOIN,
    A.RATE,
    A.DISPUTE,
    A.DISPUTE_CONTACT,
    A.WITHDRAW,
    A.UNDO_WITHDRAW,
    A.ADD_MESSAGE,
    A.RESUME,
}


def test_every_action_but_the_first_says_who_may_take_it():
    assert set(permissions.WHO) == set(RIGHTS) == set(Action) - {A.REGISTER}


@pytest.mark.parametrize("action", RIGHTS)
def test_each_step_belongs_to_these_and_nobody_else(action):
    assert allowed(action, IN_HAND) == RIGHTS[action]


def test_those_near_an_appeal_know_of_it_and_nobody_else_does():
    assert who(permissions.sees, IN_HAND) == SEE_IT


def test_a_machine_may_and_a_stranger_may_not():
    stranger = holder(receipt=9, appeals=frozenset({99}))
    assert all(permissions.has_the_right(machine, A.REMIND, IN_HAND) for machine in (TIMER, IMPORT))
    assert permissions.sees(TIMER, IN_HAND)
    assert [permissions.sees(one, IN_HAND) for one in (MOTHER, stranger, FILER, NOBODY)] == [True, False, False, False]
    assert not permissions.has_the_right(stranger, A.RATE, IN_HAND)


def test_the_receipt_opens_its_own_steps_only():
    steps = {action for action in RIGHTS if permissions.has_the_right(MOTHER, action, IN_HAND)}
    assert steps - {A.LIFT_SUPERVISION} == MOTHERS_OWN


def test_the_wall_beats_every_post():
    facts = case(subjects=(about("principal"),), in_charge=15, lead=OFFICE, answering=SCHOOL)
    assert who(permissions.sees, facts) == "county_dispatcher county_supervisor"
    assert not permissions.may(CAST["principal"], A.SUPERVISE, facts)


def test_the_wall_stands_for_a_proposal_and_falls_with_its_dismissal():
    proposed = case(subjects=(about("teacher", SubjectStatus.PROPOSED),))
    dismissed = case(subjects=(about("teacher", SubjectStatus.DISMISSED),))
    assert not permissions.sees(CAST["teacher"], proposed)
    assert permissions.sees(CAST["teacher"], dismissed)


def test_who_is_in_charge_sees_it_wherever_they_work():
    assert permissions.sees(CAST["other_teacher"], case(in_charge=20))


def test_a_caller_sees_what_is_to_be_called_back():
    seen = [state for state in State if permissions.sees(CAST["caller"], case(state))]
    assert seen == [State.CALLBACK, State.JOINED]


def test_the_words_of_a_report_are_for_the_clerk_who_took_them():
    own = case(kind=AppealKind.REPORT, past={"registered_by": 11})
    foreign = case(kind=AppealKind.REPORT, past={"registered_by": 99})
    assert [permissions.sees(CAST["clerk"], facts) for facts in (own, foreign)] == [True, False]


def test_before_dispatch_an_assisting_unit_is_all_that_is_below():
    facts = case(State.RECEIVED, lead=None, in_charge=None, answering=None, reviewing=None, assisting=(OFFICE,))
    assert permissions.sees(CAST["office_head"], facts)
    assert not permissions.sees(CAST["teacher"], facts)
    assert allowed(A.ACKNOWLEDGE, facts) == ""


def test_an_assisting_unit_gives_its_part_by_its_head():
    assert allowed(A.ASSIST, case(assisting=(OFFICE,))) == "office_head"


def test_while_nobody_is_in_charge_the_head_is():
    facts = case(in_charge=None)
    assert allowed(A.ANSWER, facts) == "teacher"


def test_a_grade_head_passes_down_and_a_class_teacher_cannot():
    assert allowed(A.DISPATCH, case(lead=GRADE, answering=GRADE)) == f"{DESKS} grade_head"


def test_the_pen_that_answered_does_not_review():
    facts = case(State.ANSWERED, lead=GRADE, answering=GRADE, reviewing=SCHOOL, past={"answered_by": 17})
    assert allowed(A.APPROVE_ANSWER, facts) == ""
    assert allowed(A.SEND_BACK, replace(facts, reviewing=COUNTY)) == "county_supervisor"


def test_once_the_reviewer_s_rounds_are_used_up_the_county_sends_back():
    facts = case(State.ANSWERED, past={"reworks": 2, "hands": frozenset({24})})
    assert allowed(A.SEND_BACK, facts) == "county_dispatcher grade_head"
    assert allowed(A.SEND_BACK, case(State.ANSWERED, past={"reworks": 1})) == "grade_head"


def test_without_a_reviewing_unit_nobody_reviews():
    assert allowed(A.APPROVE_ANSWER, case(State.ANSWERED, reviewing=None)) == ""


def test_a_hand_that_worked_on_it_neither_closes_nor_calls():
    facts = case(State.CALLBACK, past={"hands": frozenset({12, 16})})
    assert allowed(A.CLOSE, facts) == "county_dispatcher"
    assert allowed(A.CALL_BACK, facts) == "county_caller"
    assert allowed(A.WITHDRAW, facts) == "county_caller"


def test_where_the_desk_itself_answered_the_county_s_supervisor_may_conclude():
    supervisor = CAST["county_supervisor"]
    by_the_desk = case(State.CALLBACK, lead=None, answering=None, past={"hands": frozenset({23})})
    assert not permissions.may(CAST["county_dispatcher"], Action.CLOSE, by_the_desk)
    assert permissions.may(supervisor, Action.CLOSE, by_the_desk)
    assert permissions.may(supervisor, Action.SEND_BACK, by_the_desk)
    own = case(State.CALLBACK, lead=None, past={"hands": frozenset({24})})
    assert not permissions.may(supervisor, Action.CLOSE, own)
    assert not permissions.may(supervisor, Action.CLOSE, case(State.CALLBACK))


def test_another_school_sees_what_is_sent_to_it_and_nothing_else():
    sent = case(lead=OTHER_SCHOOL, desk=OTHER_SCHOOL)
    assert permissions.sees(CAST["other_principal"], sent)
    assert permissions.sees(CAST["other_dispatcher"], case(lead=None, desk=OTHER_SCHOOL))
    assert not permissions.sees(CAST["other_principal"], case())


def test_a_caller_of_a_unit_that_handled_does_not_call():
    by_school = case(State.CALLBACK, lead=SCHOOL, past={"lead_units": frozenset({2})})
    by_centre = case(State.CALLBACK, lead=CENTRE)
    assert (allowed(A.CALL_BACK, by_school), allowed(A.CALL_BACK, by_centre)) == ("county_caller", "county_caller")


def test_a_caller_who_works_beside_the_subject_does_not_call():
    facts = case(State.CALLBACK, subjects=(about("dispatcher"),))
    assert allowed(A.CALL_BACK, facts) == "county_caller"


def test_a_caller_without_a_place_in_the_tree_may_call():
    homeless = replace(CAST["caller"], home=None)
    assert permissions.has_the_right(homeless, A.CALL_BACK, case(State.CALLBACK))


def test_who_asked_or_handles_does_not_grant_time():
    asked = case(past={"extension_asked_by": 17})
    put_off = case(past={"deferral_asked_by": 17})
    handles = case(in_charge=17)
    for facts in (asked, put_off, handles):
        assert allowed(A.APPROVE_EXTENSION, facts) == "county_supervisor"


def test_the_county_grants_time_to_the_school_tier():
    assert allowed(A.DEFER, case(lead=SCHOOL, answering=SCHOOL)) == "county_supervisor"
    assert allowed(A.DEFER, case(lead=None, in_charge=None)) == "county_supervisor principal"


def test_the_decliner_and_their_unit_do_not_rule_on_it():
    by_dispatcher = case(past={"declined_by": 12})
    by_school = case(lead=SCHOOL, answering=SCHOOL, past={"declined_by": 17})
    assert allowed(A.APPROVE_DECLINE, by_dispatcher) == "county_dispatcher"
    assert allowed(A.APPROVE_DECLINE, by_school) == "county_dispatcher"
    assert allowed(A.APPROVE_DECLINE, case(lead=None)) == DESKS


def test_what_the_county_declines_is_ruled_on_by_another_person_there():
    own = {"desk": COUNTY, "lead": COUNTY, "answering": COUNTY}
    assert allowed(A.REJECT_DECLINE, case(**own, past={"declined_by": 24})) == "county_dispatcher"
    assert allowed(A.REJECT_DECLINE, case(**own, past={"declined_by": 23})) == ""


def test_the_acting_hand_does_not_review_itself():
    act = UnreviewedAct(sequence=2, action=A.REFUSE, by=12, former_state=State.RECEIVED, former={})
    facts = case(State.REFUSED, Flag.UNREVIEWED, past={"unreviewed": (act,)})
    assert allowed(A.CONFIRM, facts) == "county_dispatcher county_supervisor inspector principal"


def test_the_handling_unit_does_not_clear_its_red_line():
    assert allowed(A.CLEAR_SAFETY, case(lead=SCHOOL)) == "county_supervisor"
    assert allowed(A.CLEAR_SAFETY, case(lead=None)) == "county_supervisor principal"


def test_before_dispatch_the_desk_pauses():
    assert allowed(A.PAUSE, case(State.RECEIVED, lead=None, in_charge=None, answering=None)) == DESKS


def test_who_set_a_demand_may_lift_it():
    assert allowed(A.LIFT_SUPERVISION, case(past={"supervised_by": 18})) == "county_supervisor inspector"


def test_an_appellant_escalates_after_a_bad_rating_only():
    bad = case(past={"last_rating": "DISSATISFIED"})
    assert permissions.has_the_right(MOTHER, A.ESCALATE, bad)
    assert not permissions.has_the_right(MOTHER, A.ESCALATE, IN_HAND)


def test_a_right_without_a_line_in_the_table_is_no_step():
    assert permissions.has_the_right(CAST["dispatcher"], A.CLOSE, case())
    assert not permissions.may(CAST["dispatcher"], A.CLOSE, case())
    assert permissions.may(CAST["dispatcher"], A.CLOSE, case(State.CALLBACK))


def test_a_refused_right_is_said_in_words():
    with pytest.raises(NotAllowed, match="不由您办理"):
        permissions.require(CAST["caller"], A.ANSWER, case())
    permissions.require(CAST["teacher"], A.ANSWER, case())


def test_the_buttons_of_a_class_teacher_while_handling():
    assert permissions.open_steps(CAST["teacher"], case()) == (
        A.MARK_SAFETY,
        A.DECLINE,
        A.ASSIGN,
        A.CONTACT,
        A.ASK,
        A.TAKE_STATEMENT,
        A.PAUSE,
        A.REQUEST_EXTENSION,
        A.REQUEST_DEFERRAL,
        A.ANSWER,
        A.RECUSE,
        A.HAND_OVER,
        A.REQUEST_UNMASK,
    )


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (FILER, True),
        (MOTHER, True),
        (TIMER, True),
        (IMPORT, True),
        (NOBODY, False),
        (CAST["clerk"], True),
        (CAST["teacher"], True),
        (CAST["county_dispatcher"], True),
        (CAST["caller"], False),
        (CAST["other_dispatcher"], False),
        (CAST["system_admin"], False),
        (CAST["auditor"], False),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_who_may_take_in_an_appeal_for_the_school(actor, may):
    assert permissions.may_register(actor, place=SCHOOL) is may


def test_a_ruling_comes_from_above_the_desk_after_two_returns():
    twice, once = case(past={"returns": 2}), case(past={"returns": 1})
    assert who(permissions.is_ruling, twice) == "county_dispatcher county_supervisor"
    assert who(permissions.is_ruling, once) == ""
    assert who(permissions.is_ruling, case(desk=COUNTY, past={"returns": 2})) == "county_dispatcher"


@pytest.mark.parametrize(
    ("subjects", "desk", "who_else"),
    [
        (("county_dispatcher",), SCHOOL, "county_supervisor "),
        (("county_dispatcher",), COUNTY, "county_supervisor "),
        (("teacher",), SCHOOL, ""),
        (("principal",), SCHOOL, ""),
        (("grade_head",), COUNTY, ""),
    ],
)
def test_where_the_county_s_own_people_are_named_its_supervisor_may_do_the_desk_s_work(subjects, desk, who_else):
    named = case(State.RECEIVED, desk=desk, subjects=tuple(about(one) for one in subjects))
    at_the_desk = "county_dispatcher " + who_else + ("dispatcher" if desk == SCHOOL else "")
    assert who(permissions.at_the_desk, named) == at_the_desk.strip()
    assert who(permissions.decides_decline, named) == at_the_desk.strip()
    dismissed = case(desk=SCHOOL, subjects=(about("county_dispatcher", SubjectStatus.DISMISSED),))
    assert who(permissions.at_the_desk, dismissed) == DESKS


def test_above_means_the_county():
    assert who(permissions.is_above, case()) == "county_dispatcher county_supervisor"
    assert who(permissions.is_above, case(place=OTHER_SCHOOL)) == "county_dispatcher county_supervisor"


@pytest.mark.parametrize("flag", [Flag.DECLINE_PENDING, Flag.EXTENSION_PENDING, Flag.DEFERRAL_PENDING])
def test_a_pending_request_blocks(flag):
    assert permissions.is_blocked(case(State.HANDLING, flag))
    assert not permissions.is_blocked(case(State.HANDLING, Flag.SAFETY))


EVERYBODY = tuple(Opening(actor.person, AT) for actor in CAST.values())


def report(*readers, flags=(), kind=AppealKind.REPORT, at=AT, past=None, **more):
    """A 举报 that everybody has just opened, whether they could or not: the seats alone decide."""
    own = {"registered_by": 11, "readers": readers, "openings": EVERYBODY, **(past or {})}
    return case(State.HANDLING, *flags, kind=kind, at=at, past=own, **more)


def test_the_words_of_a_report_are_read_by_the_two_named_and_by_nobody_else():
    assert who(permissions.reads_original, report(11, 12)) == "clerk dispatcher"
    assert who(permissions.reads_original, report(23)) == "county_dispatcher"
    assert who(permissions.reads_original, report()) == ""
    assert permissions.reads_original(MOTHER, report())
    assert who(permissions.reads_original, case()) == " ".join(sorted(CAST))


def test_an_opening_lasts_half_an_hour():
    last, over = AT + timedelta(minutes=30, seconds=-1), AT + timedelta(minutes=30)
    assert who(permissions.reads_original, report(12, at=last)) == "dispatcher"
    assert who(permissions.reads_original, report(12, at=over)) == ""
    assert who(permissions.reads_original, report(12, past={"openings": ()})) == ""


def test_a_report_made_something_else_stays_sealed_until_a_second_person_agrees():
    made_other = {"was_report": True, "readers": (12,)}
    unreviewed = report(flags=[Flag.UNREVIEWED], kind=AppealKind.HELP, past=made_other)
    assert who(permissions.reads_original, unreviewed) == "dispatcher"
    assert "teacher" in who(permissions.reads_original, report(kind=AppealKind.HELP, past=made_other))


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"subjects": (about("dispatcher"),)}, "county_dispatcher"),
        ({"subjects": (about("principal"),)}, "county_dispatcher"),
        ({"in_charge": 12}, "county_dispatcher"),
        ({"past": {"hands": frozenset({12})}}, "county_dispatcher"),
        ({"desk": COUNTY}, "county_dispatcher"),
    ],
)
def test_a_reader_in_conflict_or_with_a_hand_in_it_reads_no_more(change, left):
    assert who(permissions.reads_original, report(12, 23, **change)) == left


def test_the_desk_opens_while_a_seat_is_free():
    assert who(permissions.may_open, report()) == DESKS
    assert who(permissions.may_open, report(11)) == f"clerk {DESKS}"
    assert who(permissions.may_open, report(11, 17)) == "clerk principal"


def test_who_handles_can_be_no_reader():
    fit = "clerk county_dispatcher county_supervisor dispatcher inspector principal"
    assert who(permissions.may_be_reader, report()) == fit
    assert "principal" not in who(permissions.may_be_reader, report(answering=SCHOOL))


def test_names_of_those_complained_about_are_for_whom_must_hear_them():
    facts = case(subjects=(about("office_head"),))
    assert who(permissions.knows_subjects, facts) == f"clerk {DESKS} grade_head teacher"


def test_a_rating_is_not_shown_to_the_hands_that_gave_the_answer():
    facts = case(State.CALLBACK, past={"hands": frozenset({17})})
    assert who(permissions.sees_ratings, facts) == (
        "caller county_caller county_dispatcher county_supervisor dispatcher inspector"
    )
    assert not permissions.sees_ratings(CAST["dispatcher"], case(in_charge=12))
    assert not permissions.sees_ratings(CAST["principal"], case(lead=SCHOOL, answering=SCHOOL, in_charge=None))


def test_a_colleague_of_a_class_that_is_complained_about_sees_nothing():
    facts = case(subjects=(about_unit(GRADE),))
    assert not permissions.sees(CAST["other_teacher"], facts)
    assert not permissions.sees(CAST["grade_head"], facts)
    assert permissions.sees(CAST["principal"], facts)
    assert OTHER_CLASS.path.startswith(GRADE.path)
    assert CLASS.path.startswith(GRADE.path)


ASK = UnmaskAsk(by=13, purpose="call", hours=2, fields=frozenset({"phone"}))


def test_who_asked_for_an_identity_and_the_hands_never_agree_to_it():
    assert allowed(A.APPROVE_UNMASK, case(past={"unmask_ask": ASK})) == "county_supervisor principal"
    by_principal = case(in_charge=17, past={"unmask_ask": replace(ASK, by=17, is_above=True)})
    assert allowed(A.REJECT_UNMASK, by_principal) == "county_supervisor"
    assert allowed(A.APPROVE_UNMASK, by_principal) == "county_supervisor"
    worked = case(past={"unmask_ask": ASK, "hands": frozenset({13, 17})})
    assert allowed(A.APPROVE_UNMASK, worked) == "county_supervisor"


def test_a_closing_is_checked_by_those_above_who_had_no_hand_in_it():
    closed = case(State.CLOSED, past={"hands": frozenset({13}), "dispatched_by": 12})
    assert allowed(A.REQUEST_UNMASK, closed) == "county_dispatcher county_supervisor inspector"
    sent_by_the_county = case(State.CLOSED, past={"dispatched_by": CAST["county_dispatcher"].person})
    assert allowed(A.REQUEST_UNMASK, sent_by_the_county) == "county_supervisor inspector"


def test_an_identity_opens_to_who_asked_while_the_hours_run_and_the_appeal_is_theirs():
    def granted(**more):
        grant = UnmaskGrant(person=13, purpose="call", until=AT + timedelta(hours=2), fields=frozenset({"phone"}))
        return case(past={"unmask_grants": (grant,)}, **more)

    assert allowed(A.UNMASK, granted()) == "teacher"
    assert allowed(A.UNMASK, granted(at=AT + timedelta(hours=2))) == ""
    assert allowed(A.UNMASK, granted(in_charge=15)) == ""
    assert allowed(A.UNMASK, granted(subjects=(about("teacher"),))) == ""
