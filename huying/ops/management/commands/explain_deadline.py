"""huying explain-deadline: when a limit ends, and why; for one moment or for a sheet of them."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.ops import deadlines


class Command(BaseCommand):
    requires_system_checks = ()
    help = "算一个期限到哪天，并逐日说明为什么（--batch 成批计算）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="起算时间，如 2025-09-28T10:00:00+08:00")
        parser.add_argument("--limit", help="期限：5wd 工作日，10cd 天，4wh 工作小时，15min 分钟")
        parser.add_argument("--unit", help="单位代码；不写就用全国工作日历")
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--batch", type=Path, help="CSV 文件，列为 at,limit")

    def handle(self, *args: Any, **options: Any) -> None:
        single = options["at"] and options["limit"]
        if bool(single) == bool(options["batch"]):
            raise CommandError("请给 --at 和 --limit，或者给 --batch", returncode=2)
        calendar = deadlines.calendar_of(options["unit"])
        if options["batch"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(deadlines.sheet(options["batch"], calendar))
            return
        said = deadlines.said(options["at"], options["limit"], calendar)
        self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else "\n".join(said["lines"]))
