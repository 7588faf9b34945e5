"""huying setup: print the address of the first set-up; or --school NAME --code CODE --no-input [--json]."""

import json
import re
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import addresses, founding


class Command(BaseCommand):
    requires_system_checks = ()
    help = "在空的数据目录里建库、建密钥，打印第一次设置的网址；加 --no-input 直接建一所学校和每个岗位一个账号"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", default="", help="学校名称（和 --no-input 一起用）")
        parser.add_argument("--code", default="", help="学校代码（字母、数字、短横）")
        parser.add_argument("--no-input", action="store_true", help="不提问，直接建")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, school: str, code: str, **options: Any) -> None:
        if not options["no_input"]:
            self._invite(school or code, as_json=options["json"])
            return
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,30}", code) or not school.strip():
            raise CommandError("学校代码只能用字母、数字和短横，学校名称不能空", returncode=2)
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

    def _invite(self, named: str, *, as_json: bool) -> None:
        """Keys and tables stand, and the one-time address of the first set-up is printed."""
        if named:
            raise CommandError("--school、--code 要和 --no-input 一起用；单写 huying setup 打印设置网址", returncode=2)
        site = addresses.site(host=settings.HOST, port=settings.PORT)
        founding.prepare(at=timezone.now())
        address = founding.invitation(site=site, at=timezone.now())
        if as_json:
            self.stdout.write(json.dumps({"address": address, "created": False}, ensure_ascii=False, sort_keys=True))
        elif not address:
            self.stdout.write("已经建好，没有改动。")
        else:
            self.stdout.write(f"请运行 huying serve，再在浏览器里打开（只能用一次，一天内有效）：\n  {address}")
