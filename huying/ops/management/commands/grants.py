"""huying grants: leave the program's own PostgreSQL account what it needs, and nothing against the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from huying.appeals import append_only


class Command(BaseCommand):
    requires_system_checks = ()
    help = "（PostgreSQL）让程序自己的账号只能增加办理记录，不能改、不能删；由表的主人运行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="程序连接数据库用的账号（先 CREATE ROLE … LOGIN）")
        parser.add_argument("--show", action="store_true", help="只显示要执行的语句")

    def handle(self, *args: Any, role: str, show: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite 没有账号之分，不用这一步", returncode=2)
        if role == connection.settings_dict["USER"]:
            raise CommandError("程序的账号不能就是表的主人，请另建一个", returncode=2)
        statements = append_only.grants(role, database=connection.settings_dict["NAME"])
        if show:
            self.stdout.write("\n".join(f"{one};" for one in statements))
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for one in statements:
                    cursor.execute(one)
        except DatabaseError as error:
            raise CommandError(f"没有做成，什么也没改：{str(error).splitlines()[0]}") from error
        self.stdout.write(f"已办好。{role} 能工作，不能改也不能删办理记录。")
