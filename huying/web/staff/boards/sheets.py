"""The same figures as a sheet: numbers are numbers and days are days. No appeal is named, so none needs a purpose."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.oversight import boards, county
from huying.papers import sheets
from huying.papers.sheets import Column, Form, Page
from huying.rules import catalogue
from huying.rules.indicators import Indicator
from huying.web.components import moments
from huying.web.components.doors import staff_only
from huying.web.staff.boards import asked, words
from huying.web.staff.boards.county import line_of
from huying.web.staff.boards.month import UNIT_READERS, looking, unit_of
from huying.web.staff.exports import SHEET


@staff_only(*UNIT_READERS)
@require_safe
def month_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's month: every indicator with n and N, the topics, the units below, the months."""
    at = timezone.now()
    unit = unit_of(request, pk)
    look = asked.asked(request.GET, on=moments.local_day(at))
    found = boards.month(looking(request, unit, look, at=at))
    pages = [
        Page(_("指标"), _figures(), [_figure(one, found.report) for one in catalogue.CATALOGUE]),
        Page(
            _("类别"),
            [Column(_("类别"), width=24), Column(_("本期"), Form.NUMBER), Column(_("上期"), Form.NUMBER)],
            [(_(one.name), one.received, one.before) for one in found.topics],
        ),
        Page(_("单位"), _units(), [_unit(line) for line in found.units]),
        Page(
            _("月份"),
            [Column(_("月份"), Form.DAY), Column(_("来件"), Form.NUMBER)],
            [(datetime.strptime(name, "%Y-%m").date(), many) for name, many in found.months],  # noqa: DTZ007
        ),
    ]
    return _sheet(f"{unit.name} {look.title}", pages, look, at=at)


@staff_only(*county.READERS)
@require_safe
def county_sheet(request: HttpRequest) -> HttpResponse:
    """All schools of the board."""
    at = timezone.now()
    on = moments.local_day(at)
    look = asked.asked(request.GET, on=on, narrowed=False)
    found = county.board(request.actor, look.period, before=look.before, at=at)
    lines = [line_of(one, look, on=on) for one in found.schools]
    names = [_(name) for _pk, name in found.topics]
    told = [[one.unit.name, *(one.topics.get(pk, 0) for pk, _name in found.topics)] for one in found.schools]
    pages = [
        Page(_("学校"), _schools(), [_school(one) for one in lines]),
        Page(_("学校和类别"), [Column(_("学校"), width=24), *(Column(name, Form.NUMBER) for name in names)], told),
    ]
    return _sheet(f"{_('全部学校')} {look.title}", pages, look, at=at)


def _figures() -> list[Column]:
    """The heads, in the reader's language."""
    return [
        Column(_("指标"), width=20),
        Column("n", Form.NUMBER),
        Column("N", Form.NUMBER),
        Column(_("比例"), Form.SHARE),
        Column(_("时间"), width=16),
        Column(_("公式"), width=50),
        Column(_("公式版本"), Form.NUMBER),
    ]


def _units() -> list[Column]:
    """The heads, in the reader's language."""
    return [
        Column(_("单位"), width=24),
        *(Column(head, Form.NUMBER) for head in (_("派来"), _("按期"), _("到期"), _("开着"))),
    ]


def _schools() -> list[Column]:
    """The heads, in the reader's language."""
    return [
        Column(_("学校"), width=24),
        *(
            Column(head, Form.NUMBER)
            for head in (_("学生"), _("每千人"), _("来件"), _("按期"), _("到期"), _("满意"), _("评价"), _("开着"))
        ),
        Column(_("最久（天）"), Form.NUMBER),
    ]


def _figure(one: Indicator, report: Any) -> tuple[Any, ...]:
    figure = report[one.code]
    share = figure.value if one.is_rate and not figure.is_small else None
    points = figure.value if one.parts and not figure.is_small else None
    n = float(figure.n) if points is None else float(points)
    share = float(share) if share is not None else None
    return (_(one.name), n, figure.N, share, _(catalogue.BASIS_WORDS[one.basis]), _(one.formula), one.version)


def _unit(line: boards.UnitLine) -> tuple[Any, ...]:
    return (line.unit.name, line.work.received, line.work.on_time, line.work.due, line.open)


def _school(one: Any) -> tuple[Any, ...]:
    per_1000 = float(one.per_1000) if one.per_1000 is not None else None
    numbers = (*one.on_time, *one.satisfied)
    return (one.unit.name, one.unit.pupils or None, per_1000, one.received, *numbers, one.open, one.oldest)


def _sheet(name: str, pages: list[Page], look: asked.Asked, *, at: datetime) -> HttpResponse:
    """The file; its first line says which days, and when it was counted."""
    said = _("%(name)s：%(days)s，%(at)s 算出") % {
        "name": name,
        "days": words.days_words(look),
        "at": moments.moment_words(at),
    }
    response = HttpResponse(sheets.book(pages, watermark=said), content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


urlpatterns = [
    path("unit/<int:pk>/month/sheet/", month_sheet, name="month_sheet"),
    path("county/sheet/", county_sheet, name="county_sheet"),
]
