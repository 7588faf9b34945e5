"""The calendar file, read back by a reader of its own."""

from datetime import UTC, datetime, timedelta

from huying.papers.feeds import Entry, calendar_file

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 9, tzinfo=UTC)


def unfolded(raw: bytes) -> list[str]:
    """The lines of the file, as RFC 5545 has them read: a line that begins with a blank goes on with the one before."""
    return raw.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_date_is_one_entry_with_an_alarm_the_day_before():
    lines = unfolded(calendar_file([Entry("2026-00001@huying", "2026-00001", DUE)], name="期限", at=AT))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in lines
    entry = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert [one for one in entry if one.startswith(("UID", "DTSTART", "SUMMARY", "TRIGGER"))] == [
        "SUMMARY:2026-00001",
        "DTSTART:20261127T090000Z",
        "UID:2026-00001@huying",
        "TRIGGER:-P1D",
    ]


def test_long_words_are_folded_and_come_back_whole():
    words = "暂定" * 60
    raw = calendar_file([Entry("a@huying", words, DUE)], name="期限", at=AT)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert f"SUMMARY:{words}" in unfolded(raw)


def test_marks_of_the_format_cannot_be_smuggled_in():
    raw = calendar_file([Entry("a@huying", "一\r\nEND:VEVENT\r\nX:1;2,3", DUE)], name="期限", at=AT)
    assert unfolded(raw).count("END:VEVENT") == 1


def test_no_dates_are_still_a_calendar():
    lines = unfolded(calendar_file([], name="期限", at=AT + timedelta(days=1)))
    assert (lines[0], "BEGIN:VEVENT" in lines, lines[-2]) == ("BEGIN:VCALENDAR", False, "END:VCALENDAR")
