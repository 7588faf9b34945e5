"""Who is complained about is matched to the roster, and the wall stands from that moment."""

from huying.appeals import facts, queries
from huying.appeals.actions.assign import assign
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.people.actions.appoint import appoint
from huying.rules import permissions
from huying.rules.enums import Action, PostKind, State, SubjectStatus
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import PEOPLE, TODAY, at


def match(appeal, *, by, person=None, unit=None, subject=None):
    name_subject(appeal, subject=subject, person=person, unit=unit, by=by, at=at(13))


def sees(actor, appeal):
    return queries.visible_to(actor).filter(pk=appeal.pk).exists()


def test_a_typed_name_becomes_a_person_of_the_roster(stage):
    appeal = given.registered(stage, subjects=["体育老师"])
    typed = appeal.subjects.get()
    match(appeal, by=stage.clerk, subject=typed.pk, person=stage.person("other_teacher"))

    typed.refresh_from_db()
    assert (typed.status, typed.person.name, typed.text.body) == (SubjectStatus.CONFIRMED, "孙梅", "体育老师")
    assert record(appeal) == {"subject": typed.pk, "person": typed.person_id, "unit": None}
    assert written(given.fresh(appeal)) == step(
        "name_subject: received → received", "clerk school", told="subject_named: dispatcher school"
    )


def test_the_person_in_charge_loses_it_at_once_when_it_is_about_them(stage):
    appeal = given.handled(stage)
    assert sees(stage.teacher, appeal)
    match(appeal, by=stage.dispatcher, person=stage.person("teacher"))
    appeal = given.fresh(appeal)
    assert (appeal.in_charge, appeal.state, sees(stage.teacher, appeal)) == (None, State.HANDLING, False)


def test_a_matter_about_the_principal_goes_to_the_county_s_desk(stage):
    appeal = given.registered(stage)
    match(appeal, by=stage.dispatcher, person=stage.person("principal"))
    appeal = given.fresh(appeal)
    assert (appeal.desk.code, appeal.organisation.code, appeal.number) == ("county", "school", "2026-0001")
    assert not sees(stage.dispatcher, appeal)
    assert sees(stage.county_dispatcher, appeal)
    assert written(appeal).told == {"subject_named: county_dispatcher county"}


def test_a_unit_can_be_complained_about(stage):
    appeal = given.registered(stage)
    match(appeal, by=stage.dispatcher, unit=stage.units["office"])
    assert appeal.subjects.get().unit.code == "office"
    assert not sees(stage.office_head, appeal)


def test_one_person_or_one_unit_of_this_appeal(stage):
    appeal, other = given.registered(stage), given.registered(stage, subjects=["体育老师"])
    person, unit = stage.person("teacher"), stage.units["office"]
    with refused(appeal, NotPossible, "一个人或一个单位"):
        match(appeal, by=stage.dispatcher)
    with refused(appeal, NotPossible, "一个人或一个单位"):
        match(appeal, by=stage.dispatcher, person=person, unit=unit)
    with refused(appeal, NotPossible, "没有这个被反映对象"):
        match(appeal, by=stage.dispatcher, subject=other.subjects.get().pk, person=person)


def test_counter_and_desk_match_names_and_nobody_else(stage):
    appeal = given.handled(stage)
    for name in ("teacher", "grade_head", "principal", "caller", "inspector"):
        with refused(appeal, NotAllowed):
            match(appeal, by=getattr(stage, name), person=stage.person("office_head"))


def test_nobody_names_a_subject_of_a_finished_appeal(stage):
    appeal = given.closed(stage)
    with refused(appeal, NotPossible, "现在不能做这一步"):
        match(appeal, by=stage.dispatcher, person=stage.person("teacher"))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.registered(stage), stage)
    with refused(appeal, Stale):
        match(appeal, by=stage.dispatcher, person=stage.person("teacher"))


def test_work_in_hands_that_the_subject_commands_leaves_them_at_once(stage):
    appeal = given.handled(stage)
    assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(12, 10))
    name_subject(given.fresh(appeal), person=stage.person("principal"), by=stage.dispatcher, at=at(13))
    appeal = given.fresh(appeal)
    assert (appeal.in_charge, appeal.desk.code) == (None, "county")
    assert [name for name in PEOPLE if permissions.may(getattr(stage, name), Action.ANSWER, of(appeal))] == [
        "county_supervisor",
        "second_supervisor",
    ]


def test_who_comes_under_the_subject_by_a_new_post_no_longer_holds_the_work(stage):
    appeal = given.handled(stage)
    assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(12, 10))
    name_subject(given.fresh(appeal), person=stage.person("office_head"), by=stage.dispatcher, at=at(13))
    assert of(given.fresh(appeal)).in_charge == stage.person("teacher").pk
    appoint(stage.person("office_head"), kind=PostKind.GRADE_HEAD, unit=stage.units["grade"], on=TODAY)
    assert of(given.fresh(appeal)).in_charge is None


def of(appeal):
    return facts.of(appeal, at=at(14))
