"""What a roster would change, in words: counts first, then the rows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.rules.labels import label

COUNTS = {
    "new_units": gettext_noop("新单位 %(n)d 个"),
    "new_people": gettext_noop("新人 %(n)d 位"),
    "changed_people": gettext_noop("改资料 %(n)d 位"),
    "posts_begun": gettext_noop("新任岗位 %(n)d 个"),
    "posts_ended": gettext_noop("改最后一天 %(n)d 个"),
    "unchanged": gettext_noop("没有变化 %(n)d 行"),
    "posts_not_in_file": gettext_noop("名册里没写的岗位 %(n)d 个"),
    "people_not_in_file": gettext_noop("名册里没有的人 %(n)d 位"),
}
FIELDS = {
    "name": gettext_noop("姓名"),
    "unit": gettext_noop("单位"),
    "number": gettext_noop("工号"),
    "email": gettext_noop("邮箱"),
}
MOST_SHOWN = 300


@dataclass(frozen=True)
class Part:
    """One kind of change: (line of the sheet, who or what, how)."""

    words: str
    rows: list[tuple[int | None, str, str]]
    more: int


def counts(numbers: dict[str, int]) -> list[str]:
    """Those that are not zero, in words."""
    return [_(words) % {"n": numbers[name]} for name, words in COUNTS.items() if numbers[name]]


def parts(plan: Any) -> list[Part]:
    """The rows of each kind of change."""
    found = [
        (_("新单位"), [(one.line, one.name, one.parent.name) for one in plan.units]),
        (_("新人"), [(one.line, one.name, f"{one.number} {one.unit.name}") for one in plan.people]),
        (_("改资料"), [(one.line, one.name, _said(one.lines)) for one in plan.changed]),
        (_("新任岗位"), [(one.line, one.name, _begun(one)) for one in plan.begun]),
        (_("改最后一天"), [(one.line, one.post.person.name, _ended(one)) for one in plan.ended]),
    ]
    return [Part(words, rows[:MOST_SHOWN], max(len(rows) - MOST_SHOWN, 0)) for words, rows in found if rows]


def _said(lines: list[tuple[str, str, str]]) -> str:
    return "；".join(f"{_(FIELDS[name])} {before or _('（空）')} → {after}" for name, before, after in lines)


def _begun(one: Any) -> str:
    until = _("到 %(day)s") % {"day": one.until.isoformat()} if one.until else ""
    words = f"{one.unit.name} {_(label(one.kind))}"
    return " ".join(part for part in (words, _("从 %(day)s") % {"day": one.on.isoformat()}, until) if part)


def _ended(one: Any) -> str:
    before = one.post.ends_on.isoformat() if one.post.ends_on else _("（空）")
    return f"{one.post.unit.name} {before} → {one.last_day.isoformat()}"
