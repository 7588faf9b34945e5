"""huying demo: 澄川县, and the server."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import addresses, serving
from huying.ops.demo import loading
from huying.ops.demo.loading import NotADemo, Sheet


class Command(BaseCommand):
    requires_system_checks = ()
    help = "装入虚构的澄川县并运行网站；再次运行保留数据"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="0.0.0.0 对局域网开放")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--load-only", action="store_true", help="只装入，不运行网站")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        self.stdout.write("正在准备演示数据……")
        try:
            sheet = loading.load(now=timezone.now())
        except NotADemo as error:
            raise CommandError(str(error)) from error
        self._print(sheet, f"http://{addresses.shown(host)}:{port}/")
        if options["load_only"]:
            return
        os.environ.setdefault("HOST", host)
        if serving.serve(host=host, port=port, say=self.stderr.write):
            raise CommandError(f"网站没有起来，端口 {port} 可能被占用")

    def _print(self, sheet: Sheet, url: str) -> None:
        self.stdout.write(f"\n  呼应 演示：澄川县（虚构），{sheet.people} 人，{sheet.appeals} 件诉求\n")
        self.stdout.write(f"  家长页   {url}\n  工作台   {url}staff/\n\n  账号（密码都是 {sheet.password}）")
        for login, post in sheet.accounts:
            self.stdout.write(f"    {login:<20} {post}")
        self.stdout.write("\n  查询码")
        for code, state in sheet.receipts:
            self.stdout.write(f"    {code}   {state}")
        self.stdout.write("\n  Ctrl+C 停止。再次运行保留数据。")
        self.stdout._out.flush()
