"""From an empty folder to a school that can take its first appeal; a second time, nothing changes."""

import json
import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from huying.appeals.models import Limit, RoutingRule, Topic
from huying.channels.models import Channel
from huying.people.models import Account, Unit
from huying.rules.enums import PostKind, UnitLevel


def run(**options):
    out = StringIO()
    call_command("setup", no_input=True, stdout=out, **{"school": "澄川县柳湾小学", "code": "lw", **options})
    return out.getvalue()


@pytest.fixture
def founded(own_database):
    return json.loads(run(json=True))


def test_a_school_has_grades_classes_and_offices(founded):
    levels = [UnitLevel(level) for level in Unit.objects.values_list("level", flat=True)]
    assert {level: levels.count(level) for level in set(levels)} == {
        UnitLevel.COUNTY: 1,
        UnitLevel.SCHOOL: 1,
        UnitLevel.GRADE: 6,
        UnitLevel.CLASS: 12,
        UnitLevel.OFFICE: 4,
    }


def test_there_is_one_account_a_post_and_its_password_works_once_printed(founded):
    assert [one["login"] for one in founded["accounts"]] == sorted(
        [kind.value for kind in PostKind], key=[one["login"] for one in founded["accounts"]].index
    )
    clerk = next(one for one in founded["accounts"] if one["login"] == "clerk")
    account = Account.objects.get(login="clerk")
    assert account.check_password(clerk["password"])
    assert account.must_change_password


def test_the_doors_stand_under_their_codes(founded):
    wanted = [
        "web",
        "phone",
        "visit",
        "letter",
        "mailbox",
        "email",
        "wechat_group",
        "hotline",
        "county_hotline",
        "online",
    ]
    assert set(Channel.objects.values_list("code", flat=True)) == set(wanted)


def test_a_second_run_changes_nothing(founded):
    before = (Unit.objects.count(), Account.objects.count())
    again = json.loads(run(json=True))
    assert (again["created"], again["accounts"]) == (False, [])
    assert (Unit.objects.count(), Account.objects.count()) == before


def test_keys_are_for_their_owner_alone(founded):
    keys = Path(settings.KEYS_DIR)
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}


@pytest.mark.parametrize("options", [{"code": "有空格 的"}, {"school": "  "}, {"code": ""}])
def test_a_wrong_name_or_code_is_a_wrong_argument(own_database, options):
    with pytest.raises(CommandError) as refused:
        run(**options)
    assert refused.value.returncode == 2


def test_the_rules_that_ship_reach_back_as_far_as_the_calendars(founded):
    assert (Topic.objects.filter(code__in=("admission", "other")).count(), RoutingRule.objects.exists()) == (2, True)
    assert Limit.objects.filter(valid_from__lte=date(2011, 1, 1)).exists()
