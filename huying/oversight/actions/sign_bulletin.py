from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct


@transaction.atomic
def sign_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> None:
    """The head has signed it (签发): neither who wrote on it nor, in a school, who checked it. Raises NotYoursToDo or
    NotNow."""
    bulletinbook.move(bulletin, BulletinAct.SIGN, changes={"signer_id": by.person}, by=by, at=at)
