"""An older copy is put back: what was here is set aside, what is lost is named, and no number is given out twice."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from huying.appeals import facts, gaps
from huying.channels import delivery
from huying.ops import copies, verification
from huying.ops.copies import DATABASE, FILES, Copy
from huying.ops.verification import Verified
from huying.rules.seals import Skipped


@dataclass(frozen=True)
class Restored:
    """What came back, what the outside knows and is lost, which numbers are passed over, and which letters wait."""

    copy: Copy
    verified: Verified
    skipped: dict[str, list[Skipped]]
    held: int
    aside: str


def restore(file: Path, *, seal_files: Sequence[Path], spare: int, is_over: bool, at: datetime) -> Restored:
    """The copy stands in place of what was here. Seals from outside say what is lost since."""
    # Everything that can be wrong is found before anything is moved.
    verification.outside(seal_files)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as folder:
        copy = copies.read(file, into=Path(folder))
        _require_room(copy, is_over=is_over)
        aside = _put_back(Path(folder), at=at)
    call_command("migrate", verbosity=0, interactive=False)
    verified = verification.verify(seal_files=seal_files, receipt_file=None, at=at)
    year = facts.local_day(at).year
    return Restored(
        copy=copy,
        verified=verified,
        skipped=gaps.declare(verified.missing, spare=spare, year=year, at=at),
        held=delivery.hold(),
        aside=aside,
    )


def _require_room(copy: Copy, *, is_over: bool) -> None:
    if copy.vendor != connection.vendor:
        raise CommandError(f"这份备份是 {copy.vendor} 的，现在用的是 {connection.vendor}")
    unread = copies.unread_without(copy)
    if unread:
        words = "备份里的身份要用这些密钥才读得出来，这里没有：" + "、".join(unread)
        raise CommandError(f"{words}。请先从密钥备份或信封里放回（huying rotate-keys --open-envelope）。")
    if not is_over and "appeals_event" in connection.introspection.table_names():
        raise CommandError("这里已经有数据。确实要用备份换掉，请加 --over；原来的会放在旁边。")


def _put_back(folder: Path, *, at: datetime) -> str:
    aside = _database(folder / DATABASE, at=at)
    for path in sorted((folder / FILES).rglob("*")) if (folder / FILES).is_dir() else []:
        target = Path(settings.FILES_DIR) / path.relative_to(folder / FILES)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(path, target)
    return aside


def _database(dump: Path, *, at: datetime) -> str:
    """The database of the copy is in place; the name of what was there before, empty where nothing was."""
    stamp = f"before-restore-{at:%Y%m%dT%H%M%SZ}"
    if connection.vendor != "sqlite":
        aside = Path(settings.DATA_DIR) / f"{stamp}.dump"
        copies.run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={aside}", f"--dbname={copies.where()}")
        connection.close()
        own = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        copies.run_tool("pg_restore", *own, f"--dbname={copies.where()}", str(dump))
        return str(aside)
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    aside = place.with_name(f"{place.name}.{stamp}")
    if place.exists():
        # What still lies beside the file belongs to it: moved along, nothing of it is lost.
        for end in ("", "-wal", "-shm"):
            part = Path(f"{place}{end}")
            if part.exists():
                os.replace(part, f"{aside}{end}")
    shutil.move(dump, place)
    place.chmod(0o600)
    return str(aside) if aside.exists() else ""


def lines(done: Restored) -> list[str]:
    """What whoever restored has to know, in words."""
    said = [f"已恢复到 {done.copy.at} 的备份。原来的数据在 {done.aside or '（原来没有）'}。"]
    said += verification.missing_lines(done.verified.missing) or ["按给的封存，没有丢掉的诉求。"]
    for code, skipped in done.skipped.items():
        said += [
            f"{code} {one.year} 年的编号 {one.first} 到 {one.last} 不再用，已登记，下次封存会写明。" for one in skipped
        ]
    said.append(f"没寄出的通知 {done.held} 封先留住，可能已经寄过，看过再决定。")
    said.append("请从来件渠道补收备份以后的诉求；家长拿凭证来的，按凭证上的编号和时间补登。")
    return said
