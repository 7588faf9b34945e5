"""Notices to me and to my posts: a number and what happened, never what a case says."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from huying.appeals import letterbox
from huying.rules.enums import Colour
from huying.web.components import keyset
from huying.web.components.doors import staff_only
from huying.web.staff.frame import frame

ROWS = 30
NEWEST = keyset.Order("written_at", is_descending=True)
WORDS = {
    "acknowledged": gettext_noop("已签收"),
    "alarm_grew": gettext_noop("整改中的预警又有新情况，见“预警”"),
    "alarm_monthly": gettext_noop("有新的预警，见“预警”"),
    "alarm_raised": gettext_noop("有预警升级，见“预警”"),
    "alarm_rectifying": gettext_noop("有预警定了整改，见“预警”"),
    "alarm_reminded": gettext_noop("上级提醒您看一条预警，见“预警”"),
    "alarm_urgent": gettext_noop("有应急预警，请马上看“预警”"),
    "answered": gettext_noop("已写好答复，在审核"),
    "asked_to_assist": gettext_noop("请您协办"),
    "assigned": gettext_noop("指定您经办"),
    "assisted": gettext_noop("协办单位已反馈"),
    "called_back": gettext_noop("已回访"),
    "clock_held": gettext_noop("机器时间不对，定时处理停着，请核对"),
    "closed": gettext_noop("已办结"),
    "confirmed": gettext_noop("复核通过"),
    "contact_denied": gettext_noop("家长说没有联系过"),
    "decline_approved": gettext_noop("退单已同意"),
    "decline_rejected": gettext_noop("退单被驳回，请办理"),
    "declined": gettext_noop("申请退单，请决定"),
    "deferral_rejected": gettext_noop("挂账没有同意"),
    "deferral_requested": gettext_noop("申请挂账，请决定"),
    "deferred": gettext_noop("已挂账"),
    "dispatched": gettext_noop("派给您单位，请签收"),
    "disputed": gettext_noop("家长提出异议"),
    "due_digest": gettext_noop("有到期的事，请看待办"),
    "escalated": gettext_noop("已提级"),
    "extension_approved": gettext_noop("延期已同意"),
    "extension_rejected": gettext_noop("延期没有同意"),
    "extension_requested": gettext_noop("申请延期，请决定"),
    "handed_over": gettext_noop("移交给您"),
    "interview_called": gettext_noop("约谈您单位，请看时间和事由"),
    "interview_raised": gettext_noop("约谈没有落实，升级为重点约谈"),
    "interview_rechecked": gettext_noop("约谈复查有结果"),
    "interview_signed": gettext_noop("约谈记录双方已签，开始整改"),
    "interview_to_sign": gettext_noop("约谈记录等您签字"),
    "item_done": gettext_noop("有一项整改填了完成"),
    "item_due": gettext_noop("您负责的整改到日子了"),
    "item_set": gettext_noop("有一项整改由您负责"),
    "inherited": gettext_noop("主件已撤回，由这件接着办"),
    "message_added": gettext_noop("家长有补充"),
    "original_read": gettext_noop("有人看了举报原话"),
    "overturned": gettext_noop("复核推翻，已恢复原样"),
    "password_reset": gettext_noop("管理员重发了您的登录邀请，旧密码作废。不是您要的，请找安全管理员"),
    "password_reset_of_another": gettext_noop("有人的登录邀请被重发，见“最近改了什么”"),
    "factor_set": gettext_noop("您的登录绑定了一部手机。不是您做的，马上找安全管理员"),
    "factor_off": gettext_noop("您的登录停用了动态码。不是您做的，马上找安全管理员"),
    "factor_reset": gettext_noop("两位管理员给您重开了登录。不是您要的，马上找审计员"),
    "factor_guessed": gettext_noop("有人用您的密码登录，动态码填错了好几次。不是您，请马上改密码"),
    "paper_used": gettext_noop("有人用您的备用码登录了。不是您，请马上重发备用码"),
    "reset_to_sign": gettext_noop("有人申请重开登录，等您签字，见“登录安全”"),
    "proceeding_called_off": gettext_noop("约谈或商研取消了"),
    "proceeding_due": gettext_noop("约谈、商研或抽查到日子了"),
    "study_closed": gettext_noop("商研已了结"),
    "study_decided": gettext_noop("商研定下了办法和分工"),
    "study_opened": gettext_noop("请您单位参加商研"),
    "rated": gettext_noop("家长已评价"),
    "reader_named": gettext_noop("指定您看举报原话"),
    "reader_replaced": gettext_noop("看举报原话的人换了"),
    "recused": gettext_noop("经办人回避，请另派"),
    "red_line": gettext_noop("红线事项，请马上处理"),
    "red_line_cleared": gettext_noop("红线已解除"),
    "red_line_due": gettext_noop("红线事项的时限快到了，请马上处理"),
    "registered": gettext_noop("新登记，请分办"),
    "reminded": gettext_noop("催办"),
    "reopened": gettext_noop("重新办理，请分办"),
    "resumed": gettext_noop("暂停结束，请接着办"),
    "sent_back": gettext_noop("答复退办，请重办"),
    "subject_named": gettext_noop("被反映对象已确认"),
    "summarised": gettext_noop("事实摘要有更新"),
    "unmask_approved": gettext_noop("同意您查看身份，到时自动失效"),
    "unmask_asked": gettext_noop("申请查看身份，请决定"),
    "unmask_rejected": gettext_noop("没有同意您查看身份，理由见案卷"),
    "unmasked": gettext_noop("有人查看了身份"),
    "excluded": gettext_noop("已剔除，不纳入考核"),
    "included": gettext_noop("又纳入考核"),
    "bulletin_drafted": gettext_noop("月度通报有了草稿，请补文字、核对"),
    "bulletin_to_sign": gettext_noop("月度通报已核对，请签发"),
    "bulletin_to_issue": gettext_noop("月度通报已签发，请印发"),
    "bulletin_returned": gettext_noop("月度通报被退回，请修改"),
    "bulletin_replied": gettext_noop("有单位反馈了月度通报"),
    "bulletin_issued": gettext_noop("月度通报已印发，请看并反馈"),
    "duty_opened": gettext_noop("责任追究已立案，请送达"),
    "duty_served": gettext_noop("有一份责任追究的材料送达您，您可以陈述，见“与我有关”"),
    "duty_heard": gettext_noop("责任追究：已听取陈述，请提处理建议"),
    "duty_heard_again": gettext_noop("责任追究：请您再作陈述，见“与我有关”"),
    "duty_to_decide": gettext_noop("责任追究：有处理建议等您决定"),
    "duty_decided": gettext_noop("责任追究：已有决定，不服可以申诉，见“与我有关”"),
    "duty_objected": gettext_noop("责任追究：本人申诉，请决定"),
    "duty_carried_out": gettext_noop("责任追究：已登记执行，见“与我有关”"),
    "duty_closed": gettext_noop("责任追究：已结案，见“与我有关”"),
    "duty_dropped": gettext_noop("责任追究：不予追究，见“与我有关”"),
    "exclusion_asked": gettext_noop("申请剔除，请决定"),
    "exclusion_to_decide": gettext_noop("学校同意剔除，请县中心决定"),
    "exclusion_granted": gettext_noop("剔除申请两级都同意"),
    "exclusion_rejected": gettext_noop("剔除申请没有同意，理由见申请"),
    "objection_asked": gettext_noop("考核申诉，请决定"),
    "objection_granted": gettext_noop("考核申诉同意，数字按更正重算"),
    "objection_rejected": gettext_noop("考核申诉没有同意，理由见申诉"),
    "publication_drafted": gettext_noop("有一篇公开答复等您审"),
    "publication_withheld": gettext_noop("您起草的公开答复没有同意公开"),
    "published": gettext_noop("答复已改写后在网上公开"),
    "taken_down": gettext_noop("网上的答复已撤下"),
    "supervised": gettext_noop("已督办"),
    "supervision_lifted": gettext_noop("督办已解除"),
    "to_call_back": gettext_noop("答复已发出，请回访"),
    "to_review": gettext_noop("请审核答复"),
    "undeferred": gettext_noop("已销账，请接着办"),
    "unjoined": gettext_noop("已取消并单，请分办"),
    "unreviewed": gettext_noop("等第二个人复核"),
    "withdraw_pending": gettext_noop("家长要撤回，72 小时后生效"),
    "withdraw_undone": gettext_noop("家长不撤回了"),
    "withdrawn": gettext_noop("家长已撤回"),
}


@dataclass(frozen=True)
class Line:
    """One notice."""

    words: str
    number: str
    appeal: int | None
    at: datetime
    is_new: bool
    proceeding: int | None = None


@staff_only()
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The latest notices first."""
    page = keyset.page(letterbox.letters_for(request.actor), NEWEST, request.GET, size=ROWS)
    lines = [_line(letter) for letter in page.rows]
    context = frame(request, current="letters") | {
        "lines": lines,
        "newest": max((letter.pk for letter in page.rows), default=0),
        "has_new": any(line.is_new for line in lines),
        "older": f"?{page.following}" if page.following else "",
        "newer": f"?{page.preceding}" if page.preceding else "",
    }
    return render(request, "staff/letters.html", context)


@staff_only()
@require_POST
def read_letters(request: HttpRequest) -> HttpResponseBase:
    """What was on the page is read."""
    until = request.POST.get("until", "")
    if until.isascii() and until.isdigit():
        letterbox.mark_read(request.actor, until=int(until), at=timezone.now())
    return redirect("staff:letters")


# A digest says how late: everything in it is yellow, or something in it is red.
DIGESTS = {
    Colour.YELLOW: gettext_noop("黄牌：有事快到期，请看待办"),
    Colour.RED: gettext_noop("红牌：有事已经超期，请看待办"),
}


def _line(letter: object) -> Line:
    colour = letter.data.get("colour", "") if letter.kind == "due_digest" else ""
    words = DIGESTS.get(colour) or WORDS.get(letter.kind) or letter.data.get("words") or gettext_noop("有新进展")
    about = letter.data.get("proceeding")
    return Line(_(words), letter.number, letter.appeal, letter.written_at, letter.read_at is None, about)
