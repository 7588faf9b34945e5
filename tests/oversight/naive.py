"""The figures once more, as a clerk with a pencil would get them: one appeal after the other, one question at a time.

It shares no code with the tally: it reads events and dates as rows and knows each formula by its words alone.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from typing import Any

from huying.appeals.models import Appeal, Clock, Event

CHINA = timezone(timedelta(hours=8))
OPEN = {"received", "dispatched", "handling", "answered", "callback", "deferred"}
GONE = {"refused", "referred", "withdrawn"}
STEPS = {
    "triage", "acknowledge", "first_contact", "decline_ruling", "answer", "review", "callback", "rework", "assisting",
}  # fmt: skip
BY_ACT = {
    "refused": "refuse", "referred": "refer_out", "reclassified": "reclassify", "joined": "join", "paused": "pause",
    "extended": "approve_extension", "declined": "decline", "decline_refused": "reject_decline",
    "sent_back": "send_back",
    "disputed": "dispute", "reopened": "reopen", "withdrawal_undone": "undo_withdraw", "overturned": "overturn",
    "supervised": "supervise", "excluded": "exclude",
}  # fmt: skip


def day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


class Case:
    """One appeal, as its rows tell it."""

    def __init__(self, appeal: Appeal) -> None:
        self.events = list(Event.objects.filter(appeal=appeal).order_by("sequence"))
        self.clocks = list(Clock.objects.filter(appeal=appeal).order_by("pk"))
        self.last = self.events[-1]
        self.received = day(datetime.fromisoformat(self.events[0].data["received_at"]))
        self.kind = self.latest("kind")
        self.counted = self.latest("counted", True)
        self.repeat_of = self.latest("repeat_of")
        joins = [event for event in self.events if event.action in ("join", "unjoin")]
        self.is_joined = bool(joins) and joins[-1].action == "join"
        self.is_gone = self.last.to_state in GONE

    def latest(self, name: str, otherwise: Any = None) -> Any:
        said = [event.data[name] for event in self.events if name in event.data and event.data[name] != ""]
        said = [one for one in said if one is not None] if name == "kind" else said
        return said[-1] if said else otherwise

    @property
    def is_handled(self) -> bool:
        return not (self.is_gone or self.is_joined or self.kind == "PRAISE") and self.counted

    @property
    def is_heard(self) -> bool:
        """Whether its callbacks count: a joined one is heard for itself."""
        return self.is_handled or (self.is_joined and not self.is_gone and self.counted)

    @property
    def is_set_aside(self) -> bool:
        return not (self.is_gone or self.is_joined or self.kind == "PRAISE") and not self.counted

    def did(self, *actions: str) -> list[Event]:
        return [event for event in self.events if event.action in actions]

    def rounds(self) -> list[list[Event]]:
        """The events between one reopening and the next."""
        found: list[list[Event]] = [[]]
        for event in self.events:
            if event.action == "reopen":
                found.append([])
            found[-1].append(event)
        return found

    def standing_answer(self, number: int) -> datetime | None:
        """Of the events of a round, the last answer that went out, if none was sent back after it."""
        out = None
        for event in self.rounds()[number - 1]:
            if event.action in ("approve_answer", "answer_at_once"):
                out = event.at
            elif event.action == "send_back":
                out = None
        return out

    def first_answer(self, number: int) -> datetime | None:
        out = [e.at for e in self.rounds()[number - 1] if e.action in ("approve_answer", "answer_at_once")]
        return out[0] if out else None

    def answers(self) -> list[tuple[date, list[dict[str, Any]]]]:
        """(day it went out, the calls made until the next one went out)."""
        found: list[tuple[date, list[dict[str, Any]]]] = []
        for event in self.events:
            if event.action in ("approve_answer", "answer_at_once"):
                found.append((day(event.at), []))
            elif event.action == "call_back" and found:
                found[-1][1].append({**event.data, "on": day(datetime.fromisoformat(event.data["tried_at"]))})
        return found

    def opens(self) -> list[tuple[date, int]]:
        """(day, +1 or -1) as it came into our hands and left them."""
        found, is_open = [], False
        for event in self.events:
            now = event.to_state in OPEN
            if now != is_open:
                found.append((self.received if event.sequence == 1 else day(event.at), 1 if now else -1))
            is_open = now
        return found


def valid(call: dict[str, Any]) -> bool:
    return bool(call["reached"]) and call["resolved"] is not None and call["satisfaction"] is not None


def rate(n: float, of: float) -> float | None:
    return round(n / of, 4) if of else None


class Count:
    """The figures of a period, as of a day."""

    def __init__(self, appeals: list[Appeal], since: date, until: date, on: date) -> None:
        self.cases = [Case(appeal) for appeal in appeals]
        self.since, self.until, self.on = since, min(until, on), on
        self.again = defaultdict(list)
        for appeal in appeals:
            if appeal.repeat_of_id:
                self.again[appeal.repeat_of_id].append(appeal.received_at)
        self.keys = [appeal.pk for appeal in appeals]

    def inside(self, one: date) -> bool:
        return self.since <= one <= self.until

    @property
    def handled(self) -> list[Case]:
        return [case for case in self.cases if case.is_handled]

    def acts(self, action: str) -> int:
        return sum(self.inside(day(event.at)) for case in self.cases for event in case.did(action))

    def calls(self, cases: list[Case]) -> list[dict[str, Any]]:
        """The last valid call about each answer, by the day of the call."""
        found = [[call for call in calls if valid(call)] for case in cases for _, calls in case.answers()]
        return [calls[-1] for calls in found if calls and self.inside(calls[-1]["on"])]

    def clocks(self, kind: str, *, start: bool = False) -> list[tuple[Case, Clock]]:
        return [
            (case, one)
            for case in self.handled
            for one in case.clocks
            if one.kind == kind and self.inside(day(one.started_at if start else one.due_at))
        ]

    def plain(self) -> dict[str, Any]:
        heard = [case for case in self.cases if case.is_heard]
        said = self.calls(heard)
        tries = [call for case in heard for _, calls in case.answers() for call in calls if self.inside(call["on"])]
        everyone = [
            call for case in self.cases for _, calls in case.answers() for call in calls if self.inside(call["on"])
        ]
        answers = [calls for case in heard for on, calls in case.answers() if self.inside(on)]
        happy = sum(
            1 if c["satisfaction"] == "SATISFIED" else 0.9 if c["satisfaction"] == "BASICALLY" else 0 for c in said
        )
        aside = self.calls([case for case in self.cases if case.is_set_aside])
        due = self.clocks("outer")
        stood = [(one, case.standing_answer(one.round)) for case, one in due]
        late_day = self.on
        return {
            "response_rate": (sum(bool(c["contacted"]) for c in said), len(said)),
            "resolution_rate": (sum(bool(c["resolved"]) for c in said), len(said)),
            "satisfaction_rate": (round(happy, 4), len(said)),
            "unreasonable_satisfaction_rate": (sum(c["satisfaction"] == "SATISFIED" for c in aside), len(aside)),
            "on_time_rate": (sum(at is not None and at <= one.due_at for one, at in stood), len(due)),
            "final_late": sum(at is not None and at > one.due_at for one, at in stood),
            "final_late_open": sum(at is None and day(one.due_at) < late_day for one, at in stood),
            "on_time_feedback_rate": self._feedback(),
            "on_time_acceptance_rate": self._kept("acknowledge", "acknowledge"),
            "first_contact_rate": self._kept("first_contact", "contact"),
            "closure_rate": (len(self._closings()), self._received_handled() + self._carried()),
            "first_time_closure_rate": (sum(map(self._at_once, self._closings())), len(self._closings())),
            "rework_rate": (sum(self._reworked(*one) for one in self._closings()), len(self._closings())),
            "substantiated_rate": self._findings(),
            "decline_rate": (
                sum(self.inside(day(e.at)) for c in self.handled for e in c.did("decline")),
                len(self.clocks("acknowledge", start=True)),
            ),
            "repeat_rate": (sum(c.repeat_of is not None for c in self._received()), len(self._received())),
            "callback_coverage": (sum(bool(calls) for calls in answers), len(answers)),
            "valid_callback_rate": (
                sum(any(valid(c) for c in calls) for calls in answers), sum(bool(calls) for calls in answers)
            ),
            "unreachable_rate": (sum(not c["reached"] for c in tries), len(tries)),
            "volume": len(self._received()),
            "answered": len(answers),
            "closed": len(self._closings()),
            "dissatisfied": sum(c["satisfaction"] == "DISSATISFIED" for c in said),
            "red_line": sum("safety" in c.last.flags.split() for c in self._received()),
            "step_late": sum(
                one.stopped_at is not None and one.stopped_at > one.due_at and self.inside(day(one.due_at))
                for c in self.handled for one in c.clocks if one.kind in STEPS
            ),
            "step_late_open": sum(
                one.stopped_at is None and self.inside(day(one.due_at)) and day(one.due_at) < late_day
                for c in self.handled for one in c.clocks if one.kind in STEPS
            ),
            "unreachable": sum(not c["reached"] for c in everyone),
            "rated_by_phone": len(self.calls(self.cases)),
            "rated_self": self._ratings(spoken=False),
            "rated_spoken": self._ratings(spoken=True),
            "contact_denied": (
                sum(
                    self.inside(day(e.at)) and not e.data["is_true"]
                    for c in self.cases for e in c.did("dispute_contact")
                ),
                self.acts("contact"),
            ),
            "late_entered": (
                sum("late_entry" in c.events[0].flags.split() for c in self._received()), len(self._received())
            ),
            "from_outside": (
                sum(bool(c.events[0].data.get("external_ref")) for c in self._received()), len(self._received())
            ),
            "unjoined": sum(
                self.inside(day(e.at)) and not e.data.get("inherits") for c in self.cases for e in c.did("unjoin")
            ),
            "ruled": sum(
                self.inside(day(e.at)) and bool(e.data.get("is_ruling")) for c in self.cases for e in c.did("dispatch")
            ),
            "withdrawn": sum(
                self.inside(day(e.at)) and "withdraw_pending" in e.flags.split()
                for c in self.cases for e in c.did("withdraw")
            ),
            "repeated": sum(c.repeat_of is not None for c in self._received()),
            "paused_days": self._paused_days(),
            "unreviewed": self._unreviewed(),
            **{code: self.acts(action) for code, action in BY_ACT.items()},
        }  # fmt: skip

    def _received(self) -> list[Case]:
        return [case for case in self.cases if self.inside(case.received)]

    def _received_handled(self) -> int:
        return sum(case.is_handled for case in self._received())

    def _carried(self) -> int:
        return sum(step for case in self.handled for on, step in case.opens() if on < self.since)

    def _closings(self) -> list[tuple[int, Case, Event]]:
        return [
            (key, case, event)
            for key, case in zip(self.keys, self.cases, strict=True)
            if case.is_handled
            for event in case.did("close")
            if event.from_state != "closed" and self.inside(day(event.at))
        ]

    def _at_once(self, closing: tuple[int, Case, Event]) -> bool:
        key, case, event = closing
        again = [at for at in self.again[key] if event.at <= at < event.at + timedelta(days=90)]
        return not case.did("send_back", "reopen") and not again

    def _reworked(self, key: int, case: Case, event: Event) -> bool:
        return any(one.sequence < event.sequence for one in case.did("send_back"))

    def _findings(self) -> tuple[int, int]:
        said = [event.data.get("finding") for _, _, event in self._closings()]
        made = [one for one in said if one in ("SUBSTANTIATED", "PARTLY", "UNSUBSTANTIATED", "UNVERIFIABLE")]
        return sum(one in ("SUBSTANTIATED", "PARTLY") for one in made), len(made)

    def _feedback(self) -> tuple[int, int]:
        due = self.clocks("answer")
        firsts = [(one, case.first_answer(one.round)) for case, one in due]
        return sum(at is not None and at <= one.due_at for one, at in firsts), len(due)

    def _kept(self, kind: str, action: str) -> tuple[int, int]:
        begun = [
            (case, one) for case, one in self.clocks(kind, start=True)
            if kind != "first_contact" or "imported" not in case.last.flags.split()
        ]  # fmt: skip
        done = [
            one for case, one in begun
            if one.stopped_at is not None and one.stopped_at <= one.due_at
            and any(event.at == one.stopped_at for event in case.did(action))
        ]  # fmt: skip
        return len(done), len(begun)

    def _ratings(self, *, spoken: bool) -> int:
        return sum(
            self.inside(day(event.at)) and bool(event.data.get("is_spoken")) is spoken
            for case in self.cases
            for event in case.did("rate")
        )

    def _paused_days(self) -> int:
        days = 0
        for case in self.cases:
            for one in case.clocks:
                if one.kind == "pause_cap":
                    first, last = day(one.started_at), day(min(one.stopped_at or one.due_at, one.due_at))
                    some = [first + timedelta(days=n) for n in range(max((last - first).days, 1))]
                    days += sum(map(self.inside, some))
        return days

    def _unreviewed(self) -> int:
        found = 0
        for case in self.cases:
            seen = {event.data.get("reviews") for event in case.did("confirm", "overturn")}
            acts = case.did("refuse", "refer_out", "reclassify", "pause")
            found += sum(
                "unreviewed" in event.flags.split() and event.sequence not in seen and self.inside(day(event.at))
                for event in acts
            )
        return found
