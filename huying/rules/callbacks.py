"""Callbacks: when nobody could be reached, and which answers are asked about (domain §5.1, §6.2)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.rules.case import CallTry
from huying.rules.enums import AppealKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
ALWAYS_ASKED = (AppealKind.COMPLAINT, AppealKind.REPORT)


def part_of_day(at: datetime) -> str:
    """Morning, afternoon or evening of the local day: three tries at noon are one try."""
    hour = at.astimezone(SHANGHAI).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def is_unreachable(tries: Sequence[CallTry], *, needed: int = 3, days: int = 2, parts: int = 2) -> bool:
    """Whether the unreachable rule is met: enough failed tries on different days and at different times of day."""
    failed = [one for one in tries if not one.reached]
    if len(failed) < needed or any(one.reached for one in tries):
        return False
    on = {one.at.astimezone(SHANGHAI).date() for one in failed}
    return len(on) >= days and len({part_of_day(one.at) for one in failed}) >= parts


def is_asked(*, kind: AppealKind, has_subject: bool, is_safety: bool, seed: str, share: int) -> bool:
    """Whether this answer is called back. COMPLAINT, REPORT, red lines and whatever has a Subject always are; of the
    rest a share (per cent) is drawn from a seed nobody can choose."""
    if kind in ALWAYS_ASKED or has_subject or is_safety:
        return True
    drawn = int.from_bytes(hashlib.sha256(f"callback sample:{seed}".encode()).digest()[:8], "big")
    return drawn % 100 < share
