"""Which organisations an administrator sets up: those of the posts of today, and all below them."""

from typing import TYPE_CHECKING

from django.http import Http404

from huying.people import staffing
from huying.rules.actors import Actor
from huying.rules.enums import UnitLevel
from huying.web.setup.sections import ADMIN

if TYPE_CHECKING:
    from huying.people.models import Unit


def paths(actor: Actor) -> list[str]:
    """Paths of the organisations this actor sets up."""
    return [post.unit.path for post in actor.holding(*ADMIN)]


def sets_up_everything(actor: Actor) -> bool:
    """Whether what holds for all schools (topics, limits, channels) is this actor's to change."""
    return any(post.unit.level.tier >= UnitLevel.COUNTY.tier for post in actor.holding(*ADMIN))


def unit(actor: Actor, pk: int) -> "Unit":
    """A unit this actor sets up; for others there is no page."""
    found = staffing.units(paths(actor)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_everything(actor: Actor) -> None:
    """No page for those who set up one school alone."""
    if not sets_up_everything(actor):
        raise Http404
