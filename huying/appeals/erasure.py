"""What is wiped when the time of keeping is over: who filed, what was said, what was sent along.

The salted digests in the events stay and tell nothing without salt and text.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from huying.appeals import identities, parameters
from huying.appeals.models import Appeal, Attachment, Event, RequestItem, SearchEntry, Subject, Text
from huying.channels import wiping
from huying.rules import lifecycle
from huying.rules.enums import Action
from huying.rules.workdays import SHANGHAI

TITLE = "（已到期清除）"
DAYS_OF_A_YEAR = 366  # never a day too early


def years(*, at: datetime) -> int:
    """How many years identity and words are kept after the last act."""
    return parameters.value("retention_years", on=at.astimezone(SHANGHAI).date())


def due(*, at: datetime) -> QuerySet[Appeal]:
    """Finished appeals in which nothing has happened for that long, oldest first."""
    before = at - timedelta(days=DAYS_OF_A_YEAR * years(at=at))
    acts = Event.objects.filter(appeal=OuterRef("pk"))
    lately, erased = acts.filter(at__gt=before), acts.filter(action=Action.ERASE)
    over = Appeal.objects.filter(state__in=lifecycle.FINAL, received_at__lte=before)
    return over.exclude(Exists(lately)).exclude(Exists(erased)).order_by("received_at", "pk")


def what_lies(appeal: Appeal) -> dict[str, int]:
    """How much there is to wipe."""
    return {
        "identities": int(identities.is_left(appeal)),
        "texts_gone": Text.objects.filter(appeal=appeal).count(),
        "files_gone": Attachment.objects.filter(appeal=appeal).count(),
    }


def wipe(appeal: Appeal) -> None:
    """Nothing that anybody said, sent or left about this appeal can be read any more."""
    identities.erase(appeal)
    Subject.objects.filter(appeal=appeal).update(text=None)
    RequestItem.objects.filter(appeal=appeal).delete()
    Text.objects.filter(appeal=appeal).delete()
    SearchEntry.objects.filter(appeal=appeal).delete()
    files = list(Attachment.objects.filter(appeal=appeal).values_list("file", flat=True))
    Attachment.objects.filter(appeal=appeal).delete()
    wiping.wipe(appeal=appeal.pk, message=appeal.source_message_id, files=files)
