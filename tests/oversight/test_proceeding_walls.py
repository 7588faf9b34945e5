"""Nobody learns from a talk, a study or a spot check of what is said about them: every page, everyone on stage."""

import pytest

from huying.appeals import queries
from huying.appeals.actions.reopen import reopen
from huying.oversight import proceedings
from tests import given
from tests.cast import at
from tests.oversight import talks
from tests.pages.office import Office

LIST = "/staff/proceedings/"
NAMED = ("principal", "inspector", "office_head", "county_dispatcher", "second_supervisor")


@pytest.fixture
def office(stage, monkeypatch):
    return Office(stage, monkeypatch)


def everything(stage):
    """A talk, a study and a check that have one appeal in common, which was about nobody when they began."""
    check = talks.drawn(stage, closed=1)
    appeal = check.spot_check.calls.get().appeal
    reopen(appeal, reason="家长又来反映", by=stage.county_supervisor, at=at(10, day=26))
    later = {"meets_at": at(9, day=30)}
    talk = talks.called(stage, unit="school", by="county_supervisor", cases=[given.fresh(appeal)], **later)
    study = talks.studied(stage, cases=[given.fresh(appeal)], **later)
    return given.fresh(appeal), (check, talk, study)


def addresses(some):
    each = ("", "print/", "list.txt", "papers/notice/docx/", "hold_interview/", "decide_study/")
    own = [f"{LIST}{one.pk}/{page}" for one in some for page in each]
    return [LIST, f"{LIST}?show=over", f"{LIST}supervised/", f"{LIST}remind/", "/staff/", "/staff/letters/", *own]


@pytest.mark.parametrize("name", NAMED)
def test_whoever_is_named_and_all_behind_that_wall_find_no_trace_of_it(office, stage, name):
    appeal, some = everything(stage)
    given.name_subject(appeal, person=stage.person(name), by=stage.dispatcher, at=at(10, 30, day=26))
    office.clock_shows(at(11, day=26))
    told = [*(one.number for one in some), *(one.title for one in some)]
    behind = [who for who in stage.accounts if queries.walled_from(getattr(stage, who)).exists()]
    assert name in behind
    for who in behind:
        assert list(proceedings.visible_to(getattr(stage, who))) == []
        assert proceedings.waiting_for(getattr(stage, who)) == []
        client = office.as_(who)
        for address in addresses(some):
            page = client.get(address)
            words = page.content.decode("utf-8", "replace")
            shown = [one for one in told if one in words and address != "/staff/letters/"]
            assert (address, page.status_code in (200, 404), shown) == (address, True, [])


def test_the_list_of_walled_appeals_agrees_with_the_gate(stage):
    appeal, _some = everything(stage)
    given.name_subject(appeal, person=stage.person("grade_head"), by=stage.dispatcher, at=at(10, 30, day=26))
    for who in stage.accounts:
        actor = getattr(stage, who)
        if queries.walled_from(actor).filter(pk=appeal.pk).exists():
            assert not queries.visible_to(actor).filter(pk=appeal.pk).exists()
    walled = {who for who in stage.accounts if queries.walled_from(getattr(stage, who)).exists()}
    assert walled == {"teacher", "other_teacher", "grade_head"}
