"""huying roster FILE.xlsx --school CODE [--dry-run] [--json]"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import rosters
from huying.people.changes import Refused


class Command(BaseCommand):
    help = "从 Excel 导入一所学校的名册：人、班级、岗位；同一个文件导两遍，第二遍什么也不变"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="名册 (.xlsx)")
        parser.add_argument("--school", required=True, help="学校代码")
        parser.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, file: Path, school: str, **options: Any) -> None:
        try:
            done = rosters.bring(file, code=school, is_dry=options["dry_run"], at=timezone.now())
        except rosters.Misused as error:
            raise CommandError(str(error), returncode=2) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(done.plain, ensure_ascii=False) if options["json"] else done.words)
        if done.faults:
            raise CommandError(f"要改 {len(done.faults)} 处，一行也没有导入")
