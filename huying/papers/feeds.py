"""A calendar file (RFC 5545) of dates: each an entry of no length, with an alarm the day before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

DAY_BEFORE = timedelta(days=-1)
ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One date: `uid` stays the same when the date moves, so that a calendar program moves it."""

    uid: str
    words: str
    at: datetime


def calendar_file(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """The file, as bytes with CRLF and folded lines."""
    calendar = Calendar()
    calendar.add("prodid", "-//Huying//Deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for one in entries:
        calendar.add_component(_event(one, at=at))
    raw: bytes = calendar.to_ical()
    return raw


def _event(entry: Entry, *, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", entry.at.astimezone(UTC))
    event.add("summary", entry.words)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.words)
    alarm.add("trigger", DAY_BEFORE)
    event.add_component(alarm)
    return event
