"""What whoever asks for time should know beforehand: who decides, and how much is left."""

from datetime import timedelta

from django.utils.translation import gettext as _

from huying.appeals import clocks, deciders
from huying.appeals.casefile import CaseFile
from huying.rules.enums import PostKind
from huying.rules.labels import label
from huying.web.components import moments

HOUR = timedelta(hours=1)


def decider_words(file: CaseFile) -> str:
    """由校长（赵明远）批: the principal, or the county where the school itself handles or has nobody else."""
    on = moments.local_day(file.at)
    principals = deciders.principals_for_time(file.appeal, asked_by=file.actor.person, on=on)
    if principals:
        who = {"post": _(label(PostKind.PRINCIPAL)), "names": "、".join(one.name for one in principals)}
        return _("由%(post)s（%(names)s）批") % who
    return _("由%(post)s批") % {"post": _(label(PostKind.COUNTY_SUPERVISOR))}


def pause_words(file: CaseFile) -> str:
    """How much of the cap on pauses is left."""
    cap, left = clocks.pause_left(file.appeal, at=file.at)
    said = {"n": cap.value, "unit": _(label(cap.unit)), "hours": left // HOUR}
    if not left:
        return _("暂停加起来最多 %(n)d %(unit)s，已经用完") % said
    return _("暂停加起来最多 %(n)d %(unit)s，还剩 %(hours)d 个工作小时") % said
