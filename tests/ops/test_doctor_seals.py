"""The doctor looks after the seals, and after whoever should look at them."""

from datetime import timedelta

import pytest

from huying.appeals import seals
from huying.appeals.due import pulse
from huying.ops.checkup import work
from tests import given
from tests.cast import at

DAYS = timedelta(days=1)


def said(finding) -> tuple[str, str]:
    return str(finding.grade), finding.words


@pytest.fixture
def outside(settings):
    settings.SEAL_ADDRESSES, settings.EMAIL_HOST = ["a@example.org", "b@example.org"], "mail.example.org"


def test_without_appeals_there_is_nothing_to_seal(stage):
    assert said(work.sealed(at(17)))[0] == "ok"


def test_a_ledger_that_was_never_sealed_is_named(stage, outside):
    given.registered(stage)
    assert said(work.sealed(at(17)))[0] == "warning"


def test_a_seal_of_yesterday_is_well_and_one_of_last_week_is_not(stage, outside):
    given.registered(stage)
    seals.make_due(at=at(17))
    assert said(work.sealed(at(17) + DAYS)) == ("ok", "最后一次封存是 1 天前，寄给 2 个外面的邮箱。")
    assert said(work.sealed(at(17) + 3 * DAYS)) == ("broken", "最后一次封存是 3 天前。请看定时处理是不是停了。")


def test_seals_that_stay_in_the_house_are_named(stage, settings):
    given.registered(stage)
    seals.make_due(at=at(17))
    settings.SEAL_ADDRESSES = ["a@example.org"]
    assert said(work.sealed(at(17)))[0] == "warning"


def test_whether_somebody_looked_the_ledger_over_is_said(stage):
    assert said(work.verified(at(17)))[0] == "warning"
    pulse.verified(at=at(9), first="")
    assert said(work.verified(at(17)))[0] == "ok"
    assert said(work.verified(at(17) + 32 * DAYS))[0] == "warning"
    pulse.verified(at=at(10), first="school 2026-0001 第 3 条：内容被改动过")
    grade, words = said(work.verified(at(17)))
    assert (grade, "2026-0001 第 3 条" in words) == ("broken", True)
