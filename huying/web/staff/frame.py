"""What stands around every staff page: the unit, the search field, and the rail with its piles and their sizes."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.appeals import piles
from huying.people import queries as people
from huying.rules import accountability, alarms, permissions
from huying.rules.actors import Actor
from huying.rules.enums import PostKind
from huying.web.components.parts import RailGroup, RailItem

WORDS = {
    "triage": gettext_noop("待分办"),
    "declines": gettext_noop("退单待批"),
    "to_sign": gettext_noop("待签收"),
    "handling": gettext_noop("办理中"),
    "assisting": gettext_noop("待协办"),
    "to_review": gettext_noop("待审核"),
    "time_asked": gettext_noop("延期和挂账"),
    "to_call": gettext_noop("待回访"),
    "to_close": gettext_noop("待办结"),
    "sent": gettext_noop("已派出"),
    "unreviewed": gettext_noop("未复核"),
    "safety": gettext_noop("红线"),
    "soon": gettext_noop("快超时"),
    "paused": gettext_noop("已暂停"),
    "supervised": gettext_noop("督办"),
    "done": gettext_noop("办完的"),
    "oldest": gettext_noop("最老的未办结"),
    "all": gettext_noop("全部"),
}
TO_DO = ("triage", "declines", "to_sign", "handling", "assisting", "to_review", "time_asked", "to_call", "to_close",
         "sent")  # fmt: skip
TO_WATCH = ("unreviewed", "safety", "soon", "paused", "supervised")
TO_LOOK_UP = ("done", "oldest", "all")
ALARMED = (*alarms.BY_THE_UNIT, *alarms.READERS_ABOVE)
ABOVE_SCHOOLS = (PostKind.COUNTY_DISPATCHER, PostKind.COUNTY_SUPERVISOR)
EXPORTERS = (*permissions.PLACE_SEERS, *permissions.UNIT_SEERS)


def frame(
    request: HttpRequest, *, current: str = "", at: datetime | None = None, sizes: dict[str, int] | None = None
) -> dict[str, Any]:
    """The context of `base_staff.html`; `current` names the pile or page that is open."""
    at = at or timezone.now()
    school, unit = people.workplace(request.user.person)
    return {
        "now": at,
        "unit_name": f"{school} {unit}".strip(),
        "me_url": reverse("staff:me"),
        "find_url": reverse("staff:search"),
        "rail": _rail(request, current, piles.sizes(request.actor, at=at) if sizes is None else sizes),
        "may_export": bool(request.actor.holding(*EXPORTERS)),
    }


def pile_url(name: str, **query: str) -> str:
    """Where a pile lies."""
    parts = "".join(f"&{key}={value}" for key, value in query.items() if value)
    return f"{reverse('staff:tray')}?pile={name}{parts}"


def _rail(request: HttpRequest, current: str, sizes: dict[str, int]) -> list[RailGroup]:
    mine = {pile.name for pile in piles.of(request.actor)}
    shown = {name for name in WORDS if _is_shown(name, sizes, current, request.actor)}
    groups = (
        ("", [name for name in TO_DO if name in mine and name in shown], []),
        (_("要留意"), [name for name in TO_WATCH if name in mine and name in shown], []),
        (_("查看"), [name for name in TO_LOOK_UP if name in mine], _pages(request, current)),
    )
    drawn = [
        RailGroup(title, (*(_item(name, sizes, current) for name in names), *pages)) for title, names, pages in groups
    ]
    return [group for group in drawn if group.items]


# Piles that are mostly empty show only when there is something on them; a desk keeps those it must watch.
RARE = ("declines", "assisting", "time_asked", "handling")


def _is_shown(name: str, sizes: dict[str, int], current: str, actor: Actor) -> bool:
    if sizes.get(name) or name == current:
        return True
    if name in TO_WATCH:
        return bool(actor.holding(*permissions.PLACE_SEERS))
    return name not in RARE or (name == "handling" and bool(actor.holding(*permissions.UNIT_SEERS)))


def _item(name: str, sizes: dict[str, int], current: str) -> RailItem:
    return RailItem(_(WORDS[name]), pile_url(name), sizes.get(name), is_current=name == current)


def _pages(request: HttpRequest, current: str) -> list[RailItem]:
    """Pages that are no piles, for those who have them."""
    counter = []
    if request.actor.holding(PostKind.CLERK, PostKind.DISPATCHER):
        url = reverse("staff:register")
        is_open = current == "register"
        counter = [RailItem(_("登记"), url, is_current=is_open, key="n", digits="" if is_open else f"{url}?key=")]
    links = _boards(request.actor)
    links.append(("letters", _("通知"), reverse("staff:letters")))
    if request.actor.posts:
        links.append(("bulletins", _("月度通报"), reverse("staff:bulletins")))
    if request.actor.holding(*ALARMED):
        links.append(("alarms", _("预警"), reverse("staff:alarms")))
        links.append(("surveys", _("满意度调查"), reverse("staff:surveys")))
        links.append(("doors", _("渠道自测"), reverse("staff:doors")))
        links.append(("targets", _("年度目标"), reverse("staff:targets")))
    if request.actor.holding(*permissions.OVERSEERS, *permissions.HEADS):
        links.append(("proceedings", _("约谈和抽查"), reverse("staff:proceedings")))
    if request.actor.holding(*accountability.KEEPERS):
        links.append(("duty", _("责任追究"), reverse("staff:duty")))
        links.append(("appraisal", _("剔除和申诉"), reverse("staff:exclusions")))
    if request.actor.holding(*permissions.PUBLISHERS):
        links.append(("publications", _("网上公开"), reverse("staff:publications")))
    if request.actor.holding(PostKind.AUDITOR):
        links.append(("audit", _("阅读记录"), reverse("staff:audit")))
        links.append(("changes", _("最近改了什么"), reverse("setup:changes")))
    if request.actor.holding(PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR, PostKind.AUDITOR):
        links.append(("approvals", _("长期授权"), reverse("setup:approvals")))
    if request.actor.holding(PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN):
        links.append(("setup", _("设置"), reverse("setup:home")))
    return counter + [RailItem(words, url, is_current=name == current) for name, words, url in links]


def _boards(actor: Actor) -> list[tuple[str, str, str]]:
    """The pages of leadership, for those who lead."""
    links = [("county", _("全县"), reverse("staff:county"))] if actor.holding(*ABOVE_SCHOOLS) else []
    if actor.holding(*permissions.OVERSEERS):
        links.append(("month", _("一个月"), reverse("staff:month")))
    elif actor.holding(*permissions.HEADS):
        links.append(("month", _("一个月"), reverse("staff:own_month")))
    return links
