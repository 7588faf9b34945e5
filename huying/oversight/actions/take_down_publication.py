from datetime import datetime

from django.db import transaction

from huying.appeals.actions.take_down import take_down
from huying.oversight import publishing
from huying.oversight.models import PublishedCase
from huying.rules.actors import Actor
from huying.rules.enums import PublicationAct, PublicationStanding


@transaction.atomic
def take_down_publication(case: PublishedCase, *, reason: str, by: Actor, at: datetime) -> None:
    """The text is off the web at once; what was there, who took it down and why stays on record. Raises NotPublishable,
    or what the life cycle raises."""
    changes = {"standing": PublicationStanding.TAKEN_DOWN}
    publishing.move(case, version=case.version, when=PublicationStanding.PUBLISHED, changes=changes)
    publishing.write(case, PublicationAct.TAKE_DOWN, reason=reason, by=by, at=at)
    take_down(case.appeal, publication=case.token, reason=reason, by=by, at=at)
