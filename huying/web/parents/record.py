"""The record in the words of a parent: who did what. The first word says who it was."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.appeals.progress import Line
from huying.rules.enums import Action
from huying.rules.labels import label
from huying.web.components.parts import Entry

WORDS: dict[Action, str] = {
    Action.REGISTER: gettext_noop("您说了这件事"),
    Action.DISPATCH: gettext_noop("服务站交给%(unit)s"),
    Action.ACKNOWLEDGE: gettext_noop("%(unit)s收到，开始办"),
    Action.CONTACT: gettext_noop("%(unit)s联系您（%(way)s）"),
    Action.ASK: gettext_noop("学校问您一句话"),
    Action.ADD_MESSAGE: gettext_noop("您补充了几句"),
    Action.PAUSE: gettext_noop("等您补充"),
    Action.RESUME: gettext_noop("接着办"),
    Action.APPROVE_EXTENSION: gettext_noop("要多几天，新的日期在上面"),
    Action.DEFER: gettext_noop("现在办不了，定了日子再看"),
    Action.UNDEFER: gettext_noop("又接着办"),
    Action.APPROVE_ANSWER: gettext_noop("学校答复"),
    Action.ANSWER_AT_ONCE: gettext_noop("当场答复"),
    Action.SEND_BACK: gettext_noop("要求再办一次"),
    Action.CALL_BACK: gettext_noop("服务站打电话问您办得怎样"),
    Action.CLOSE: gettext_noop("办完了"),
    Action.REOPEN: gettext_noop("重新办"),
    Action.DISPUTE: gettext_noop("您说没解决"),
    Action.DISPUTE_CONTACT: gettext_noop("您说联系过"),
    Action.RATE: gettext_noop("您评价了"),
    Action.WITHDRAW: gettext_noop("72 小时过了，不再办"),
    Action.UNDO_WITHDRAW: gettext_noop("您说还要办"),
    Action.REFUSE: gettext_noop("这件事不归学校办"),
    Action.REFER_OUT: gettext_noop("这件事不归学校办"),
    Action.OVERTURN: gettext_noop("复核以后，接着办"),
    Action.RECLASSIFY: gettext_noop("服务站改了类别"),
    Action.APPROVE_DECLINE: gettext_noop("正在确定谁来办"),
    Action.ESCALATE: gettext_noop("上一级在看着"),
    Action.SPLIT: gettext_noop("分成几件来办"),
    Action.JOIN: gettext_noop("和同样的事一起办"),
    Action.UNJOIN: gettext_noop("单独办"),
    Action.REPLACE_CODE: gettext_noop("换了查询码"),
    Action.APPROVE_UNMASK: gettext_noop("%(post)s同意经办人看您留下的联系方式"),
    Action.UNMASK: gettext_noop("%(post)s看了您留下的%(what)s，用来%(purpose)s"),
    Action.REJECT_UNMASK: gettext_noop("有人申请看您留下的联系方式，%(post)s没有同意"),
    Action.READ_ORIGINAL: gettext_noop("%(post)s看了您的原话，除了指定的两个人，别人看不到"),
    Action.EXCLUDE: gettext_noop("学校和县中心都同意，这件事不算进对学校的考核；怎么办的不变"),
    Action.INCLUDE: gettext_noop("这件事又算进对学校的考核"),
    Action.PUBLISH: gettext_noop("答复改写后登在网上，没有姓名和电话"),
    Action.TAKE_DOWN: gettext_noop("网上的答复撤下了"),
    Action.ERASE: gettext_noop("保存期到了，您留下的内容已全部清除"),
}
OTHERWISE: dict[Action, str] = {
    Action.CONTACT: gettext_noop("%(unit)s没有联系上您（%(way)s）"),
    Action.DISPUTE_CONTACT: gettext_noop("您说没有联系"),
    Action.WITHDRAW: gettext_noop("您说不办了"),
}


def entries(lines: tuple[Line, ...]) -> list[Entry]:
    """The lines as they are drawn."""
    return [Entry(words(line), line.at, line.is_caller, line.note) for line in lines]


def words(line: Line) -> str:
    """Who did what, in one short line."""
    said = WORDS[line.action] if line.came_true else OTHERWISE[line.action]
    way = _(label(line.way)) if line.way is not None else ""
    return _(said) % {"unit": line.unit or _("学校"), "way": way, **_seen(line)}


def _seen(line: Line) -> dict[str, str]:
    """Who looked, at what, and what for."""
    return {
        "post": _(label(line.post)) if line.post is not None else _("学校"),
        "what": "、".join(_(label(part)) for part in line.parts),
        "purpose": _(label(line.purpose)) if line.purpose is not None else "",
    }
