"""huying setup --school NAME --code CODE --no-input [--json]"""

import json
import re
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import founding


class Command(BaseCommand):
    requires_system_checks = ()
    help = "在空的数据目录里建库、建密钥、建一所学校和每个岗位一个账号"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", required=True, help="学校名称")
        parser.add_argument("--code", required=True, help="学校代码（字母、数字、短横）")
        parser.add_argument("--no-input", action="store_true", help="不提问，直接建")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, school: str, code: str, **options: Any) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,30}", code) or not school.strip():
            raise CommandError("学校代码只能用字母、数字和短横，学校名称不能空", returncode=2)
        if not options["no_input"] and input(f"在数据目录里建立“{school}”？(y/n) ").strip().lower() != "y":
            raise CommandError("没有建立")
        now = timezone.now()
        founding.prepare(at=now)
        opened = founding.found(school=school.strip(), code=code, at=now, on=timezone.localdate(now))
        if options["json"]:
            said = {"school": code, "created": bool(opened), "accounts": [asdict(one) for one in opened]}
            self.stdout.write(json.dumps(said, ensure_ascii=False, sort_keys=True))
            return
        self.stdout.write("已经建好，没有改动。" if not opened else "建好了。下面的密码只显示这一次，登录后要改：")
        for one in opened:
            self.stdout.write(f"  {one.login:<20} {one.password:<14} {one.post}（{one.unit}）")
