"""The machine and the settings: encryption, keys, folders, room on the disk."""

import shutil
import stat
from pathlib import Path

from django.conf import settings

from huying.ops.checkup.finding import Finding, broken, ok, warning
from huying.vault import keys

LOW_MB = 2_000
EMPTY_MB = 300
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def encryption() -> Finding:
    """Whether what goes over the net is encrypted."""
    if settings.HTTPS:
        return ok("tls", f"网址是 {settings.BASE_URL}，传输加密。")
    if settings.HOST in LOOPBACK:
        return warning("tls", "没有加密，只在本机打开。要给别人用，请装证书，把 BASE_URL 设成 https:// 开头。")
    words = "没有加密，又对外开放：密码和内容会被同一网络的人看到。请装证书，把 BASE_URL 设成 https:// 开头。"
    return warning("tls", words) if settings.DEMO_MARK.exists() else broken("tls", words)


def debugging() -> Finding:
    """Whether errors show their inside."""
    if settings.DEBUG:
        return broken("debug", "DEBUG 开着，出错时会把内部信息给人看。请关掉。")
    return ok("debug", "出错时不露内部信息。")


def key_files() -> Finding:
    """Whether all keys are there and only their owner can read them."""
    folder = Path(settings.KEYS_DIR)
    try:
        keys.load(folder)
    except keys.KeyFault as fault:
        return broken("keys", str(fault))
    exposed = [file.name for file in folder.iterdir() if stat.S_IMODE(file.stat().st_mode) & 0o077]
    if exposed:
        return broken(
            "keys", f"别的账号也能读这些密钥：{'、'.join(sorted(exposed))}。请改成只有自己能读（chmod 600）。"
        )
    return ok("keys", "密钥齐全，只有自己能读。")


def data_folder() -> Finding:
    """Whether the folder of the data is closed to other accounts of the machine."""
    folder = Path(settings.DATA_DIR)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return warning("folder", f"别的账号也能看到 {folder}。请改成只有自己能进（chmod 700）。")
    return ok("folder", f"数据在 {folder}，只有自己能进。")


def disk() -> Finding:
    """Whether there is room."""
    free = shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
    if free < EMPTY_MB:
        return broken("disk", f"磁盘只剩 {free} MB，快写不进去了。请马上清理。")
    if free < LOW_MB:
        return warning("disk", f"磁盘只剩 {free} MB，请清理或换大的。")
    return ok("disk", f"磁盘还有 {free // 1000} GB。")


CHECKS = (encryption, debugging, key_files, data_folder, disk)
