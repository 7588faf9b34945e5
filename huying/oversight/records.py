"""The words of a talk as both sides sign them: read from the tables, spelled one way, digested."""

from huying.oversight import commitments
from huying.oversight.models import Interview, Proceeding, ProceedingCase, RectificationItem
from huying.rules import chain, interviews


def digest(proceeding: Proceeding) -> str:
    """The digest of the record as it stands in the tables now."""
    said = Interview.objects.get(pk=proceeding.pk)
    listed = ProceedingCase.objects.filter(proceeding=proceeding).order_by("appeal__number")
    items = RectificationItem.objects.filter(proceeding=proceeding).order_by("pk")
    return interviews.record_digest(
        {
            "number": proceeding.number,
            "unit": proceeding.unit.code,
            "weight": said.weight,
            "ground": said.ground,
            "reason": said.reason,
            "place": said.place,
            "held_at": chain.moment(said.held_at) if said.held_at is not None else "",
            "attendants": said.attendants,
            "shown": said.shown,
            "view": said.view,
            "recheck_days": said.recheck_days,
            "cases": list(listed.values_list("appeal__number", flat=True)),
            "items": commitments.said(items),
        }
    )
