"""The doctor finds each thing that is broken on purpose, and says what to do."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from huying.appeals import append_only
from huying.appeals import defaults as rule_defaults
from huying.appeals.due import pulse
from huying.appeals.models import Appeal, Event
from huying.channels import defaults as door_defaults
from huying.channels import post
from huying.channels.models import Letter
from huying.ops import founding
from huying.ops.checkup import access, database, machine, rounds, work
from huying.ops.checkup.finding import Grade
from huying.people import calendars
from huying.people.models import Account, Post
from huying.rules.enums import PostKind
from huying.rules.pulse import Beat
from huying.vault import keys
from tests import given
from tests.cast import at

EDITOR = SimpleNamespace(connection=connection)


@pytest.fixture
def house(stage):
    """A school at work at 17:00, with all rules and the loop running."""
    calendars.seed_national(at=at(8))
    door_defaults.seed()
    rule_defaults.seed(since=founding.SINCE)
    pulse.beat(Beat(at(17), 1.0), before=None)
    pulse.verified(at=at(16), first="")
    return stage


@pytest.fixture
def folder(tmp_path, settings):
    """A data folder of this test's own, as the set-up leaves it."""
    tmp_path.chmod(0o700)
    settings.DATA_DIR, settings.KEYS_DIR, settings.DEMO_MARK = tmp_path, tmp_path / "keys", tmp_path / "demo"
    keys.create(tmp_path / "keys")
    settings.LOG_DIR = tmp_path / "logs"
    (tmp_path / "last-backup").touch()
    os.utime(tmp_path / "last-backup", (at(16).timestamp(), at(16).timestamp()))
    return tmp_path


def test_a_sound_house_is_well(house, folder):
    found = rounds.look(at=at(17))
    # It runs on this machine alone, and in November next year's holidays are not in yet. The tests own their
    # PostgreSQL, which forgets on purpose.
    of_tests = {"account", "durable"} if connection.vendor == "postgresql" else set()
    assert {one.name for one in found if one.grade is not Grade.OK} == {"tls", "calendar", *of_tests}
    assert rounds.is_well(found)


# --- the machine ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("https", "host", "is_demo", "grade"),
    [
        (True, "0.0.0.0", False, Grade.OK),
        (False, "127.0.0.1", False, Grade.WARNING),
        (False, "0.0.0.0", True, Grade.WARNING),
        (False, "0.0.0.0", False, Grade.BROKEN),
    ],
)
def test_without_encryption_the_house_is_for_this_machine_alone(settings, folder, https, host, is_demo, grade):
    settings.HTTPS, settings.HOST = https, host
    if is_demo:
        settings.DEMO_MARK.touch()
    assert machine.encryption().grade is grade


def test_debugging_is_broken(settings):
    assert machine.debugging().grade is Grade.OK
    settings.DEBUG = True
    assert machine.debugging().grade is Grade.BROKEN


def spoil_nothing(keys_dir: Path) -> None:
    pass


def lose_a_key(keys_dir: Path) -> None:
    next(keys_dir.glob("fields-*.key")).unlink()


def show_a_key(keys_dir: Path) -> None:
    next(keys_dir.glob("fields-*.key")).chmod(0o644)


def show_another_file(keys_dir: Path) -> None:
    (keys_dir / "django").touch(mode=0o644)
    (keys_dir / "django").chmod(0o644)


@pytest.mark.parametrize(
    ("spoil", "grade"),
    [
        (spoil_nothing, Grade.OK),
        (lose_a_key, Grade.BROKEN),
        (show_a_key, Grade.BROKEN),
        (show_another_file, Grade.BROKEN),
        (shutil.rmtree, Grade.BROKEN),
    ],
)
def test_keys_are_all_there_and_for_their_owner_alone(folder, spoil, grade):
    spoil(folder / "keys")
    assert machine.key_files().grade is grade


def test_a_folder_that_others_can_enter_is_told(folder):
    assert machine.data_folder().grade is Grade.OK
    folder.chmod(0o755)
    assert machine.data_folder().grade is Grade.WARNING


@pytest.mark.parametrize(
    ("free", "grade"), [(50_000_000_000, Grade.OK), (1_000_000_000, Grade.WARNING), (100_000_000, Grade.BROKEN)]
)
def test_a_full_disk_is_told_before_it_is_too_late(folder, monkeypatch, free, grade):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    assert machine.disk().grade is grade


# --- the database ---------------------------------------------------------------------------------------------------


def test_a_ledger_without_its_triggers_is_broken(db):
    assert database.triggers().grade is Grade.OK
    append_only.lift(None, EDITOR)
    assert database.triggers().grade is Grade.BROKEN


def changed_reason(appeal: Appeal) -> None:
    Event.objects.filter(appeal=appeal, sequence=2).update(data={"reason": "别的"})


def cut_tail(appeal: Appeal) -> None:
    Event.objects.filter(appeal=appeal).order_by("-sequence")[:1].get().delete()


def changed_row(appeal: Appeal) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(supervised=True)


@pytest.mark.parametrize("spoil", [changed_reason, cut_tail, changed_row])
def test_a_record_that_was_changed_is_found_and_named(stage, spoil):
    appeal = given.handled(stage)
    assert database.chains().grade is Grade.OK
    append_only.lift(None, EDITOR)
    spoil(appeal)
    found = database.chains()
    assert found.grade is Grade.BROKEN
    assert appeal.number in found.words


def test_a_database_that_is_not_migrated_ends_the_round(db, monkeypatch, folder):
    monkeypatch.setattr(database.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    assert [one.name for one in rounds.look(at=at(17))][-1] == "migrations"


def test_a_database_that_does_not_answer_ends_the_round(folder, settings, monkeypatch, django_db_blocker):
    monkeypatch.setattr(database.connection, "cursor", lambda: (_ for _ in ()).throw(database.DatabaseError("gone")))
    assert [one.name for one in rounds.look(at=at(17))][-1] == "database"


# --- the work -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "grade"), [(0, Grade.OK), (5, Grade.OK), (6, Grade.BROKEN)])
def test_a_loop_that_stands_still_is_broken(house, minutes, grade):
    assert work.loop(at(17) + timedelta(minutes=minutes)).grade is grade


def test_a_loop_that_never_ran_or_is_held(db):
    assert work.loop(at(17)).grade is Grade.WARNING
    pulse.beat(Beat(at(17), 1.0), before=None)
    pulse.beat(Beat(at(12), 2.0), before=None)
    assert work.loop(at(17)).grade is Grade.BROKEN


def test_a_clock_before_what_is_written_down_is_wrong(house):
    assert work.clock(at(17)).grade is Grade.OK
    assert work.clock(at(16, 58)).grade is Grade.BROKEN


def test_letters_that_do_not_go_out_are_told(db, settings):
    assert work.letters(at(17)).grade is Grade.OK
    post.tell("dispatched", key="one", at=at(9), person=None)
    assert work.letters(at(17)).grade is Grade.BROKEN
    Letter.objects.update(next_try_at=None)
    assert work.letters(at(17)).grade is Grade.WARNING


@pytest.mark.parametrize(
    ("on", "grade"),
    [
        (datetime(2026, 10, 31, 4, tzinfo=UTC), Grade.OK),
        (datetime(2026, 11, 1, 4, tzinfo=UTC), Grade.WARNING),
        (datetime(2027, 1, 1, 4, tzinfo=UTC), Grade.BROKEN),
    ],
)
def test_from_november_the_next_year_s_holidays_are_asked_for(house, on, grade):
    assert work.calendar(on).grade is grade


def test_a_house_without_rules_or_people_says_what_to_do(db):
    assert (work.rules(at(17)).grade, work.posts(at(17)).grade) == (Grade.BROKEN, Grade.WARNING)


def test_a_school_without_a_dispatcher_is_named(house):
    Post.objects.filter(kind=PostKind.DISPATCHER).delete()
    assert "澄川县实验小学没有分办员" in work.posts(at(17)).words


def test_who_watches_over_themselves_is_named(house):
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(person=house.person("security_admin"))
    found = access.administrators(at(17))
    assert (found.grade, "石坚" in found.words) == (Grade.WARNING, True)


def test_who_sets_up_and_audits_is_named_too(house):
    Post.objects.filter(kind=PostKind.SYSTEM_ADMIN).update(person=house.person("auditor"))
    assert "秦岚" in access.administrators(at(17)).words


def test_who_has_no_telephone_and_needs_one_is_named(house):
    assert access.telephones(at(17)).grade is Grade.OK
    for name in ("principal", "teacher"):
        house.accounts[name].second_factor.delete()
    found = access.telephones(at(17))
    assert (found.grade, "赵明远（principal）" in found.words, "王芳" in found.words) == (Grade.WARNING, True, False)


def test_a_printed_account_outside_a_demonstration_is_broken(house, folder):
    assert work.accounts(at(17)).grade is Grade.OK
    Account.objects.filter(login="clerk").update(is_demo=True)
    assert work.accounts(at(17)).grade is Grade.BROKEN
    (folder / "demo").touch()
    assert work.accounts(at(17)).grade is Grade.OK


def test_an_account_that_nobody_took_is_told(house, folder):
    Account.objects.filter(login="clerk").update(must_change_password=True)
    assert work.accounts(at(17)).grade is Grade.OK
    assert work.accounts(at(17) + timedelta(days=31)).grade is Grade.WARNING


# --- the command ----------------------------------------------------------------------------------------------------


def test_one_object_is_printed_and_the_exit_code_is_one_when_something_is_broken(house, folder, settings):
    settings.DEBUG = True
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("doctor", json=True, stdout=out)
    said = json.loads(out.getvalue())
    assert (left.value.code, said["ok"]) == (1, False)
    assert {"name": "debug", "grade": "broken", "words": "DEBUG 开着，出错时会把内部信息给人看。请关掉。"} in said[
        "checks"
    ]


def test_in_words_every_finding_has_its_line(house, folder, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(17))
    out = StringIO()
    call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("留意  没有加密")
    assert len(lines) == len(rounds.look(at=at(17)))
