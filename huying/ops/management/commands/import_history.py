"""huying import-history FILE.xlsx --columns MAP.toml"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huying.ops.history import columns as maps
from huying.ops.history import progress, report, running
from huying.ops.history.rows import BadMap, NotASheet


class Command(BaseCommand):
    help = "把过去的诉求和答复从表格导入，按真实时间走一遍流程"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="表格 (.xlsx)")
        parser.add_argument("--columns", type=Path, required=True, help="列对照表 (.toml)")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--report", type=Path, help="把没有导入的行和原因写到这个表格")

    def handle(self, *args: Any, file: Path, columns: Path, **options: Any) -> None:
        try:
            plan = maps.load(columns)
            tally = running.run(file, plan, is_dry=options["dry_run"], tell=progress.show(self.stderr))
        except BadMap as error:
            raise CommandError(str(error), returncode=2) from error
        except NotASheet as error:
            raise CommandError(str(error)) from error
        if options["report"]:
            options["report"].write_bytes(report.sheet(tally.refused))
        self.stdout.write(f"新导入 {tally.added}，以前已有 {tally.known}，没有导入 {len(tally.refused)}")
