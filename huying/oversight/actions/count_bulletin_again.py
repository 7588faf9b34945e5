from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook, bulletinfacts
from huying.oversight.models import Bulletin
from huying.papers.bulletin import kept
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct
from huying.rules.periods import Period
from huying.rules.workdays import local_day


@transaction.atomic
def count_bulletin_again(bulletin: Bulletin, *, by: Actor, at: datetime) -> None:
    """A draft has the figures of now; the words a person wrote stay. Raises NotYoursToDo or NotNow."""
    facts = bulletinfacts.of(bulletin.unit, Period(bulletin.since, bulletin.until), on=local_day(at), at=at)
    was = bulletin.digest
    bulletinbook.move(
        bulletin,
        BulletinAct.COUNT_AGAIN,
        data={"was": was},
        changes={"facts": kept.keep(facts), "digest": facts.digest},
        by=by,
        at=at,
    )
