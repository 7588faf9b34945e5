from datetime import datetime

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.bulletins import REPLIERS, NotNow, NotYoursToDo
from huying.rules.enums import BulletinAct


@transaction.atomic
def reply_to_bulletin(bulletin: Bulletin, *, unit: Unit, reply: str, by: Actor, at: datetime) -> None:
    """A unit below has answered to the bulletin (反馈), once it was issued. Raises NotYoursToDo or NotNow."""
    if not reply.strip():
        raise NotNow("请写反馈内容")
    if unit.pk not in {post.unit.id for post in by.holding(*REPLIERS)}:
        raise NotYoursToDo("反馈由本单位负责人来写")
    bulletinbook.move(bulletin, BulletinAct.REPLY, note=reply.strip(), data={"unit": unit.pk}, by=by, at=at)
