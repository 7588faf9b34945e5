"""huying load-calendar: confirm a year of the work calendar, from what is known or from the official notice."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import calendars
from huying.rules.workdays import BadCalendar


class Command(BaseCommand):
    requires_system_checks = ()
    help = "导入一年的放假安排：通知原文（.txt）或表格（.csv .xlsx：日期,上班/休息,名称）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="年份")
        parser.add_argument("file", type=Path, nargs="?", help="通知文件；不给就用随软件带的数据")
        parser.add_argument("--source", default="", help="依据，如文号")
        parser.add_argument("--dry-run", action="store_true", help="只看，不写入")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        notice = calendars.notice_of(options["year"], options["file"])
        if not options["json"]:
            self.stdout.write(calendars.picture(notice))
        source = options["source"] or notice.days[0].source
        now = timezone.now()
        act = calendars.foresee if options["dry_run"] else calendars.load
        try:
            done = act(notice, source=source, at=now)
        except BadCalendar as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(json.dumps(done) if options["json"] else calendars.said(done))
