"""Three months of matters, each walked through the real actions until its story ends or today is reached."""

import contextlib
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from huying.appeals import queries
from huying.appeals.actions.join import join
from huying.appeals.actions.register import Code, Intake, register
from huying.appeals.identities import Contact
from huying.channels import inbox
from huying.ops.demo.county import County, School
from huying.ops.demo.matters import MATTERS, Matter
from huying.ops.demo.walking import Pace, Story, Today
from huying.people import calendars
from huying.people.keys import ring
from huying.rules import lifecycle, numbers, workdays
from huying.rules.actors import FILER, TIMER
from huying.rules.enums import AppealKind, PostKind, PrivacyMode
from huying.vault import codes

if TYPE_CHECKING:
    from huying.appeals.models import Appeal
    from huying.people.models import Unit

DAYS = 90
HOW_MANY = 222
FRESH = 18
# What becomes of a matter, and how often in a hundred.
ENDS = {
    "closed": 56,
    "unhappy": 7,
    "at_once": 10,
    "refused": 3,
    "referred": 2,
    "joined": 5,
    "withdrawn": 3,
    "deferred": 2,
    "declined": 4,
    "extended": 4,
    "paused": 3,
    "disputed": 1,
}
DOORS = {"web": 55, "phone": 20, "visit": 8, "hotline": 12, "mailbox": 5}


class Teller:
    """Tells the stories of a county from a seed. `codes` keeps the receipt code of each appeal for the printed ones."""

    def __init__(self, county: County, *, seed: int, now: datetime) -> None:
        self.county, self.now = county, now
        self.draw = random.Random(seed)  # noqa: S311 - the demo is the same on every machine
        self.calendar = calendars.national()
        self.codes: dict[int, str] = {}
        self.numbers = iter(range(1001, 9999))

    def tell(self) -> Iterator["Appeal"]:
        """All stories, in the order in which the matters came in; the last ones so that no queue is empty today."""
        starts = sorted(self._start() for _ in range(HOW_MANY))
        ends = self.draw.choices(list(ENDS), weights=list(ENDS.values()), k=HOW_MANY)
        for start, end in zip(starts, ends, strict=True):
            with transaction.atomic():
                yield self._one(start, end)
        for first in range(FRESH):
            with transaction.atomic():
                yield self._this_morning(first)

    def _start(self) -> datetime:
        # More of them lately, so that every queue has something in it.
        day = workdays.local_day(self.now - timedelta(days=DAYS * self.draw.random() ** 1.4))
        opened = workdays.at_local(day, self.calendar.full_day(day)[0].opens)
        latest = self.now - timedelta(minutes=self.draw.randrange(15, 240))
        return min(opened + timedelta(minutes=self.draw.randrange(0, 13 * 60)), latest)

    def _one(self, start: datetime, end: str) -> "Appeal":
        matter = self._matter(end)
        school = self.draw.choices(self.county.schools, weights=[one.weight for one in self.county.schools])[0]
        appeal = self._register(matter, school, start)
        if end == "joined" and self._joined(appeal):
            return appeal
        pace = Pace(start, self.now, self.calendar)
        story = Story(appeal, matter, school, county=self.county, pace=pace, draw=self.draw)
        with contextlib.suppress(Today):
            story.walk(end)
        return appeal

    def _this_morning(self, place: int) -> "Appeal":
        """Something that came in today: new, joined to another, or answered and waiting for review."""
        school = self.county.schools[0] if place % 2 == 0 else self.draw.choice(self.county.schools)
        start = self.now - timedelta(minutes=15 + 7 * place)
        if place % 3 == 0:
            return self._register(self.draw.choice(MATTERS), school, start)
        matter = MATTERS[place % 2 * 9]
        appeal = self._register(matter, school, start - timedelta(hours=20))
        if place % 3 == 1 and self._joined(appeal):
            return appeal
        pace = Pace(start - timedelta(hours=20), self.now, self.calendar)
        story = Story(appeal, matter, school, county=self.county, pace=pace, draw=self.draw)
        with contextlib.suppress(Today):
            story.up_to_review(at=self.now - timedelta(minutes=3))
        return appeal

    def _joined(self, appeal: "Appeal") -> bool:
        """The appeal went to an open one of the same title, if there is one."""
        desk = self.county.acting(PostKind.DISPATCHER, appeal.place)
        same = queries.visible_to(desk).filter(title=appeal.title, place=appeal.place, state__in=lifecycle.OPEN)
        main = same.exclude(pk=appeal.pk).filter(disputed=False).order_by("pk").first()
        if main is None:
            return False
        at = min(appeal.received_at + timedelta(hours=1), self.now)
        join(appeal, main=queries.get_for(TIMER, main.pk), reason="同一件事。", by=desk, at=at)
        return True

    def _matter(self, end: str) -> Matter:
        if end == "at_once":
            quick = (AppealKind.INQUIRY, AppealKind.PRAISE)
            return self.draw.choice([one for one in MATTERS if one.kind in quick])
        return self.draw.choice(MATTERS)

    def _register(self, matter: Matter, school: School, at: datetime) -> "Appeal":
        code = numbers.receipt_code(self.draw.randrange)
        stored = codes.code_digest(ring(), code)
        door = self.draw.choices(list(DOORS), weights=list(DOORS.values()))[0]
        by = FILER if door == "web" else self.county.acting(PostKind.CLERK, school.unit)
        privacy, left = self._contact()
        channel, topic = inbox.channel_by_code(door), queries.topic_by_code(matter.topic)
        if channel is None or topic is None:
            raise LookupError(door, matter.topic)
        intake = Intake(
            place=school.unit,
            channel=channel,
            topic=topic,
            kind=matter.kind,
            title=matter.title,
            body=matter.body,
            received_at=at,
            wish=matter.wish,
            items=[matter.wish] if matter.wish else [],
            privacy=privacy,
            contact=left,
            klass=self._class(school),
            external_ref=f"HL{at:%Y%m%d}{next(self.numbers)}" if door == "hotline" else "",
            pupil_involved=True,
        )
        kept = Code(digest=stored.digest, key=stored.key_id, is_spoken=door != "web")
        appeal = queries.get_for(TIMER, register(intake, code=kept, by=by, at=at).pk)
        self.codes[appeal.pk] = code
        return appeal

    def _contact(self) -> tuple[PrivacyMode, Contact | None]:
        phone = f"139{self.draw.randrange(10**8):08d}"
        name = f"{self.draw.choice('陈林王李张刘')}女士"
        return self.draw.choices(
            (
                (PrivacyMode.ANONYMOUS, None),
                (PrivacyMode.OPEN, Contact(phone=phone)),
                (PrivacyMode.OPEN, Contact(name=name, phone=phone)),
                (PrivacyMode.CONFIDENTIAL, Contact(name="周先生", phone=phone)),
            ),
            weights=(25, 40, 25, 10),
        )[0]

    def _class(self, school: School) -> "Unit":
        return self.draw.choice(school.classes)
