"""Who is complained about, as far as a filing tells: typed by the appellant, or a name of the roster in the words.

A proposal walls off whom it names until a person confirms or dismisses it. The staff list is never shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from huying.appeals.models import Appeal, Subject, Text
from huying.people import queries as people
from huying.people.models import Person, Unit
from huying.rules import conflicts
from huying.rules.enums import AppealKind, PostKind, SubjectStatus, TextKind

if TYPE_CHECKING:
    from huying.appeals.actions.register import Intake

SEARCHED_KINDS = (AppealKind.COMPLAINT, AppealKind.REPORT)


@dataclass(frozen=True)
class Found:
    """A typed name (`typed` is its place among the typed ones), matched to a person where the match is plain."""

    typed: int | None = None
    person: Person | None = None
    unit: Unit | None = None

    def row(self) -> Subject:
        """The row it would become."""
        is_known = self.person is not None or self.unit is not None
        status = SubjectStatus.PROPOSED if is_known else SubjectStatus.TYPED
        return Subject(status=status, person=self.person, unit=self.unit)


def found_in(intake: "Intake", *, on: date) -> list[Found]:
    """The Subjects a filing tells of. Praise and questions that name a teacher have none."""
    if intake.is_imported or (not intake.subjects and intake.kind not in SEARCHED_KINDS):
        return []
    roster = list(people.roster_of(intake.place.path))
    typed = [_typed(place, words, roster, intake.place, on=on) for place, words in enumerate(intake.subjects)]
    in_words = _in_words(intake, roster) if intake.kind in SEARCHED_KINDS else []
    known = {one.person.pk for one in typed if one.person is not None}
    return [*typed, *(Found(person=person) for person in in_words if person.pk not in known)]


def _typed(place: int, words: str, roster: Sequence[Person], school: Unit, *, on: date) -> Found:
    named = _only(conflicts.named(words, [(person.pk, person.name) for person in roster]), roster)
    if named is None and "校长" in words:
        named = people.holders(unit=school.pk, kind=PostKind.PRINCIPAL, on=on).first()
    is_school = named is None and words.strip() in ("学校", "全校", school.name)
    return Found(typed=place, person=named, unit=school if is_school else None)


def _in_words(intake: "Intake", roster: Sequence[Person]) -> list[Person]:
    mentioned = conflicts.mentioned(intake.body, [(person.pk, person.name) for person in roster])
    return [person for person in roster if person.pk in mentioned]


def _only(found: frozenset[int], roster: Iterable[Person]) -> Person | None:
    return next((person for person in roster if person.pk in found), None) if len(found) == 1 else None


def keep(appeal: Appeal, found: Sequence[Found], *, texts: Sequence[Text]) -> None:
    """The rows of the Subjects, each beside the words that were typed."""
    typed = [text for text in texts if text.kind == TextKind.SUBJECT]
    rows = []
    for one in found:
        row = one.row()
        row.appeal = appeal
        row.text = typed[one.typed] if one.typed is not None else None
        rows.append(row)
    Subject.objects.bulk_create(rows)
