from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct


@transaction.atomic
def archive_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> None:
    """The bulletin is closed and kept (归档); nothing is answered to it any more. Raises NotYoursToDo or NotNow."""
    bulletinbook.move(bulletin, BulletinAct.ARCHIVE, by=by, at=at)
