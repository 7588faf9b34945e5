from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from huying.appeals import approvals, facts, identities, notices
from huying.appeals.models import Appeal
from huying.appeals.steps import Taken, take
from huying.people import queries as people
from huying.rules.actors import Actor
from huying.rules.enums import Action, ContactField, PostKind, UnitLevel, UnmaskPurpose


@transaction.atomic
def request_unmask(
    appeal: Appeal,
    *,
    purpose: UnmaskPurpose,
    fields: Collection[ContactField],
    hours: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody above decides whether this person may see these parts of the identity for so many hours; where a
    standing approval covers it, they may at once (未成年人网络保护条例 36)."""
    standing = approvals.covering(appeal, by=by, on=facts.local_day(at))
    is_above = any(post.kind is PostKind.PRINCIPAL or post.unit.level.tier > UnitLevel.SCHOOL.tier for post in by.posts)
    record = {
        "purpose": str(purpose),
        "fields": sorted(str(name) for name in fields),
        "hours": hours,
        "is_above": is_above,
        **({"standing": standing.pk} if standing is not None else {}),
    }
    given = {"has_identity": identities.is_left(appeal)}
    taken = take(appeal, Action.REQUEST_UNMASK, by=by, at=at, reason=reason, record=record, given=given)
    if standing is None:
        _tell_who_decides(appeal, is_above=is_above, of=taken, at=at)


def _tell_who_decides(appeal: Appeal, *, is_above: bool, of: Taken, at: datetime) -> None:
    county = people.county()
    at_county = is_above or UnitLevel(appeal.desk.level).tier > UnitLevel.SCHOOL.tier
    if at_county and county is not None:
        notices.to_post(appeal, "unmask_asked", unit=county, holder=PostKind.COUNTY_SUPERVISOR, of=of, at=at)
    else:
        notices.to_post(appeal, "unmask_asked", unit=appeal.place, holder=PostKind.PRINCIPAL, of=of, at=at)
