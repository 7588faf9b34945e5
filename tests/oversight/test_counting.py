"""The tally follows the events: incrementally, exactly once, and equal to what the events alone say."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.reopen import reopen
from huying.appeals.models import Appeal, Topic
from huying.oversight import counting, figures, replaying
from huying.oversight.models import Counted, Stroke
from huying.rules.enums import AppealKind, Measure, State
from huying.rules.periods import Period
from tests import given
from tests.appeals import town
from tests.cast import TODAY, at

NOVEMBER = Period.month("2026-11")


def marks(appeal) -> set[tuple[str, str]]:
    rows = Stroke.objects.filter(appeal=appeal).values_list("measure", "day")
    return {(measure, f"{day:%m-%d}") for measure, day in rows}


def test_an_appeal_is_counted_once_it_is_there_and_again_when_it_moves(stage):
    appeal = given.dispatched(stage)
    assert counting.count_due() == 1
    assert counting.count_due() == 0
    assert (Measure.SIGNED_IN_TIME.value, "11-24") not in marks(appeal)
    acknowledge(appeal, by=stage.teacher, at=at(12))
    assert counting.count_due() == 1
    assert (Measure.SIGNED_IN_TIME.value, "11-24") in marks(appeal)
    assert Stroke.objects.filter(measure=Measure.RECEIVED).count() == 1


def test_a_new_class_moves_every_stroke_of_the_appeal(stage):
    appeal = given.registered(stage, kind=AppealKind.COMPLAINT)
    counting.count_due()
    classes = Classes(kind=AppealKind.INQUIRY, topic=Topic.objects.get(code="canteen"))
    reclassify(appeal, classes=classes, reason="只是问一下", by=stage.dispatcher, at=at(11))
    counting.count_due()
    rows = Stroke.objects.filter(appeal=appeal).values_list("kind", "topic__code").distinct()
    assert list(rows) == [("INQUIRY", "canteen")]


def test_every_story_is_tallied_as_its_events_say(stage):
    built = town.built(stage)
    counting.count_due()
    assert Counted.objects.count() == Appeal.objects.count() >= len(built)
    assert list(replaying.differences()) == []
    whole, replayed = (
        one.of(None if one is replaying else figures.Scope(), NOVEMBER, on=TODAY) for one in (figures, replaying)
    )
    assert whole.sums == replayed.sums
    assert whole.figures == replayed.figures
    assert whole.count("volume") == Appeal.objects.count()


def test_a_wrong_tally_is_found_and_rebuilt(stage):
    appeal = given.closed(stage)
    counting.count_due()
    Stroke.objects.filter(appeal=appeal, measure=Measure.CLOSED).delete()
    out = StringIO()
    with pytest.raises(CommandError, match=appeal.number):
        call_command("recount", check=True, json=True, stdout=out)
    assert json.loads(out.getvalue()) == {"counted": 0, "different": [appeal.number]}
    call_command("recount", stdout=StringIO())
    call_command("recount", check=True, stdout=StringIO())


def test_what_is_in_hand_is_carried_over_into_the_next_month(stage):
    closed, open_ = given.closed(stage), given.handled(stage)
    counting.count_due()
    december = figures.of(figures.Scope(), Period.month("2026-12"), on=date(2026, 12, 31))
    # One closed, one still in hand: of what December began with, none is closed.
    assert (december["closure_rate"].n, december["closure_rate"].N) == (0, 1)
    assert figures.in_hand(figures.Scope(), on=TODAY) == 1
    reopen(given.fresh(closed), reason="座位又换回去了", by=stage.county_supervisor, at=at(9, day=26))
    counting.count_due()
    assert figures.in_hand(figures.Scope(), on=TODAY) == 1
    assert figures.in_hand(figures.Scope(), on=date(2026, 11, 26)) == 2
    assert open_.state == State.HANDLING


def test_the_cases_behind_a_figure(stage):
    closed, open_ = given.closed(stage), given.registered(stage)
    counting.count_due()
    closure = figures.catalogue.BY_CODE["closure_rate"]
    assert figures.cases(figures.Scope(), NOVEMBER, closure, below=False, on=TODAY) == {closed.pk}
    assert figures.cases(figures.Scope(), NOVEMBER, closure, below=True, on=TODAY) == {closed.pk, open_.pk}
    december = Period.month("2026-12")
    assert figures.cases(figures.Scope(), december, closure, below=True, on=date(2026, 12, 2)) == {open_.pk}


def test_a_month_as_it_was_known_then(stage):
    given.closed(stage)
    counting.count_due()
    now = replaying.of(None, NOVEMBER, on=TODAY)
    eve = replaying.of(None, NOVEMBER, on=TODAY, known_on=date(2026, 11, 23))
    assert (now.count("closed"), eve.count("closed"), eve.count("volume")) == (1, 0, 0)


def test_a_school_does_not_count_what_went_past_it(stage):
    given.registered(stage)
    given.complaint_about(stage, "principal")
    counting.count_due()
    school, county = stage.units["school"], stage.units["county"]
    assert figures.of(figures.of_unit(school, on=TODAY), NOVEMBER, on=TODAY).count("volume") == 1
    assert figures.of(figures.of_unit(county, on=TODAY), NOVEMBER, on=TODAY).count("volume") == 2


def test_a_reader_complained_about_finds_no_difference(stage):
    given.complaint_about(stage, "inspector")
    counting.count_due()
    own = figures.of_unit(stage.units["school"], on=TODAY)
    seen = [
        figures.of(figures.seen_by(who, own), NOVEMBER, on=TODAY).count("volume")
        for who in (stage.inspector, stage.principal)
    ]
    assert seen == [0, 1]


def test_by_unit_and_month_the_parts_are_the_whole(stage):
    given.closed(stage)
    given.handled(stage, lead="office", by="office_head")
    counting.count_due()
    whole = figures.sums(figures.Scope(), NOVEMBER, on=TODAY)
    for column in ("place", "unit", "topic", "channel", "kind"):
        parts = figures.by(figures.Scope(), NOVEMBER, column, on=TODAY, key=lambda one: one or 0)
        assert figures.gathered(parts.values()) == whole
    months = figures.by_month(figures.Scope(), NOVEMBER, on=TODAY)
    assert list(months) == ["2026-11"]
    assert months["2026-11"].period == whole.period
