"""Keys are changed under a living database: nothing is lost, and a run that was killed is simply run again."""

import json
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from huying.appeals import identities, rotation
from huying.appeals.identities import Contact
from huying.appeals.models import Identity
from huying.channels import drafts
from huying.people import second_factors
from huying.people.actions.begin_second_factor import begin_second_factor
from huying.people.keys import ring
from huying.people.models import SecondFactor
from huying.rules.enums import PrivacyMode
from huying.vault import keys
from huying.vault.keys import Purpose
from tests import cast, given
from tests.cast import at

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    keys.create(settings.KEYS_DIR)
    return settings.KEYS_DIR


@pytest.fixture
def stage(db, own_keys):
    """The cast, with telephones sealed by the keys of the test."""
    return cast.enter()


def left_by(stage, name, phone):
    contact = Contact(name=name, phone=phone)
    return given.registered(stage, contact=contact, privacy=PrivacyMode.CONFIDENTIAL)


def rotated(**options):
    out = StringIO()
    call_command("rotate_keys", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_everything_sealed_is_under_the_new_key_and_reads_as_before(stage):
    appeal = left_by(stage, "唐小雨", "138 0000 5678")
    drafts.keep({"reply": "唐妈妈您好"}, account=stage.teacher.account, appeal=appeal.pk, at=at(11))
    before = ring().current(Purpose.FIELDS).id
    assert rotated() == {
        "new_keys": True,
        # The identity, the draft and everyone's telephone.
        "resealed": 2 + len(stage.accounts),
        "left": {"identity": 0, "secondfactor": 0, "draft": 0, "incomingmessage": 0, "intakeform": 0},
        "retired": [],
    }
    assert ring().current(Purpose.FIELDS).id != before
    assert identities.opened(appeal) == Contact(name="唐小雨", phone="138 0000 5678")
    assert identities.has_phone(appeal, "+86 13800005678")
    assert drafts.of(account=stage.teacher.account, appeal=appeal.pk)["reply"].body == "唐妈妈您好"
    assert second_factors.opened(SecondFactor.objects.first(), field="sealed") == cast.SECRET


def test_a_telephone_that_waits_for_its_first_code_is_sealed_anew_too(stage):
    begin_second_factor(stage.accounts["teacher"])
    waiting = second_factors.pending_secret(stage.accounts["teacher"].pk)
    assert rotated(retire=True)["left"]["secondfactor"] == 0
    assert second_factors.pending_secret(stage.accounts["teacher"].pk) == waiting


def test_the_phone_is_found_under_the_new_index_alone_once_the_old_keys_are_gone(stage):
    appeal = left_by(stage, "唐小雨", "13800005678")
    old = {ring().current(purpose).id for purpose in (Purpose.FIELDS, Purpose.PHONE_INDEX)}
    assert set(rotated(retire=True)["retired"]) == old
    assert len(ring().newest_first(Purpose.FIELDS)) == 1
    assert identities.has_phone(appeal, "13800005678")
    assert not identities.has_phone(appeal, "13800005679")


def test_old_keys_stay_while_a_row_still_needs_them(stage, own_keys):
    left_by(stage, "唐小雨", "13800005678")
    keys.add_key(own_keys, Purpose.FIELDS)
    assert rotation.retire() == []
    assert rotation.begin() is False
    assert len(ring().newest_first(Purpose.FIELDS)) == 2


def test_what_is_filed_meanwhile_is_written_by_the_new_key_without_a_restart(stage, own_keys):
    added = keys.add_key(own_keys, Purpose.FIELDS)
    appeal = left_by(stage, "唐小雨", "13800005678")
    assert Identity.objects.get(appeal=appeal).sealed.split(".")[1] == added.id


def test_a_batch_of_none_is_a_misuse(stage):
    with pytest.raises(CommandError, match="至少一条"):
        rotated(batch=0)


def test_a_missing_key_is_said_and_nothing_is_written(stage, own_keys):
    left_by(stage, "唐小雨", "13800005678")
    before = Identity.objects.get().sealed
    keys.add_key(own_keys, Purpose.FIELDS)
    (own_keys / "fields-0001.key").unlink()
    with pytest.raises(CommandError, match="从备份恢复密钥文件"):
        rotated()
    assert Identity.objects.get().sealed == before


# Dies after so many batches, as hard as a machine can.
KILLED = """
import os, signal, django
django.setup()
from huying.appeals import identities, rotation
whole, n = identities.reseal, [int(os.environ["DIES_AFTER"])]
def reseal(**options):
    n[0] -= 1
    if n[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(**options)
identities.reseal = reseal
rotation.begin()
rotation.finish(batch=2)
"""


def test_killed_at_any_batch_it_goes_on_where_it_stood(own_database, own_keys):
    stage = cast.enter()
    people = [(f"家长{n}", f"1380000{n:04}") for n in range(7)]
    appeals = [left_by(stage, *who) for who in people]
    connections.close_all()
    for dies_after in (0, 1, 2):
        code = _run(KILLED, own_database, own_keys, DIES_AFTER=str(dies_after))
        assert code == -signal.SIGKILL
        # Two rows a batch: 0, then 1 batch, then 2 more.
        assert rotation.left()["identity"] == {0: 7, 1: 5, 2: 1}[dies_after]
        assert [identities.opened(one).name for one in appeals] == [name for name, _ in people]
    assert len(ring().newest_first(Purpose.FIELDS)) == 2
    assert rotated()["left"]["identity"] == 0
    assert all(identities.has_phone(one, phone) for one, (_, phone) in zip(appeals, people, strict=True))


def _run(code, database, folder, **variables):
    engine = {name: value for name, value in connections.settings["default"].items() if name != "TEST"}
    where = f"connections.settings['default'].update({ {**engine, 'NAME': database}!r})"
    setup = (
        "import pathlib, django\ndjango.setup()\nfrom django.conf import settings\n"
        f"from django.db import connections\nsettings.KEYS_DIR = pathlib.Path({str(folder)!r})\n{where}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", setup + code], cwd=ROOT, env={**os.environ, **variables}, timeout=60, check=False
    )
    return done.returncode
