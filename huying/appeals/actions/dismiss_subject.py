from datetime import datetime

from django.db import transaction

from huying.appeals.models import Appeal, Subject
from huying.appeals.steps import NotPossible, take
from huying.rules.actors import Actor
from huying.rules.enums import Action, SubjectStatus


@transaction.atomic
def dismiss_subject(appeal: Appeal, *, subject: int, reason: str, by: Actor, at: datetime) -> None:
    """A typed or proposed name was found to be nobody complained about (排除被反映对象)."""
    row = Subject.objects.filter(appeal=appeal, pk=subject).first()
    if row is None:
        raise NotPossible("没有这个被反映对象")
    take(appeal, Action.DISMISS_SUBJECT, by=by, at=at, reason=reason, record={"subject": subject})
    row.status = SubjectStatus.DISMISSED
    row.save()
