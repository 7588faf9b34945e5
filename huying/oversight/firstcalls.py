"""The callback before a closing, read from the ledger: who called, from which tier, what was said; and the list drawn
from."""

from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from huying.appeals import queries
from huying.appeals.facts import SHANGHAI
from huying.appeals.models import Appeal, Event
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import Action, State, UnitLevel
from huying.rules.sampling import FirstCall


def of(appeal: Appeal) -> FirstCall | None:
    """The last call that was reached and answered; None where there was none."""
    calls = Event.objects.filter(appeal=appeal, action=Action.CALL_BACK, data__reached=True).select_related("unit")
    last = calls.order_by("-sequence").first()
    if last is None:
        return None
    tier = UnitLevel(last.unit.level).tier if last.unit is not None else 0
    return FirstCall(last.person_id, tier, last.data.get("resolved"), last.data.get("satisfaction"))


def closed_under(unit: Unit, *, since: date, until: date, actor: Actor) -> QuerySet[Appeal]:
    """The appeals of a unit that were closed in these days and stand closed, as far as this person may see them; each
    with the digest of its closing (`closing`), which says nothing of it and cannot be chosen."""
    closings = Event.objects.filter(appeal=OuterRef("pk"), action=Action.CLOSE).order_by("-sequence")
    rows = queries.visible_to(actor).filter(
        state=State.CLOSED,
        imported=False,
        place__path__startswith=unit.path,
        closed_at__gte=begin(since),
        closed_at__lt=begin(until + timedelta(days=1)),
    )
    return rows.annotate(closing=Subquery(closings.values("digest")[:1])).filter(closing__isnull=False)


def begin(on: date) -> datetime:
    """The first moment of a day here."""
    return datetime.combine(on, time(), tzinfo=SHANGHAI)
