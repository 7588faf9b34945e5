"""What was set up differently of late: who, when, from what to what. For administrators and the auditor."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.people import changes
from huying.rules.enums import AppealKind, ClockKind, LimitUnit, PostKind, UnitLevel
from huying.rules.labels import label
from huying.web.setup.sections import READERS, frame, readers_only

AREAS = {
    "unit": gettext_noop("单位"),
    "person": gettext_noop("名册"),
    "account": gettext_noop("账号"),
    "post": gettext_noop("岗位"),
    "topic": gettext_noop("事情分类"),
    "route": gettext_noop("分办规则"),
    "limit": gettext_noop("时限"),
    "channel": gettext_noop("渠道"),
    "calendar": gettext_noop("工作日历"),
    "ladder": gettext_noop("到期提醒"),
    "approval": gettext_noop("长期授权"),
    "founding": gettext_noop("建立"),
}
ACTS = {
    "added": gettext_noop("加上"),
    "changed": gettext_noop("改"),
    "moved": gettext_noop("移"),
    "closed": gettext_noop("撤"),
    "reopened": gettext_noop("恢复"),
    "appointed": gettext_noop("任岗"),
    "ended": gettext_noop("停"),
    "followed": gettext_noop("换新的"),
    "founded": gettext_noop("建好"),
    "invited": gettext_noop("发邀请"),
    "reset": gettext_noop("重发邀请，旧密码作废"),
    "left": gettext_noop("离职"),
    "proposed": gettext_noop("拟定"),
    "signed": gettext_noop("签署"),
    "factor_set": gettext_noop("绑定手机"),
    "factor_replaced": gettext_noop("换绑手机"),
    "factor_off": gettext_noop("停用动态码"),
    "codes_renewed": gettext_noop("重发备用码"),
    "paper_used": gettext_noop("用备用码登录"),
    "factor_guessed": gettext_noop("密码对，动态码错得太多"),
    "reset_asked": gettext_noop("申请重开登录"),
    "reset_signed": gettext_noop("签字，重开登录"),
    "reset_refused": gettext_noop("不重开登录"),
    "sessions_ended": gettext_noop("让人退出登录"),
}
FIELDS = {
    "code": gettext_noop("代码"),
    "name": gettext_noop("名称"),
    "level": gettext_noop("级别"),
    "parent": gettext_noop("上级单位"),
    "phone": gettext_noop("电话"),
    "address": gettext_noop("地址"),
    "pupils": gettext_noop("学生数"),
    "position": gettext_noop("次序"),
    "last_day": gettext_noop("最后一天"),
    "post": gettext_noop("岗位"),
    "unit": gettext_noop("单位"),
    "from": gettext_noop("从哪天"),
    "until": gettext_noop("到哪天"),
    "is_active": gettext_noop("可以选"),
    "kind": gettext_noop("性质"),
    "starts_at": gettext_noop("从哪一级办起"),
    "office_name": gettext_noop("主办处室"),
    "assisting": gettext_noop("协办处室"),
    "source": gettext_noop("依据"),
    "value": gettext_noop("时限"),
    "channel": gettext_noop("渠道"),
    "key": gettext_noop("数字键"),
    "number": gettext_noop("工号"),
    "email": gettext_noop("邮箱"),
    "login": gettext_noop("登录名"),
    "lost": gettext_noop("丢了什么"),
    "codes_left": gettext_noop("还剩几个备用码"),
    "sessions": gettext_noop("几处"),
    "version": gettext_noop("版本"),
    "document": gettext_noop("文号"),
    "steps": gettext_noop("一级一级"),
}
LOST = {
    "phone": gettext_noop("手机"),
    "password": gettext_noop("密码"),
    "both": gettext_noop("密码和手机"),
}
CODED: dict[str, type[StrEnum]] = {"level": UnitLevel, "starts_at": UnitLevel, "post": PostKind, "kind": AppealKind}


@require_safe
@readers_only
def changes_page(request: HttpRequest) -> HttpResponse:
    """A page of changes, newest first."""
    paths = [post.unit.path for post in request.actor.holding(*READERS)]
    before = request.GET.get("before", "")
    rows = changes.recent(paths, before=int(before) if before.isdigit() and len(before) < 19 else None)
    shown = rows[: changes.PAGE]
    context = frame(request, current="changes") | {
        "rows": [_drawn(row) for row in shown],
        "older": f"?before={shown[-1].pk}" if len(rows) > changes.PAGE else "",
    }
    return render(request, "setup/changes.html", context)


def _drawn(row: Any) -> dict[str, Any]:
    subject = _(label(ClockKind(row.subject))) if row.area == "limit" else row.subject
    return {
        "at": row.at,
        "by": row.by.person.name if row.by is not None else "",
        "what": f"{_(AREAS.get(row.area, row.area))}：{_(ACTS.get(row.act, row.act))}",
        "subject": subject,
        "place": row.place.name if row.place is not None else "",
        "lines": [(_(FIELDS.get(name, name)), _said(name, old), _said(name, new)) for name, old, new in row.lines],
    }


def _said(name: str, value: str) -> str:
    """A kept code word in words for people."""
    if value in ("True", "False"):
        return _("是") if value == "True" else _("否")
    if name == "lost" and value in LOST:
        return _(LOST[value])
    if name in CODED and value in set(CODED[name]):
        return _(label(CODED[name](value)))
    number, _space, unit = value.partition(" ")
    if name == "value" and unit in set(LimitUnit):
        return f"{number} {_(label(LimitUnit(unit)))}"
    return value
