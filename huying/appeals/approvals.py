"""Standing approvals (长期授权): who may see the identity of an open-mode appeal in hand without asking each time."""

from datetime import date

from django.db.models import QuerySet

from huying.appeals.models import Appeal, StandingApproval
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, PrivacyMode, UnitLevel

# Who handles or calls; those who watch have no need to know.
POSTS = (PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.CALLER)


def in_force(organisation: Unit, *, on: date) -> QuerySet[StandingApproval]:
    """The documents of an organisation that are signed, not revoked, and valid on that day."""
    signed = StandingApproval.objects.filter(organisation=organisation, signed_at__isnull=False, revoked_at=None)
    return signed.filter(valid_from__lte=on, valid_to__gte=on).select_related("signed_by")


def organisation_of(actor: Actor) -> int | None:
    """The unit for which this person signs: the school they head, or the county."""
    heads = actor.holding(PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR)
    return next((post.unit.id for post in heads if post.unit.level.tier >= UnitLevel.SCHOOL.tier), None)


def covering(appeal: Appeal, *, by: Actor, on: date) -> StandingApproval | None:
    """The document that lets this person see who filed. None for red lines, confidential and pupils' matters: there a
    second person always decides."""
    if appeal.privacy != PrivacyMode.OPEN or appeal.safety or appeal.pupil_involved:
        return None
    held = [post.kind for post in by.posts if post.unit.path.startswith(appeal.place.path)]
    return in_force(appeal.place, on=on).filter(post__in=held).first()
