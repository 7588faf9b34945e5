"""Older keys leave: into an envelope while copies may need them, or for good where there are none."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from huying.appeals import rotation
from huying.ops.checkup import keeping


def require_decision(*, envelope: Path | None, no_backups: bool) -> None:
    """Whoever retires keys has said what becomes of the copies that only those read. Raises CommandError, before
    anything is done."""
    if envelope is not None and envelope.exists():
        raise CommandError(f"{envelope} 已经在了，不会盖掉。请换一个文件名。")
    if envelope is None and not no_backups and (Path(settings.DATA_DIR) / keeping.MARK).exists():
        raise CommandError(
            "有过备份：换密钥以前做的备份只有旧密钥读得出来。请加 --envelope 文件，把旧密钥装进信封再停用；"
            "那些备份都已销毁，就加 --no-backups。"
        )


def retired(envelope: Path | None) -> tuple[str, list[str]]:
    """The code of the envelope, empty without one, and the ids of the keys that left."""
    code = rotation.enclose(envelope) if envelope is not None else ""
    return code, rotation.retire()


def opened(envelope: Path) -> list[str]:
    """The keys of this envelope read again, once its code was typed."""
    print("开封码：", end="", file=sys.stderr, flush=True)
    return rotation.unseal(envelope, code=sys.stdin.readline().strip())


def told(code: str) -> str:
    """What whoever retires keys has to do with the code."""
    return f"开封码：{code}\n只显示这一次。请抄在纸上，和信封、备份都分开放；最后一份旧备份销毁时，信封和纸一起销毁。"
