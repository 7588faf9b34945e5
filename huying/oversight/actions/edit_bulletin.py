from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.oversight import bulletinbook
from huying.oversight.models import Bulletin
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct

PARTS: Final = ("overview", "good", "tasks", "remarks", "addressee", "copies_to")


@transaction.atomic
def edit_bulletin(bulletin: Bulletin, *, words: Mapping[str, Sequence[str]], by: Actor, at: datetime) -> None:
    """The words of a draft are these, part by part; its figures cannot be edited. Raises NotYoursToDo or NotNow."""
    new = {name: [line.strip() for line in words[name] if line.strip()] for name in PARTS if name in words}
    changed = sorted(name for name, lines in new.items() if lines != bulletin.words.get(name))
    bulletinbook.move(
        bulletin,
        BulletinAct.EDIT,
        data={"changed": changed},
        changes={"words": {**bulletin.words, **new}},
        by=by,
        at=at,
    )
