"""The life cycle of an appeal as one table. `steps.take` is the only writer; it asks `after` here.

`docs/states.md` is drawn from this table by `rules.states`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from huying.rules import callbacks, conflicts
from huying.rules.case import CaseFacts, Given
from huying.rules.enums import (
    Action,
    ActorKind,
    AppealKind,
    ContactField,
    ExclusionGround,
    Finding,
    Flag,
    PrivacyMode,
    Resolved,
    Satisfaction,
    State,
    UnmaskPurpose,
)

Check = Callable[[CaseFacts, Given], bool]

MOST_READERS: Final = 2


class NotPossible(Exception):
    """The life cycle does not allow this step now; the text says why, in words for people."""


@dataclass(frozen=True)
class Guard:
    """A condition of a step, with the words a person reads when it does not hold. History from a sheet may lack the
    facts behind it (`waived`): then the event says that they were not recorded."""

    says: str
    holds: Check
    waived: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the table. `target` None keeps the state; FORMER takes the state that the step's record names."""

    action: Action
    sources: frozenset[State] | None
    target: State | str | None
    needs: frozenset[Flag] = frozenset()
    forbids: frozenset[Flag] = frozenset()
    sets: frozenset[Flag] = frozenset()
    clears: frozenset[Flag] = frozenset()
    guards: tuple[Guard, ...] = ()
    by: frozenset[ActorKind] = frozenset({ActorKind.STAFF, ActorKind.TIMER, ActorKind.IMPORT})


@dataclass(frozen=True)
class Next:
    """Where an appeal stands after a step."""

    state: State
    flags: frozenset[Flag]
    waived: tuple[str, ...] = ()


FORMER: Final = "former"
OPEN: Final = frozenset(
    {State.RECEIVED, State.DISPATCHED, State.HANDLING, State.ANSWERED, State.CALLBACK, State.DEFERRED}
)
FINAL: Final = frozenset(State) - OPEN
STAFF: Final = frozenset({ActorKind.STAFF})
TIMER: Final = frozenset({ActorKind.TIMER})
APPELLANT: Final = frozenset({ActorKind.APPELLANT})
LIGHT: Final = frozenset({AppealKind.INQUIRY, AppealKind.HELP, AppealKind.SUGGESTION, AppealKind.PRAISE})
REPLY_ONLY: Final = LIGHT - {AppealKind.HELP}


def states(*some: State) -> frozenset[State]:
    return frozenset(some)


def flags(*some: Flag) -> frozenset[Flag]:
    return frozenset(some)


def _said(name: str) -> Check:
    return lambda facts, given: bool(given.get(name))


def _is_one_of(name: str, words: type[Any], *, but: tuple[str, ...] = ()) -> Check:
    return lambda facts, given: given.get(name) in {member.value for member in words} - set(but)


REASON = Guard("请写明理由", _said("reason"))
NO_RED_LINE = Guard("红线事项不能这样处理", lambda facts, given: Flag.SAFETY not in facts.flags)
NAMES_SETTLED = Guard("家长提到了人，请先确认或排除被反映对象", lambda facts, given: not conflicts.holds_back(facts))
NO_NEW_NAME = Guard("涉及被反映对象，不能当场答复", lambda facts, given: not facts.has_subject)
REPORT_HAS_SUMMARY = Guard(
    "举报只能按事实摘要派出，请先写事实摘要",
    lambda facts, given: not facts.is_sealed or bool(given.get("summary")),
    waived=True,
)
SUMMARY_BY_A_READER = Guard(
    "事实摘要由看原话的人写，请先看原话",
    lambda facts, given: not facts.is_sealed or bool(given.get("by_a_reader", True)),
    waived=True,
)
READ_FIRST = Guard("举报由看原话的人拆分，请先看原话", SUMMARY_BY_A_READER.holds)
IS_SEALED = Guard("不是举报，原话不用另外指定谁看", lambda facts, given: facts.is_sealed)
MAY_BE_A_READER = Guard("这个人不能看原话：要回避、在经办，或者不在收办这件事的岗位上", _said("is_fit"))
NOT_YET_A_READER = Guard("这个人已经能看原话", lambda facts, given: given.get("reader") not in facts.history.readers)
A_SEAT_IS_FREE = Guard(
    "原话最多两个人看，要换人请选换下谁",
    lambda facts, given: (
        given.get("instead_of") in facts.history.readers
        if given.get("instead_of") is not None
        else len(facts.history.readers) < MOST_READERS
    ),
)
REPLACED_FOR_A_REASON = Guard(
    "换人要写理由", lambda facts, given: given.get("instead_of") is None or bool(given.get("reason"))
)
SUMMARY_WRITTEN = Guard("请写事实摘要", _said("summary"))
LEAD_NAMED = Guard("请选主办单位", lambda facts, given: given.get("lead_unit") is not None)
LEAD_NOT_NEAR = Guard(
    "这个单位与被反映对象有关，要回避，请换一个单位", lambda facts, given: not given.get("conflict", True)
)
RULING_BY_ABOVE = Guard(
    "已经退过两次，要由上一级裁定承办单位",
    lambda facts, given: facts.history.returns < 2 or bool(given.get("is_ruling")),
)
NO_SECOND_DECLINE = Guard("退单申请已被驳回，不能再退", lambda facts, given: not facts.history.decline_rejected)
DECLINE_IN_TIME = Guard("已过退单时限，应当办理", lambda facts, given: facts.decline_in_time)
DECLINE_DETAIL = Guard(
    "退单要写依据和建议的承办单位", lambda facts, given: bool(given.get("clause")) and bool(given.get("suggested"))
)
EXTENSION_BEFORE_DUE = Guard(
    "已过期限，不能再申请延期", lambda facts, given: facts.due_at is None or facts.at <= facts.due_at
)
EXTENSION_ONCE = Guard("每轮办理只能申请延期一次", lambda facts, given: not facts.history.extension_used)
WITHIN_OUTER = Guard(
    "不能超过来件单位的期限",
    lambda facts, given: (
        facts.outer_due_at is None or given.get("due_at") is None or given["due_at"] <= facts.outer_due_at
    ),
)
WITHIN_LENGTH = Guard(
    "超过了延期最长能到的日子",
    lambda facts, given: (
        given.get("latest") is None or given.get("due_at") is None or given["due_at"] <= given["latest"]
    ),
)
LATER_DATE = Guard(
    "新期限要晚于原期限",
    lambda facts, given: given.get("due_at") is not None and (facts.due_at is None or given["due_at"] > facts.due_at),
)
DEFERRAL_PLAN = Guard(
    "挂账要写客观原因、计划和复查日期",
    lambda facts, given: all(given.get(name) for name in ("reason", "plan", "review_on")),
)
PAUSE_CAP = Guard("暂停的天数已用完", lambda facts, given: facts.pause_left)
PAUSE_QUESTION = Guard("暂停要写明请家长补充什么", _said("question"))
ROUTE_NAMED = Guard("请写明应当去哪里办", _said("route"))
REFUSAL_GROUND = Guard("请选不予受理的依据", _said("ground"))
REPORTED_FIRST = Guard(
    "红线事项要先登记报告情况",
    lambda facts, given: Flag.SAFETY not in facts.flags or bool(facts.history.reports),
)
MAIN_OPEN = Guard("主件要是正在办理的事", lambda facts, given: bool(given.get("main_open")))
WALLS_AGREE = Guard("两件事要回避的人不同，不能并单", lambda facts, given: bool(given.get("walls_agree")))
TWO_ITEMS = Guard("至少要有两个诉求点才能拆分", lambda facts, given: bool(given.get("split_well")))
QUICK_KIND = Guard("投诉和举报不能当场答复", lambda facts, given: facts.kind in LIGHT)
REPLY = Guard("请写答复", _said("reply"))
ITEMS_ANSWERED = Guard(
    "每个诉求点都要答复",
    lambda facts, given: (
        (facts.kind in REPLY_ONLY and not facts.has_subject) or facts.open_items <= frozenset(given.get("items", ()))
    ),
    waived=True,
)
CONTACT_MADE = Guard(
    "还没有联系家长；联系不上也要记一笔",
    lambda facts, given: (facts.kind in REPLY_ONLY and not facts.has_subject) or facts.history.contacted,
    waived=True,
)
FINDING_SET = Guard(
    "请选查明的情况",
    lambda facts, given: (
        not facts.needs_every_guard
        or given.get("finding")
        in (Finding.SUBSTANTIATED, Finding.PARTLY, Finding.UNSUBSTANTIATED, Finding.UNVERIFIABLE)
    ),
    waived=True,
)
OUTCOME_SET = Guard(
    "请选是否解决；没有解决要写原因",
    lambda facts, given: (
        (facts.kind in REPLY_ONLY and not facts.has_subject)
        or given.get("resolved_by_unit") == Resolved.YES
        or (given.get("resolved_by_unit") == Resolved.NO and bool(given.get("unresolved_reason")))
    ),
    waived=True,
)
EVIDENCE_THERE = Guard(
    "请附材料，或写明没有材料的原因",
    lambda facts, given: not facts.needs_every_guard or bool(given.get("evidence")),
    waived=True,
)
POLICY_CITED = Guard(
    "请写明依据的文件和文号；没有就写“无”",
    lambda facts, given: not facts.needs_every_guard or bool(given.get("policy")),
    waived=True,
)
NOTE_WRITTEN = Guard(
    "请写内部办理情况", lambda facts, given: not facts.needs_every_guard or bool(given.get("note")), waived=True
)
STATEMENT_TAKEN = Guard(
    "请先听取当事人的陈述",
    lambda facts, given: (
        not any(one.is_live and one.person is not None for one in facts.subjects)
        or facts.kind is AppealKind.REPORT
        or facts.history.statement_taken
    ),
    waived=True,
)
ASSISTING_IN = Guard("协办单位还没有反馈", lambda facts, given: not facts.assisting_pending, waived=True)
CHECKED = Guard("请逐项核对后再通过", _said("checked"), waived=True)
DEFECTS_NAMED = Guard("请逐条写明哪里不合格", _said("reason"))
CALL_NEUTRAL = Guard(
    "接通后，三个问题都要问",
    lambda facts, given: (
        not given.get("reached")
        or (
            given.get("contacted") in (True, False)
            and given.get("resolved") in (True, False)
            and given.get("satisfaction")
            in (Satisfaction.SATISFIED, Satisfaction.BASICALLY, Satisfaction.DISSATISFIED, Satisfaction.NOT_RATED)
        )
    ),
)
CALL_REASONS = Guard(
    "没有联系、没有解决或不满意，要记下原因",
    lambda facts, given: not given.get("reached") or not _is_bad(given) or bool(given.get("reason")),
)
CALL_ANSWERED = Guard("还没有答复，不能回访", lambda facts, given: facts.history.delivered_at is not None)
ROOM_FOR_REWORK = Guard(
    "已经退办两次，要由上一级决定",
    lambda facts, given: facts.history.reworks < facts.rework_cap or bool(given.get("by_above")),
)
CALL_SAYS_NO = Guard(
    "回访没有说未联系、未解决或不满意，家长也没有提出异议",
    lambda facts, given: (
        Flag.DISPUTED in facts.flags or (facts.history.valid_callback is not None and _is_unhappy(facts))
    ),
)
CALL_DONE = Guard(
    "还没有有效回访，也没有满足联系不上的条件",
    lambda facts, given: (
        facts.history.valid_callback is not None
        or callbacks.is_unreachable(facts.history.tries)
        or (not facts.history.callback_required and Flag.DISPUTED in facts.flags)
    ),
    waived=True,
)
FIVE_FIELDS = Guard(
    "五个办结项要逐项填写",
    lambda facts, given: all(check(facts, given) for check in FIVE),
)
CLOSING_REASON = Guard(
    "家长不满意或有异议，要写明不再重办的理由",
    lambda facts, given: not (Flag.DISPUTED in facts.flags or _is_unhappy(facts)) or bool(given.get("reason")),
)
NOT_SAMPLED = Guard("这件要先回访", lambda facts, given: not facts.history.callback_required)
WINDOW_PASSED = Guard("异议期还没有过", lambda facts, given: not facts.dispute_window)
IN_DISPUTE_WINDOW = Guard(
    "已过提出异议的期限", lambda facts, given: facts.state is State.CALLBACK or facts.dispute_window
)
ONE_DISPUTE = Guard(
    "这一轮已经提出过异议",
    lambda facts, given: facts.history.round + facts.history.reworks not in facts.history.disputed_rounds,
)
ONE_RATING = Guard(
    "这一轮已经评价过",
    lambda facts, given: facts.history.round + facts.history.reworks not in facts.history.rated_rounds,
)
RATING_VALID = Guard(
    "请选满意、基本满意或不满意",
    lambda facts, given: (
        given.get("satisfaction") in (Satisfaction.SATISFIED, Satisfaction.BASICALLY, Satisfaction.DISSATISFIED)
    ),
)
IN_REOPEN_WINDOW = Guard(
    "已过重新办理的期限", lambda facts, given: facts.reopen_window or bool(given.get("false_closure"))
)
REOPEN_LIMIT = Guard(
    "已经重新办理过两次，要由上一级决定",
    lambda facts, given: facts.history.reopens < facts.reopen_cap or bool(given.get("by_above")),
)
SECOND_PERSON = Guard(
    "这一步要由另一个人复核",
    lambda facts, given: given.get("reviews") in {a.sequence for a in facts.history.unreviewed},
)
PETITION_NUMBER = Guard(
    "标为信访转办件要填来文编号",
    lambda facts, given: not given.get("is_petition") or bool(given.get("document_number")),
)
SOMETHING_NEW = Guard("分类没有变", _said("is_change"))
MATCHED = Guard("请从名册中选人或单位", _said("matched"))
CALLED_BACK = Guard("要先按登记的号码回拨核对", _said("called_back"))
CONTACT_ON_RECORD = Guard("没有联系记录", lambda facts, given: facts.history.has_contact)
WORDS = Guard("请写几句", _said("message"))
SIGNAL = Guard("请选红线类别", _said("signal"))
REPORTED_TO = Guard("请写报告给谁、什么时间", _said("reported_to"))
DEMAND = Guard("请写督办要求和期限", lambda facts, given: bool(given.get("demand")) and bool(given.get("due_at")))
RESULT = Guard("请写督办结果", _said("reason"))
PERSON_NAMED = Guard("请选经办人", lambda facts, given: given.get("in_charge") is not None)
NOT_THE_SUBJECT = Guard("这个人要回避", lambda facts, given: not given.get("conflict", True))
QUESTION = Guard("请写要问的内容", _said("question"))
STATEMENT = Guard("请写陈述内容", _said("statement"))
CONTRIBUTION = Guard("请写协办情况", lambda facts, given: bool(given.get("note")))
RUN_OUT = Guard("72 小时还没有过", _said("passed"))
ABOUT_A_PERSON = Guard("没有被反映的人", lambda facts, given: facts.has_subject)
NOT_THE_RUNG = Guard(
    "已经提到这一级",
    lambda facts, given: given.get("watching") is not None and given["watching"] not in facts.history.watched_by,
)

LONGEST_UNMASK_HOURS: Final = 72
FEWEST_WORDS: Final = 5
NOT_ANONYMOUS = Guard("匿名的诉求没有身份可看", lambda facts, given: facts.privacy is not PrivacyMode.ANONYMOUS)
IDENTITY_LEFT = Guard("家长没有留下姓名和电话", _said("has_identity"))
PURPOSE_NAMED = Guard("请选查看的用途", _is_one_of("purpose", UnmaskPurpose))
REASON_TOLD = Guard("请写明理由，至少五个字", lambda facts, given: len(str(given["reason"]).strip()) >= FEWEST_WORDS)
FIELDS_NAMED = Guard(
    "请选要看哪几项",
    lambda facts, given: bool(given.get("fields")) and set(given["fields"]) <= {part.value for part in ContactField},
)
SPAN_SHORT = Guard("最多看三天", lambda facts, given: 0 < int(given.get("hours") or 0) <= LONGEST_UNMASK_HOURS)
UNMASK_ASKED = Guard("没有等批的申请", lambda facts, given: facts.history.unmask_ask is not None)
EXCLUSION_GROUND = Guard("请选剔除的理由", _is_one_of("ground", ExclusionGround))
TWO_DECIDED = Guard(
    "剔除要由学校和县中心两个人先后决定",
    lambda facts, given: bool(given.get("first")) and bool(given.get("second")) and given["first"] != given["second"],
)
STILL_COUNTED = Guard("这件已经剔除", lambda facts, given: facts.history.counted)
LEFT_OUT = Guard("这件没有剔除", lambda facts, given: not facts.history.counted)
COUNTING_STAYS = Guard(
    "纳不纳入考核在办结时不能改，要剔除的另走申请", lambda facts, given: given.get("counted") == facts.history.counted
)
EARLIER_NAMED = Guard("请写前一件的编号", _said("repeat_of"))
IS_EARLIER = Guard("前一件要是同一所学校更早收到的另一件", _said("is_earlier"))
NEWLY_LINKED = Guard("已经标过是这一件的重复", lambda facts, given: given.get("repeat_of") != facts.history.repeat_of)
LINKED = Guard("没有标为重复诉求", lambda facts, given: facts.history.repeat_of is not None)
NEVER_RED = Guard("红线事项不单件公开", lambda facts, given: not facts.history.was_red)
NO_REPORT = Guard("举报不单件公开", lambda facts, given: not facts.is_sealed and not facts.history.was_report)
STANDS = Guard("家长有异议，先处理完", lambda facts, given: Flag.DISPUTED not in facts.flags)
NOT_PUBLIC = Guard("这件已经公开", lambda facts, given: not facts.history.is_published)
IS_PUBLIC = Guard("这件没有公开", lambda facts, given: facts.history.is_published)
TWO_PENS = Guard(
    "起草的人不能自己同意公开",
    lambda facts, given: given.get("drafter") is not None and given["drafter"] != given.get("approver"),
)
ERASED_ONCE = Guard("已经清除过", lambda facts, given: not facts.history.is_erased)

FIVE: tuple[Check, ...] = (
    _is_one_of("resolved_by_unit", Resolved),
    _is_one_of("resolved_by_callback", Resolved),
    _is_one_of("satisfaction", Satisfaction),
    _is_one_of("finding", Finding),
    lambda facts, given: given.get("counted") in (True, False),
)


def _is_bad(given: Given) -> bool:
    return (
        given.get("contacted") is False
        or given.get("resolved") is False
        or given.get("satisfaction") == Satisfaction.DISSATISFIED
    )


def _is_unhappy(facts: CaseFacts) -> bool:
    call = facts.history.valid_callback
    return call is not None and (
        call.contacted is False or call.resolved is False or call.satisfaction == Satisfaction.DISSATISFIED
    )


A, S, F = Action, State, Flag
WORK = states(S.DISPATCHED, S.HANDLING)
UNMASKED_IN = states(S.DISPATCHED, S.HANDLING, S.ANSWERED, S.CALLBACK, S.DEFERRED, S.JOINED, S.CLOSED)
FULL_ANSWER = (
    REPLY,
    ITEMS_ANSWERED,
    CONTACT_MADE,
    FINDING_SET,
    OUTCOME_SET,
    EVIDENCE_THERE,
    POLICY_CITED,
    NOTE_WRITTEN,
    STATEMENT_TAKEN,
    ASSISTING_IN,
)
REVIEWERS = STAFF | {ActorKind.IMPORT}

TABLE: tuple[Row, ...] = (
    Row(A.REGISTER, None, S.RECEIVED, by=STAFF | APPELLANT | TIMER | {ActorKind.IMPORT}),
    Row(A.MARK_SAFETY, OPEN, None, forbids=flags(F.SAFETY), sets=flags(F.SAFETY), guards=(SIGNAL,), by=STAFF),
    Row(A.CLEAR_SAFETY, OPEN, None, needs=flags(F.SAFETY), clears=flags(F.SAFETY), guards=(REASON,), by=STAFF),
    Row(A.RECORD_REPORT, OPEN, None, needs=flags(F.SAFETY), guards=(REPORTED_TO,), by=STAFF),
    Row(
        A.REFUSE,
        states(S.RECEIVED),
        S.REFUSED,
        sets=flags(F.UNREVIEWED),
        clears=flags(F.PAUSED, F.WITHDRAW_PENDING),
        guards=(NO_RED_LINE, REFUSAL_GROUND, REASON, ROUTE_NAMED),
        by=STAFF,
    ),
    Row(
        A.REFER_OUT,
        states(S.RECEIVED),
        S.REFERRED,
        sets=flags(F.UNREVIEWED),
        clears=flags(F.PAUSED, F.WITHDRAW_PENDING),
        guards=(REPORTED_FIRST, ROUTE_NAMED, REASON),
        by=STAFF,
    ),
    Row(A.JOIN, states(S.RECEIVED), S.JOINED, guards=(MAIN_OPEN, WALLS_AGREE, REASON), by=STAFF),
    Row(A.UNJOIN, states(S.JOINED), S.RECEIVED, guards=(REASON,), by=STAFF | APPELLANT),
    Row(A.UNJOIN, states(S.JOINED), FORMER, by=TIMER),
    Row(A.SPLIT, states(S.RECEIVED), None, guards=(READ_FIRST, TWO_ITEMS, REASON), by=STAFF),
    Row(
        A.ANSWER_AT_ONCE,
        states(S.RECEIVED),
        S.CALLBACK,
        forbids=flags(F.WITHDRAW_PENDING),
        clears=flags(F.PAUSED),
        guards=(QUICK_KIND, NO_RED_LINE, NO_NEW_NAME, REPLY),
        by=STAFF,
    ),
    Row(
        A.DISPATCH,
        states(S.RECEIVED, S.DISPATCHED, S.HANDLING),
        S.DISPATCHED,
        forbids=flags(F.DECLINE_PENDING),
        clears=flags(F.PAUSED, F.EXTENSION_PENDING, F.DEFERRAL_PENDING),
        guards=(
            NAMES_SETTLED,
            LEAD_NAMED,
            LEAD_NOT_NEAR,
            REPORT_HAS_SUMMARY,
            SUMMARY_BY_A_READER,
            RULING_BY_ABOVE,
        ),
    ),
    Row(A.ACKNOWLEDGE, states(S.DISPATCHED), S.HANDLING, forbids=flags(F.DECLINE_PENDING)),
    Row(
        A.DECLINE,
        WORK,
        None,
        forbids=flags(F.DECLINE_PENDING, F.DESIGNATED, F.EXTENSION_PENDING, F.DEFERRAL_PENDING),
        sets=flags(F.DECLINE_PENDING),
        guards=(NO_SECOND_DECLINE, DECLINE_IN_TIME, DECLINE_DETAIL, REASON),
        by=STAFF,
    ),
    Row(
        A.APPROVE_DECLINE,
        WORK,
        S.RECEIVED,
        needs=flags(F.DECLINE_PENDING),
        clears=flags(F.DECLINE_PENDING, F.PAUSED),
        guards=(REASON,),
        by=STAFF,
    ),
    Row(
        A.REJECT_DECLINE,
        WORK,
        None,
        needs=flags(F.DECLINE_PENDING),
        clears=flags(F.DECLINE_PENDING),
        guards=(REASON,),
        by=STAFF,
    ),
    Row(A.ASSIGN, WORK, None, guards=(PERSON_NAMED, NOT_THE_SUBJECT), by=STAFF),
    Row(A.CONTACT, WORK, None, by=STAFF),
    Row(A.ASK, OPEN, None, guards=(QUESTION,), by=STAFF),
    Row(A.ASSIST, WORK, None, guards=(CONTRIBUTION,), by=STAFF),
    Row(A.TAKE_STATEMENT, states(S.HANDLING), None, guards=(ABOUT_A_PERSON, STATEMENT), by=STAFF),
    Row(
        A.PAUSE,
        states(S.RECEIVED, S.HANDLING),
        None,
        forbids=flags(F.PAUSED, F.DECLINE_PENDING),
        sets=flags(F.PAUSED, F.UNREVIEWED),
        guards=(NO_RED_LINE, REASON, PAUSE_QUESTION, PAUSE_CAP),
        by=STAFF,
    ),
    Row(
        A.RESUME,
        states(S.RECEIVED, S.HANDLING),
        None,
        needs=flags(F.PAUSED),
        clears=flags(F.PAUSED),
        by=STAFF | APPELLANT | TIMER,
    ),
    Row(
        A.REQUEST_EXTENSION,
        states(S.HANDLING),
        None,
        forbids=flags(F.EXTENSION_PENDING, F.DEFERRAL_PENDING, F.DECLINE_PENDING),
        sets=flags(F.EXTENSION_PENDING),
        guards=(REASON, LATER_DATE, EXTENSION_BEFORE_DUE, EXTENSION_ONCE, WITHIN_OUTER, WITHIN_LENGTH),
        by=STAFF,
    ),
    Row(
        A.APPROVE_EXTENSION,
        states(S.HANDLING),
        None,
        needs=flags(F.EXTENSION_PENDING),
        sets=flags(F.EXTENDED),
        clears=flags(F.EXTENSION_PENDING),
        guards=(LATER_DATE, WITHIN_OUTER, WITHIN_LENGTH),
        by=STAFF,
    ),
    Row(
        A.REJECT_EXTENSION,
        states(S.HANDLING),
        None,
        needs=flags(F.EXTENSION_PENDING),
        clears=flags(F.EXTENSION_PENDING),
        guards=(REASON,),
        by=STAFF,
    ),
    Row(
        A.REQUEST_DEFERRAL,
        states(S.HANDLING),
        None,
        forbids=flags(F.DEFERRAL_PENDING, F.EXTENSION_PENDING, F.DECLINE_PENDING),
        sets=flags(F.DEFERRAL_PENDING),
        guards=(NO_RED_LINE, DEFERRAL_PLAN, EXTENSION_BEFORE_DUE),
        by=STAFF,
    ),
    Row(
        A.DEFER,
        states(S.HANDLING),
        S.DEFERRED,
        needs=flags(F.DEFERRAL_PENDING),
        clears=flags(F.DEFERRAL_PENDING, F.PAUSED),
        guards=(NO_RED_LINE, DEFERRAL_PLAN, EXTENSION_BEFORE_DUE),
        by=STAFF,
    ),
    Row(
        A.REJECT_DEFERRAL,
        states(S.HANDLING),
        None,
        needs=flags(F.DEFERRAL_PENDING),
        clears=flags(F.DEFERRAL_PENDING),
        guards=(REASON,),
        by=STAFF,
    ),
    Row(A.UNDEFER, states(S.DEFERRED), S.HANDLING, by=STAFF | TIMER),
    Row(
        A.ANSWER,
        states(S.HANDLING),
        S.ANSWERED,
        forbids=flags(F.PAUSED, F.DECLINE_PENDING, F.EXTENSION_PENDING, F.DEFERRAL_PENDING),
        guards=FULL_ANSWER,
        by=REVIEWERS,
    ),
    Row(A.APPROVE_ANSWER, states(S.ANSWERED), S.CALLBACK, guards=(CHECKED,), by=REVIEWERS),
    Row(A.APPROVE_ANSWER, states(S.JOINED), None, by=TIMER),
    Row(A.SEND_BACK, states(S.ANSWERED), S.HANDLING, guards=(DEFECTS_NAMED, ROOM_FOR_REWORK), by=STAFF),
    Row(
        A.SEND_BACK,
        states(S.CALLBACK),
        S.HANDLING,
        clears=flags(F.DISPUTED),
        guards=(REASON, CALL_SAYS_NO, ROOM_FOR_REWORK),
        by=STAFF,
    ),
    Row(
        A.SEND_BACK,
        states(S.CLOSED),
        S.HANDLING,
        needs=flags(F.DISPUTED),
        clears=flags(F.DISPUTED),
        guards=(REASON, ROOM_FOR_REWORK),
        by=STAFF,
    ),
    Row(
        A.CALL_BACK,
        states(S.CALLBACK, S.JOINED),
        None,
        guards=(CALL_ANSWERED, CALL_NEUTRAL, CALL_REASONS),
        by=STAFF,
    ),
    Row(
        A.CLOSE,
        states(S.CALLBACK),
        S.CLOSED,
        forbids=flags(F.UNREVIEWED),
        clears=flags(F.DISPUTED, F.WITHDRAW_PENDING),
        guards=(CALL_DONE, FIVE_FIELDS, COUNTING_STAYS, CLOSING_REASON),
        by=REVIEWERS,
    ),
    Row(
        A.CLOSE,
        states(S.CLOSED),
        None,
        needs=flags(F.DISPUTED),
        clears=flags(F.DISPUTED),
        guards=(FIVE_FIELDS, COUNTING_STAYS, CLOSING_REASON),
        by=STAFF,
    ),
    Row(
        A.CLOSE,
        states(S.CALLBACK),
        S.CLOSED,
        forbids=flags(F.DISPUTED, F.UNREVIEWED, F.SAFETY),
        clears=flags(F.WITHDRAW_PENDING),
        guards=(QUICK_KIND, NOT_SAMPLED, WINDOW_PASSED),
        by=TIMER,
    ),
    Row(
        A.RATE,
        states(S.CALLBACK, S.CLOSED, S.JOINED),
        None,
        guards=(CALL_ANSWERED, RATING_VALID, ONE_RATING),
        by=APPELLANT,
    ),
    Row(
        A.DISPUTE,
        states(S.CALLBACK, S.CLOSED),
        None,
        forbids=flags(F.DISPUTED),
        sets=flags(F.DISPUTED),
        guards=(IN_DISPUTE_WINDOW, ONE_DISPUTE),
        by=APPELLANT,
    ),
    Row(
        A.DISPUTE_CONTACT,
        OPEN | {S.CLOSED},
        None,
        guards=(CONTACT_ON_RECORD,),
        by=APPELLANT,
    ),
    Row(
        A.REOPEN,
        states(S.CLOSED),
        S.RECEIVED,
        clears=flags(F.DISPUTED, F.EXTENDED, F.DESIGNATED),
        guards=(REASON, IN_REOPEN_WINDOW, REOPEN_LIMIT),
        by=STAFF,
    ),
    Row(
        A.WITHDRAW,
        OPEN,
        None,
        forbids=flags(F.WITHDRAW_PENDING, F.SAFETY),
        sets=flags(F.WITHDRAW_PENDING),
        by=STAFF | APPELLANT,
        guards=(REASON,),
    ),
    # A red line outlives the wish to withdraw: it is recorded, the work goes on.
    Row(A.WITHDRAW, OPEN, None, needs=flags(F.SAFETY), guards=(REASON,), by=STAFF | APPELLANT),
    Row(
        A.WITHDRAW,
        OPEN,
        S.WITHDRAWN,
        needs=flags(F.WITHDRAW_PENDING),
        forbids=flags(F.SAFETY),
        clears=flags(F.WITHDRAW_PENDING, F.PAUSED, F.DECLINE_PENDING, F.EXTENSION_PENDING, F.DEFERRAL_PENDING),
        guards=(RUN_OUT,),
        by=TIMER,
    ),
    Row(
        A.UNDO_WITHDRAW,
        OPEN,
        None,
        needs=flags(F.WITHDRAW_PENDING),
        clears=flags(F.WITHDRAW_PENDING),
        by=APPELLANT | TIMER,
    ),
    Row(A.CONFIRM, frozenset(State), None, needs=flags(F.UNREVIEWED), guards=(SECOND_PERSON,), by=STAFF),
    Row(
        A.OVERTURN,
        frozenset(State),
        FORMER,
        needs=flags(F.UNREVIEWED),
        guards=(SECOND_PERSON, REASON),
        by=STAFF,
    ),
    Row(
        A.RECLASSIFY,
        states(S.RECEIVED, S.HANDLING),
        None,
        sets=flags(F.UNREVIEWED),
        guards=(REASON, SOMETHING_NEW, PETITION_NUMBER),
        by=STAFF,
    ),
    Row(A.NAME_SUBJECT, OPEN, None, guards=(MATCHED,), by=STAFF),
    Row(A.DISMISS_SUBJECT, OPEN, None, guards=(REASON,), by=STAFF),
    Row(A.RECUSE, OPEN, None, guards=(REASON,), by=STAFF),
    Row(A.ADD_MESSAGE, OPEN | {S.JOINED, S.CLOSED}, None, guards=(WORDS,), by=STAFF | APPELLANT),
    Row(A.REPLACE_CODE, frozenset(State), None, guards=(CALLED_BACK,), by=STAFF),
    Row(A.HAND_OVER, OPEN, None, by=STAFF | TIMER),
    Row(A.ESCALATE, OPEN, None, sets=flags(F.ESCALATED), guards=(NOT_THE_RUNG,), by=STAFF | APPELLANT | TIMER),
    Row(A.SUPERVISE, OPEN, None, forbids=flags(F.SUPERVISED), sets=flags(F.SUPERVISED), guards=(DEMAND,), by=STAFF),
    Row(
        A.LIFT_SUPERVISION,
        frozenset(State),
        None,
        needs=flags(F.SUPERVISED),
        clears=flags(F.SUPERVISED),
        guards=(RESULT,),
        by=STAFF,
    ),
    Row(A.REMIND, OPEN, None, by=STAFF | TIMER),
    Row(
        A.REQUEST_UNMASK,
        UNMASKED_IN,
        None,
        guards=(NOT_ANONYMOUS, IDENTITY_LEFT, PURPOSE_NAMED, REASON_TOLD, FIELDS_NAMED, SPAN_SHORT),
        by=STAFF,
    ),
    Row(A.APPROVE_UNMASK, UNMASKED_IN, None, guards=(UNMASK_ASKED,), by=STAFF),
    Row(A.REJECT_UNMASK, UNMASKED_IN, None, guards=(UNMASK_ASKED, REASON), by=STAFF),
    Row(A.UNMASK, UNMASKED_IN, None, guards=(NOT_ANONYMOUS, IDENTITY_LEFT), by=STAFF),
    Row(
        A.NAME_READER,
        frozenset(State),
        None,
        guards=(IS_SEALED, NOT_YET_A_READER, A_SEAT_IS_FREE, MAY_BE_A_READER, REPLACED_FOR_A_REASON),
        by=STAFF,
    ),
    Row(A.READ_ORIGINAL, frozenset(State), None, guards=(IS_SEALED,), by=STAFF),
    Row(A.SUMMARISE, OPEN | {S.JOINED}, None, guards=(IS_SEALED, SUMMARY_WRITTEN), by=STAFF),
    Row(A.ERASE, FINAL, None, guards=(ERASED_ONCE,), by=TIMER),
    Row(
        A.EXCLUDE,
        states(S.CALLBACK, S.CLOSED),
        None,
        guards=(STILL_COUNTED, EXCLUSION_GROUND, TWO_DECIDED, REASON),
        by=STAFF,
    ),
    Row(A.INCLUDE, states(S.CALLBACK, S.CLOSED), None, guards=(LEFT_OUT, REASON), by=STAFF),
    Row(
        A.LINK_REPEAT,
        frozenset(State),
        None,
        guards=(EARLIER_NAMED, IS_EARLIER, NEWLY_LINKED, REASON),
        by=STAFF,
    ),
    Row(A.UNLINK_REPEAT, frozenset(State), None, guards=(LINKED, REASON), by=STAFF),
    Row(
        A.PUBLISH,
        states(S.CLOSED),
        None,
        guards=(NEVER_RED, NO_REPORT, STANDS, ERASED_ONCE, NOT_PUBLIC, TWO_PENS),
        by=STAFF,
    ),
    Row(A.TAKE_DOWN, frozenset(State), None, guards=(IS_PUBLIC, REASON), by=STAFF),
)


def rows_for(action: Action, facts: CaseFacts, kind: ActorKind) -> tuple[Row, ...]:
    """The rows that fit where the appeal stands and who acts; at most one for a well-made table."""
    return tuple(row for row in TABLE if row.action is action and _fits(row, facts, kind))


def _fits(row: Row, facts: CaseFacts, kind: ActorKind) -> bool:
    here = facts.state is None if row.sources is None else facts.state in row.sources
    return here and kind in row.by and row.needs <= facts.flags and not (row.forbids & facts.flags)


def is_open_to(action: Action, facts: CaseFacts, kind: ActorKind) -> bool:
    """Whether the table has a line for this step here, whatever its guards will say."""
    return bool(rows_for(action, facts, kind))


def after(facts: CaseFacts, action: Action, given: Given, *, kind: ActorKind) -> Next:
    """Where the appeal stands after the step; `NotPossible` with the reason when a guard does not hold."""
    rows = rows_for(action, facts, kind)
    if not rows:
        raise NotPossible("这件事现在不能做这一步，请刷新后再看")
    row = rows[0]
    failed = tuple(guard for guard in row.guards if not guard.holds(facts, given))
    strict = tuple(guard for guard in failed if not (guard.waived and Flag.IMPORTED in facts.flags))
    if strict:
        raise NotPossible("；".join(guard.says for guard in strict))
    return Next(_target(row, facts, given), _flags(row, facts, given), tuple(guard.says for guard in failed))


def _target(row: Row, facts: CaseFacts, given: Given) -> State:
    if row.target == FORMER:
        return State(given["former_state"])
    return State(row.target) if row.target is not None else State(facts.state or State.RECEIVED)


def _flags(row: Row, facts: CaseFacts, given: Given) -> frozenset[Flag]:
    cleared = row.clears | frozenset(given.get("clear_flags", ()))
    left = (facts.flags - cleared) | row.sets | frozenset(given.get("set_flags", ()))
    if row.action in (Action.CONFIRM, Action.OVERTURN) and len(facts.history.unreviewed) <= 1:
        left -= {Flag.UNREVIEWED}
    return left


# Guards that ask of the appeal alone: where one does not hold, no form can help.
OF_THE_APPEAL: Final = frozenset(
    {
        NO_RED_LINE, NAMES_SETTLED, NO_NEW_NAME, NO_SECOND_DECLINE, DECLINE_IN_TIME, EXTENSION_BEFORE_DUE,
        EXTENSION_ONCE, PAUSE_CAP, REPORTED_FIRST, QUICK_KIND, CALL_ANSWERED, CALL_SAYS_NO, CALL_DONE, ONE_DISPUTE,
        ONE_RATING, IN_DISPUTE_WINDOW, CONTACT_ON_RECORD, ABOUT_A_PERSON, NOT_ANONYMOUS, UNMASK_ASKED, ERASED_ONCE,
        IS_SEALED, STILL_COUNTED, LEFT_OUT, LINKED, NEVER_RED, NO_REPORT, STANDS, NOT_PUBLIC, IS_PUBLIC,
    }
)  # fmt: skip


def obstacles(action: Action, facts: CaseFacts, *, kind: ActorKind) -> tuple[str, ...]:
    """What stands in the way of a step whatever is written: its button is not drawn."""
    rows = rows_for(action, facts, kind)
    return tuple(guard.says for guard in rows[0].guards if _bars(guard, facts)) if rows else ()


def _bars(guard: Guard, facts: CaseFacts) -> bool:
    is_waived = guard.waived and Flag.IMPORTED in facts.flags
    return guard in OF_THE_APPEAL and not is_waived and not guard.holds(facts, {})
