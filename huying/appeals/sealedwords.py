"""Which appeals keep their words for two readers, as a condition of the database (`CaseFacts.is_sealed`)."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from huying.appeals.models import Appeal, Event
from huying.rules.enums import Action, AppealKind


def condition() -> Case:
    """Yes for a 举报, and for one that was made something else as long as a second person has not agreed."""
    made_something_else = Event.objects.filter(
        appeal=OuterRef("pk"), action=Action.RECLASSIFY, data__former__kind=AppealKind.REPORT
    )
    return Case(
        When(kind=AppealKind.REPORT, then=Value(True)),
        When(Q(unreviewed=True) & Exists(made_something_else), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def marked(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """The same appeals, each saying whether its words, and so its title, are sealed (`is_sealed`)."""
    return rows.annotate(is_sealed=condition())
