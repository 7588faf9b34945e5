"""Nothing starves and nothing is done twice: many appeals, killed sweeps, several processes at once."""

import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from django.db import connection

from huying.appeals.due import ladder
from huying.appeals.models import Clock, LadderEntry
from huying.channels.models import Letter
from huying.people import calendars
from tests import cast, given
from tests.appeals import crowd
from tests.cast import at

YELLOW = at(17, day=26)
LATER = at(8, day=30)


def crowded(*, many: int, due: int) -> None:
    stage = cast.enter()
    calendars.seed_national(at=at(8))
    appeal = given.contacted(stage)  # the answer is due on Friday the 27th at 17:00
    crowd.gather(appeal, many=many, due=due, at=YELLOW, later=LATER)


def each_step_was_taken_once(*, due: int) -> None:
    entries = LadderEntry.objects
    assert (entries.count(), entries.values("clock").distinct().count()) == (due, due)
    assert set(entries.values_list("rung", flat=True)) == {1}
    assert not Clock.objects.filter(next_step_at__lte=YELLOW).exists()
    assert Clock.objects.filter(rung=1).count() == due
    assert Letter.objects.filter(kind="due_digest").count() == 1


def in_a_process_of_its_own(work: Callable[[], object]) -> int:
    """The id of a child that does the work on a connection of its own."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_three_hundred_appeals_fifty_of_them_due(own_database):
    crowded(many=300, due=50)
    assert ladder.climb(at=YELLOW, batch=7) == 50
    each_step_was_taken_once(due=50)


def test_four_processes_at_once_do_each_step_once(own_database):
    crowded(many=600, due=400)
    children = [in_a_process_of_its_own(lambda: ladder.climb(at=YELLOW, batch=10)) for _ in range(4)]
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    ladder.climb(at=YELLOW)
    each_step_was_taken_once(due=400)


@pytest.mark.proof
def test_three_hundred_thousand_appeals_fifty_thousand_of_them_due(own_database):
    crowded(many=300_000, due=50_000)
    started = time.monotonic()
    assert ladder.climb(at=YELLOW) == 50_000
    took = time.monotonic() - started
    each_step_was_taken_once(due=50_000)
    assert ladder.climb(at=YELLOW) == 0
    started = time.monotonic()
    assert ladder.climb(at=YELLOW) == 0
    idle = time.monotonic() - started
    print(f"50,000 due steps in {took:.1f} s; nothing due in {idle * 1000:.1f} ms")
    assert (took < 120, idle < 0.05) == (True, True)


@pytest.mark.proof
def test_killed_two_hundred_times_each_step_is_still_taken_once(own_database):
    # Enough that two hundred short lives cannot finish it, on a fast machine neither.
    crowded(many=16_000, due=15_000)
    draw = random.Random(200)
    kills = 0
    while kills < 200:
        child = in_a_process_of_its_own(lambda: ladder.climb(at=YELLOW, batch=15))
        time.sleep(draw.uniform(0.005, 0.04))
        os.kill(child, signal.SIGKILL)
        kills += os.waitpid(child, 0)[1] == signal.SIGKILL
        if not Clock.objects.filter(next_step_at__lte=YELLOW).exists():
            break
    ladder.climb(at=YELLOW)
    each_step_was_taken_once(due=15_000)
    assert kills == 200


@pytest.mark.proof
def test_four_processes_on_fifty_thousand_do_each_step_once(own_database):
    crowded(many=60_000, due=50_000)
    children = [in_a_process_of_its_own(lambda: ladder.climb(at=YELLOW, batch=200)) for _ in range(4)]
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    ladder.climb(at=YELLOW)
    each_step_was_taken_once(due=50_000)
