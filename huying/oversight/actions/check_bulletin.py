from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct


@transaction.atomic
def check_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> None:
    """A second person has compared the draft with its figures (核对). Raises NotYoursToDo or NotNow."""
    bulletinbook.move(bulletin, BulletinAct.CHECK, by=by, at=at)
