"""An identity is seen once: only the parts agreed to, only in time, and never without a line in the record."""

import pytest

from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.recuse import recuse
from huying.appeals.actions.unmask import unmask
from huying.appeals.identities import Contact
from huying.appeals.models import Event
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from huying.channels.models import Letter
from huying.rules.enums import Action, RecusalReason
from tests import given
from tests.appeals.ledger import overtaken, record, refused
from tests.appeals.sealed import granted, in_hand
from tests.cast import at

THREE = at(15)


def look(appeal, *, by, moment=THREE):
    return unmask(given.fresh(appeal), by=by, at=moment)


def test_only_the_parts_agreed_to_are_shown_and_the_view_is_on_record(stage):
    appeal = granted(stage)
    assert look(appeal, by=stage.teacher) == Contact(phone="138 0000 5678")
    assert record(given.fresh(appeal)) == {"fields": ["phone"], "purpose": "call"}


def test_every_view_is_an_event_and_the_auditor_is_told_by_number_alone(stage):
    appeal = granted(stage)
    look(appeal, by=stage.teacher)
    look(appeal, by=stage.teacher)
    assert Event.objects.filter(appeal=appeal, action=Action.UNMASK).count() == 2
    letters = Letter.objects.filter(kind="unmasked")
    assert {(one.post, one.unit.code, one.number, one.appeal) for one in letters} == {
        ("auditor", "school", appeal.number, None)
    }


def test_when_the_hours_are_over_nothing_opens(stage):
    appeal = granted(stage)
    with refused(appeal, NotAllowed):
        look(appeal, by=stage.teacher, moment=at(16))


def test_nobody_else_looks_through_the_same_permission(stage):
    appeal = granted(stage)
    for name in ("principal", "grade_head", "dispatcher", "clerk", "auditor", "county_supervisor", "security_admin"):
        with refused(appeal, NotAllowed):
            look(appeal, by=getattr(stage, name))


def test_who_has_stepped_back_looks_no_more(stage):
    appeal = granted(stage)
    recuse(given.fresh(appeal), ground=RecusalReason.RELATIVE, reason="是亲戚", by=stage.teacher, at=at(14, 30))
    with refused(given.fresh(appeal), NotAllowed):
        look(appeal, by=stage.teacher)


def test_who_turns_out_to_be_complained_about_looks_no_more(stage):
    appeal = granted(stage)
    person = stage.person("teacher")
    name_subject(given.fresh(appeal), person=person, by=stage.dispatcher, at=at(14, 30))
    with refused(given.fresh(appeal), NotAllowed):
        look(appeal, by=stage.teacher)


def test_a_view_that_cannot_be_recorded_shows_nothing(stage):
    appeal = overtaken(granted(stage), stage)
    with refused(appeal, Stale):
        unmask(appeal, by=stage.teacher, at=at(15))


def test_without_a_permission_there_is_no_view(stage):
    appeal = in_hand(stage)
    with refused(appeal, (NotAllowed, NotPossible)):
        look(appeal, by=stage.teacher)


@pytest.mark.parametrize("name", ["mother", "teacher"])
def test_the_record_of_a_view_names_no_family(stage, name):
    appeal = granted(stage)
    look(appeal, by=stage.teacher)
    payloads = repr(list(Event.objects.filter(appeal=appeal).values_list("data", flat=True)))
    assert [word for word in ("唐小雨", "唐果", "0000 5678", "13800005678") if word in payloads] == []
