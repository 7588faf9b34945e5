"""huying figures --from 2026-09-01 --to 2026-11-30 [--unit CODE] [--json]"""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.ops import counts
from huying.people import queries as people


class Command(BaseCommand):
    help = "从事件数出一段时间的全部指标：收件、答复、用时、按时、回访、各种率和防做假的数"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="since", type=date.fromisoformat, required=True, help="起（年-月-日）")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, required=True, help="止（年-月-日）")
        parser.add_argument("--unit", help="单位代码；不写就是全部")
        parser.add_argument("--known-on", type=date.fromisoformat, help="只算到这一天为止知道的事（年-月-日）")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, since: date, until: date, **options: Any) -> None:
        if until < since:
            raise CommandError("止日早于起日", returncode=2)
        unit = people.unit_by_code(options["unit"]) if options["unit"] else None
        if options["unit"] and unit is None:
            raise CommandError(f"没有这个单位：{options['unit']}")
        found = counts.of_period(since=since, until=until, unit=unit, known_on=options["known_on"])
        as_json = options["json"]
        self.stdout.write(json.dumps(found, ensure_ascii=False, sort_keys=True) if as_json else counts.said(found))
