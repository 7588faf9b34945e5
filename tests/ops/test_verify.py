"""huying seal and huying verify, as somebody types them."""

import json

import pytest

from huying.appeals import receipts
from huying.appeals.models import Appeal, Event, NumberSequence
from huying.config import command
from tests import given


def run(capsys, *words: str) -> tuple[int, str]:
    code = command.run([*words])
    return code, capsys.readouterr().out


def test_what_was_sealed_is_untouched_by_files_and_receipt(stage, tmp_path, capsys):
    appeal, seal, receipt = given.answered(stage), tmp_path / "seal.json", tmp_path / "receipt.json"
    assert run(capsys, "seal", "--out", str(seal))[0] == 0
    receipt.write_text(json.dumps(receipts.with_path(appeal)))
    code, said = run(capsys, "verify", "--seal", str(seal), "--receipt", str(receipt), "--json")
    found = json.loads(said)
    assert (code, found["ok"], found["first"], found["appeals"], found["seals"]) == (0, True, None, 1, 2)


def test_the_first_broken_appeal_and_event_are_named(stage, tmp_path, capsys):
    appeal = given.answered(stage)
    Appeal.objects.filter(pk=appeal.pk).update(severity="urgent")
    code, said = run(capsys, "verify")
    assert code == 1
    assert said.splitlines()[0].startswith(f"{appeal.organisation.code} {appeal.number} 第 ")
    code, said = run(capsys, "verify", "--json")
    last = Event.objects.filter(appeal=appeal).count()
    first = json.loads(said)["first"]
    assert (code, first["number"], first["sequence"]) == (1, appeal.number, last)


def test_a_seal_of_one_unit_covers_only_it(stage, tmp_path, capsys):
    appeal = given.registered(stage)
    given.registered(stage, place=stage.units["other_school"], by=stage.county_dispatcher)
    out = tmp_path / "one.json"
    assert run(capsys, "seal", "--out", str(out), "--unit", appeal.organisation.code)[0] == 0
    assert [one["statement"]["organisation"] for one in json.loads(out.read_text())["seals"]] == [
        appeal.organisation.code
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["seal"],
        ["seal", "--out", "x", "--unit", "nobody"],
        ["verify", "--seal", "/nowhere"],
        ["verify", "--receipt", "/nowhere"],
        ["verify", "--unknown"],
    ],
)
def test_wrong_words_are_two(stage, words, capsys):
    assert run(capsys, *words)[0] == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "huying seals", "seals": []}', "[" * 100_000, "\ud800"])
def test_files_that_are_no_seals_are_two(stage, tmp_path, text, capsys):
    file = tmp_path / "bad"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert run(capsys, "verify", "--seal", str(file))[0] == 2
    assert run(capsys, "verify", "--receipt", str(file))[0] == 2


def test_an_out_file_that_cannot_be_written_is_one(stage, capsys):
    assert run(capsys, "seal", "--out", "/nowhere/at/all")[0] == 1


def test_a_number_taken_out_of_the_sequence_is_named(stage, capsys):
    appeal = given.registered(stage)
    NumberSequence.objects.update(last=2)
    code, said = run(capsys, "verify", "--json")
    assert (code, json.loads(said)["first"]["number"]) == (1, appeal.number[:-1] + "2")
