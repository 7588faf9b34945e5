"""Open data: the same texts and numbers as on the pages, as files, with a word on each field and the licence."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from huying.oversight import openfigures, publications
from huying.papers import sheets
from huying.papers.sheets import Column
from huying.web.components.doors import open_to_all
from huying.web.public.pages import around

LICENCE = "CC BY 4.0"
MOST = 5000
EVERY = "all"
ANSWER_FIELDS = (
    ("token", gettext_noop("这一篇的网址代号")),
    ("title", gettext_noop("题目")),
    ("question", gettext_noop("问的什么，学校改写过")),
    ("answer", gettext_noop("怎么答的，学校改写过")),
    ("topic", gettext_noop("分类的代号")),
    ("school", gettext_noop("学校名，没写的是空的")),
    ("month", gettext_noop("办完的月份")),
    ("published_on", gettext_noop("登出来的日子")),
)
FIGURE_FIELDS = (
    ("month", gettext_noop("月份，一个月只出一次，不再改")),
    ("measure", gettext_noop("数什么：收到、答复、到期、回访")),
    ("school", gettext_noop("学校的代号，all 是全县")),
    ("column", gettext_noop("分类的代号或结果，all 是合计")),
    ("value", gettext_noop("件数；空的是没有显示")),
)


@require_safe
@open_to_all
def page(request: HttpRequest) -> HttpResponse:
    """What there is, what each field means, and what may be done with it."""
    context = {"answer_fields": ANSWER_FIELDS, "figure_fields": FIGURE_FIELDS, "licence": LICENCE}
    return render(request, "public/data.html", around("data") | context)


@require_safe
@open_to_all
def answers_csv(request: HttpRequest) -> HttpResponse:
    """The published answers as a table."""
    return _csv("answers", ANSWER_FIELDS, _answers())


@require_safe
@open_to_all
def answers_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    return _json("answers", ANSWER_FIELDS, _answers())


@require_safe
@open_to_all
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The public numbers of every month as a table."""
    return _csv("figures", FIGURE_FIELDS, _figures())


@require_safe
@open_to_all
def figures_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    return _json("figures", FIGURE_FIELDS, _figures())


def _answers() -> Iterator[dict[str, Any]]:
    for case in publications.public()[:MOST]:
        one = publications.shown(case)
        yield {
            "token": one.token,
            "title": one.title,
            "question": one.question,
            "answer": one.answer,
            "topic": one.topic_code,
            "school": one.school,
            "month": f"{one.month:%Y-%m}",
            "published_on": one.published_on.isoformat(),
        }


def _figures() -> Iterator[dict[str, Any]]:
    for month, row in openfigures.rows():
        yield {
            "month": f"{month:%Y-%m}",
            "measure": row.measure,
            "school": _named(row.school),
            "column": _named(row.column),
            "value": row.value,
        }


def _named(key: str) -> str:
    return EVERY if key == openfigures.TOTAL else key


def _csv(name: str, fields: tuple[tuple[str, str], ...], rows: Iterator[dict[str, Any]]) -> HttpResponse:
    columns = [Column(field, _form(field)) for field, _words in fields]
    raw = sheets.csv_table(columns, ([row[field] for field, _words in fields] for row in rows))
    response = HttpResponse(raw, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _form(field: str) -> sheets.Form:
    return sheets.Form.NUMBER if field == "value" else sheets.Form.TEXT


def _json(name: str, fields: tuple[tuple[str, str], ...], rows: Iterator[dict[str, Any]]) -> HttpResponse:
    said = {"licence": LICENCE, "fields": {field: _(words) for field, words in fields}, name: list(rows)}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
