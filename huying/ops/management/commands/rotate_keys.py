"""huying rotate-keys [--batch 200] [--retire [--envelope FILE | --no-backups]] [--open-envelope FILE] [--json]"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.appeals import rotation
from huying.ops import retiring
from huying.vault.keys import KeyFault


class Command(BaseCommand):
    help = "换新密钥，并把已封存的身份、草稿、来件和动态码改用新密钥；中断了再运行一次即可"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="一批改多少条")
        parser.add_argument("--retire", action="store_true", help="全部改完后停用旧密钥")
        parser.add_argument("--envelope", type=Path, help="停用前把旧密钥装进这个信封，以前的备份还能恢复")
        parser.add_argument("--no-backups", action="store_true", help="没有要用旧密钥读的备份，直接停用")
        parser.add_argument("--open-envelope", type=Path, help="把信封里的旧密钥放回来，恢复旧备份用；开封码从键盘读")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        if batch < 1:
            raise CommandError("一批至少一条", returncode=2)
        try:
            if options["open_envelope"] is not None:
                self.stdout.write("已放回：" + "、".join(retiring.opened(options["open_envelope"])))
                return
            if options["retire"]:
                retiring.require_decision(envelope=options["envelope"], no_backups=options["no_backups"])
            is_new = rotation.begin()
            done = rotation.finish(batch=batch)
            code, retired = retiring.retired(options["envelope"]) if options["retire"] else ("", [])
        except (KeyFault, OSError) as fault:
            raise CommandError(str(fault)) from fault
        found = {"new_keys": is_new, "resealed": done, "left": rotation.left(), "retired": retired}
        words = f"{'已换新密钥' if is_new else '接着上次'}，改了 {done} 条，还剩 {sum(found['left'].values())} 条"
        if code:
            found, words = {**found, "code": code}, f"{words}\n{retiring.told(code)}"
        self.stdout.write(json.dumps(found, sort_keys=True) if options["json"] else words)
