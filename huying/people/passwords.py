"""Which passwords are refused beside the common ones: those that anyone in the building would try first."""

import re
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huying.language import pinyin
from huying.people.models import Account, PastPassword

LONGEST = 128
SHORTEST = 8
LONGEST_USE = timedelta(days=90)
# The present one and those before it: so many may not come again in the profile of 等保.
REMEMBERED = 5
KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
HOUSE_WORDS = ("huying", "huimin", "password", "xuexiao", "xiaoxue", "laoshi")


class LongEnough:
    """At least 8 characters; a sentence is better."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(_("密码至少 %(least)d 位，一句话最好") % {"least": SHORTEST})

    def get_help_text(self) -> str:
        return _("至少 %(least)d 位") % {"least": SHORTEST}


class NotTooLong:
    """At most 128 characters: hashing an endless one would only keep the machine busy."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("密码最多 %(most)d 位") % {"most": LONGEST})

    def get_help_text(self) -> str:
        return _("最多 %(most)d 位") % {"most": LONGEST}


class Mixed:
    """Three of four kinds of characters. Only in the profile of 等保: left alone, a long sentence is better."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if sum(re.search(kind, password) is not None for kind in KINDS) < 3:
            raise ValidationError(_("小写字母、大写字母、数字、其他字，至少要有三种"))

    def get_help_text(self) -> str:
        return _("小写字母、大写字母、数字、其他字，至少三种")


class NotUsedLately:
    """None of the last five. Only in the profile of 等保: where a password need not be changed, nobody comes back."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = PastPassword.objects.filter(account=user).values_list("digest", flat=True)[: REMEMBERED - 1]
        if any(check_password(password, digest) for digest in [user.password, *past]):
            raise ValidationError(_("最近 %(many)d 次用过的密码不能再用") % {"many": REMEMBERED})

    def get_help_text(self) -> str:
        return _("不能是最近 %(many)d 次用过的") % {"many": REMEMBERED}


def is_worn(account: Account, *, at: datetime) -> bool:
    """Whether the password is older than the profile of 等保 lets one be."""
    return at - (account.password_set_at or account.created_at) > LONGEST_USE


class NotFromHere:
    """Once login, names, units and telephone are taken away, eight characters must be left."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) < SHORTEST:
            return
        left = password.lower()
        for word in sorted(self._words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(re.sub(r"(.)\1+", r"\1", left)) < SHORTEST:
            raise ValidationError(_("去掉登录名、姓名、单位和重复的字以后不到 8 位，换一句别人想不到的话"))

    def get_help_text(self) -> str:
        return _("不要用登录名、姓名、单位名")

    def _words(self, account: Account | None) -> set[str]:
        words = set(HOUSE_WORDS)
        if account is not None:
            unit = account.person.unit
            names = [account.person.name, unit.name, *([unit.parent.name] if unit.parent is not None else [])]
            words |= {account.login.lower(), unit.code.lower(), *(name.lower() for name in names)}
            for name in names:
                words |= pinyin.spelled(name)
        return {word for word in words if len(word) > 1}
