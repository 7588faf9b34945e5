"""One story, step by step, as the people of the county would take it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from huying.appeals import queries
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.answer import Draft, answer
from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.close import Closing, close
from huying.appeals.actions.confirm import confirm
from huying.appeals.actions.contact import contact
from huying.appeals.actions.decline import decline
from huying.appeals.actions.defer import defer
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.pause import pause
from huying.appeals.actions.rate import rate
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.record_report import record_report
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.send_back import send_back
from huying.appeals.actions.supervise import supervise
from huying.appeals.actions.withdraw import take_effect, withdraw
from huying.ops.demo.county import County, School
from huying.ops.demo.matters import GOOD_REASON, MESSAGES, NOT_OURS, Matter
from huying.rules import workdays
from huying.rules.actors import TIMER, Actor, holder
from huying.rules.enums import (
    AppealKind,
    ContactWay,
    Finding,
    PauseReason,
    PostKind,
    RedLine,
    RefusalGround,
    Resolved,
    Satisfaction,
    UnitLevel,
)
from huying.rules.permissions import HEAD_OF_LEVEL

if TYPE_CHECKING:
    from huying.appeals.models import Appeal
    from huying.people.models import Unit


class Today(Exception):
    """The story has come to this moment: the rest lies in the future."""


@dataclass
class Pace:
    """The moment of a story; it moves in working time and never past now."""

    at: datetime
    now: datetime
    calendar: workdays.Calendar

    def after(self, hours: float) -> datetime:
        """So many working hours later."""
        self.at = workdays.add_working_time(self.calendar, self.at, timedelta(hours=hours))
        return self._checked()

    def later(self, **length: float) -> datetime:
        """So much ordinary time later."""
        self.at += timedelta(**length)
        return self._checked()

    def _checked(self) -> datetime:
        if self.at > self.now:
            raise Today
        return self.at


class Story:
    """What becomes of one appeal."""

    def __init__(
        self, appeal: "Appeal", matter: Matter, school: School, *, county: County, pace: Pace, draw: random.Random
    ) -> None:
        self.appeal, self.matter, self.school = appeal, matter, school
        self.county, self.pace, self.draw = county, pace, draw
        self.desk = county.acting(PostKind.DISPATCHER, school.unit)
        self.lead = self._lead()

    def walk(self, end: str) -> None:
        """The story goes to its end, or raises `Today` where it stands now."""
        if self.matter.topic == "bullying":
            # A red line is neither refused nor paused, put off or withdrawn.
            self._red_line()
            return self._closed()
        ends: dict[str, Callable[[], None]] = {
            "at_once": self._at_once,
            "refused": self._refused,
            "referred": self._referred,
            "withdrawn": self._withdrawn,
            "deferred": self._deferred,
            "declined": self._declined,
            "extended": self._extended,
            "paused": self._paused,
            "unhappy": self._unhappy,
            "disputed": self._disputed,
        }
        return ends.get(end, self._closed)()

    def _lead(self) -> "Unit":
        if self.matter.lead == "class" and self.appeal.klass is not None:
            return self.appeal.klass
        if self.matter.lead == "grade" and self.appeal.grade is not None:
            return self.appeal.grade
        return self.school.offices.get(self.matter.lead, self.school.unit)

    def _fresh(self) -> "Appeal":
        self.appeal = queries.get_for(TIMER, self.appeal.pk)
        return self.appeal

    def _head(self, unit: "Unit") -> Actor:
        return self.county.acting(HEAD_OF_LEVEL[UnitLevel(unit.level)], unit)

    def _reviewer(self) -> Actor:
        if self.lead.level == UnitLevel.CLASS and self.appeal.grade is not None:
            return self._head(self.appeal.grade)
        if self.lead.level == UnitLevel.SCHOOL:
            return self.county.acting(PostKind.COUNTY_SUPERVISOR, self.county.unit)
        return self.county.acting(PostKind.PRINCIPAL, self.school.unit)

    def _caller(self) -> Actor:
        """Where the school itself handled, somebody above it asks."""
        by_school = self.lead.level == UnitLevel.SCHOOL
        return self.county.acting(PostKind.CALLER, self.county.unit if by_school else self.school.unit)

    def _parent(self) -> Actor:
        return holder(receipt=self.appeal.receipt_id, appeals=frozenset({self.appeal.pk}))

    def _dispatched(self) -> None:
        at = self.pace.after(self.draw.uniform(0.2, 3))
        self._read_first(at=at)
        dispatch(self._fresh(), lead=self.lead, summary=self.matter.summary or self.matter.title, by=self.desk, at=at)

    def _read_first(self, *, at: datetime) -> None:
        """Whoever sums up a 举报 has opened its words, on record."""
        if self._fresh().kind == AppealKind.REPORT:
            read_original(self.appeal, by=self.desk, at=at)

    def _in_hand(self) -> Actor:
        self._dispatched()
        worker = self._head(self.lead)
        acknowledge(self._fresh(), by=worker, at=self.pace.after(self.draw.uniform(0.3, 4.5)))
        at = self.pace.after(self.draw.uniform(0.3, 7))
        way = self.draw.choice((ContactWay.PHONE, ContactWay.PHONE, ContactWay.VISIT, ContactWay.WECHAT))
        contact(self._fresh(), way=way, reached=True, note="说明了情况，家长同意等几天。", by=worker, at=at)
        if self.draw.random() < 0.15:
            message = self.draw.choice(MESSAGES)
            add_message(self._fresh(), message=message, by=self._parent(), at=self.pace.after(0.5))
        return worker

    def up_to_review(self, *, at: datetime) -> None:
        """Everything up to the answer happened today; the review is still to come."""
        self.pace = Pace(at - timedelta(minutes=40), at, self.pace.calendar)
        worker = self._head(self.lead)
        moment = self.pace.later(minutes=5)
        self._read_first(at=moment)
        dispatch(
            self._fresh(), lead=self.lead, summary=self.matter.summary or self.matter.title, by=self.desk, at=moment
        )
        acknowledge(self._fresh(), by=worker, at=self.pace.later(minutes=5))
        contact(self._fresh(), way=ContactWay.PHONE, reached=True, by=worker, at=self.pace.later(minutes=5))
        answer(self._fresh(), draft=self._draft(), by=worker, at=self.pace.later(minutes=10))

    def _draft(self) -> Draft:
        appeal = self._fresh()
        is_matter = self.matter.kind in (AppealKind.COMPLAINT, AppealKind.REPORT)
        return Draft(
            reply=self.matter.reply,
            items={item.pk: self.matter.reply for item in appeal.items.all()},
            finding=Finding.SUBSTANTIATED if is_matter else Finding.NOT_APPLICABLE,
            resolved=Resolved.YES,
            note="已核实并处理。" if is_matter else "",
            policy="无" if is_matter else "",
            evidence="现场核实，没有书面材料" if is_matter else "",
        )

    def _answered(self, worker: Actor) -> None:
        answer(self._fresh(), draft=self._draft(), by=worker, at=self.pace.after(self.draw.uniform(1, 22)))
        approve_answer(self._fresh(), checked=True, by=self._reviewer(), at=self.pace.after(self.draw.uniform(0.5, 6)))

    def _closed(self) -> None:
        self._answered(self._in_hand())
        self._rated_and_closed(Satisfaction.SATISFIED if self.draw.random() < 0.75 else Satisfaction.BASICALLY)

    def _rated_and_closed(self, satisfaction: Satisfaction) -> None:
        caller = self._caller()
        call = Call(reached=True, contacted=True, resolved=True, satisfaction=satisfaction)
        call_back(self._fresh(), call=call, by=caller, at=self.pace.after(self.draw.uniform(1, 10)))
        self._close(satisfaction, Resolved.YES, reason="")
        if self.draw.random() < 0.4:
            rate(self._fresh(), satisfaction=satisfaction, by=self._parent(), at=self.pace.later(hours=5))

    def _close(self, satisfaction: Satisfaction, resolved: Resolved, *, reason: str) -> None:
        appeal = self._fresh()
        closing = Closing(
            resolved_by_unit=Resolved.YES,
            resolved_by_callback=resolved,
            satisfaction=satisfaction,
            finding=Finding(appeal.finding or Finding.NOT_APPLICABLE),
            counted=True,
        )
        close(appeal, closing=closing, reason=reason, by=self.desk, at=self.pace.after(self.draw.uniform(0.2, 3)))

    def _unhappy(self) -> None:
        worker = self._in_hand()
        self._answered(worker)
        caller = self._caller()
        call = Call(reached=True, contacted=True, resolved=False, satisfaction=Satisfaction.DISSATISFIED)
        at = self.pace.after(self.draw.uniform(1, 8))
        call_back(self._fresh(), call=call, reason="家长说只好了两天。", by=caller, at=at)
        send_back(self._fresh(), reason="回访没有解决，请再办一次。", by=self.desk, at=self.pace.after(1))
        self._answered(worker)
        self._rated_and_closed(Satisfaction.BASICALLY)

    def _disputed(self) -> None:
        self._answered(self._in_hand())
        dispute(self._fresh(), reason="还是没有解决。", by=self._parent(), at=self.pace.after(3))
        send_back(self._fresh(), reason="家长有异议，请再办一次。", by=self.desk, at=self.pace.after(2))

    def _at_once(self) -> None:
        at = self.pace.after(0.2)
        answer_at_once(self._fresh(), reply=self.matter.reply, minutes=6, by=self.desk, at=at)

    def _refused(self) -> None:
        at = self.pace.after(2)
        refuse(
            self._fresh(),
            ground=RefusalGround.ALREADY_CONCLUDED,
            route="已于上月书面答复，如不服可向县教育惠民服务中心反映。",
            reason="同一件事已有结论，没有新的情况。",
            by=self.desk,
            at=at,
        )
        self._reviewed(often=0.6)

    def _referred(self) -> None:
        at = self.pace.after(2)
        route = "涉及校外道路，请打交警电话 122。"
        refer_out(self._fresh(), route=route, handed_over="已电话转告", reason="不归学校管。", by=self.desk, at=at)
        self._reviewed(often=0.6)

    def _reviewed(self, *, often: float = 1.0) -> None:
        """A second person confirms the act that was last; some still wait."""
        if self.draw.random() < often:
            act = queries.case_for(TIMER, self.appeal.pk, at=self.pace.at)[1].history.unreviewed[-1]
            by = self.county.acting(PostKind.PRINCIPAL, self.school.unit)
            confirm(self._fresh(), reviews=act.sequence, by=by, at=self.pace.after(6))

    def _withdrawn(self) -> None:
        withdraw(self._fresh(), reason="孩子说好了，先不麻烦老师。", by=self._parent(), at=self.pace.after(2))
        take_effect(self._fresh(), at=self.pace.later(hours=73))

    def _deferred(self) -> None:
        worker = self._in_hand()
        review_on = workdays.local_day(self.pace.at) + timedelta(days=45)
        said = {"plan": "列入寒假维修计划", "reason": "要等假期停课才能施工。", "review_on": review_on}
        request_deferral(self._fresh(), by=worker, at=self.pace.after(1), **said)
        defer(self._fresh(), by=self._decider(), at=self.pace.after(2), **said)

    def _decider(self) -> Actor:
        if self.lead.level == UnitLevel.SCHOOL:
            return self.county.acting(PostKind.COUNTY_SUPERVISOR, self.county.unit)
        return self.county.acting(PostKind.PRINCIPAL, self.school.unit)

    def _declined(self) -> None:
        self._dispatched()
        other = self.school.offices["总务处"]
        at = self.pace.after(2)
        head = self._head(self.lead)
        decline(self._fresh(), clause="分办规则第三条", suggested=other, reason=NOT_OURS, by=head, at=at)
        at = self.pace.after(self.draw.uniform(2, 12))
        approve_decline(self._fresh(), reason="同意改派。", by=self.desk, at=at)
        self.lead = other
        self._closed()

    def _extended(self) -> None:
        if self.appeal.channel.is_outer:
            # A sender's date is not ours to move.
            return self._closed()
        worker = self._in_hand()
        appeal = self._fresh()
        if appeal.due_at is None:
            return None
        later = self.pace.calendar.close_of(
            workdays.workday_after(self.pace.calendar, workdays.local_day(appeal.due_at), 2)
        )
        request_extension(appeal, due_at=later, reason=GOOD_REASON, by=worker, at=self.pace.after(0.5))
        approve_extension(self._fresh(), due_at=later, by=self._decider(), at=self.pace.after(1))
        self._answered(worker)
        return self._rated_and_closed(Satisfaction.SATISFIED)

    def _paused(self) -> None:
        worker = self._in_hand()
        pause(
            self._fresh(),
            ground=PauseReason.MORE_INFORMATION,
            question="请补充是哪一天、哪个教室。",
            reason="缺少时间地点。",
            by=worker,
            at=self.pace.after(1),
        )
        self._reviewed()
        add_message(self._fresh(), message="是周三下午，三楼。", by=self._parent(), at=self.pace.later(hours=20))
        self._answered(worker)
        self._rated_and_closed(Satisfaction.BASICALLY)

    def _red_line(self) -> None:
        mark_safety(self._fresh(), signal=RedLine.BULLYING, by=self.desk, at=self.pace.after(0.1))
        at = self.pace.after(0.3)
        record_report(self._fresh(), reported_to="县教体局、派出所", reported_at=at, by=self.desk, at=at)
        inspector = self.county.acting(PostKind.INSPECTOR, self.school.unit)
        due = self.pace.at + timedelta(days=10)
        demand = "十天内查清，保护好两边的孩子。"
        supervise(self._fresh(), demand=demand, due_at=due, reason="红线事项", by=inspector, at=self.pace.after(0.5))
