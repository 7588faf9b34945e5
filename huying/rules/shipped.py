"""The limits that ship, as dated rows with their source. They seed the table; where it is silent, they speak.

Rows marked 设 are our own defaults and are shown as such. Filing never fails for want of a row.
"""

from datetime import date
from typing import Final

from huying.rules.enums import AppealKind, ClockKind, Severity
from huying.rules.limits import Amount, CalendarDays, Hours, LimitFact, Minutes, WorkingDays, WorkingHours

OWN: Final = "本系统默认（设）"
WEIFANG: Final = "《潍坊市政务服务热线条例》第二十条"
PETITION_22: Final = "《信访工作条例》第二十二、二十三条"
PETITION_34: Final = "《信访工作条例》第三十四条"
SAFETY_47: Final = "《山东省学校安全条例》第四十七条"
SAFETY_48: Final = "《山东省学校安全条例》第四十八条；《未成年人保护法》第四十条"

# Appeals of past years are imported, and judged by what ships: it has no first day.
_SINCE: Final = date.min
_K = ClockKind


def _row(
    step: ClockKind,
    amount: Amount,
    source: str = OWN,
    *,
    kind: AppealKind | None = None,
    severity: Severity | None = None,
    channel: str = "",
) -> LimitFact:
    return LimitFact(
        step=step, amount=amount, source=source, kind=kind, severity=severity, channel=channel, valid_from=_SINCE
    )


SHIPPED: Final[tuple[LimitFact, ...]] = (
    _row(_K.TRIAGE, WorkingHours(4)),
    _row(_K.TRIAGE, Minutes(15), severity=Severity.URGENT),
    _row(_K.ACKNOWLEDGE, WorkingHours(4)),
    _row(_K.ACKNOWLEDGE, Minutes(15), severity=Severity.URGENT),
    _row(_K.FIRST_CONTACT, WorkingDays(1)),
    _row(_K.DECLINE, WorkingDays(1)),
    _row(_K.DECLINE_RULING, WorkingHours(4)),
    _row(_K.ANSWER, WorkingDays(5)),
    _row(_K.ANSWER, WorkingDays(1), kind=AppealKind.INQUIRY),
    _row(_K.ANSWER, WorkingDays(3), kind=AppealKind.HELP),
    _row(_K.OUTER, WorkingDays(5)),
    # A row that names a channel is the sender's limit: no extension of ours moves it.
    _row(_K.OUTER, WorkingDays(5), WEIFANG, channel="hotline"),
    _row(_K.OUTER, WorkingDays(5), WEIFANG, channel="county_hotline"),
    _row(_K.OUTER, WorkingDays(5), WEIFANG, channel="online"),
    _row(_K.REVIEW, WorkingDays(1)),
    _row(_K.CALLBACK, WorkingDays(2)),
    _row(_K.REWORK, WorkingDays(3)),
    _row(_K.ASSISTING, WorkingDays(3)),
    _row(_K.DEFERRAL, CalendarDays(90)),
    _row(_K.PAUSE_CAP, WorkingDays(5)),
    _row(_K.WITHDRAWAL, Hours(72)),
    _row(_K.DISPUTE_WINDOW, CalendarDays(7)),
    _row(_K.REOPEN_WINDOW, CalendarDays(30)),
    _row(_K.SUPERVISION, WorkingDays(3)),
    _row(_K.BULLYING_INQUIRY, CalendarDays(10), SAFETY_47),
    _row(_K.REPORT_AT_ONCE, Minutes(15), SAFETY_48),
    _row(_K.PETITION_NOTICE, CalendarDays(15), PETITION_22),
    _row(_K.PETITION_DECISION, CalendarDays(60), PETITION_34),
)
