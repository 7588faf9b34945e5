"""When the time of keeping is over, who filed and what was said are gone; the chain and the figures stay."""

from datetime import timedelta

import pytest

from huying.appeals import figures, verifying
from huying.appeals.actions.erase import erase
from huying.appeals.due import retention
from huying.appeals.models import Appeal, Event, Identity, Parameter, RequestItem, SearchEntry, Text
from huying.appeals.steps import NotAllowed, NotPossible
from huying.appeals.verifying import Counted
from huying.channels import drafts
from huying.rules.actors import TIMER
from huying.rules.enums import Action
from tests import given
from tests.appeals.ledger import record, refused
from tests.appeals.sealed import FAMILY
from tests.appeals.test_ledger import broken
from tests.cast import TODAY, at

LATER = at(12, year=2029, month=12)  # three years and a week after the last act


@pytest.fixture
def old(stage):
    return given.closed(stage, contact=FAMILY)


def test_nothing_that_was_said_can_be_read_and_what_went_is_on_record(stage, old):
    drafts.keep({"reply": "唐妈妈您好"}, account=stage.teacher.account, appeal=old.pk, at=at(11))
    texts = Text.objects.filter(appeal=old).count()
    assert retention.erase_due(at=LATER) == 1
    for kind in (Identity, Text, RequestItem, SearchEntry):
        assert not kind.objects.filter(appeal=old).exists()
    assert drafts.of(account=stage.teacher.account, appeal=old.pk) == {}
    fresh = given.fresh(old)
    assert fresh.title == "（已到期清除）"
    assert record(fresh) == {
        "identities": 1,
        "texts_gone": texts,
        "files_gone": 0,
        "years": 3,
        "title": "（已到期清除）",
    }


def test_the_chain_still_verifies_and_figures_stay_as_they_were(stage, old):
    before = figures.of_period(since=TODAY, until=TODAY)
    events = list(Event.objects.filter(appeal=old).values_list("digest", flat=True))
    retention.erase_due(at=LATER)
    assert broken(given.fresh(old)) is None
    assert list(verifying.faults(Counted())) == []
    assert figures.of_period(since=TODAY, until=TODAY) == before
    assert list(Event.objects.filter(appeal=old).values_list("digest", flat=True))[:-1] == events


def test_nothing_goes_a_day_too_early_and_the_number_of_years_is_dated_data(stage, old):
    last = Event.objects.filter(appeal=old).latest("sequence").at
    assert retention.erase_due(at=last + timedelta(days=3 * 366) - timedelta(seconds=1)) == 0
    Parameter.objects.create(name="retention_years", value=5, valid_from=TODAY)
    assert retention.erase_due(at=LATER) == 0
    assert retention.erase_due(at=last + timedelta(days=5 * 366 + 1)) == 1


def test_what_is_still_open_is_never_erased(stage):
    appeal = given.handled(stage, contact=FAMILY)
    assert retention.erase_due(at=LATER) == 0
    assert Identity.objects.filter(appeal=appeal).exists()


def test_it_happens_once(stage, old):
    assert [retention.erase_due(at=LATER) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(appeal=old, action=Action.ERASE).count() == 1
    with refused(given.fresh(old), NotPossible, "已经清除过"):
        erase(given.fresh(old), by=TIMER, at=LATER)


def test_no_hand_can_do_it(stage, old):
    for name in ("principal", "county_supervisor", "system_admin", "dispatcher", "clerk"):
        with refused(old, NotAllowed):
            erase(old, by=getattr(stage, name), at=LATER)


def test_the_pages_of_an_erased_appeal_still_open(stage, old, client):
    retention.erase_due(at=LATER)
    client.force_login(stage.accounts["dispatcher"])
    page = client.get(f"/staff/appeals/{old.pk}/")
    assert page.status_code == 200
    assert "唐" not in page.content.decode()
    assert Appeal.objects.get(pk=old.pk).number == old.number
