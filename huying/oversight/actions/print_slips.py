from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from huying.oversight.models import Slip, Survey
from huying.rules import survey as rules
from huying.rules.actors import Actor
from huying.rules.workdays import local_day
from huying.vault.codes import KeyedDigest


@transaction.atomic
def print_slips(survey: Survey, *, digests: Sequence[KeyedDigest], by: Actor, at: datetime) -> None:
    """These slips can be answered once each. Their codes stand on the paper alone: here only keyed digests are kept."""
    rules.require_maker(by, unit=survey.unit.fact)
    if local_day(at) > survey.closes_on:
        raise rules.BadSurvey("截止日已经过了")
    rules.check_slips(len(digests), printed=survey.printed, families=survey.families)
    Slip.objects.bulk_create([Slip(survey=survey, digest=one.digest, key=one.key_id) for one in digests])
    Survey.objects.filter(pk=survey.pk).update(printed=F("printed") + len(digests))
