"""One appeal as it lies open before somebody: its facts, words, record and dates, read in a few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from huying.appeals import callnotes, facts, queries
from huying.appeals.models import Appeal, Attachment, Clock, Event, RequestItem, Subject, Text
from huying.channels import files as stored
from huying.channels.filekinds import FileKind
from huying.channels.models import Draft, StoredFile
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.people.prepared import PreparedObjects, PreparedObjectsFor
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, SubjectStatus, TextKind

NEEDED = (*queries.SHOWN_WITH, "grade", "klass", "joined_into", "identity")


@dataclass(frozen=True)
class Item:
    """One request item and its words; empty where the words are for the readers of a 举报 alone."""

    pk: int
    words: str


@dataclass(frozen=True)
class Named:
    """Somebody or something complained about. `name` and `typed` are empty where the reader may not know them."""

    pk: int
    status: SubjectStatus
    typed: str = ""
    name: str = ""
    is_person: bool = False


@dataclass(frozen=True)
class CaseFile:
    """Everything a page about one appeal draws from. What this reader may not see is not in it; `reads` says whether
    the appellant's own words are, `readers` who alone may open them."""

    appeal: Appeal
    case: CaseFacts
    actor: Actor
    at: datetime
    events: tuple[Event, ...]
    texts: tuple[Text, ...]
    items: tuple[Item, ...]
    subjects: tuple[Named, ...]
    clocks: tuple[Clock, ...]
    steps: tuple[Action, ...]
    reads: bool = True
    readers: tuple[tuple[int, str], ...] = ()
    same_phone: int = 0
    earlier_number: str = ""
    later_repeats: int = 0

    def words(self, *kinds: TextKind) -> tuple[Text, ...]:
        """The texts of these kinds, oldest first."""
        return tuple(text for text in self.texts if text.kind in kinds)

    def last(self, kind: TextKind) -> str:
        """The latest text of a kind, or nothing."""
        return next((text.body for text in reversed(self.texts) if text.kind == kind), "")

    def said_with(self, event: Event) -> tuple[Text, ...]:
        """The texts that came with an event."""
        return tuple(text for text in self.texts if text.event_id == event.pk)

    @property
    def latest(self) -> Event:
        return self.events[-1]


def read(actor: Actor, pk: int, *, at: datetime) -> CaseFile:
    """The case file of an appeal this actor may see; `queries.Missing` otherwise."""
    return _read(actor, pk, at=at, may_leave=False)


def read_for_paper(actor: Actor, pk: int, *, at: datetime) -> CaseFile:
    """The same file as it may leave the screen: the words of a 举报 are on no paper, whoever asks."""
    return _read(actor, pk, at=at, may_leave=True)


def _read(actor: Actor, pk: int, *, at: datetime, may_leave: bool) -> CaseFile:
    appeal = _appeal(actor, pk)
    events = tuple(_EVENTS.all(appeal.pk))
    texts = _TEXTS.all(appeal.pk)
    clocks = facts.clocks_of(appeal)
    rows = list(_subjects(appeal)) if appeal.has_subjects else []
    items = tuple(Item(text.item, text.body) for text in sorted(texts, key=_place) if text.item is not None)
    case = facts.of(
        appeal,
        at=at,
        events=events,
        items=frozenset(item.pk for item in items),
        subjects=facts.facts_of(rows, on=facts.local_day(at)),
        clocks=clocks,
    )
    if not permissions.sees(actor, case):
        raise queries.Missing
    reads = permissions.reads_original(actor, case) and not (may_leave and case.is_sealed)
    said = _readable(texts, events, actor, case, reads=reads)
    return CaseFile(
        appeal=appeal,
        case=case,
        actor=actor,
        at=at,
        events=events,
        texts=tuple(callnotes.masked(said, events, actor, case, appeal=appeal)),
        items=items if reads else tuple(Item(item.pk, "") for item in items),
        subjects=tuple(_named(rows, texts, actor, case, reads=reads)),
        clocks=tuple(clocks),
        steps=permissions.open_steps(actor, case),
        reads=reads,
        readers=_readers(case),
        same_phone=appeal.same_phone or 0,
        earlier_number=appeal.earlier_number or "",
        later_repeats=appeal.later_repeats or 0,
    )


def _readers(case: CaseFacts) -> tuple[tuple[int, str], ...]:
    if not case.is_sealed:
        return ()
    names = people.persons_named(case.history.readers)
    return tuple((pk, names.get(pk, "")) for pk in case.history.readers)


def attachments(file: CaseFile) -> QuerySet[Attachment]:
    """The files of an appeal. Those that came with the words of a 举报 are shown where the words are."""
    rows = file.appeal.attachments.select_related("file").order_by("pk")
    return rows if file.reads else rows.exclude(is_for_appellant=True)


def file_names(file: CaseFile) -> list[tuple[str, str, bool]]:
    """Token, name and whether it is a picture, of every file this reader may open."""
    places: dict[str, int] = defaultdict(int)
    named = []
    for row in attachments(file):
        kind = FileKind(row.file.kind)
        places[kind] += 1
        name = stored.public_name(kind, places[kind], row.file.suffix)
        named.append((row.file.token, name, kind is FileKind.IMAGE))
    return named


def file_for(actor: Actor, token: str, *, at: datetime) -> tuple[CaseFile, StoredFile, str]:
    """A file with its case and its name, through the gate each time; `queries.Missing` otherwise."""
    row = Attachment.objects.filter(file__token=token).first()
    if row is None:
        raise queries.Missing
    file = read(actor, row.appeal_id, at=at)
    for found, (other, name, _) in zip(attachments(file), file_names(file), strict=True):
        if other == token:
            return file, found.file, name
    raise queries.Missing


def files_beside(actor: Actor, pk: int) -> str:
    """The name that binds files to this person's answer to this appeal, until it is sent."""
    return f"answer.{pk}.{actor.account}"


def _appeal(actor: Actor, pk: int) -> Appeal:
    found = _APPEAL.first((actor,), pk, files_beside(actor, pk))
    if found is None:
        raise queries.Missing
    return found


def _seen(actor: Actor, pk: int, draft: str) -> QuerySet[Appeal]:
    visible = queries.visible_to(actor)
    same = visible.filter(identity__phone_index=OuterRef("identity__phone_index")).exclude(identity__phone_index="")
    mine = Draft.objects.filter(account=actor.account, appeal=OuterRef("pk"))
    beside = StoredFile.objects.filter(draft=draft).order_by().values("draft")
    return (
        visible.filter(pk=pk)
        .select_related(*NEEDED)
        .annotate(
            has_subjects=Exists(Subject.objects.filter(appeal=OuterRef("pk"))),
            files=Subquery(_count(Attachment.objects.filter(appeal=OuterRef("pk")), "appeal")),
            has_draft=Exists(mine),
            files_beside=Subquery(beside.annotate(n=Count("pk")).values("n")),
            # Of an earlier matter, or a later one, only who may see that one learns.
            earlier_number=Subquery(visible.filter(pk=OuterRef("repeat_of")).order_by().values("number")),
            later_repeats=Subquery(_count(visible.filter(repeat_of=OuterRef("pk")), "repeat_of")),
            same_phone=Subquery(_count(same.exclude(pk=OuterRef("pk")), "identity__phone_index")),
        )
    )


def _count(rows: QuerySet, by: str) -> QuerySet:
    return rows.order_by().values(by).annotate(n=Count("pk")).values("n")


def _named_events(appeal: int) -> QuerySet[Event]:
    """The events with the names of who acted, and of the unit and person that their record names."""
    unit = Coalesce(*(_key(name) for name in ("lead_unit", "suggested", "watching", "for_unit")))
    return (
        Event.objects.filter(appeal=appeal)
        .select_related("person", "unit")
        .alias(unit_key=unit, person_key=_key("in_charge"))
        .annotate(
            unit_named=Subquery(Unit.objects.filter(pk=OuterRef("unit_key")).values("name")[:1]),
            person_named=Subquery(Person.objects.filter(pk=OuterRef("person_key")).values("name")[:1]),
        )
        .order_by("sequence")
    )


def _key(name: str) -> Cast:
    return Cast(KeyTextTransform(name, "data"), BigIntegerField())


def _texts(appeal: int) -> QuerySet[Text]:
    item = RequestItem.objects.filter(text=OuterRef("pk"), appeal=appeal)
    texts = Text.objects.filter(appeal=appeal)
    return texts.annotate(item=Subquery(item.values("pk")[:1]), place=Subquery(item.values("position")[:1]))


_APPEAL = PreparedObjectsFor(Appeal, _seen)
_EVENTS, _TEXTS = PreparedObjects(Event, _named_events), PreparedObjects(Text, _texts)


def _place(text: Text) -> int:
    return text.place or 0


def _subjects(appeal: Appeal) -> QuerySet[Subject]:
    return appeal.subjects.select_related("person__unit", "unit")


# The appellant's own words, and what was made of them at the counter.
OWN_WORDS = (TextKind.VERBATIM, TextKind.WISH, TextKind.REQUEST_ITEM, TextKind.MESSAGE, TextKind.SUBJECT)


def _readable(
    texts: Iterable[Text], events: Iterable[Event], actor: Actor, case: CaseFacts, *, reads: bool
) -> list[Text]:
    hidden = () if permissions.sees_ratings(actor, case) else (Action.RATE, Action.CALL_BACK)
    closed = {event.pk for event in events if event.action in hidden or _is_confided(event, actor, case)}
    if not reads:
        # Whatever the family wrote later is as much in their own words as the story was.
        closed |= {
            event.pk
            for event in events
            if event.actor_kind == ActorKind.APPELLANT or callnotes.are_held(event, actor, reads=reads)
        }
    kinds = () if reads else OWN_WORDS
    return [text for text in texts if text.kind not in kinds and text.event_id not in closed]


def _is_confided(event: Event, actor: Actor, case: CaseFacts) -> bool:
    """Why an identity was asked for, or not shown, is between who asked and who decides: the words may name the
    family."""
    if event.action not in (Action.REQUEST_UNMASK, Action.REJECT_UNMASK):
        return False
    if actor.person in (event.person_id, event.data.get("for")):
        return False
    return not permissions.approves_unmask(actor, case)


def _named(
    rows: Sequence[Subject], texts: Iterable[Text], actor: Actor, case: CaseFacts, *, reads: bool
) -> list[Named]:
    typed = {text.pk: text.body for text in texts}
    is_shown = permissions.knows_subjects(actor, case)
    return [
        Named(
            pk=row.pk,
            status=SubjectStatus(row.status),
            typed=typed.get(row.text_id, "") if is_shown and reads else "",
            name=_name(row) if is_shown else "",
            is_person=row.person_id is not None,
        )
        for row in rows
    ]


def _name(row: Subject) -> str:
    if row.person is not None:
        return f"{row.person.name}（{row.person.unit.name}）"
    return row.unit.name if row.unit is not None else ""
