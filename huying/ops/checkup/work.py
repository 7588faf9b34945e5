"""The work that must not stand still: the loop, the clock, letters, calendars, people in their posts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from huying.appeals import ledger, rulebook, seals
from huying.appeals.due import pulse
from huying.channels import delivery, inbox
from huying.ops.checkup.finding import Finding, broken, ok, warning
from huying.people import calendars
from huying.people import queries as people
from huying.rules.enums import PostKind
from huying.rules.labels import label

QUIET = timedelta(minutes=5)
SEAL_DAYS = 2
OUTSIDE = 2
VERIFY_EVERY = timedelta(days=31)
AHEAD = timedelta(minutes=1)
NEEDED = (PostKind.DISPATCHER, PostKind.PRINCIPAL)


def loop(at: datetime) -> Finding:
    """Whether timed work is being done."""
    held, last = pulse.held(), pulse.last_beat()
    if held is not None:
        words = f"定时处理停着：{held.reason}。请核对机器时间，没有错就运行 huying tick --clock-is-right。"
        return broken("tick", words)
    if last is None:
        return warning("tick", "定时处理还没有运行过。请运行 huying serve，或者定时运行 huying tick。")
    if at - last > QUIET:
        return broken(
            "tick", f"定时处理 {_shown(last)} 以后没有运行过。请运行 huying serve，或者定时运行 huying tick。"
        )
    return ok("tick", f"定时处理 {_shown(last)} 运行过。")


def clock(at: datetime) -> Finding:
    """Whether the machine's clock can be right: it never stands before what was written down."""
    known = [moment for moment in (ledger.last_event_at(), pulse.last_beat()) if moment is not None]
    if known and at + AHEAD < max(known):
        return broken("clock", f"机器时间是 {_shown(at)}，可是已经有 {_shown(max(known))} 的记录。请把时间调准。")
    return ok("clock", f"机器时间 {_shown(at)}。")


def letters(at: datetime) -> Finding:
    """Whether notices go out."""
    late, dead = delivery.late(at=at).count(), delivery.dead().count()
    if late:
        return broken("letters", f"有 {late} 条通知等了一小时还没有发出。")
    if dead:
        return warning("letters", f"有 {dead} 条通知的邮件被拒收，人在系统里仍能看到。请核对邮箱地址。")
    outside = f"，同时发邮件（{settings.EMAIL_HOST}）" if settings.EMAIL_HOST else "，没有设邮件服务器"
    return ok("letters", f"通知都已送到{outside}。")


def sealed(at: datetime) -> Finding:
    """Whether the ledger is sealed each day, and the seals leave the house."""
    last = seals.newest()
    if last is None:
        waiting = bool(seals.organisations())
        words = "办理记录还没有封存过。定时处理每天会做一次，也可以运行 huying seal。"
        return warning("seal", words) if waiting else ok("seal", "还没有诉求，不用封存。")
    days = (timezone.localdate(at) - last.on).days
    if days > SEAL_DAYS:
        return broken("seal", f"最后一次封存是 {days} 天前。请看定时处理是不是停了。")
    if len(settings.SEAL_ADDRESSES) < OUTSIDE or not settings.EMAIL_HOST:
        return warning(
            "seal", f"最后一次封存是 {days} 天前，没有寄到两个外面的邮箱。请设 SEAL_ADDRESSES 和 EMAIL_HOST。"
        )
    return ok("seal", f"最后一次封存是 {days} 天前，寄给 {len(settings.SEAL_ADDRESSES)} 个外面的邮箱。")


def verified(at: datetime) -> Finding:
    """Whether somebody has the whole ledger looked over now and then."""
    last = pulse.last_verified()
    if last is None:
        return warning("verify", "还没有核对过全部办理记录。请运行 huying verify。")
    when, first = last
    if first:
        return broken("verify", f"{_shown(when)} 核对，有被改过的：{first}。")
    if at - when > VERIFY_EVERY:
        return warning("verify", f"上次核对全部办理记录是 {_shown(when)}。请再运行 huying verify。")
    return ok("verify", f"{_shown(when)} 核对过全部办理记录，没有被改过。")


def calendar(at: datetime) -> Finding:
    """Whether this year's holidays are known, and from November those of the next."""
    today = timezone.localdate(at)
    missing = calendars.missing_years(on=today)
    said = "、".join(f"{year} 年" for year in missing)
    todo = f"还没有导入{said}的放假通知，到期日先按法定假日推算。请在“设置”里导入，或运行 huying load-calendar。"
    if today.year in missing:
        return broken("calendar", todo)
    return warning("calendar", todo) if missing else ok("calendar", "工作日历是确定的。")


def rules(at: datetime) -> Finding:
    """Whether the rules that ship are in."""
    if not inbox.channels() or not rulebook.in_force(on=timezone.localdate(at)):
        return broken("rules", "渠道或时限是空的。请运行 huying setup。")
    return ok("rules", "渠道和时限都有。")


def posts(at: datetime) -> Finding:
    """Whether somebody is there to decide."""
    on = timezone.localdate(at)
    if people.county() is None:
        return warning("posts", "还没有单位。请打开“设置”页，或运行 huying setup。")
    empty = [f"{name}没有{label(kind)}" for kind in NEEDED for name in people.schools_without(kind, on=on)]
    if empty:
        return warning("posts", "；".join(empty[:10]) + "。")
    return ok("posts", "每所学校都有分办员和校长。")


def accounts(at: datetime) -> Finding:
    """Whether the printed accounts of a demonstration are in a demonstration only."""
    if not settings.DEMO_MARK.exists() and people.accounts().filter(is_demo=True).exists():
        return broken("accounts", "正式的数据里有演示账号，密码人人知道。请停用这些账号。")
    unused = people.accounts().filter(must_change_password=True, is_demo=False, created_at__lt=at - timedelta(days=30))
    if unused.exists():
        return warning("accounts", f"有 {unused.count()} 个账号发了一个月还没有人登录过。请重发密码，或者停用。")
    return ok("accounts", "账号没有异常。")


CHECKS = (loop, clock, letters, sealed, verified, calendar, rules, posts, accounts)


def _shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
