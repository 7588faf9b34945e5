"""Copies of everything but the keys: the database and the files people sent, in one file that is read again at once.

Keys never go into a copy: whoever finds one reads no identity. Keep them apart (docs/run.md).
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from huying.ops.checkup import keeping
from huying.people.keys import ring
from huying.rules import chain
from huying.vault.keys import Purpose

KIND = "huying backup"
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files/"
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 64 * CHUNK


@dataclass(frozen=True)
class Copy:
    """What a copy says of itself: when it was made, of which database, what is in it, and which keys read it."""

    at: str
    vendor: str
    members: dict[str, str]
    keys: dict[str, list[str]]

    @property
    def said(self) -> dict[str, Any]:
        return {"kind": KIND, **vars(self)}


def make(out: Path, *, at: datetime) -> Copy:
    """The copy lies there, whole and looked over; half of one never does. The doctor hears of it."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".huying-") as folder:
        aside, dump = Path(folder) / "copy", Path(folder) / DATABASE
        _dump(dump)
        members = {DATABASE: dump, **{FILES + name: path for name, path in _stored()}}
        copy = Copy(
            at=chain.moment(at),
            vendor=connection.vendor,
            members={name: _digest(path) for name, path in members.items()},
            keys={purpose.value: [key.id for key in ring().newest_first(purpose)] for purpose in Purpose},
        )
        _pack(aside, members, copy)
        read(aside)
        os.replace(aside, out)
    (Path(settings.DATA_DIR) / keeping.MARK).touch()
    return copy


def read(file: Path, *, into: Path | None = None) -> Copy:
    """What the copy says of itself; every byte was read and is what was written. With `into`, it lies unpacked there.

    Raises CommandError for a file that is damaged, cut short, or none of ours.
    """
    try:
        with tarfile.open(file, "r:") as archive:
            copy = _manifest(archive)
            found = {one.name: _taken(archive, one, into) for one in archive if one.name != MANIFEST}
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"读不出备份 {file.name}：{error}") from error
    wrong = sorted(name for name in {*found, *copy.members} if found.get(name) != copy.members.get(name))
    if wrong:
        raise CommandError(f"备份 {file.name} 坏了：{wrong[0]} 和做备份时不一样")
    return copy


def unread_without(copy: Copy) -> list[str]:
    """Keys that the copy needs for what is sealed in it and that are not here: purpose and id."""
    here = {purpose.value: {key.id for key in ring().newest_first(purpose)} for purpose in Purpose}
    return [f"{purpose} {key}" for purpose, keys in copy.keys.items() for key in keys if key not in here[purpose]]


def _stored() -> Iterator[tuple[str, Path]]:
    folder = Path(settings.FILES_DIR)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path


def _dump(out: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(out)) as target:
            connection.connection.backup(target)
            (said,) = target.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise CommandError(f"数据库本身坏了：{said}")
        return
    run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={out}", f"--dbname={where()}")


def where() -> str:
    """Our database as PostgreSQL's tools are told of it; the password is not in it."""
    own = connection.settings_dict
    parts = {"dbname": own["NAME"], "host": own["HOST"], "port": own["PORT"], "user": own["USER"]}
    more = {name: value for name, value in own["OPTIONS"].items() if isinstance(value, str)}
    quoted = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in {**parts, **more}.items()}
    return " ".join(f"{name}='{value}'" for name, value in quoted.items() if value)


def run_tool(tool: str, *words: str) -> None:
    """A tool of PostgreSQL has done its work on our database; the password stands on no command line."""
    found = shutil.which(tool)
    if found is None:
        raise CommandError(f"这台机器上没有 {tool}，请装 PostgreSQL 的客户端工具")
    env = {"PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}
    done = subprocess.run([found, *words], env=env, check=False, capture_output=True, text=True)  # noqa: S603 - fixed
    if done.returncode:
        raise CommandError(f"{tool} 没有做成：{done.stderr.strip()[-400:]}")


def _pack(out: Path, members: dict[str, Path], copy: Copy) -> None:
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:") as archive:
            said = json.dumps(copy.said, ensure_ascii=False, sort_keys=True).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(said)
            archive.addfile(entry, io.BytesIO(said))
            for name, path in members.items():
                archive.add(path, arcname=name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def _manifest(archive: tarfile.TarFile) -> Copy:
    first = archive.next()
    data = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if first is None or data is None or first.size > LARGEST_MANIFEST:
        raise ValueError("这不是备份")
    said = json.loads(data.read())
    if not isinstance(said, dict) or said.pop("kind", None) != KIND:
        raise ValueError("这不是备份")
    return Copy(**said)


def _taken(archive: tarfile.TarFile, one: tarfile.TarInfo, into: Path | None) -> str:
    """The digest of a member; with `into`, it lies there. Names lead nowhere else."""
    parts = one.name.split("/")
    if not one.isfile() or ".." in parts or one.name.startswith("/") or parts[0] not in (DATABASE, FILES.rstrip("/")):
        raise ValueError(f"里面有不该有的东西：{one.name}")
    source = archive.extractfile(one)
    if source is None:
        raise ValueError(f"里面有不该有的东西：{one.name}")
    told, target = hashlib.sha256(), None
    if into is not None:
        target = into / one.name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.devnull if target is None else target, "wb") as out:
        while part := source.read(CHUNK):
            told.update(part)
            out.write(part)
    return told.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
