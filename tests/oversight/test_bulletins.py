"""A bulletin from draft to archive: frozen figures, other hands at each step, a correction that names the old."""

import json
from dataclasses import replace

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from huying.appeals.actions.send_back import send_back
from huying.channels.models import Channel, Letter
from huying.oversight import bulletins, counting, figures
from huying.oversight.actions.archive_bulletin import archive_bulletin
from huying.oversight.actions.check_bulletin import check_bulletin
from huying.oversight.actions.count_bulletin_again import count_bulletin_again
from huying.oversight.actions.draft_bulletin import draft_bulletin
from huying.oversight.actions.edit_bulletin import edit_bulletin
from huying.oversight.actions.issue_bulletin import issue_bulletin
from huying.oversight.actions.reply_to_bulletin import reply_to_bulletin
from huying.oversight.actions.return_bulletin import return_bulletin
from huying.oversight.actions.sign_bulletin import sign_bulletin
from huying.oversight.models import Bulletin, BulletinRecord
from huying.papers.bulletin import kept
from huying.papers.bulletin.figures import canonical
from huying.rules import catalogue
from huying.rules.actors import TIMER
from huying.rules.bulletins import NotNow, NotYoursToDo
from huying.rules.enums import BulletinStage
from huying.rules.periods import Period
from tests import given
from tests.cast import TODAY, at
from tests.oversight.bulletin import drafted, issued, signed

NOVEMBER = Period.month("2026-11")


def said(bulletin) -> dict[str, str]:
    facts = bulletins.facts_of(bulletin)
    return {one.code: one.said for one in (*facts.indicators, *facts.counters)}


def test_a_draft_has_the_figures_of_the_day_and_suggests_sentences(stage):
    given.closed(stage)
    made = drafted(stage)
    facts = bulletins.facts_of(made)
    assert (made.stage, facts.standing, facts.number) == (BulletinStage.DRAFT, "draft", "")
    assert (said(made)["on_time_acceptance_rate"], said(made)["on_time_rate"]) == ("1/1", "—")
    assert facts.overview[0] == "本期收到诉求 1 件，上期 0 件。其中求助 1 件。"
    assert facts.units.rows == (("三年级部", 1, 0, 0, 0, 1, 0, 1, None),)


def test_the_figures_of_a_draft_stay_until_somebody_counts_again(stage):
    given.closed(stage)
    made = drafted(stage)
    given.registered(stage)
    counting.count_due()
    assert said(Bulletin.objects.get(pk=made.pk))["volume"] == "1"
    count_bulletin_again(made, by=stage.dispatcher, at=at(18))
    assert said(Bulletin.objects.get(pk=made.pk))["volume"] == "2"


def test_every_number_of_the_paper_is_that_of_the_board(stage):
    given.closed(stage)
    given.called_back(stage, call=given.BAD_CALL)
    facts = bulletins.facts_of(drafted(stage))
    board = figures.of(figures.of_unit(stage.units["school"], on=TODAY), NOVEMBER, on=TODAY)
    told = {one.code: (one.n, one.of) for one in (*facts.indicators, *facts.counters)}
    assert told == {code: (float(figure.n), figure.N) for code, figure in board.figures.items()} | {
        "rating_bursts": (0, None),
        "doors_tested": (0, Channel.objects.filter(is_active=True).count()),
    }


def test_what_is_kept_comes_back_as_it_was(stage):
    given.closed(stage)
    facts = kept.opened(drafted(stage).facts)
    assert kept.opened(json.loads(json.dumps(kept.keep(facts)))) == facts


def test_another_checks_and_another_signs(stage):
    made = drafted(stage)
    with pytest.raises(NotYoursToDo, match="起草或改过通报的人"):
        check_bulletin(made, by=stage.dispatcher, at=at(17, 10))
    check_bulletin(made, by=stage.inspector, at=at(17, 10))
    with pytest.raises(NotYoursToDo, match="不由您办"):
        sign_bulletin(made, by=stage.inspector, at=at(17, 20))
    sign_bulletin(made, by=stage.principal, at=at(17, 20))
    issue_bulletin(made, by=stage.dispatcher, at=at(17, 30))
    assert (made.number, bulletins.facts_of(made).signer) == ("澄川校惠〔2026〕1号", "赵明远")


def test_what_was_checked_can_go_back_with_a_reason(stage):
    made = drafted(stage)
    check_bulletin(made, by=stage.inspector, at=at(17, 10))
    with pytest.raises(NotNow, match="理由"):
        return_bulletin(made, reason=" ", by=stage.principal, at=at(17, 20))
    return_bulletin(made, reason="少写了食堂", by=stage.principal, at=at(17, 20))
    edit_bulletin(made, words={"remarks": ["食堂已换供货商。", " "]}, by=stage.dispatcher, at=at(17, 30))
    assert bulletins.facts_of(made).remarks == ("食堂已换供货商。",)


def test_an_issued_one_cannot_be_edited_or_written_again(stage):
    made = issued(stage)
    with pytest.raises(NotNow):
        edit_bulletin(made, words={"remarks": ["更好看"]}, by=stage.dispatcher, at=at(18))
    with pytest.raises(NotNow, match="更正"):
        drafted(stage)


def test_two_drafts_of_a_month_there_are_not(stage):
    drafted(stage)
    with pytest.raises(NotNow, match="已经有草稿"):
        drafted(stage, by="inspector")


def test_a_correction_names_the_old_and_says_what_changed(stage):
    appeal = given.called_back(stage, call=given.BAD_CALL)
    old = issued(stage)
    send_back(given.fresh(appeal), reason="没有换", by=stage.dispatcher, at=at(18))
    counting.count_due()
    new = draft_bulletin(stage.units["school"], NOVEMBER, corrects=old, by=stage.dispatcher, at=at(9, day=25))
    correction = bulletins.facts_of(new).correction
    assert (correction.number, correction.digest) == (old.number, old.digest)
    assert ("退办", "0", "1") in {(one.name, one.was, one.now) for one in correction.changes}
    # The old one is printed as it was.
    assert said(Bulletin.objects.get(pk=old.pk))["sent_back"] == "0"


def test_a_changed_figure_no_longer_fits_the_signature(stage):
    made = issued(stage)
    assert bulletins.broken() == []
    facts = kept.opened(made.facts)
    prettier = replace(facts, counters=tuple(replace(one, n=0, said="0") for one in facts.counters[1:]))
    Bulletin.objects.filter(pk=made.pk).update(facts=kept.keep(prettier))
    assert [one.pk for one in bulletins.broken()] == [made.pk]


def test_a_changed_word_no_longer_fits_it_either(stage):
    made = issued(stage)
    Bulletin.objects.filter(pk=made.pk).update(words={"overview": ["一切都好。"]})
    assert [one.pk for one in bulletins.broken()] == [made.pk]


def test_the_record_only_grows(stage):
    made = issued(stage)
    assert [one.act for one in made.records.all()] == ["draft", "check", "sign", "issue"]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BulletinRecord.objects.filter(bulletin=made).update(note="没有")


def test_units_below_answer_and_then_it_is_archived(stage):
    made = issued(stage)
    with pytest.raises(NotYoursToDo):
        reply_to_bulletin(made, unit=stage.units["grade"], reply="收到", by=stage.office_head, at=at(9, day=25))
    reply_to_bulletin(made, unit=stage.units["grade"], reply="座位已改为轮换。", by=stage.grade_head, at=at(9, day=25))
    archive_bulletin(made, by=stage.dispatcher, at=at(10, day=25))
    with pytest.raises(NotNow):
        reply_to_bulletin(made, unit=stage.units["grade"], reply="再补一句", by=stage.grade_head, at=at(11, day=25))


def test_whose_step_is_next_is_told_and_the_units_when_it_is_out(stage):
    made = issued(stage)
    rows = Letter.objects.filter(kind__startswith="bulletin").values_list("kind", "unit__code", "post")
    assert sorted(rows) == [
        ("bulletin_drafted", "school", "dispatcher"),
        ("bulletin_drafted", "school", "inspector"),
        ("bulletin_issued", "centre", "office_head"),
        ("bulletin_issued", "grade", "grade_head"),
        ("bulletin_issued", "office", "office_head"),
        ("bulletin_to_issue", "school", "dispatcher"),
        ("bulletin_to_sign", "school", "principal"),
    ]
    assert {one.number for one in Letter.objects.filter(kind="bulletin_issued")} == {made.number}


def test_who_may_read_what(stage):
    draft, out = drafted(stage, month="2026-09"), issued(stage)

    def read(who):
        return {one.pk for one in bulletins.visible_to(who)}

    assert read(stage.dispatcher) == read(stage.county_supervisor) == {draft.pk, out.pk}
    assert read(stage.teacher) == {out.pk}
    assert read(stage.other_principal) == set()


def test_the_principal_learns_nothing_from_either_issue(stage):
    given.registered(stage)
    given.complaint_about(stage, "principal")
    counting.count_due()
    school = bulletins.facts_of(drafted(stage))
    county = bulletins.facts_of(drafted(stage, unit="county", by="county_dispatcher"))
    assert {one.code: one.n for one in school.indicators}["volume"] == 1
    assert {one.code: one.n for one in county.indicators}["volume"] == 2
    assert county.units.rows[-1][0] == "县级直接办理"
    assert [row[0] for row in county.units.rows] == ["澄川县实验小学", "县级直接办理"]


def test_no_number_of_an_appeal_about_somebody_is_printed(stage):
    about = given.complaint_about(stage, "teacher")
    plain = given.registered(stage)
    counting.count_due()
    later = at(9, day=20, month=12)
    made = draft_bulletin(stage.units["school"], Period.month("2026-12"), by=stage.dispatcher, at=later)
    (late,) = [one for one in bulletins.facts_of(made).lists if one.code == "final_late_open"]
    assert [one.number for one in late.cases] == [plain.number]
    assert "其中 1 件" in late.caption
    assert about.number not in canonical(bulletins.facts_of(made)).decode()


def test_the_loop_drafts_and_three_others_are_needed_no_more(stage):
    counting.count_due()
    made = draft_bulletin(stage.units["school"], NOVEMBER, by=TIMER, at=at(8))
    check_bulletin(made, by=stage.dispatcher, at=at(9))
    sign_bulletin(made, by=stage.principal, at=at(10))
    assert made.stage == BulletinStage.SIGNED


def test_the_command_writes_five_files_with_the_same_numbers(stage, tmp_path):
    given.closed(stage)
    call_command("bulletin", unit="school", month="2026-11", out=tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "bulletin.docx", "bulletin.html", "bulletin.pdf", "bulletin.xlsx", "figures.json",
    ]  # fmt: skip
    found = {one["code"]: one["n"] for one in json.loads((tmp_path / "figures.json").read_bytes())["indicators"]}
    sheet = openpyxl.load_workbook(tmp_path / "bulletin.xlsx")["主要指标"]
    codes = {row[-1].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert {code: codes[code] for code in found} == found
    assert set(found) == {one.code for one in catalogue.RATES + catalogue.COUNTS}
    assert "草稿" in (tmp_path / "bulletin.html").read_text().replace(" ", "")


def test_the_command_takes_what_was_issued(stage, tmp_path):
    made = issued(stage)
    given.registered(stage)
    call_command("bulletin", unit="school", month="2026-11", out=tmp_path)
    assert made.number in (tmp_path / "bulletin.html").read_text()
    assert (tmp_path / "figures.json").read_bytes() == canonical(bulletins.facts_of(made))


@pytest.mark.parametrize(("unit", "month", "code"), [("nowhere", "2026-11", 1), ("school", "November", 2)])
def test_the_command_says_what_is_wrong(stage, tmp_path, unit, month, code):
    with pytest.raises(CommandError) as refused:
        call_command("bulletin", unit=unit, month=month, out=tmp_path)
    assert refused.value.returncode == code


def test_signing_needs_a_check(stage):
    with pytest.raises(NotNow):
        sign_bulletin(drafted(stage), by=stage.principal, at=at(17, 20))
    assert signed(stage, month="2026-10").stage == BulletinStage.SIGNED
