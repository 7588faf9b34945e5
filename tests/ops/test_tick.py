import io
import json
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from huying.appeals.due import pulse
from huying.appeals.models import LadderEntry
from huying.ops import ticking
from huying.rules.pulse import Beat
from tests import cast, given
from tests.cast import at


def tick(*words: str) -> str:
    out = io.StringIO()
    call_command("tick", *words, stdout=out)
    return out.getvalue()


def test_a_tick_does_what_is_due_and_says_so(stage):
    given.contacted(stage)
    done = ticking.once(Beat(at(8, day=30), 1.0))
    assert done["ladder"] > 0
    assert LadderEntry.objects.count() == done["ladder"]


def test_a_tick_with_nothing_to_do(db):
    assert {"windows": 0, "ladder": 0, "escalations": 0}.items() <= json.loads(tick("--json")).items()


def test_while_the_clock_cannot_be_trusted_nothing_is_done(stage):
    given.contacted(stage)
    pulse.trust(at=at(12) + timedelta(days=36_500))
    with pytest.raises(CommandError, match="先不处理：机器时间倒退"):
        tick()
    assert not LadderEntry.objects.exists()
    tick("--clock-is-right")
    assert pulse.held() is None


def test_a_step_that_fails_does_not_starve_the_others(db):
    def fail(at):
        raise RuntimeError("broken")

    assert ticking.taken([("broken", fail), ("whole", lambda at: 3)], at(12)) == {"broken": -1, "whole": 3}


def test_the_loop_runs_until_it_is_told_to_stop(own_database):
    stop = threading.Event()
    rounds: list[Beat] = []

    def look() -> Beat:
        rounds.append(Beat(at(12) + timedelta(seconds=len(rounds)), float(len(rounds))))
        if len(rounds) == 3:
            stop.set()
        return rounds[-1]

    ticking.forever(stop, every=0, look=look)
    assert (len(rounds), pulse.last_beat()) == (3, rounds[-1].wall)


def test_the_loop_goes_on_after_a_leap_without_doing_anything(own_database):
    given.contacted(cast.enter())
    stop = threading.Event()
    beats = [Beat(at(12), 1.0), Beat(at(12) + timedelta(days=30), 2.0)]

    def look() -> Beat:
        beat = beats.pop(0)
        if not beats:
            stop.set()
        return beat

    ticking.forever(stop, every=0, look=look)
    assert not LadderEntry.objects.exists()
    assert pulse.held() is not None
