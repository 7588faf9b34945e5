"""What must survive: copies, seals that left the house, logs, commits; and who stands between the house and the net."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from huying.appeals import seals
from huying.channels import delivery
from huying.ops.checkup.finding import Finding, broken, ok, warning
from huying.ops.checkup.machine import LOOPBACK

# Whoever makes the copies touches this file when one is done and was looked at.
MARK = "last-backup"
OLD = timedelta(hours=26)
TOO_OLD = timedelta(days=7)
SENT_WITHIN = timedelta(days=3)
LAW_DAYS = 180
SHORTEST_KEY = 50


def backup(at: datetime) -> Finding:
    """Whether a copy was made lately."""
    mark = Path(settings.DATA_DIR) / MARK
    todo = f"请每天运行 huying backup；用别的办法备份的，做完核对过以后运行 touch {mark}。"
    if not mark.exists():
        return warning("backup", f"没有备份的记录。{todo}")
    age = at - datetime.fromtimestamp(mark.stat().st_mtime, tz=UTC)
    words = f"上次备份是 {_shown(at - age)}。"
    if age > TOO_OLD:
        return broken("backup", f"{words}已经超过 7 天，请马上备份。{todo}")
    return warning("backup", f"{words}已经超过一天。{todo}") if age > OLD else ok("backup", words)


def sent(at: datetime) -> Finding:
    """Whether the last seals really reached the outside: made is not sent."""
    if not settings.SEAL_ADDRESSES or not settings.EMAIL_HOST or seals.newest() is None:
        return ok("seal_sent", "没有设寄出封存的邮箱。")
    last = delivery.last_delivered(seals.LETTER)
    if last is None or at - last > SENT_WITHIN:
        when = f"最后一次寄出是 {_shown(last)}" if last is not None else "还没有寄出过"
        return broken("seal_sent", f"封存{when}。寄不出去，外面就没有凭据。请看邮件服务器。")
    return ok("seal_sent", f"封存 {_shown(last)} 寄出过。")


def log_files(at: datetime) -> Finding:
    """Whether the logs can be written, are for their owner alone, and are kept as long as the law asks."""
    folder = Path(settings.LOG_DIR)
    if settings.LOG_DAYS < LAW_DAYS:
        return warning("logs", f"日志只留 {settings.LOG_DAYS} 天，网络安全法要求至少六个月。请把 LOG_DAYS 改大。")
    if folder.exists() and not folder.is_dir():
        return broken("logs", f"{folder} 不是文件夹，日志写不进去。")
    if folder.exists() and folder.stat().st_mode & 0o077:
        return warning("logs", f"别的账号也能看到 {folder}。请改成只有自己能进（chmod 700）。")
    return ok("logs", f"日志在 {folder}，留 {settings.LOG_DAYS} 天。")


def durable(at: datetime) -> Finding:
    """Whether the database keeps what it has acknowledged when the power fails."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            weak = [] if cursor.fetchone()[0] >= 2 else ["synchronous"]
        else:
            cursor.execute(
                "SELECT name FROM pg_settings WHERE setting = 'off' "
                "AND name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name"
            )
            weak = [row[0] for row in cursor.fetchall()]
    if weak:
        return warning("durable", f"停电可能丢已经收下的诉求：数据库的 {'、'.join(weak)} 关着。请打开。")
    return ok("durable", "停电不丢已经收下的诉求。")


def proxy(at: datetime) -> Finding:
    """Whether the house knows who stands before it: limits and the security log go by the address it names."""
    if not settings.HTTPS:
        return ok("proxy", "没有用 https，前面没有代理。")
    if not settings.TRUSTED_PROXIES:
        words = "用了 https，没有设 TRUSTED_PROXIES：所有人看起来是同一个地址，限次会误伤。请填代理的地址。"
        return warning("proxy", words)
    if "*" in settings.ALLOWED_HOSTS:
        return warning("proxy", "对外开放，又接受任何域名。请把 ALLOWED_HOSTS 设成自己的域名。")
    return ok("proxy", "代理和域名都设好了。")


def mail(at: datetime) -> Finding:
    """Whether letters travel encrypted."""
    if settings.EMAIL_HOST and settings.EMAIL_HOST not in LOOPBACK and not settings.EMAIL_USE_TLS:
        return warning("mail", f"发给 {settings.EMAIL_HOST} 的邮件不加密。请设 EMAIL_USE_TLS=1。")
    return ok("mail", "邮件加密传，或者没有设邮件服务器。")


def secret(at: datetime) -> Finding:
    """Whether the key that signs sessions is long enough to be none that somebody thought up."""
    if len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < 10:
        return broken("secret", "SECRET_KEY 太短或太简单。请去掉这个设置，程序会自己做一个。")
    return ok("secret", "登录用的密钥够长。")


CHECKS = (backup, sent, log_files, durable, proxy, mail, secret)


def _shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
