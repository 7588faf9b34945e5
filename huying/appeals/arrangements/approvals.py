"""Standing approvals are drawn up by one, signed by another, and ended by either; each act stands in the record."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huying.appeals.approvals import POSTS, organisation_of
from huying.appeals.models import StandingApproval
from huying.people import changes
from huying.people.changes import Refused
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import PostKind
from huying.rules.workdays import local_day

AREA = "approval"
LONGEST_DAYS = 366  # a document is signed anew each year, when the audit has looked at it


def seen_by(actor: Actor) -> QuerySet[StandingApproval]:
    """The documents of the organisations this person keeps, signs for, or audits; ended ones too."""
    sight = Q(pk__in=[])
    for post in actor.holding(PostKind.SECURITY_ADMIN, PostKind.AUDITOR):
        sight |= Q(organisation__path__startswith=post.unit.path)
    own = organisation_of(actor)
    if own is not None:
        sight |= Q(organisation=own)
    return StandingApproval.objects.filter(sight).select_related("organisation", "proposed_by", "signed_by")


@transaction.atomic
def propose(
    organisation: Unit, *, post: PostKind, document: str, since: date, until: date, by: Actor, at: datetime
) -> StandingApproval:
    """The document lies there, to be signed by the head; nobody sees anything by it yet. Raises `Refused`."""
    keeps = [one for one in by.holding(PostKind.SECURITY_ADMIN) if organisation.path.startswith(one.unit.path)]
    if not keeps or by.person is None:
        raise Refused(_("长期授权由安全管理员拟定"))
    if post not in POSTS:
        raise Refused(_("这个岗位不办理诉求，不能长期授权"), field="post")
    if not document.strip():
        raise Refused(_("请写文号，没有文件不能授权"), field="document")
    if until < since or until < local_day(at) or (until - since).days > LONGEST_DAYS:
        raise Refused(_("到哪天要在从哪天以后，最长一年"), field="until")
    standing = StandingApproval.objects.filter(organisation=organisation, post=post, revoked_at=None)
    if standing.filter(valid_to__gte=local_day(at)).exists():
        raise Refused(_("这个岗位已经有一份，先结束它"), field="post")
    standing.update(revoked_at=at, revoked_by=by.person)
    made = StandingApproval.objects.create(
        organisation=organisation,
        post=post,
        document=document.strip(),
        valid_from=since,
        valid_to=until,
        proposed_by_id=by.person,
        proposed_at=at,
    )
    _record(made, "proposed", by=by, at=at)
    return made


@transaction.atomic
def sign(approval: StandingApproval, *, by: Actor, at: datetime) -> None:
    """The document stands from its first day on. Raises `Refused` for all but the head, and for who drew it up."""
    if organisation_of(by) != approval.organisation_id:
        raise Refused(_("只有本单位负责人能签长期授权"))
    if approval.proposed_by_id == by.person:
        raise Refused(_("拟定的人不能自己签"))
    waiting = StandingApproval.objects.filter(pk=approval.pk, signed_at=None, revoked_at=None)
    if not waiting.update(signed_at=at, signed_by=by.person):
        raise Refused(_("这份授权已经签过或者结束了"))
    _record(approval, "signed", by=by, at=at)


@transaction.atomic
def end(approval: StandingApproval, *, by: Actor, at: datetime) -> None:
    """Nobody sees anything by the document any more; it stays on file. Raises `Refused`."""
    keeps = [one for one in by.holding(PostKind.SECURITY_ADMIN) if approval.organisation.path.startswith(one.unit.path)]
    if not keeps and organisation_of(by) != approval.organisation_id:
        raise Refused(_("只有本单位负责人和安全管理员能结束长期授权"))
    standing = StandingApproval.objects.filter(pk=approval.pk, revoked_at=None)
    if not standing.update(revoked_at=at, revoked_by=by.person):
        raise Refused(_("这份授权已经结束了"))
    _record(approval, "ended", by=by, at=at)


def _record(approval: StandingApproval, act: str, *, by: Actor, at: datetime) -> None:
    lines = [
        ("post", "", approval.post),
        ("document", "", approval.document),
        ("from", "", approval.valid_from),
        ("until", "", approval.valid_to),
    ]
    place = approval.organisation
    changes.record(area=AREA, act=act, subject=place.name, place=place, by=by, at=at, lines=lines)
