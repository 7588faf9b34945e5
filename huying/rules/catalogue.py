"""The indicators, as data (domain 6.2, 6.3): code, name, formula in words, time basis, measures above and below.

A change of a formula is a new version with its first day; an issued report keeps the figures it was issued with.
"""

from collections.abc import Mapping
from typing import Any, Final

from huying.rules.enums import Measure
from huying.rules.indicators import Basis, Figure, Indicator, Reach, Sums, figure

M = Measure
BASIS_WORDS: Final[Mapping[Basis, str]] = {
    Basis.RECEIVED: "按收到时间",
    Basis.DISPATCH: "按派单时间",
    Basis.DUE: "按到期时间",
    Basis.ANSWER: "按答复送达时间",
    Basis.CALLBACK: "按回访时间",
    Basis.CLOSING: "按办结时间",
    Basis.ACT: "按操作时间",
}


def _rate(
    code: str, name: str, basis: Basis, above: Measure | tuple[Measure, ...], below: Measure, formula: str, **more: Any
) -> Indicator:
    over = above if isinstance(above, tuple) else (above,)
    return Indicator(code, name, formula, basis, over, (below,), **more)


def _count(code: str, name: str, basis: Basis, measure: Measure, formula: str, **more: Any) -> Indicator:
    return Indicator(code, name, formula, basis, (measure,), **more)


def _mark(code: str, name: str, measure: Measure, formula: str, *, basis: Basis = Basis.ACT) -> Indicator:
    return Indicator(code, name, formula, basis, (measure,), reach=Reach.ALL)


RATED: Final = (M.CALLED_SATISFIED, M.CALLED_BASICALLY)
HALF: Final[Mapping[Measure, str]] = {M.CALLED_BASICALLY: "basically_weight"}

RESPONSE: Final = _rate(
    "response_rate",
    "响应率",
    Basis.CALLBACK,
    M.CALLED_CONTACTED,
    M.CALLED,
    "有效回访中说已联系的 ÷ 有效回访",
    mark="规",
)
RESOLUTION: Final = _rate(
    "resolution_rate",
    "解决率",
    Basis.CALLBACK,
    M.CALLED_RESOLVED,
    M.CALLED,
    "有效回访中说已解决的 ÷ 有效回访",
    mark="规",
)
SATISFACTION: Final = _rate(
    "satisfaction_rate",
    "满意率",
    Basis.CALLBACK,
    RATED,
    M.CALLED,
    "（满意 + 系数 × 基本满意）÷ 有效回访",
    weights=HALF,
    mark="规",
)
RATES: Final[tuple[Indicator, ...]] = (
    RESPONSE,
    RESOLUTION,
    SATISFACTION,
    Indicator(
        "composite_score", "综合成绩", "（响应率 × 10% + 解决率 × 50% + 满意率 × 40%）× 100；权重可以改",
        Basis.CALLBACK, mark="规",
        parts=((RESPONSE, "response_weight"), (RESOLUTION, "resolution_weight"), (SATISFACTION, "satisfaction_weight")),
    ),
    _rate("on_time_rate", "按时办结率", Basis.DUE, M.ON_TIME, M.DUE,
          "期限内送达最终答复的 ÷ 到期的，到期还没办的也算在内"),
    _rate("on_time_acceptance_rate", "及时签收率", Basis.DISPATCH, M.SIGNED_IN_TIME, M.DISPATCHED,
          "按时签收的 ÷ 派出的"),
    _rate("on_time_feedback_rate", "按时反馈率", Basis.DUE, M.FEEDBACK_IN_TIME, M.FEEDBACK_DUE,
          "第一次答复按时送达的 ÷ 到期应反馈的"),
    _rate("first_contact_rate", "首次联系及时率", Basis.DISPATCH, M.CONTACT_IN_TIME, M.CONTACT_DUE,
          "按时第一次联系家长的 ÷ 应当联系的"),
    _rate("closure_rate", "办结率", Basis.CLOSING, M.CLOSED, M.RECEIVED,
          "办结的 ÷（收到的 + 期初结转的）", carried=True),
    _rate("first_time_closure_rate", "一次办结率", Basis.CLOSING, M.CLOSED_AT_ONCE, M.CLOSED,
          "没有退办、没有重新办理、90 天内没有再提的 ÷ 办结的", ripens=90, mark="方案"),
    _rate("rework_rate", "重办率", Basis.CLOSING, M.CLOSED_REWORKED, M.CLOSED, "办结前退办过的 ÷ 办结的"),
    _rate("decline_rate", "退单率", Basis.DISPATCH, M.DECLINED, M.DISPATCHED, "申请退单的 ÷ 派出的", mark="规"),
    _rate("repeat_rate", "重复诉求率", Basis.RECEIVED, M.REPEATED, M.RECEIVED,
          "同一人同一事再提的 ÷ 收到的", reach=Reach.ALL),
    _rate("callback_coverage", "回访覆盖率", Basis.ANSWER, M.ANSWER_TRIED, M.ANSWERED, "回访过的 ÷ 送达的答复"),
    _rate("valid_callback_rate", "有效回访率", Basis.ANSWER, M.ANSWER_CALLED, M.ANSWER_TRIED,
          "有效回访的 ÷ 回访过的", mark="规"),
    _rate("unreachable_rate", "未接通率", Basis.CALLBACK, M.NOT_REACHED, M.TRIED, "没接通的次数 ÷ 回访次数"),
    _rate("substantiated_rate", "属实率", Basis.CLOSING, M.FOUND_TRUE, M.FOUND, "属实和部分属实的 ÷ 有认定结果的"),
    _rate("unreasonable_satisfaction_rate", "不合理诉求满意率", Basis.CALLBACK, RATED, M.CALLED,
          "已剔除的诉求：（满意 + 系数 × 基本满意）÷ 有效回访", reach=Reach.EXCLUDED, weights=HALF),
)  # fmt: skip

COUNTS: Final[tuple[Indicator, ...]] = (
    _count("volume", "诉求量", Basis.RECEIVED, M.RECEIVED, "收到的全部诉求，每个人的都算", reach=Reach.ALL),
    _count("answered", "答复", Basis.ANSWER, M.ANSWERED, "送达的答复"),
    _count("closed", "办结", Basis.CLOSING, M.CLOSED, "办结的诉求"),
    _count("final_late", "超期办结", Basis.DUE, M.FINAL_LATE, "过了对外期限才送达最终答复的"),
    _count("final_late_open", "超期未办结", Basis.DUE, M.FINAL_OPEN, "过了对外期限还没有最终答复的"),
    _count("step_late", "环节超时", Basis.DUE, M.STEP_LATE, "过了时间才做的环节"),
    _count("step_late_open", "环节超时未做", Basis.DUE, M.STEP_OPEN, "过了时间还没做的环节"),
    _count("dissatisfied", "不满意", Basis.CALLBACK, M.CALLED_DISSATISFIED, "有效回访中说不满意的"),
    _count("supervised", "督办", Basis.ACT, M.SUPERVISED, "开了督办的", reach=Reach.ALL),
    _count("red_line", "红线事项", Basis.RECEIVED, M.RED_LINE, "标为红线的；报告了不扣分，瞒报才追责", reach=Reach.ALL),
)  # fmt: skip

# They stand beside every figure of a unit: what would make a figure prettier leaves its mark here (6.3, security 9a).
COUNTERS: Final[tuple[Indicator, ...]] = (
    _mark("refused", "不予受理", M.REFUSED, "没有受理的"),
    _mark("referred", "转出", M.REFERRED, "转到别处去的"),
    _mark("reclassified", "改分类", M.RECLASSIFIED, "改了类别的"),
    _mark("unreviewed", "未复核", M.UNREVIEWED, "还没有第二个人复核的不受理、转出、改分类和暂停"),
    _mark("overturned", "复核推翻", M.OVERTURNED, "第二个人复核后推翻的"),
    _mark("joined", "并单", M.JOINED, "并到别的诉求里办的"),
    _mark("unjoined", "取消并单", M.UNJOINED, "并单后又分开的"),
    _mark("paused", "暂停", M.PAUSED, "暂停的次数"),
    _mark("paused_days", "暂停天数", M.PAUSED_DAYS, "暂停的自然日；对外期限照常走"),
    _mark("extended", "延期", M.EXTENDED, "批准延期的；原来的日期留着"),
    _mark("declined", "申请退单", M.DECLINED, "申请退单的"),
    _mark("decline_refused", "退单被驳回", M.DECLINE_REFUSED, "退单申请被驳回的"),
    _mark("ruled", "裁定承办", M.RULED, "退了两次，由上一级裁定的"),
    _rate("contact_denied", "家长说没有联系", Basis.ACT, M.CONTACT_DENIED, M.CONTACTED,
          "家长说没有联系的 ÷ 记录的联系", reach=Reach.ALL),
    _mark("sent_back", "退办", M.SENT_BACK, "答复被退回重办的"),
    _mark("disputed", "家长有异议", M.DISPUTED, "家长对答复提出异议的"),
    _mark("reopened", "重新办理", M.REOPENED, "办结后重新办理的"),
    _mark("repeated", "重复诉求", M.REPEATED, "同一人同一事再提的", basis=Basis.RECEIVED),
    _mark("rated_self", "家长自己评价", M.RATED, "家长用自己的查询码评价的"),
    _mark("rated_by_phone", "代录", M.RATED_BY_PHONE, "回访电话里记下的评价", basis=Basis.CALLBACK),
    _mark("rated_spoken", "代发", M.RATED_SPOKEN, "用工作人员读出的查询码作的评价"),
    _mark("withdrawn", "申请撤回", M.WITHDRAWN, "家长申请撤回的"),
    _mark("withdrawal_undone", "撤销撤回", M.WITHDRAWAL_UNDONE, "申请撤回后又不撤的"),
    _mark("excluded", "剔除", M.EXCLUDED, "经两级决定不计入考核的"),
    _rate("late_entered", "迟录入", Basis.RECEIVED, M.LATE_ENTERED, M.RECEIVED,
          "过了一个工作日才录入的 ÷ 收到的", reach=Reach.ALL),
    _rate("from_outside", "外面转来", Basis.RECEIVED, M.FROM_OUTSIDE, M.RECEIVED,
          "热线等外面转来的 ÷ 收到的；外面的多、自己的少，要看渠道通不通", reach=Reach.ALL),
    _mark("unreachable", "未接通", M.NOT_REACHED, "回访没接通的次数", basis=Basis.CALLBACK),
)  # fmt: skip

CATALOGUE: Final = RATES + COUNTS + COUNTERS
BY_CODE: Final[Mapping[str, Indicator]] = {one.code: one for one in CATALOGUE}


def figures(sums: Sums, *, numbers: Mapping[str, int], days_since: int | None = None) -> dict[str, Figure]:
    """The whole catalogue; `days_since` the period ended, for what ripens."""
    return {one.code: figure(one, sums, numbers=numbers, days_since=days_since) for one in CATALOGUE}
