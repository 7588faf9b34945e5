"""The outbox: nothing is lost, hardly anything comes twice, and a broken mail server harms nobody."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.header import decode_header, make_header

import pytest

from huying.appeals import letterbox
from huying.channels import delivery, mail, post
from huying.channels.delivery import DoorClosed, Mail, Never, NotNow
from huying.channels.models import Letter
from huying.people.models import Person
from tests import given
from tests.cast import TODAY, at
from tests.channels import mail_server


@dataclass
class Wall:
    """A clock on the wall that somebody else moves."""

    moment: object = field(default_factory=lambda: at(9))

    def __call__(self):
        return self.moment

    def passes(self, **length: float) -> None:
        self.moment += timedelta(**length)


@dataclass
class Door:
    """A door to the outside that does what the script says, and remembers what went through."""

    script: list[object] = field(default_factory=list)
    sent: list[Mail] = field(default_factory=list)

    def __call__(self, mail: Mail) -> None:
        said = self.script.pop(0) if self.script else None
        if callable(said):
            said(mail)
        elif said is not None:
            raise said
        self.sent.append(mail)


def everyone(letter):
    return ["lin@example.org"]


def write(key: str = "one", **fields) -> None:
    post.tell("dispatched", key=key, at=at(9), **fields)


def letter(key: str = "one") -> Letter:
    return Letter.objects.get(key=key)


def go(wall, door, addresses=everyone) -> int:
    return delivery.deliver(clock=wall, addresses=addresses, send=door)


@pytest.fixture
def wall():
    return Wall()


def test_without_a_door_to_the_outside_all_letters_stay_inside_and_are_done(db, wall):
    write("one")
    write("two")
    assert (go(wall, None), go(wall, None)) == (2, 0)
    assert letter().delivered_at == at(9)


def test_a_letter_goes_out_once(db, wall):
    write(number="SY-2026-0001")
    door = Door()
    assert (go(wall, door), go(wall, door)) == (1, 0)
    assert [(one.to, one.kind, one.number) for one in door.sent] == [
        (("lin@example.org",), "dispatched", "SY-2026-0001")
    ]


def test_whoever_has_no_address_reads_it_inside(db, wall):
    write()
    door = Door()
    assert go(wall, door, lambda letter: []) == 1
    assert (door.sent, letter().delivered_at) == ([], at(9))


def test_a_letter_that_failed_waits_longer_each_time_and_keeps_its_name(db, wall):
    write()
    door = Door([NotNow("451")] * 3)
    waits = []
    for _ in range(3):
        go(wall, door)
        waits.append((letter().next_try_at - wall.moment).total_seconds())
        wall.moment = letter().next_try_at
    assert (waits, letter().failure) == ([60, 120, 240], "451")
    assert go(wall, door) == 1
    assert letter().failure == ""


def test_the_longest_wait_is_six_hours(db):
    assert [delivery.wait_after(n) for n in (1, 9, 10, 99)] == [
        timedelta(minutes=1),
        timedelta(minutes=256),
        timedelta(hours=6),
        timedelta(hours=6),
    ]


def test_a_letter_that_is_refused_for_good_is_seen_as_dead_and_can_be_tried_again(db, wall):
    write()
    door = Door([Never("550")])
    assert go(wall, door) == 0
    assert list(delivery.dead()) == [letter()]
    assert delivery.try_again(at=wall.moment) == 1
    assert (go(wall, door), list(delivery.dead())) == (1, [])


def test_after_twelve_tries_a_letter_is_given_up_and_seen(db, wall):
    write()
    for _ in range(delivery.MOST_ATTEMPTS):
        go(wall, Door([NotNow("451")]))
        wall.passes(hours=7)
    assert list(delivery.dead()) == [letter()]


def test_a_closed_door_ends_the_round_and_no_letter_is_ever_given_up_for_it(db, wall):
    for key in ("one", "two", "three"):
        write(key)
    for _ in range(100):
        door = Door([DoorClosed("refused")] * 3)
        go(wall, door)
        assert len(door.script) >= 2
        wall.passes(hours=7)
    assert list(delivery.dead()) == []
    assert go(wall, Door()) == 3


def test_letters_that_wait_over_an_hour_are_seen(db, wall):
    write()
    assert delivery.late(at=at(10)).count() == 0
    assert delivery.late(at=at(10, 1)).count() == 1


def test_a_worker_that_dies_gives_the_letter_back_after_a_minute_under_the_same_name(db, wall):
    write()

    def die(mail):
        door.sent.append(mail)
        raise SystemExit

    door = Door([die])
    with pytest.raises(SystemExit):
        go(wall, door)
    assert go(wall, door) == 0
    wall.passes(seconds=60)
    assert go(wall, door) == 1
    first, second = door.sent
    assert first.id == second.id


def test_a_worker_that_was_frozen_writes_nothing_when_it_wakes(db, wall):
    write()
    other = Door()

    def freeze(mail):
        wall.passes(seconds=90)
        assert go(wall, other) == 1
        raise NotNow("lost the line")

    assert go(wall, Door([freeze])) == 0
    assert (letter().delivered_at, letter().failure, len(other.sent)) == (at(9) + timedelta(seconds=90), "", 1)


def test_a_worker_that_was_frozen_before_it_sent_sends_nothing(db, wall):
    write()

    def slow(letter):
        wall.passes(seconds=90)
        return ["lin@example.org"]

    door = Door()
    assert (go(wall, door, slow), len(door.sent)) == (0, 0)
    assert (go(wall, door), len(door.sent)) == (1, 1)


def test_two_workers_never_send_the_same_letter_at_once(db, wall):
    write()
    other = Door()
    assert go(wall, Door([lambda mail: go(wall, other)])) == 1
    assert other.sent == []


def test_a_slow_door_leaves_the_rest_to_the_next_round(db, wall):
    for number in range(5):
        write(f"letter {number}")
    door = Door([lambda mail: wall.passes(seconds=12)] * 5)
    assert go(wall, door) == 2
    assert go(wall, door) == 2


@pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=pytest.mark.proof)])
def test_a_crash_between_sending_and_marking_loses_nothing(db, wall, rounds):
    for number in range(rounds):
        write(f"letter {number}")

    def crash(mail):
        door.sent.append(mail)
        raise KeyboardInterrupt

    door = Door()
    for _ in range(rounds):
        door.script = [crash]
        with pytest.raises(KeyboardInterrupt):
            go(wall, door)
    wall.passes(seconds=61)
    while go(wall, door):
        wall.passes(seconds=1)
    assert Letter.objects.filter(delivered_at=None).count() == 0
    assert len({one.id for one in door.sent}) == rounds
    assert len(door.sent) == 2 * rounds


# --- who is written to ---------------------------------------------------------------------------------------------


def with_mail(stage, *names: str) -> None:
    for name in names:
        Person.objects.filter(pk=stage.accounts[name].person_id).update(email=f"{name}@example.org")


def test_the_holder_of_the_post_today_gets_the_mail(stage):
    with_mail(stage, "teacher", "other_teacher", "dispatcher")
    given.dispatched(stage)
    told = {one.kind: letterbox.addresses(one, on=TODAY) for one in Letter.objects.exclude(post=post.APPELLANT)}
    assert told == {"registered": ["dispatcher@example.org"], "dispatched": ["teacher@example.org"]}


def test_who_may_not_see_the_appeal_any_more_gets_no_mail_about_it(stage):
    with_mail(stage, "teacher")
    appeal = given.dispatched(stage)
    given.name_subject(appeal, person=stage.person("teacher"), by=stage.dispatcher, at=at(12))
    dispatched = Letter.objects.get(kind="dispatched", post="class_teacher")
    assert letterbox.addresses(dispatched, on=TODAY) == []


def test_a_letter_to_one_person_goes_to_that_person(stage):
    with_mail(stage, "teacher")
    write(person=stage.person("teacher").pk)
    assert letterbox.addresses(letter(), on=TODAY) == ["teacher@example.org"]
    write("nobody's")
    assert letterbox.addresses(letter("nobody's"), on=TODAY) == []


# --- the mail door, against a real server --------------------------------------------------------------------------


@pytest.fixture
def server(settings):
    with mail_server.running() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.DEFAULT_FROM_EMAIL = "呼应 <huying@school.example>"
        settings.BASE_URL = "https://huying.school.example"
        yield running


NEWS = Mail("0f" * 16, ("lin@example.org", "wang@example.org"), "dispatched", "SY-2026-0001")


def test_no_mail_server_is_no_door(settings):
    settings.EMAIL_HOST = ""
    assert mail.door() is None


def test_a_mail_says_that_there_is_news_and_nothing_of_the_case(server):
    mail.door()(NEWS)
    [(to, message)] = server.taken
    assert to == ["lin@example.org", "wang@example.org"]
    assert "lin@" not in message.as_string()
    assert message["Message-ID"] == f"<{'0f' * 16}@school.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(make_header(decode_header(message["Subject"]))) == "【呼应】有一条新通知 SY-2026-0001"
    body = message.get_payload(decode=True).decode()
    assert body.splitlines()[:3] == [
        "您有一条新通知。",
        "编号 SY-2026-0001",
        "请登录查看：https://huying.school.example/staff/letters/",
    ]


def test_a_red_line_says_so(server):
    mail.send(Mail("aa", ("lin@example.org",), "red_line", ""))
    assert str(make_header(decode_header(server.taken[0][1]["Subject"]))) == "【呼应】红线事项，请马上处理"


@pytest.mark.parametrize(
    ("says", "what"),
    [
        ("451", NotNow),
        ("451 at rcpt", NotNow),
        ("550", Never),
        ("550 at rcpt", Never),
        ("drop", DoorClosed),
    ],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(server, says, what):
    server.says = [says]
    with pytest.raises(what) as said:
        mail.send(NEWS)
    assert type(said.value) is what


def test_a_server_that_is_down_closes_the_door(settings):
    with mail_server.running() as gone:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gone.port
    with pytest.raises(DoorClosed):
        mail.send(NEWS)


def test_a_mail_dropped_after_it_was_taken_comes_twice_at_most_and_under_one_name(server, db, wall):
    write()
    server.says = ["drop"]
    assert go(wall, mail.send) == 0
    wall.passes(minutes=1)
    assert (go(wall, mail.send), go(wall, mail.send)) == (1, 0)
    assert len({message["Message-ID"] for _, message in server.taken}) == 1
    assert len(server.taken) == 2


def test_an_intake_is_not_touched_by_a_mail_server_that_is_down(server, stage, wall):
    server.shutdown()
    assert given.dispatched(stage).state == "dispatched"
