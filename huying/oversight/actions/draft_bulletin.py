from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook, bulletinfacts
from huying.oversight.models import Bulletin
from huying.people.models import Unit
from huying.rules import bulletins as rules
from huying.rules.actors import Actor
from huying.rules.bulletins import NotNow, NotYoursToDo
from huying.rules.enums import BulletinStage
from huying.rules.periods import Period
from huying.rules.workdays import local_day

OUT = (BulletinStage.ISSUED, BulletinStage.ARCHIVED)


@transaction.atomic
def draft_bulletin(
    unit: Unit, period: Period, *, corrects: Bulletin | None = None, by: Actor, at: datetime
) -> Bulletin:
    """A draft stands for the period, with the figures of today frozen and sentences suggested.

    An issued one is not written again: a correction names it and says what changed. Raises NotYoursToDo or NotNow.
    """
    if not rules.may_make(by, unit.fact):
        raise NotYoursToDo("这个单位的通报不由您起草")
    same = Bulletin.objects.filter(unit=unit, since=period.since, until=period.until)
    if same.exclude(stage__in=OUT).exists():
        raise NotNow("这一期已经有草稿了")
    newest = same.filter(stage__in=OUT).order_by("-pk").first()
    if newest is not None and corrects != newest:
        raise NotNow("这一期已经印发。要改，请从印发的那一份出一份更正")
    facts = bulletinfacts.of(unit, period, on=local_day(at), at=at)
    return bulletinbook.begin(unit, facts, words=bulletinfacts.suggested(facts), corrects=corrects, by=by, at=at)
