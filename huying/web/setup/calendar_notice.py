"""The yearly official notice on a form: its own words pasted, or a sheet of days; read, shown, then confirmed."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.papers import incoming
from huying.papers.cells import text_of
from huying.papers.incoming import NotASheet
from huying.people import calendars
from huying.rules import notices
from huying.rules.notices import Notice, UnreadableNotice
from huying.web.setup.calendar_forms import EARLIEST, LATEST, CalendarForm

LONGEST_NOTICE = 20_000


class NoticeForm(CalendarForm):
    """The yearly official notice: its own words, or a sheet of days."""

    words = gettext_lazy("导入一年的放假通知")
    intro = gettext_lazy("把国务院办公厅通知里“一、元旦：……”那几条贴进来，或者上传表格。看清月历再确认。")
    year = forms.IntegerField(
        label=gettext_lazy("哪一年"),
        min_value=EARLIEST.year,
        max_value=LATEST.year,
        error_messages={"required": gettext_lazy("请填年份"), "invalid": gettext_lazy("请填四位数字的年份")},
    )
    text = forms.CharField(
        label=gettext_lazy("通知原文"),
        required=False,
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    sheet = forms.FileField(
        label=gettext_lazy("或者上传表格"),
        help_text=gettext_lazy(".xlsx 或 .csv，三列：日期、上班或休息、名称"),
        required=False,
    )

    def prepare(self) -> None:
        self.fields["year"].initial = self.today.year + 1

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        text, sheet = cleaned.get("text", "").strip(), cleaned.get("sheet")
        if not text and sheet is None:
            raise forms.ValidationError(_("请贴通知原文，或者上传表格"))
        try:
            cleaned["notice"] = self._read(text, sheet)
        except UnreadableNotice as wrong:
            self.add_error("sheet" if sheet is not None else "text", wrong.said(_))
        except NotASheet as wrong:
            self.add_error("sheet", _(str(wrong)))
        except (UnicodeDecodeError, csv.Error):
            self.add_error("sheet", _("这个文件读不了，请另存为 .xlsx，或 UTF-8 的 .csv"))
        return cleaned

    def _read(self, text: str, sheet: Any) -> Notice:
        year, source = self.cleaned_data["year"], self.cleaned_data["source"]
        if sheet is not None:
            return notices.read_rows(_rows(sheet), year=year, source=source)
        if text[:4].isdigit():
            return notices.read_rows(csv.reader(text.splitlines()), year=year, source=source)
        return notices.read_text(text, year=year, source=source)

    def days(self) -> tuple[date, ...]:
        return tuple(one.day for one in self.cleaned_data["notice"].days)

    def change(self, *, by: int, at: datetime) -> Callable[[], object]:
        notice, source = self.cleaned_data["notice"], self.cleaned_data["source"]
        return lambda: calendars.confirm_year(notice, source=source, at=at, by=by)

    def carried(self) -> dict[str, str]:
        """A sheet cannot be sent again: its days go along as lines."""
        notice = self.cleaned_data["notice"]
        lines = (f"{one.day.isoformat()},{int(one.is_workday)},{one.name}" for one in notice.days)
        text = "\n".join(lines) if self.cleaned_data.get("sheet") else self.cleaned_data["text"]
        return {"year": str(notice.year), "source": self.cleaned_data["source"], "text": text}


def _rows(sheet: Any) -> list[list[str]]:
    if sheet.name.lower().endswith(".csv"):
        return list(csv.reader(sheet.read(LONGEST_NOTICE * 4).decode("utf-8-sig").splitlines()))
    return [[text_of(cell) for cell in cells] for _line, cells in incoming.rows(sheet.file)]
