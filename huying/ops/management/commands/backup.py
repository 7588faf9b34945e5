"""huying backup FILE [--check] [--json]: 0 done and read again, 1 could not or damaged, 2 misused."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import copies


class Command(BaseCommand):
    help = "把数据库和收到的文件做成一份备份，当场读一遍；密钥不在里面，要另外存"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="备份写到哪个文件")
        parser.add_argument("--check", action="store_true", help="不做备份，只看这份备份还好不好")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.absolute().parent.is_dir():
            raise CommandError(f"没有这个文件夹：{file.parent}", returncode=2)
        made = copies.read(file) if options["check"] else copies.make(file.absolute(), at=timezone.now())
        missing = copies.unread_without(made)
        words = f"备份是好的：{made.at}，{len(made.members) - 1} 个文件。密钥不在里面，请另外存。"
        if missing:
            words += "这里缺少读它要用的密钥：" + "、".join(missing)
        found = {"at": made.at, "files": len(made.members) - 1, "keys": made.keys, "keys_missing": missing}
        self.stdout.write(json.dumps(found, sort_keys=True) if options["json"] else words)
