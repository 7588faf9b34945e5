"""huying seal --out FILE [--unit CODE]"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.appeals import seals
from huying.people import queries as people


class Command(BaseCommand):
    help = "给每个单位的办理记录做今天的封存，写进一个文件，拿到外面保存"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="写到哪个文件")
        parser.add_argument("--unit", default="", help="单位代码；不写就是全部")

    def handle(self, *args: Any, out: Path, unit: str, **options: Any) -> None:
        if unit and people.unit_by_code(unit) is None:
            raise CommandError(f"没有这个单位：{unit}", returncode=2)
        at = timezone.now()
        made = seals.make_now(at=at, unit=unit)
        out.write_text(json.dumps(seals.as_file(made, at=at), ensure_ascii=False) + "\n", encoding="utf-8")
        self.stdout.write(f"封存 {len(made)} 个单位，写在 {out}。请拿到外面保存。")
