"""huying bulletin --unit CODE (--month 2026-10 | --year 2026) --out DIR [--json]"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import bulletins
from huying.people import queries as people
from huying.rules.periods import Period
from huying.rules.refusals import Refusal


class Command(BaseCommand):
    help = "写出一个单位一个月的通报，或一年的报告：docx、pdf、html、xlsx 和 figures.json；没有印发的标“草稿”"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", required=True, help="单位代码（学校或县）")
        span = parser.add_mutually_exclusive_group(required=True)
        span.add_argument("--month", help="月份，写成 2026-10")
        span.add_argument("--year", type=int, help="年份，写成 2026：年度报告")
        parser.add_argument("--out", type=Path, required=True, help="写到这个文件夹")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, unit: str, out: Path, **options: Any) -> None:
        found = people.unit_by_code(unit)
        if found is None:
            raise CommandError(f"没有这个单位：{unit}")
        written = _written(found, options["month"], options["year"], out=out)
        if options["json"]:
            said = {
                "files": [str(one) for one in written.files],
                "standing": written.standing,
                "digest": written.digest,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, sort_keys=True))
            return
        self.stdout.write(f"{'草稿' if written.standing == 'draft' else '已印发'}，写在 {out}")


def _written(unit: Any, month: str | None, year: int | None, *, out: Path) -> bulletins.Written:
    now: dict[str, Any] = {"out": out, "on": timezone.localdate(), "at": timezone.now()}
    try:
        if month is None:
            return bulletins.write_year(unit, year or 0, **now)
        period = Period.month(month)
    except Refusal as refusal:
        raise CommandError(f"{refusal}：{year}", returncode=2) from refusal
    except ValueError as error:
        raise CommandError(f"月份写成 2026-10 这样：{month}", returncode=2) from error
    return bulletins.write(unit, period, **now)
