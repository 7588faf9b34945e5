"""huying restore FILE [--seal FILE] [--over] [--skip 100] [--json]: 0 restored, 1 could not, 2 misused."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import restoring

SPARE = 100


class Command(BaseCommand):
    help = "用一份备份换掉现在的数据：说清丢了哪几件，丢掉的编号不再用，没寄的通知先留住"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件")
        parser.add_argument("--seal", type=Path, action="append", default=[], help="外面保存的封存文件；可以写几个")
        parser.add_argument("--over", action="store_true", help="现在的数据换掉，放在旁边")
        parser.add_argument("--skip", type=int, default=SPARE, help="今年再空出多少个编号，防止和丢掉的重复")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if options["skip"] < 0 or not file.is_file():
            raise CommandError("要写一份备份文件，空出的编号不能是负数", returncode=2)
        seals, at = options["seal"], timezone.now()
        done = restoring.restore(file, seal_files=seals, spare=options["skip"], is_over=options["over"], at=at)
        if options["json"]:
            skipped = {code: [[one.year, one.first, one.last] for one in gap] for code, gap in done.skipped.items()}
            found = {"at": done.copy.at, "missing": done.verified.missing, "skipped": skipped, "held": done.held}
            self.stdout.write(json.dumps({**found, "aside": done.aside}, ensure_ascii=False, sort_keys=True))
        else:
            self.stdout.write("\n".join(restoring.lines(done)))
