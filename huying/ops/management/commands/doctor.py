"""huying doctor: how the installation is, in plain words."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from huying.ops.checkup import rounds

SIGNS = {"ok": "好  ", "warning": "留意", "broken": "不好"}


class Command(BaseCommand):
    requires_system_checks = ()
    help = "检查设置、密钥、数据库、日历和定时处理（有不好的就以 1 退出）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        found = rounds.look(at=timezone.now())
        is_well = rounds.is_well(found)
        if options["json"]:
            said = {"ok": is_well, "checks": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{SIGNS[one.grade]}  {one.words}" for one in found))
        if not is_well:
            raise SystemExit(1)
