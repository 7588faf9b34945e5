from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.rules.actors import Actor
from huying.rules.bulletins import NotNow
from huying.rules.enums import BulletinAct


@transaction.atomic
def return_bulletin(bulletin: Bulletin, *, reason: str, by: Actor, at: datetime) -> None:
    """The bulletin is a draft again, with the reason on record. Raises NotYoursToDo or NotNow."""
    if not reason.strip():
        raise NotNow("请写明退回的理由")
    bulletinbook.move(bulletin, BulletinAct.RETURN, note=reason.strip(), changes={"signer": None}, by=by, at=at)
