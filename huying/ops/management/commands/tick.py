"""huying tick: do once, or keep doing, whatever has fallen due."""

import json
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.ops import ticking


class Command(BaseCommand):
    requires_system_checks = ()
    help = "处理到期的事：提醒、提级、撤回生效、暂停到顶（--loop 一直运行）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="一直运行，直到停止")
        parser.add_argument("--every", type=float, default=ticking.EVERY_SECONDS, help="每隔几秒一轮")
        parser.add_argument("--clock-is-right", action="store_true", help="机器时间已核对无误，解除保持")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clock_is_right"]:
            ticking.trust_the_clock()
        if options["loop"]:
            stop = threading.Event()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            ticking.forever(stop, every=options["every"])
            return
        try:
            done = ticking.once(ticking.look())
        except ticking.Held as held:
            raise CommandError(f"先不处理：{held}") from held
        self.stdout.write(json.dumps(done) if options["json"] else " ".join(f"{k} {v}" for k, v in done.items()))
