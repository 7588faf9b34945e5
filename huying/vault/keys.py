"""The ring of keys: for each purpose one current key that writes, and older ones that still read.

A key file is `<purpose>-<place>.key`, 32 random bytes in base64, readable by its owner only. The highest place is the
current key. A key's id is taken from the key itself, so a swapped or foreign file can never pass for another key.
"""

import base64
import binascii
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

KEY_BYTES = 32
_FILE_NAME = re.compile(r"(?P<purpose>[a-z_]+)-(?P<place>\d{4})\.key")


class Purpose(StrEnum):
    """What a key is for. A key serves one purpose only."""

    FIELDS = "fields"
    RECEIPT_CODE = "receipt_code"
    PHONE_INDEX = "phone_index"
    FORM_TOKEN = "form_token"  # noqa: S105 - the name of a purpose
    SIGNATURE = "signature"
    ADDRESS = "address"


class KeyFault(Exception):
    """The keys cannot be used as they stand. The text can be shown to the person who runs the server."""


class KeyMissing(KeyFault):
    """There is no key for a purpose, or none of the id that a record names."""


class KeyExposed(KeyFault):
    """A key file can be read, or its folder changed, by other accounts of the machine."""


class KeyUnreadable(KeyFault):
    """A key file or variable does not hold a key."""


@dataclass(frozen=True)
class Key:
    """One key. `id` stands in records beside what the key wrote; the secret never shows in a printed key."""

    purpose: Purpose
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Eight digits that name the key and tell nothing about it."""
        return hashlib.sha256(b"huying key " + self.purpose.encode() + b"\0" + self.secret).hexdigest()[:8]


class KeyRing:
    """All keys of one organisation's server, oldest first within a purpose."""

    def __init__(self, keys: Mapping[Purpose, list[Key]]) -> None:
        for purpose in Purpose:
            if not keys.get(purpose):
                raise KeyMissing(f"缺少密钥“{purpose}”。请从备份恢复密钥文件；没有密钥，已有的数据读不出来。")
        self._keys = {purpose: {key.id: key for key in keys[purpose]} for purpose in Purpose}

    def current(self, purpose: Purpose) -> Key:
        """The key that writes."""
        return self.newest_first(purpose)[0]

    def newest_first(self, purpose: Purpose) -> list[Key]:
        """All keys of a purpose that may still have to read, the current one first."""
        return list(reversed(self._keys[purpose].values()))

    def find(self, purpose: Purpose, key_id: str) -> Key:
        """The key of that id. Raises KeyMissing."""
        try:
            return self._keys[purpose][key_id]
        except KeyError:
            raise KeyMissing(f"找不到写入这条数据的密钥“{purpose} {key_id}”。请从备份恢复密钥文件。") from None


def load(directory: Path) -> KeyRing:
    """The ring whose files stand in this folder. Raises KeyMissing, KeyExposed, KeyUnreadable."""
    if directory.is_dir():
        _require_private(directory, forbidden=0o022)
    return KeyRing({purpose: [_read(each, purpose) for each in _files(directory, purpose)] for purpose in Purpose})


def from_environment(values: Mapping[str, str]) -> KeyRing:
    """The ring in variables such as HUYING_KEY_FIELDS: keys in base64, oldest first, with commas between.

    Raises KeyMissing, KeyUnreadable.
    """
    named = {purpose: values.get(f"HUYING_KEY_{purpose.upper()}", "") for purpose in Purpose}
    return KeyRing(
        {
            purpose: [_parse(each, purpose, where=f"HUYING_KEY_{purpose.upper()}") for each in text.split(",") if each]
            for purpose, text in named.items()
        }
    )


def create(directory: Path) -> KeyRing:
    """Every purpose has a key in this folder; keys that were there stay as they are. Returns the ring."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for purpose in Purpose:
        if not _files(directory, purpose):
            _write_new(directory, purpose, place=1)
    return load(directory)


def add_key(directory: Path, purpose: Purpose) -> Key:
    """A new key writes from now on; the older ones still read. Servers must load the ring anew."""
    places = [_place(each) for each in _files(directory, purpose)]
    _write_new(directory, purpose, place=max(places, default=0) + 1)
    return load(directory).current(purpose)


def retire_key(directory: Path, purpose: Purpose, key_id: str) -> None:
    """The file of an older key is gone: what it alone could read stays unread for ever.

    Raises KeyMissing, and KeyFault for the current key.
    """
    ring = load(directory)
    if ring.find(purpose, key_id) == ring.current(purpose):
        raise KeyFault(f"“{purpose} {key_id}”是正在使用的密钥，不能停用。请先换新密钥。")
    for each in _files(directory, purpose):
        if _read(each, purpose).id == key_id:
            each.unlink()
    _flush(directory)


def older(directory: Path, purpose: Purpose) -> list[tuple[Purpose, int, bytes]]:
    """The keys that only read any more, each with its place and its secret."""
    return [(purpose, _place(each), _read(each, purpose).secret) for each in _files(directory, purpose)[:-1]]


def put_back(directory: Path, purpose: Purpose, place: int, secret: bytes) -> None:
    """An older key stands in its place again and reads; it never writes. A key that stands there stays.

    Raises KeyFault for what would become the key that writes.
    """
    files = _files(directory, purpose)
    if len(secret) != KEY_BYTES or place < 1 or not files or place >= _place(files[-1]):
        raise KeyFault(f"“{purpose}”的第 {place} 把密钥放不回去：它不比现在用的旧")
    _write_new(directory, purpose, place=place, secret=secret)


def _files(directory: Path, purpose: Purpose) -> list[Path]:
    names = [_FILE_NAME.fullmatch(each.name) for each in directory.glob(f"{purpose}-*.key")]
    return [directory / name.string for name in sorted(filter(None, names), key=lambda name: int(name["place"]))]


def _place(file: Path) -> int:
    return int(file.stem.rpartition("-")[2])


def _read(file: Path, purpose: Purpose) -> Key:
    _require_private(file, forbidden=0o077)
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnreadable(f"密钥文件 {file} 读不出来：{error}") from error
    return _parse(text, purpose, where=str(file))


def _parse(text: str, purpose: Purpose, *, where: str) -> Key:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise KeyUnreadable(f"{where} 里不是一个密钥（应为 {KEY_BYTES} 字节的 base64）。")
    return Key(purpose, secret)


def _require_private(where: Path, *, forbidden: int) -> None:
    mode = where.stat().st_mode & 0o777
    if mode & forbidden:
        raise KeyExposed(
            f"{where} 的权限是 {mode:04o}，服务器上的其他账号也能碰到。"
            f"请改为仅自己可用（chmod {mode & ~forbidden:04o}）。"
        )


def _write_new(directory: Path, purpose: Purpose, *, place: int, secret: bytes = b"") -> None:
    """Write the whole file aside and link it in: no reader ever meets half a key, and no writer overwrites one."""
    aside = directory / f".{secrets.token_hex(8)}.new"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secret or secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _link(aside, directory / f"{purpose}-{place:04d}.key")
    finally:
        aside.unlink()
    _flush(directory)


def _link(aside: Path, name: Path) -> None:
    try:
        os.link(aside, name)
    except FileExistsError:  # another process made this key a moment ago: its key counts
        return


def _flush(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
