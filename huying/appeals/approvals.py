"""Standing approvals (长期授权): who may see the identity of an open-mode appeal in hand without asking each time."""

from datetime import datetime

from django.db.models import QuerySet

from huying.appeals.models import Appeal, StandingApproval
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import PostKind, PrivacyMode, UnitLevel

# Who handles or calls; those who watch have no need to know.
POSTS = (PostKind.CLASS_TEACHER, PostKind.GRADE_HEAD, PostKind.OFFICE_HEAD, PostKind.CALLER)


class NotYours(Exception):
    """Only the head of the organisation signs for it; the text can be shown."""


def in_force(organisation: Unit) -> QuerySet[StandingApproval]:
    """The documents of an organisation that nobody has revoked."""
    return StandingApproval.objects.filter(organisation=organisation, revoked_at=None).select_related("signed_by")


def organisation_of(actor: Actor) -> int | None:
    """The unit for which this person signs: the school they head, or the county."""
    heads = actor.holding(PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR)
    return next((post.unit.id for post in heads if post.unit.level.tier >= UnitLevel.SCHOOL.tier), None)


def sign(organisation: Unit, *, post: PostKind, by: Actor, at: datetime) -> StandingApproval:
    """The document stands from now on; signing it twice leaves the first. Raises NotYours."""
    _require_head(organisation, by)
    if post not in POSTS:
        raise NotYours("这个岗位不办理诉求，不能长期授权")
    found, _ = StandingApproval.objects.get_or_create(
        organisation=organisation, post=post, revoked_at=None, defaults={"signed_by_id": by.person, "signed_at": at}
    )
    return found


def revoke(approval: StandingApproval, *, by: Actor, at: datetime) -> None:
    """The document is over; it stays on file. Raises NotYours."""
    _require_head(approval.organisation, by)
    StandingApproval.objects.filter(pk=approval.pk, revoked_at=None).update(revoked_at=at, revoked_by=by.person)


def covering(appeal: Appeal, *, by: Actor) -> StandingApproval | None:
    """The document that lets this person see who filed. None for red lines, confidential and pupils' matters: there a
    second person always decides."""
    if appeal.privacy != PrivacyMode.OPEN or appeal.safety or appeal.pupil_involved:
        return None
    held = [post.kind for post in by.posts if post.unit.path.startswith(appeal.place.path)]
    return in_force(appeal.place).filter(post__in=held).first()


def _require_head(organisation: Unit, by: Actor) -> None:
    if organisation_of(by) != organisation.pk:
        raise NotYours("只有本单位负责人能签长期授权")
