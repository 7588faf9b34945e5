"""How often a door opens within a window of time, counted in rows that all workers share.

Filing and the phone always stay open to people: a limit answers with a plain sentence and when to come back, nobody
sleeps meanwhile. An address is known here by its keyed digest of the day only (`vault.codes.address_key`), and every
count is forgotten within a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection
from django.db.models import F

from huying.channels.models import Counter

HOUR = timedelta(hours=1)
HALF_DAY = timedelta(hours=12)
BREATH = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(hours=23)  # forgetting runs every hour at least: gone within a day


@dataclass(frozen=True)
class Allowances:
    """How many are let through in an hour. Carriers put many parents behind one address: it is never a few."""

    filings: int = 30
    filings_in_all: int = 1000
    attachments: int = 30
    failed_queries: int = 10
    failed_queries_in_all: int = 100
    failed_invitations: int = 60
    failed_factors: int = 5
    exports: int = 10


DEFAULT = Allowances()


class TooMany(Exception):
    """The limit is reached; `wait` says when to come back. The text can be shown to the person."""

    def __init__(self, text: str, *, wait: timedelta) -> None:
        super().__init__(text)
        self.wait = wait


def require_filing(
    *, address: str, school: str, at: datetime, is_known_network: bool = False, allowances: Allowances = DEFAULT
) -> None:
    """One more filing is counted and let through. Raises TooMany, with the way to the phone.

    The school's own network is known: a parents' evening shares one address.
    """
    in_all, here = _counts("filing", f"filing:{address}:{school}", at=at)
    if in_all > allowances.filings_in_all:
        raise TooMany("现在提交的人太多了，请拨打电话反映，或过一会儿再提交。您写的内容还在。", wait=_left(HOUR, at=at))
    if here > allowances.filings and not is_known_network:
        raise TooMany(
            "这个网络一小时内提交得太多了，请拨打电话反映，或过一会儿再提交。您写的内容还在。", wait=_left(HOUR, at=at)
        )


def require_attachment(*, form: str, at: datetime, allowances: Allowances = DEFAULT) -> None:
    """One more file of this form or appeal is counted and let through. Raises TooMany."""
    if _count(f"attachment:{form}", at=at) > allowances.attachments:
        raise TooMany("一小时内上传的文件太多了，请过一会儿再传。您写的内容还在。", wait=_left(HOUR, at=at))


def require_query(*, address: str, at: datetime, allowances: Allowances = DEFAULT) -> None:
    """A well-formed code may be looked up from this address now. Raises TooMany.

    Only failures count. Where too many failed in all, somebody is guessing: whoever found an appeal before goes on,
    all others share one try every 30 seconds.
    """
    if _counted(f"failed:{address}", at=at) >= allowances.failed_queries:
        raise TooMany("查询码错得太多了，请核对后过一会儿再查，或拨打电话。", wait=_left(HOUR, at=at))
    if _counted("failed", at=at) < allowances.failed_queries_in_all or _counted(
        f"found:{address}", at=at, window=HALF_DAY
    ):
        return
    if _count("stranger", at=at, window=BREATH) > 1:
        raise TooMany("现在查询的人太多了，请等 30 秒，或拨打电话。", wait=BREATH)


def note_failed_query(*, address: str, at: datetime) -> None:
    """A well-formed code that nobody was given is counted, for this address and in all."""
    _count(f"failed:{address}", at=at)
    _count("failed", at=at)


def note_found(*, address: str, at: datetime) -> None:
    """Somebody at this address found an appeal in this half of the day."""
    if not _counted(f"found:{address}", at=at, window=HALF_DAY):
        _count(f"found:{address}", at=at, window=HALF_DAY)


def require_invitation(*, address: str, at: datetime, allowances: Allowances = DEFAULT) -> None:
    """The link of an invitation may be tried from this address now. Only failures count. Raises TooMany."""
    if _counted(f"invited:{address}", at=at) >= allowances.failed_invitations:
        raise TooMany("试得太多了，请过一会儿再试，或者找系统管理员。", wait=_left(HOUR, at=at))


def note_failed_invitation(*, address: str, at: datetime) -> None:
    """A link that opens nothing, or a login that does not belong to it, is counted for this address."""
    _count(f"invited:{address}", at=at)


def require_export(*, account: int, at: datetime, allowances: Allowances = DEFAULT) -> None:
    """One more sheet of appeals for this account is counted and let through. Raises TooMany."""
    if _count(f"export:{account}", at=at) > allowances.exports:
        raise TooMany("一小时内导出得太多了，请过一会儿再导出。", wait=_left(HOUR, at=at))


def require_factor(*, account: int, device: str, at: datetime, allowances: Allowances = DEFAULT) -> None:
    """One more try of a code is counted before it is looked at, and let through. Raises TooMany.

    Tries on a device it has signed in from are counted apart, so that whoever guesses keeps nobody out of their own.
    """
    if _count(_factor_key(account, device), at=at) > allowances.failed_factors:
        raise TooMany("动态码错得太多了，请过一会儿再试。账号没有被锁，您常用的设备不受影响。", wait=_left(HOUR, at=at))


def give_back_factor(*, account: int, device: str, at: datetime) -> None:
    """The code was right: that try is not counted."""
    row = Counter.objects.filter(key=_factor_key(account, device), window=_start(HOUR, at=at), count__gt=0)
    row.update(count=F("count") - 1)


def has_factor_left(*, account: int, device: str, at: datetime, allowances: Allowances = DEFAULT) -> bool:
    """Whether another try would be let through."""
    return _counted(_factor_key(account, device), at=at) < allowances.failed_factors


def _factor_key(account: int, device: str) -> str:
    return f"factor:{account}:{device[:32]}"


def is_first(what: str, *, at: datetime) -> bool:
    """True for the first who asks within an hour, among all workers."""
    return _count(f"first:{what}", at=at) == 1


def is_known(address: str, networks: Iterable[str]) -> bool:
    """True when the address lies in one of these networks (203.0.113.0/24)."""
    try:
        here = ip_address(address.strip())
    except ValueError:
        return False
    here = getattr(here, "ipv4_mapped", None) or here
    return any(here in ip_network(each, strict=False) for each in networks)


def forget(*, at: datetime) -> int:
    """No count older than a day is left; how many went."""
    gone, _ = Counter.objects.filter(window__lt=at - FORGOTTEN_AFTER).delete()
    return gone


def _start(window: timedelta, *, at: datetime) -> datetime:
    """When the window began in which this moment lies. Windows are the same for all workers."""
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)


def _left(window: timedelta, *, at: datetime) -> timedelta:
    return _start(window, at=at) + window - at


def _counted(key: str, *, at: datetime, window: timedelta = HOUR) -> int:
    found = Counter.objects.filter(key=key, window=_start(window, at=at)).values_list("count", flat=True).first()
    return found or 0


def _count(key: str, *, at: datetime, window: timedelta = HOUR) -> int:
    """One more; how many there are now. Two workers at once are two more: the database adds, not we."""
    return _counts(key, at=at, window=window)[0]


def _counts(*keys: str, at: datetime, window: timedelta = HOUR) -> list[int]:
    """One more of each, the counts as they are now; whoever counts several names those that all share first."""
    moment = connection.ops.adapt_datetimefield_value(_start(window, at=at))
    rows = ", ".join(["(%s, %s, 1)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MORE.format(rows=rows), [value for key in keys for value in (key, moment)])
        return [int(count) for (count,) in cursor.fetchall()]


# Both databases add and tell in one statement.
_ONE_MORE = """
INSERT INTO channels_counter (key, "window", count) VALUES {rows}
ON CONFLICT (key, "window") DO UPDATE SET count = channels_counter.count + 1 RETURNING count
"""
