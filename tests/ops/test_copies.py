"""A copy of everything is made, read again, and put back: what is lost is named, and no number used twice."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from huying.appeals import identities, seals
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Event, NumberGap, NumberSequence
from huying.channels import delivery
from huying.channels.models import Letter
from huying.config import command
from huying.rules.enums import PrivacyMode
from huying.vault import keys
from huying.vault.keys import Purpose
from tests import cast, given
from tests.cast import at

FAMILY = {"contact": Contact(name="唐小雨", phone="13800005678"), "privacy": PrivacyMode.CONFIDENTIAL}


@pytest.fixture
def house(own_database, tmp_path, settings, monkeypatch):
    """A house of its own: database, files and keys in one folder."""
    settings.DATA_DIR, settings.FILES_DIR, settings.KEYS_DIR = tmp_path, tmp_path / "files", tmp_path / "keys"
    keys.create(settings.KEYS_DIR)
    monkeypatch.setattr(timezone, "now", lambda: at(17))
    (settings.FILES_DIR / "ab").mkdir(parents=True)
    (settings.FILES_DIR / "ab" / "abcd").write_bytes("座位的照片".encode())
    return cast.enter()


@pytest.fixture
def run(capsys):
    def run(*words):
        code = command.run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows():
    return list(Event.objects.order_by("pk").values_list("appeal_id", "sequence", "digest"))


def test_a_copy_put_back_on_an_empty_place_is_what_it_was(house, run, tmp_path, settings):
    appeal = given.answered(house, **FAMILY)
    before = rows()
    assert run("backup", tmp_path / "copy")[0] == 0
    assert (tmp_path / "last-backup").exists()
    assert oct((tmp_path / "copy").stat().st_mode & 0o777) == "0o600"
    given.registered(house)
    (settings.FILES_DIR / "ab" / "abcd").unlink()
    code, said, _ = run("restore", tmp_path / "copy", "--over", "--json")
    assert (code, json.loads(said)["missing"]) == (0, {})
    assert rows() == before
    assert identities.opened(given.fresh(appeal)).name == "唐小雨"
    assert (settings.FILES_DIR / "ab" / "abcd").read_bytes() == "座位的照片".encode()


def test_what_was_lost_is_named_against_a_seal_from_outside_and_its_numbers_are_not_used_again(house, run, tmp_path):
    given.registered(house)
    run("backup", tmp_path / "copy")
    lost = [given.registered(house).number for _ in range(25)]
    county = given.registered(house, place=house.units["other_school"], by=house.county_dispatcher).number
    run("seal", "--out", tmp_path / "seal.json")
    code, said, _ = run("restore", tmp_path / "copy", "--over", "--seal", tmp_path / "seal.json", "--skip", "10")
    assert code == 0
    assert "school 外面有、这里没有的 25 件：2026-0002 至 2026-0026" in said
    assert "school 2026 年的编号 2 到 36 不再用" in said
    assert lost == [f"2026-{n:04}" for n in range(2, 27)] and county == "2026-0001"
    assert given.registered(cast_again(house)).number == "2026-0037"
    code, said, _ = run("verify")
    assert code == 0, said
    code, said, _ = run("verify", "--seal", tmp_path / "seal.json", "--json")
    found = json.loads(said)
    assert (code, found["missing"]) == (1, {"county": ["2026-0001"], "school": lost})


def cast_again(stage):
    """The same cast over the database that was put back."""
    for unit in stage.units.values():
        unit.refresh_from_db()
    return stage


def test_a_mailed_seal_without_heads_names_the_lost_numbers_too(house, run, tmp_path):
    given.registered(house)
    run("backup", tmp_path / "copy")
    given.registered(house)
    given.registered(house)
    made = seals.make_now(at=at(17), unit="school")
    (tmp_path / "mail.json").write_text(json.dumps(seals.signed(made[0])))
    _, said, _ = run("restore", tmp_path / "copy", "--over", "--seal", tmp_path / "mail.json", "--json")
    assert json.loads(said)["missing"] == {"school": ["2026-0002", "2026-0003"]}


def test_a_seal_nobody_here_signed_says_nothing_of_what_is_lost(house, run, tmp_path):
    given.registered(house)
    run("seal", "--out", tmp_path / "seal.json")
    said = json.loads((tmp_path / "seal.json").read_text())
    said["seals"][0]["statement"]["highest"] = {"2026": 10**9}
    del said["seals"][0]["heads"]
    (tmp_path / "forged.json").write_text(json.dumps(said))
    code, said, _ = run("verify", "--seal", tmp_path / "forged.json", "--json")
    assert (code, json.loads(said)["missing"]) == (1, {})


def test_the_next_seal_tells_of_the_gap_and_nobody_widens_it_later(house, run, tmp_path):
    given.registered(house)
    run("backup", tmp_path / "copy")
    run("restore", tmp_path / "copy", "--over", "--skip", "5")
    assert seals.make_now(at=at(18), unit="school")[0].statement["skipped"] == [[2026, 2, 6]]
    NumberSequence.objects.filter(organisation__code="school").update(last=9)
    assert "编号断了" in run("verify")[1]
    with pytest.raises(Exception, match="append-only"):
        NumberGap.objects.update(last=9)


def test_letters_that_waited_are_held_for_somebody_to_look(house, run, tmp_path):
    given.registered(house)
    assert Letter.objects.filter(next_try_at__isnull=False).count() == 1
    run("backup", tmp_path / "copy")
    _, said, _ = run("restore", tmp_path / "copy", "--over", "--json")
    assert (json.loads(said)["held"], delivery.dead().count()) == (1, 1)


def test_what_stands_there_is_replaced_only_when_asked_and_set_aside(house, run, tmp_path):
    given.registered(house)
    run("backup", tmp_path / "copy")
    given.registered(house)
    code, _, said = run("restore", tmp_path / "copy")
    assert (code, Appeal.objects.count()) == (1, 2)
    assert "--over" in said
    _, said, _ = run("restore", tmp_path / "copy", "--over", "--json")
    assert Path(json.loads(said)["aside"]).exists()
    assert Appeal.objects.count() == 1


def test_a_copy_that_only_a_retired_key_reads_is_put_back_with_its_envelope(
    house, run, tmp_path, monkeypatch, settings
):
    appeal = given.registered(house, **FAMILY)
    run("backup", tmp_path / "copy")
    code, _, said = run("rotate-keys", "--retire")
    assert code == 1 and "--envelope" in said
    assert len(keys.load(settings.KEYS_DIR).newest_first(Purpose.FIELDS)) == 1
    code, said, _ = run("rotate-keys", "--retire", "--envelope", tmp_path / "envelope", "--json")
    kept = json.loads(said)
    assert (code, len(kept["retired"]), len(kept["code"])) == (0, 2, 29)
    assert run("rotate-keys", "--retire", "--envelope", tmp_path / "envelope")[0] == 1
    code, _, said = run("restore", tmp_path / "copy", "--over")
    assert code == 1 and kept["retired"][0] in said
    assert run("backup", tmp_path / "copy", "--check", "--json")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(kept["code"].lower() + "\n"))
    assert run("rotate-keys", "--open-envelope", tmp_path / "envelope")[0] == 0
    assert run("restore", tmp_path / "copy", "--over")[0] == 0
    assert identities.opened(given.fresh(appeal)).name == "唐小雨"


def test_any_byte_that_was_changed_is_found(house, run, tmp_path):
    given.registered(house)
    run("backup", tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    with tarfile.open(tmp_path / "copy") as archive:
        inside = [one.offset_data + one.size // 2 for one in archive]
    for place in (*inside, 5):
        (tmp_path / "bent").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        code, _, said = run("backup", tmp_path / "bent", "--check")
        assert code == 1, (place, said)
    for cut in (0, 100, len(whole) // 2):
        (tmp_path / "bent").write_bytes(whole[:cut])
        assert run("backup", tmp_path / "bent", "--check")[0] == 1
        assert run("restore", tmp_path / "bent", "--over")[0] == 1
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "files/../../x", "keys/fields-0001.key"])
def test_a_copy_writes_nowhere_else(house, run, tmp_path, name):
    given.registered(house)
    run("backup", tmp_path / "copy")
    with tarfile.open(tmp_path / "copy") as archive, tarfile.open(tmp_path / "bad", "w:") as bad:
        for one in archive:
            bad.addfile(one, archive.extractfile(one))
        entry = tarfile.TarInfo(name)
        bad.addfile(entry)
    code, _, said = run("restore", tmp_path / "bad", "--over")
    assert (code, "不该有的东西" in said) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ["backup"],
        ["backup", "/nowhere/at/all"],
        ["restore", "/nowhere"],
        ["restore", __file__, "--skip", "-1"],
        ["restore", __file__, "--over", "--seal", __file__],
    ],
)
def test_wrong_words_are_two(house, run, words):
    assert run(*words)[0] == 2


def test_no_key_lies_in_a_copy(house, run, tmp_path, settings):
    given.registered(house, **FAMILY)
    run("backup", tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    assert connection.vendor in ("sqlite", "postgresql")
    assert [file.name for file in settings.KEYS_DIR.glob("*.key") if file.read_bytes().strip() in whole] == []
    assert "唐小雨".encode() not in whole and b"13800005678" not in whole
