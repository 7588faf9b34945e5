"""The doors that ship."""

from huying.channels.models import Channel

# code, name, key on the clerk's page, whether it brings an outer number, whether staff enter it
SHIPPED = (
    ("web", "网页", "", False, False),
    ("phone", "电话", "1", False, True),
    ("visit", "来访", "2", False, True),
    ("hotline", "政务热线", "3", True, True),
    ("mailbox", "校长信箱", "4", False, True),
    ("letter", "来信", "5", False, True),
    ("wechat_group", "班级微信群", "6", False, True),
    ("online", "网上民声", "7", True, True),
    ("county_hotline", "县热线", "8", True, True),
    ("email", "电子邮件", "", False, True),
)


def seed() -> None:
    """The doors stand in their table; those that were there stay as they are."""
    for position, (code, name, key, is_outer, is_staffed) in enumerate(SHIPPED):
        Channel.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "key": key,
                "is_outer": is_outer,
                "is_staffed": is_staffed,
                "position": position,
            },
        )
