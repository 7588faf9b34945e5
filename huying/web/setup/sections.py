"""The parts of the set-up, in the order of the rail. A new part adds one line here and one in `urls.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.rules.enums import PostKind
from huying.web.components.doors import View, staff_only
from huying.web.components.parts import RailGroup, RailItem

ADMIN = (PostKind.SYSTEM_ADMIN,)
KEEPERS = (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN)
READERS = (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDITOR)


@dataclass(frozen=True)
class Section:
    """One part: its word, what it is for, where it stands, and who may open it."""

    name: str
    words: str
    purpose: str
    address: str
    posts: tuple[PostKind, ...] = ADMIN


SECTIONS = (
    Section("units", gettext_noop("单位"), gettext_noop("学校、级部、班级、处室，电话和地址"), "setup:units"),
    Section("roster", gettext_noop("名册"), gettext_noop("用 Excel 导入人、班级和岗位，先看再导"), "setup:roster"),
    Section("people", gettext_noop("账号"), gettext_noop("发登录邀请，办离职"), "setup:people"),
    Section(
        "access",
        gettext_noop("登录安全"),
        gettext_noop("谁绑定了手机，在哪里登录着，丢了怎么重开"),
        "setup:access",
        READERS,
    ),
    Section("posts", gettext_noop("岗位"), gettext_noop("谁在什么岗位，从哪天到哪天"), "setup:posts"),
    Section("topics", gettext_noop("事情分类"), gettext_noop("家长和登记员选的分类"), "setup:topics"),
    Section("routing", gettext_noop("分办规则"), gettext_noop("哪类事从哪一级办起、哪个处室办"), "setup:routing"),
    Section("limits", gettext_noop("时限"), gettext_noop("每一步多久，依据是什么，从哪天起"), "setup:limits"),
    Section(
        "calendar", gettext_noop("工作日历"), gettext_noop("放假、调休、上班时间、学期"), "setup:calendar", KEEPERS
    ),
    Section("ladder", gettext_noop("到期提醒"), gettext_noop("快到期和超期时一级一级提醒谁"), "setup:ladder", KEEPERS),
    Section(
        "explain", gettext_noop("期限试算"), gettext_noop("从哪天起、多久，算到哪天，为什么"), "setup:explain", KEEPERS
    ),
    Section(
        "approvals",
        gettext_noop("长期授权"),
        gettext_noop("哪些岗位不用每次申请就能看实名诉求的身份，凭哪份文件"),
        "setup:approvals",
        (PostKind.SECURITY_ADMIN, PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR, PostKind.AUDITOR),
    ),
    Section("channels", gettext_noop("渠道"), gettext_noop("从哪里收到，哪些开着"), "setup:channels"),
    Section(
        "changes", gettext_noop("最近改了什么"), gettext_noop("谁、什么时候、从什么改成什么"), "setup:changes", READERS
    ),
)

editors_only: Callable[[View], View] = staff_only(*ADMIN)
readers_only: Callable[[View], View] = staff_only(*READERS)


def frame(request: HttpRequest, *, current: str = "") -> dict[str, Any]:
    """What stands around every page of the set-up."""
    sees_all = bool(request.actor.holding(PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN))
    home = (RailItem(_("设置一览"), reverse("setup:home"), is_current=current == "home"),) if sees_all else ()
    parts = [RailItem(_(one.words), reverse(one.address), is_current=one.name == current) for one in open_to(request)]
    back = RailItem(_("回到工作"), reverse("staff:tray"))
    rail = [RailGroup("", home), RailGroup(_("设置"), tuple(parts)), RailGroup("", (back,))]
    return {"now": timezone.now(), "rail": rail, "section": current, "sees_all": sees_all}


def open_to(request: HttpRequest) -> list[Section]:
    """The parts that this person may open."""
    return [one for one in SECTIONS if request.actor.holding(*one.posts)]
