from datetime import datetime

from django.db import transaction

from huying.appeals import erasure
from huying.appeals.models import Appeal
from huying.appeals.steps import take
from huying.rules.actors import Actor
from huying.rules.enums import Action


@transaction.atomic
def erase(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """Identity, words and files of a matter long over are gone for ever. What went, and under which rule, is on record;
    events, figures and the chain stay as they were (个人信息保护法 19、47)."""
    record = {**erasure.what_lies(appeal), "years": erasure.years(at=at)}
    take(appeal, Action.ERASE, by=by, at=at, record=record, changes={"title": erasure.TITLE})
    erasure.wipe(appeal)
