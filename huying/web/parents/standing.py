"""Where a matter stands, in one or two plain sentences."""

from django.utils.translation import gettext as _

from huying.appeals.progress import Progress
from huying.rules.enums import Flag, Satisfaction, State, UnitLevel
from huying.web.components import moments


def standing(it: Progress) -> tuple[str, str] | None:
    """(fact, what follows) where five steps would not tell it; None where they do."""
    if it.state is State.WITHDRAWN:
        return _("您说不办了，已经停下。"), _("想再办，可以再说一次。")
    if it.state in (State.REFUSED, State.REFERRED):
        return _("这件事不归学校办。请到这里办："), it.route
    if it.state is State.JOINED:
        return _("别的家长也说了同样的事，一起办。"), _("答复单独给您。别人看不到您的。")
    return None


def notes(it: Progress) -> list[str]:
    """What stands under the present step: who has it, and the next date."""
    said = [_who(it)]
    if Flag.PAUSED in it.flags:
        said.append(_("等您补充，日期先停着。"))
    if it.review_on is not None:
        said.append(_("%(day)s再看一次。") % {"day": moments.day_words(it.review_on)})
    elif it.is_open and not it.is_answered and it.due_at is not None:
        said.append(_("最晚 %(due)s答复。") % {"due": moments.moment_words(it.due_at)})
    if Flag.ESCALATED in it.flags and it.is_open:
        said.append(_("上一级也在看着。"))
    return [one for one in said if one]


def rated_words(rating: Satisfaction) -> str:
    """What the appellant said of the answer."""
    words = {
        Satisfaction.SATISFIED: _("满意"),
        Satisfaction.BASICALLY: _("基本满意"),
        Satisfaction.DISSATISFIED: _("不满意"),
    }
    return _("您评的是：%(rating)s。") % {"rating": words[rating]}


def _who(it: Progress) -> str:
    if Flag.DECLINE_PENDING in it.flags:
        return _("正在确定谁来办。")
    if it.state is State.ANSWERED:
        return _("%(who)s写好了，上一级在看。") % {"who": _lead(it)}
    if it.state is State.DEFERRED:
        return _("眼下办不了，原因写在下面。")
    if it.state is State.CALLBACK:
        return _called_back(it)
    if it.state is State.RECEIVED:
        return _("惠民服务站在看。")
    return _("%(who)s在办。") % {"who": _lead(it)} if it.lead else ""


def _lead(it: Progress) -> str:
    """The role in charge: 五年级4班班主任. Two offices may have one head: there the office says more than its post."""
    return _("%(klass)s班主任") % {"klass": it.lead} if it.lead_level is UnitLevel.CLASS else it.lead


def _called_back(it: Progress) -> str:
    if it.is_anonymous:
        return _("您没有留电话，请在下面评价。")
    if it.next_at is None:
        return _("请在下面说说办得怎样。")
    return _("惠民服务站 %(day)s前打电话问您。") % {"day": moments.day_words(it.next_at)}
