"""The ring of keys: private files, one current key a purpose, older ones that still read."""

import base64
import os
import stat

import pytest

from huying.vault import keys
from huying.vault.keys import KeyExposed, KeyFault, KeyMissing, KeyRing, KeyUnreadable, Purpose

ONE, TWO = bytes(range(32)), bytes(range(32, 64))


def encoded(*secrets: bytes) -> str:
    return ",".join(base64.b64encode(each).decode() for each in secrets)


def environment(**changed: str) -> dict[str, str]:
    return {f"HUYING_KEY_{each.upper()}": encoded(ONE) for each in Purpose} | changed


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_created_keys_belong_to_their_owner_only(tmp_path):
    keys.create(tmp_path / "a" / "keys")
    assert mode(tmp_path / "a" / "keys") == 0o700
    files = sorted((tmp_path / "a" / "keys").iterdir())
    assert [(each.name, mode(each)) for each in files] == [
        ("address-0001.key", 0o600),
        ("fields-0001.key", 0o600),
        ("form_token-0001.key", 0o600),
        ("phone_index-0001.key", 0o600),
        ("receipt_code-0001.key", 0o600),
        ("signature-0001.key", 0o600),
    ]


def test_no_two_keys_are_alike(tmp_path):
    ring = keys.create(tmp_path)
    assert len({ring.current(each).secret for each in Purpose}) == len(Purpose)


def test_creating_again_changes_nothing(tmp_path):
    first = keys.create(tmp_path)
    (tmp_path / "form_token-0001.key").unlink()
    again = keys.create(tmp_path)
    assert again.current(Purpose.FIELDS) == first.current(Purpose.FIELDS)
    assert again.current(Purpose.FORM_TOKEN) != first.current(Purpose.FORM_TOKEN)


def test_a_new_key_writes_and_the_old_one_still_reads(tmp_path):
    old = keys.create(tmp_path).current(Purpose.FIELDS)
    new = keys.add_key(tmp_path, Purpose.FIELDS)
    ring = keys.load(tmp_path)
    assert ring.newest_first(Purpose.FIELDS) == [new, old]
    assert ring.find(Purpose.FIELDS, old.id) == old
    assert len(ring.newest_first(Purpose.SIGNATURE)) == 1


def test_the_tenth_key_is_newer_than_the_ninth(tmp_path):
    keys.create(tmp_path)
    made = [keys.add_key(tmp_path, Purpose.PHONE_INDEX) for _ in range(10)]
    assert keys.load(tmp_path).newest_first(Purpose.PHONE_INDEX)[:10] == made[::-1]


def test_a_retired_key_is_gone(tmp_path):
    old = keys.create(tmp_path).current(Purpose.FIELDS)
    new = keys.add_key(tmp_path, Purpose.FIELDS)
    keys.retire_key(tmp_path, Purpose.FIELDS, old.id)
    assert keys.load(tmp_path).newest_first(Purpose.FIELDS) == [new]
    with pytest.raises(KeyMissing, match=f"fields {old.id}"):
        keys.load(tmp_path).find(Purpose.FIELDS, old.id)


def test_the_key_in_use_is_never_retired(tmp_path):
    current = keys.create(tmp_path).current(Purpose.FIELDS)
    with pytest.raises(KeyFault, match="不能停用"):
        keys.retire_key(tmp_path, Purpose.FIELDS, current.id)
    assert keys.load(tmp_path).current(Purpose.FIELDS) == current


def test_a_key_made_by_another_process_at_the_same_moment_counts(tmp_path):
    first = keys.create(tmp_path).current(Purpose.FIELDS)
    keys._write_new(tmp_path, Purpose.FIELDS, place=1)
    assert keys.load(tmp_path).newest_first(Purpose.FIELDS) == [first]
    assert [each for each in os.listdir(tmp_path) if each.startswith(".")] == []


@pytest.mark.parametrize("open_mode", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_a_key_others_could_reach_is_refused(tmp_path, open_mode):
    keys.create(tmp_path)
    (tmp_path / "fields-0001.key").chmod(open_mode)
    with pytest.raises(KeyExposed, match=rf"0{open_mode:o}.*chmod 0600"):
        keys.load(tmp_path)


@pytest.mark.parametrize(("folder_mode", "refused"), [(0o700, False), (0o755, False), (0o770, True), (0o757, True)])
def test_a_folder_others_could_change_is_refused(tmp_path, folder_mode, refused):
    keys.create(tmp_path)
    tmp_path.chmod(folder_mode)
    if refused:
        with pytest.raises(KeyExposed):
            keys.load(tmp_path)
    else:
        keys.load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"AAAA", b"not base64!", base64.b64encode(bytes(33))])
def test_a_file_without_a_key_is_named(tmp_path, content):
    keys.create(tmp_path)
    (tmp_path / "signature-0001.key").write_bytes(content)
    with pytest.raises(KeyUnreadable, match="signature-0001"):
        keys.load(tmp_path)


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    keys.create(tmp_path)
    (tmp_path / "signature-0002.key").mkdir(mode=0o700)
    with pytest.raises(KeyUnreadable, match="signature-0002"):
        keys.load(tmp_path)


def test_a_lost_key_is_named(tmp_path):
    keys.create(tmp_path)
    (tmp_path / "fields-0001.key").unlink()
    with pytest.raises(KeyMissing, match="fields"):
        keys.load(tmp_path)


def test_a_missing_folder_holds_no_keys(tmp_path):
    with pytest.raises(KeyMissing):
        keys.load(tmp_path / "nowhere")


def test_other_files_in_the_folder_do_not_matter(tmp_path):
    ring = keys.create(tmp_path)
    (tmp_path / "django").write_text("x")
    (tmp_path / "fields-backup.key").write_text("x")
    assert keys.load(tmp_path).current(Purpose.FIELDS) == ring.current(Purpose.FIELDS)


def test_keys_come_from_the_environment_too():
    ring = keys.from_environment(environment(HUYING_KEY_FIELDS=encoded(ONE, TWO)))
    assert [each.secret for each in ring.newest_first(Purpose.FIELDS)] == [TWO, ONE]
    assert ring.current(Purpose.SIGNATURE).secret == ONE


def test_a_variable_that_is_missing_or_no_key_is_named():
    with pytest.raises(KeyMissing, match="fields"):
        keys.from_environment(environment(HUYING_KEY_FIELDS=""))
    with pytest.raises(KeyUnreadable, match="HUYING_KEY_SIGNATURE"):
        keys.from_environment(environment(HUYING_KEY_SIGNATURE="geheim"))


def test_a_key_is_known_by_itself_and_its_purpose():
    ring = keys.from_environment(environment())
    assert len({ring.current(each).id for each in Purpose}) == len(Purpose)
    assert all(len(ring.current(each).id) == 8 for each in Purpose)


def test_a_ring_without_a_purpose_is_refused():
    with pytest.raises(KeyMissing):
        KeyRing({})


def test_a_printed_key_tells_nothing():
    key = keys.from_environment(environment()).current(Purpose.FIELDS)
    assert repr(key) == "Key(purpose=<Purpose.FIELDS: 'fields'>)"
    assert "secret" not in repr(keys.from_environment(environment()))
