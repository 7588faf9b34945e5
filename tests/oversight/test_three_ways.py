"""Every figure three ways: from the tally, replayed from the events, and as a clerk with a pencil gets it."""

from datetime import date, timedelta

import pytest

from huying.appeals.models import Appeal
from huying.oversight import counting, figures, replaying
from huying.rules.indicators import Figure
from huying.rules.periods import Period
from tests import cast
from tests.appeals import town
from tests.appeals.test_machine import Life, live
from tests.cast import TODAY
from tests.oversight.naive import Count, rate

COMPOSITE = "composite_score"


def they_agree(period: Period, *, on: date) -> int:
    """All three say the same of everything there is; how many histories that were."""
    counting.count_due()
    tally = figures.of(figures.Scope(), period, on=on)
    replayed = replaying.of(None, period, on=on)
    assert tally.figures == replayed.figures
    appeals = list(Appeal.objects.order_by("pk"))
    by_hand = Count(appeals, period.since, period.until, on).plain()
    assert {code: _plain(figure) for code, figure in tally.figures.items() if code != COMPOSITE} == by_hand
    score = _composite(by_hand)
    assert tally[COMPOSITE].value is None if score is None else abs(float(tally[COMPOSITE].value) - score) < 0.05
    return len(appeals)


def _plain(figure: Figure):
    n = int(figure.n) if figure.n.denominator == 1 else round(float(figure.n), 4)
    if figure.N is not None:
        assert figure.as_json()["value"] == rate(n, figure.N)
    return n if figure.N is None else (n, figure.N)


def _composite(by_hand) -> float | None:
    parts = [(by_hand[code], weight) for code, weight in PARTS]
    if not all(N for (_, N), _ in parts):
        return None
    return sum(100 * weight * n / N for (n, N), weight in parts)


PARTS = (("response_rate", 0.1), ("resolution_rate", 0.5), ("satisfaction_rate", 0.4))
MONTHS = (Period.month("2026-11"), Period.month("2026-12"), Period(date(2026, 11, 20), date(2027, 3, 31)))


def test_every_story_is_counted_the_same_three_ways(stage):
    town.built(stage)
    for period in MONTHS:
        for on in (TODAY, TODAY + timedelta(days=7), date(2027, 3, 31)):
            they_agree(period, on=on)


class Counted(Life):
    """A life whose every end is counted three ways; that it holds is asked elsewhere."""

    histories = 0

    def _all_hold(self) -> None:
        pass

    def teardown(self) -> None:
        try:
            on = self._today() + timedelta(days=1)
            for period in (Period(date(2026, 9, 1), on), Period(on - timedelta(days=6), on + timedelta(days=20))):
                found = they_agree(period, on=on)
            assert list(replaying.differences()) == []
            Counted.histories += found
        finally:
            super().teardown()


@pytest.mark.proof
def test_a_thousand_histories_are_counted_the_same_three_ways(stage: cast.Stage):
    Counted.histories = 0
    live(stage, lives=330, steps=22, of=Counted)
    print(f"{Counted.histories} histories")
    assert Counted.histories >= 1000
