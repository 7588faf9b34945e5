"""The receipt is the answer to the post itself: no address leads to it, and no cache keeps it."""

import logging
from datetime import datetime
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huying.appeals import receipts
from huying.rules import numbers
from huying.rules.enums import PrivacyMode
from huying.web.components import moments
from huying.web.parents.context import around
from huying.web.parents.picture import picture_of

logger = logging.getLogger(__name__)


@csp_update({"img-src": [SELF, "data:"]})
def receipt(request: HttpRequest, school: Any, appeal: Any, code: str) -> HttpResponse:
    """The page with the code. Whatever breaks now, the appeal stands: then the code comes without its dress."""
    try:
        return _dressed(request, school, appeal, code)
    except Exception:
        logger.exception("the receipt could not be drawn")
        return plain(code)


def plain(code: str) -> HttpResponse:
    """The receipt in bare words."""
    words = _("已收到。查询码 %(code)s。请保存，凭它查进度。") % {"code": numbers.grouped(code)}
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _dressed(request: HttpRequest, school: Any, appeal: Any, code: str) -> HttpResponse:
    is_anonymous = appeal.privacy == PrivacyMode.ANONYMOUS
    context = {
        **around(school),
        "code": code,
        "pairs": _promises(appeal.next_due_at, appeal.due_at or appeal.outer_due_at),
        "picture": picture_of(code),
        "proof": receipts.line_of(appeal),
        "following": _following(is_anonymous=is_anonymous),
        "is_anonymous": is_anonymous,
        "address": f"{settings.BASE_URL}/progress/".partition("://")[2],
    }
    return render(request, "parents/receipt.html", context)


def _promises(passed_on: datetime | None, answered: datetime | None) -> list[tuple[str, str]]:
    """Who does what by when; a date is promised only where a clock watches over it."""
    dates = ((_("交人办"), passed_on), (_("答复您"), answered))
    return [(name, _("最晚 %(day)s") % {"day": moments.day_words(at)}) for name, at in dates if at is not None]


def _following(*, is_anonymous: bool) -> list[str]:
    return [
        _("惠民服务站看过，交给能办的人。"),
        _("要问您的话，写在“查进度”里。") if is_anonymous else _("办的人先联系您，再去办。"),
        _("办完了，答复写在“查进度”里。"),
        _("您来评价。不满意，可以要求重新办。"),
    ]
