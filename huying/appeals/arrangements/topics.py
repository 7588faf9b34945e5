"""The topics people choose from: added, renamed, put in order, hidden. Their codes stay, for other data names them."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huying.appeals.models import Topic
from huying.people import changes
from huying.people.changes import Refused
from huying.rules.actors import Actor

CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")
ALWAYS = "other"


def every() -> list[Topic]:
    """All topics, hidden ones too, in their order."""
    return list(Topic.objects.all())


@transaction.atomic
def add(*, code: str, name: str, by: Actor, at: datetime) -> Topic:
    """The topic can be chosen. Raises `Refused` for a code or a name that is taken."""
    if not CODE.fullmatch(code):
        raise Refused(_("代码用小写字母开头，只能有小写字母、数字和下划线"), field="code")
    if Topic.objects.filter(code=code).exists():
        raise Refused(_("这个代码已经用过，换一个"), field="code")
    _only_name(name, but=None)
    last = Topic.objects.aggregate(last=Max("position"))["last"] or 0
    topic = Topic.objects.create(code=code, name=name, position=last + 1)
    lines = [("code", "", code), ("name", "", name)]
    changes.record(area="topic", act="added", subject=name, place=None, by=by, at=at, lines=lines)
    return topic


@transaction.atomic
def change(topic: Topic, *, name: str, position: int, is_active: bool, by: Actor, at: datetime) -> None:
    """The topic is called so, stands there, and is offered or not. Appeals that bear it keep it."""
    if not is_active and topic.code == ALWAYS:
        raise Refused(_("“其他”要一直能选：说不清的事归在这里"), field="is_active")
    _only_name(name, but=topic)
    before = (topic.name, topic.position, topic.is_active)
    topic.name, topic.position, topic.is_active = name, position, is_active
    topic.save(update_fields=["name", "position", "is_active"])
    after = (name, position, is_active)
    lines = list(zip(("name", "position", "is_active"), before, after, strict=True))
    changes.record(area="topic", act="changed", subject=before[0], place=None, by=by, at=at, lines=lines)


def _only_name(name: str, *, but: Topic | None) -> None:
    same = Topic.objects.filter(name=name)
    if (same.exclude(pk=but.pk) if but is not None else same).exists():
        raise Refused(_("已经有这个名称"), field="name")
