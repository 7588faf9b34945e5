"""huying serve: the web server and one tick loop."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from huying.ops import addresses, founding, serving


class Command(BaseCommand):
    requires_system_checks = ()
    help = "运行网站和定时处理（Ctrl+C 停止）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="0.0.0.0 对局域网开放")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=int, default=serving.WORKERS, help="几个进程")
        parser.add_argument("--threads", type=int, default=serving.THREADS, help="每个进程同时办几个请求")

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ.setdefault("HOST", options["host"])
        site = addresses.site(host=options["host"], port=options["port"])
        address = founding.invitation(site=site, at=timezone.now())
        if address:
            self.stdout.write(f"还没有建单位。请在浏览器里打开（只能用一次，一天内有效）：\n  {address}")
            self.stdout.flush()
        code = serving.serve(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            threads=options["threads"],
            say=self.stderr.write,
        )
        if code:
            raise CommandError("网站停了，端口可能被占用")
