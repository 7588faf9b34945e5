"""The official papers of one appeal: the opinion with its answer, and notices. What they say the appellant is told too;
nothing in them comes from the sealed identity, from inner records, or from the words of a 举报.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.appeals.models import Appeal, Event, Text
from huying.appeals.sealedwords import marked
from huying.language import redaction
from huying.papers.letters.issue import Issue
from huying.papers.letters.notice import NoticeFacts, Told, notice
from huying.papers.letters.opinion import OpinionFacts, opinion
from huying.papers.official.document import Paper
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import caseletters as rules
from huying.rules.enums import Action, CaseLetter, Flag, RefusalGround, State, TextKind
from huying.rules.labels import label
from huying.rules.workdays import local_day

WRITTEN = (Action.ANSWER, Action.ANSWER_AT_ONCE)
NEEDED = ("topic", "desk", "lead_unit")
PETITION, APPEAL = "信访事项", "诉求"
# Which notice it is, and the step whose day it bears.
NOTICES = {
    CaseLetter.TAKEN_ON: (Told.TAKEN_ON, Action.DISPATCH),
    CaseLetter.EXTENDED: (Told.EXTENDED, Action.APPROVE_EXTENSION),
    CaseLetter.REFUSED: (Told.REFUSED, Action.REFUSE),
    CaseLetter.REFERRED: (Told.REFERRED, Action.REFER_OUT),
}


@dataclass(frozen=True)
class _Answer:
    """An answer as the paper says it: in general, and to each point."""

    words: str
    points: tuple[str, ...]
    at: datetime
    is_draft: bool


def kinds_of(appeal: Appeal, events: Iterable[Event]) -> tuple[CaseLetter, ...]:
    """The papers there are of it by now. Asks nothing of the database."""
    taken = {Action(event.action) for event in events}
    return rules.there_are(State(appeal.state), taken, has_lead=appeal.lead_unit_id is not None)


def paper_of(appeal: Appeal, letter: CaseLetter, *, with_draft: bool = False) -> Paper | None:
    """One of its papers; None where there is none, or what it said was erased. An answer that waits for its review
    makes a paper only `with_draft`, marked 草稿."""
    events = list(appeal.events.all())
    if letter not in kinds_of(appeal, events):
        return None
    one = marked(Appeal.objects.filter(pk=appeal.pk)).select_related(*NEEDED).get()
    if letter is CaseLetter.OPINION:
        return _opinion(one, events, with_draft=with_draft)
    return _notice(one, events, letter)


def _opinion(appeal: Any, events: list[Event], *, with_draft: bool) -> Paper | None:
    said = _answer(appeal, events, with_draft=with_draft)
    if said is None:
        return None
    organ = _organ(appeal)
    return opinion(
        OpinionFacts(
            issue=Issue(organ=organ.name, on=local_day(said.at), is_draft=said.is_draft),
            to=_to(appeal),
            appeal=appeal.number,
            received_on=local_day(appeal.received_at),
            requests=_requests(appeal),
            # Where each point was answered by itself, the general words are what was found.
            facts=said.words if said.points else "",
            opinions=said.points or _lines(said.words),
            basis=(),
            review_body=organ.parent.name if appeal.is_petition and organ.parent is not None else "",
            contact=_contact(organ),
            matter=PETITION if appeal.is_petition else APPEAL,
        )
    )


def _answer(appeal: Appeal, events: list[Event], *, with_draft: bool) -> _Answer | None:
    """The latest answer that went out; `with_draft` the one that waits for its review, if one does."""
    is_draft = with_draft and appeal.state == State.ANSWERED
    upto = _last(events, *(WRITTEN if is_draft else rules.APPROVED))
    if upto is None:
        return None
    order = {event.pk: event.sequence for event in events}
    texts = [text for text in appeal.texts.all() if order.get(text.event_id or 0, 0) <= upto.sequence]
    told = [text for text in texts if text.kind == TextKind.REPLY]
    if not told:
        return None
    words = [text.body for text in told if text.event_id == told[-1].event_id]
    return _Answer("\n".join(words), _points(texts, told[-1]), upto.at, is_draft)


def _points(texts: list[Text], reply: Text) -> tuple[str, ...]:
    of_it = (text for text in texts if text.event_id == reply.event_id)
    return tuple(text.body for text in of_it if text.kind == TextKind.ITEM_REPLY)


def _notice(appeal: Any, events: list[Event], letter: CaseLetter) -> Paper | None:
    told, step = NOTICES[letter]
    event = _last(events, step)
    if event is None:
        return None
    organ = _organ(appeal)
    return notice(
        NoticeFacts(
            # A refusal holds once a second person has looked at it.
            issue=Issue(organ.name, on=local_day(event.at), is_draft=Flag.UNREVIEWED in appeal.flag_set),
            told=told,
            to=_to(appeal),
            appeal=appeal.number,
            received_on=local_day(appeal.received_at),
            matter=_matter(appeal),
            contact=_contact(organ),
            **_said(appeal, event, letter),
        )
    )


def _said(appeal: Appeal, event: Event, letter: CaseLetter) -> dict[str, Any]:
    """What this kind of notice says beside the rest."""
    if letter in (CaseLetter.TAKEN_ON, CaseLetter.EXTENDED):
        due_at = appeal.due_at or appeal.outer_due_at
        unit = appeal.lead_unit.name if letter is CaseLetter.TAKEN_ON and appeal.lead_unit is not None else ""
        return {"unit": unit, "due_on": local_day(due_at) if due_at is not None else None}
    reason = "\n".join(_reasons(appeal, event))
    route = str(event.data.get("route", ""))
    return {"reason": reason, "unit": route} if letter is CaseLetter.REFERRED else {"reason": reason, "way": route}


def _reasons(appeal: Appeal, event: Event) -> Iterator[str]:
    ground = event.data.get("ground")
    if ground and ground != RefusalGround.OTHER:
        yield label(RefusalGround(ground))
    yield from (text.body for text in appeal.texts.filter(event=event, kind=TextKind.REASON))


def _last(events: list[Event], *actions: Action) -> Event | None:
    return next((event for event in reversed(events) if event.action in actions), None)


def _organ(appeal: Appeal) -> Unit:
    """Who issues it: the school that has it in hand, or the tier above the schools."""
    unit = appeal.lead_unit or appeal.desk
    return people.school_of(unit) or unit


def _contact(organ: Unit) -> str:
    return f"{organ.name}，电话{organ.phone}。" if organ.phone else ""


def _to(appeal: Appeal) -> str:
    """Never by name: the identity stays sealed. Whoever hands it over knows the hand that takes it."""
    return f"诉求人（{appeal.number}）"


def _matter(appeal: Any) -> str:
    return appeal.topic.name if appeal.is_sealed else redaction.masked(appeal.title).rstrip("。")


def _requests(appeal: Any) -> tuple[str, ...]:
    if appeal.is_sealed:
        return (_matter(appeal),)
    asked = appeal.items.order_by("position").values_list("text__body", flat=True)
    return tuple(redaction.masked(one) for one in asked) or (_matter(appeal),)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
