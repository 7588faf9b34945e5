"""Ways in: telephones that are missing where a post needs one, and administrators who watch over themselves."""

from datetime import datetime

from django.utils import timezone

from huying.ops.checkup.finding import Finding, ok, warning
from huying.people import queries as people
from huying.people import second_factors

NAMED = 10


def telephones(at: datetime) -> Finding:
    """Whether everyone who unmasks, administers, exports or supervises signs in with a second factor."""
    found = [f"{one.person.name}（{one.login}）" for one in second_factors.lacking(on=timezone.localdate(at))]
    if not found:
        return ok("second_factor", "岗位要动态码的人，都绑定了手机。")
    more = f"等 {len(found)} 人" if len(found) > NAMED else ""
    words = f"这些人还没有绑定手机：{'、'.join(found[:NAMED])}{more}。他们登录以后只能看到绑定那一页，请催一催。"
    return warning("second_factor", words)


def administrators(at: datetime) -> Finding:
    """Whether system, security and audit lie in different hands."""
    double = people.double_administrators(on=timezone.localdate(at))
    if double:
        words = f"系统管理员、安全管理员、审计员不能互相兼：{'、'.join(double)}。请另外任命。"
        return warning("administrators", words)
    return ok("administrators", "系统、安全、审计由不同的人管。")


CHECKS = (telephones, administrators)
