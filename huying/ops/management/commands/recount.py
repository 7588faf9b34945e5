"""huying recount [--check] [--json]"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.oversight import counting, replaying


class Command(BaseCommand):
    help = "从事件重新点数所有诉求；--check 只核对，不写入"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对点数和事件是否一致，有不一致退出码为 1")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            counted, wrong = 0, [one.number for one in replaying.differences()]
        else:
            counted, wrong = counting.rebuild(), []
        if options["json"]:
            self.stdout.write(json.dumps({"counted": counted, "different": wrong}, sort_keys=True))
        elif not options["check"]:
            self.stdout.write(f"重新点数 {counted} 件")
        if wrong:
            raise CommandError(f"{len(wrong)} 件和事件不一致：{'、'.join(wrong[:5])}")
        if options["check"] and not options["json"]:
            self.stdout.write("点数和事件一致")
