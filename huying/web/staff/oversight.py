"""Steps of those who watch: red lines and their duties, supervision, reminders, the tier above; and the lost code."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import identities
from huying.appeals.actions.clear_safety import clear_safety
from huying.appeals.actions.escalate import escalate
from huying.appeals.actions.lift_supervision import lift_supervision
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.record_report import record_report
from huying.appeals.actions.remind import remind
from huying.appeals.actions.replace_code import replace_code
from huying.appeals.actions.supervise import supervise
from huying.people import keys
from huying.people import queries as people
from huying.rules import numbers
from huying.rules.enums import Action, RedLine
from huying.vault import codes
from huying.web.components import moments
from huying.web.staff import asking
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm

TO_WHOM = (
    gettext_lazy("公安机关"),
    gettext_lazy("县教体局"),
    gettext_lazy("县教育惠民服务中心"),
    gettext_lazy("孩子的监护人"),
    gettext_lazy("卫生健康部门"),
)


class MarkSafetyForm(StepForm):
    signal = asking.pick(gettext_lazy("是哪一类"), RedLine)

    def given(self) -> Given:
        return {"signal": self.cleaned_data["signal"]}


class RecordReportForm(StepForm):
    """To whom the duty report went, and when."""

    reported_to = forms.ChoiceField(
        label=gettext_lazy("报告给谁"), choices=[(str(one), one) for one in TO_WHOM], widget=forms.RadioSelect
    )
    reported_at = forms.DateTimeField(
        label=gettext_lazy("什么时间"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("时间写成 2026-11-24 10:30 这样")},
    )

    def prepare(self) -> None:
        self.fields["reported_at"].initial = moments.local(self.file.at).replace(tzinfo=None)

    def clean_reported_at(self) -> Any:
        if self.cleaned_data["reported_at"] > self.file.at:
            raise forms.ValidationError(_("报告时间不能晚于现在"))
        return self.cleaned_data["reported_at"]

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("reported_to", "reported_at")}


class SuperviseForm(StepForm):
    demand = asking.text(gettext_lazy("督办要求"), rows=3)
    due_on = asking.day(gettext_lazy("哪天以前"))
    reason = asking.text(gettext_lazy("理由"), rows=2)

    def given(self) -> Given:
        asked = self.cleaned_data
        due_at = asking.end_of(asked["due_on"], self.file)
        return {"demand": asked["demand"], "due_at": due_at, "reason": asked["reason"]}


class LiftSupervisionForm(ReasonForm):
    reason = asking.text(gettext_lazy("督办结果"), rows=3)


class EscalateForm(StepForm):
    to = asking.UnitField(label=gettext_lazy("提到哪一级"))
    cause = asking.line(gettext_lazy("为什么"))

    def prepare(self) -> None:
        appeal = self.file.appeal
        lowest = appeal.lead_unit or appeal.place
        above = people.units_above(lowest.path)
        self.fields["to"].choices = asking.unit_choices(above, self.file, but=[lowest.pk])

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("to", "cause")}


class ReplaceCodeForm(StepForm):
    """The number the caller names must be the one that was left, and it is called back before the new code is read."""

    phone = forms.CharField(
        label=gettext_lazy("家长说的电话"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    called_back = forms.BooleanField(
        label=gettext_lazy("已挂断，按这个号码打回去，接电话的是本人"),
        error_messages={"required": gettext_lazy("要先打回去核对")},
    )

    def clean_phone(self) -> str:
        if not identities.has_phone(self.file.appeal, self.cleaned_data["phone"]):
            raise forms.ValidationError(_("和登记的号码对不上，不能换发"))
        return self.cleaned_data["phone"]

    def given(self) -> Given:
        self.code = numbers.receipt_code(secrets.randbelow)
        kept = codes.code_digest(keys.ring(), self.code)
        return {"digest": kept.digest, "key": kept.key_id, "called_back": True}


STEPS = (
    Step(
        Action.MARK_SAFETY,
        mark_safety,
        MarkSafetyForm,
        done=gettext_lazy("已标为红线，校长和县中心已收到。"),
        hint=gettext_lazy("孩子正有危险，先打 110 或 120。"),
    ),
    Step(Action.CLEAR_SAFETY, clear_safety, ReasonForm),
    Step(Action.RECORD_REPORT, record_report, RecordReportForm, done=gettext_lazy("已登记。")),
    Step(Action.SUPERVISE, supervise, SuperviseForm),
    Step(Action.LIFT_SUPERVISION, lift_supervision, LiftSupervisionForm),
    Step(Action.REMIND, remind, is_one_click=True),
    Step(Action.ESCALATE, escalate, EscalateForm),
    Step(
        Action.REPLACE_CODE,
        replace_code,
        ReplaceCodeForm,
        hint=gettext_lazy("旧查询码马上作废。新码只显示一次，念给对方听。"),
    ),
)
