"""huying verify [--seal FILE] [--receipt FILE] [--json]: 0 untouched, 1 something was changed, 2 misused."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from huying.ops import verification

SHOWN = 20


class Command(BaseCommand):
    help = "核对全部办理记录有没有被改过（改过就说出是哪件、第几条，以 1 退出）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal", type=Path, action="append", default=[], help="外面保存的封存文件；可以写几个")
        parser.add_argument("--receipt", type=Path, help="家长手里的收件凭证")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        found = verification.verify(seal_files=options["seal"], receipt_file=options["receipt"], at=timezone.now())
        first = found.faults[:SHOWN]
        if options["json"]:
            said = {"ok": not found.faults, **asdict(found.counted), "faults": [asdict(one) for one in first]}
            said["missing"] = found.missing
            said["first"] = said["faults"][0] if first else None
            self.stdout.write(json.dumps({**said, "broken": len(found.faults)}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(found, first)))
        if found.faults:
            raise SystemExit(1)


def _lines(found: verification.Verified, first: list[Any]) -> list[str]:
    missing = verification.missing_lines(found.missing)
    return [*map(verification.line, first), *missing, verification.summary(found)]
