"""huying rotate-keys [--batch 200] [--retire] [--json]"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.appeals import rotation
from huying.vault.keys import KeyFault


class Command(BaseCommand):
    help = "换新密钥，并把已封存的身份、草稿、来件和动态码改用新密钥；中断了再运行一次即可"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="一批改多少条")
        parser.add_argument("--retire", action="store_true", help="全部改完后删除旧密钥（以前的备份将读不出来）")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        if batch < 1:
            raise CommandError("一批至少一条", returncode=2)
        try:
            is_new = rotation.begin()
            done = rotation.finish(batch=batch)
            retired = rotation.retire() if options["retire"] else []
        except KeyFault as fault:
            raise CommandError(str(fault)) from fault
        found = {"new_keys": is_new, "resealed": done, "left": rotation.left(), "retired": retired}
        words = f"{'已换新密钥' if is_new else '接着上次'}，改了 {done} 条，还剩 {sum(found['left'].values())} 条"
        self.stdout.write(json.dumps(found, sort_keys=True) if options["json"] else words)
