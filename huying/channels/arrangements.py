"""The doors as administrators set them: name, key at the counter, place in the row, open or shut."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huying.channels.models import Channel
from huying.people import changes
from huying.people.changes import Refused
from huying.rules.actors import Actor

# Parents' own form comes through this door; while the site is up, it is open.
ALWAYS = "web"
FIELDS = ("name", "key", "position", "is_active")


def every() -> list[Channel]:
    """All doors, shut ones too, in their order."""
    return list(Channel.objects.all())


@transaction.atomic
def change(channel: Channel, *, name: str, key: str, position: int, is_active: bool, by: Actor, at: datetime) -> None:
    """The door is called so, has this key, and is open or shut. What came through it stays."""
    if not is_active and channel.code == ALWAYS:
        raise Refused(_("网页这个渠道不能停：家长从这里反映"), field="is_active")
    taken = Channel.objects.filter(key=key, is_active=True).exclude(pk=channel.pk).first() if key else None
    if taken is not None and is_active:
        raise Refused(_("“%(name)s”已经用这个数字键") % {"name": taken.name}, field="key")
    if Channel.objects.filter(name=name).exclude(pk=channel.pk).exists():
        raise Refused(_("已经有这个名称"), field="name")
    before = {field: getattr(channel, field) for field in FIELDS}
    channel.name, channel.key, channel.position, channel.is_active = name, key, position, is_active
    channel.save(update_fields=FIELDS)
    lines = [(field, before[field], getattr(channel, field)) for field in FIELDS]
    changes.record(area="channel", act="changed", subject=before["name"], place=None, by=by, at=at, lines=lines)
