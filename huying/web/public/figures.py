"""The months in numbers: of each school and each topic, with what is small not shown."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huying.appeals import rulebook
from huying.oversight import openfigures
from huying.oversight.openfigures import TOTAL
from huying.people import queries as people
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.public.pages import around

COLUMNS = (("received", TOTAL), ("answered", TOTAL), ("due", TOTAL), ("due", "on_time"), ("called", TOTAL),
           ("called", "satisfied"))  # fmt: skip


@require_safe
@open_to_all
def figures(request: HttpRequest) -> HttpResponse:
    """One month: the whole county, each school, each topic; and what was promised."""
    months = openfigures.months()
    month = _chosen(request.GET.get("month", ""), months)
    context = around("figures") | {"months": months, "month": month}
    context["promised"] = rulebook.promised(on=moments.local_day(timezone.now()))
    return render(request, "public/figures.html", context | (_tables(month) if month is not None else {}))


def _chosen(asked: str, months: list[date]) -> date | None:
    wanted = [one for one in months if f"{one:%Y-%m}" == asked]
    return next(iter([*wanted, *months]), None)


def _tables(month: date) -> dict[str, Any]:
    shown = openfigures.table_of(month)
    return {
        "whole": _row(shown, TOTAL),
        "by_school": [(one.name, _row(shown, one.code)) for one in people.schools()],
        "by_topic": [
            (one["name"], shown.get(("received", TOTAL, one["code"])), shown.get(("answered", TOTAL, one["code"])))
            for one in openfigures.topics()
        ],
    }


def _row(shown: dict[tuple[str, str, str], int | None], school: str) -> list[int | None]:
    return [shown.get((measure, school, column)) for measure, column in COLUMNS]
