"""The loop holds while the machine's clock cannot be trusted, says so once, and goes on by itself."""

from datetime import timedelta

from huying.appeals.due import pulse
from huying.channels.models import Letter
from huying.rules.pulse import Beat
from tests.cast import at

NOON = at(12)


def beat(hours: float, *, steady: float, before: Beat | None = None) -> tuple[str, Beat]:
    """A look at the clocks so many hours after noon by the wall."""
    now = Beat(NOON + timedelta(hours=hours), steady)
    return pulse.beat(now, before=before), now


def test_a_beat_is_written_down(stage):
    assert pulse.last_beat() is None
    assert beat(0, steady=1)[0] == ""
    assert (pulse.last_beat(), pulse.held()) == (NOON, None)


def test_a_leap_of_thirty_days_is_held_and_told_once(stage):
    _, before = beat(0, steady=1)
    reason, before = beat(720, steady=16, before=before)
    assert "跳了 720 小时" in reason
    assert beat(720.01, steady=31, before=before)[0] == reason
    assert (pulse.last_beat(), pulse.held().reason) == (NOON, reason)
    assert Letter.objects.filter(kind="clock_held").count() == 1


def test_the_clock_put_right_the_loop_goes_on_by_itself(stage):
    _, before = beat(0, steady=1)
    _, before = beat(720, steady=16, before=before)
    reason, before = beat(0.01, steady=36, before=before)  # put back by a person: a leap again, for one round
    assert reason != ""
    assert beat(0.02, steady=72, before=before)[0] == ""
    assert pulse.held() is None


def test_a_fresh_process_believes_a_leap_no_more_than_the_old_one(stage):
    _, before = beat(0, steady=1)
    beat(720, steady=16, before=before)
    assert beat(720.1, steady=2)[0] != ""


def test_a_leap_that_was_right_is_trusted_by_a_person(stage):
    _, before = beat(0, steady=1)
    _, before = beat(720, steady=16, before=before)
    pulse.trust(at=NOON + timedelta(hours=720.01))
    assert beat(720.02, steady=88, before=before)[0] == ""


def test_a_clock_set_back_is_held_until_it_has_caught_up(stage):
    beat(0, steady=1)
    assert "倒退" in beat(-24, steady=2)[0]
    assert "倒退" in beat(-1, steady=3)[0]
    assert beat(0.1, steady=4)[0] == ""
    assert Letter.objects.filter(kind="clock_held").count() == 1


def test_a_night_switched_off_is_caught_up_with(stage):
    beat(0, steady=1)
    assert beat(20, steady=2)[0] == ""


def test_a_second_loop_a_little_behind_moves_nothing_back(stage):
    beat(0, steady=1)
    assert beat(-0.005, steady=9)[0] == ""
    assert pulse.last_beat() == NOON
