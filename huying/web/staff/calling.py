"""Steps after the answer: the call back with three questions, the closing with five fields, and the way back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals.actions.call_back import Call, call_back
from huying.appeals.actions.close import Closing, close
from huying.appeals.actions.reopen import reopen
from huying.appeals.actions.withdraw import withdraw
from huying.rules import callbacks
from huying.rules.enums import Action, ContactWay, Finding, Resolved, Satisfaction
from huying.rules.labels import label
from huying.web.staff import asking
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm

NOT_SAID = (Satisfaction.NOT_ASKED, Satisfaction.UNREACHABLE)


class CallBackForm(StepForm):
    """One attempt. Nothing is chosen beforehand, and the order and words are the same for everyone."""

    way = asking.pick(gettext_lazy("怎么回访的"), ContactWay, but=(ContactWay.WECHAT, ContactWay.LETTER))
    reached = asking.yes_no(gettext_lazy("接通了吗"), gettext_lazy("接通了"), gettext_lazy("没有接通"))
    contacted = asking.yes_no(
        gettext_lazy("学校联系过您吗"), gettext_lazy("联系过"), gettext_lazy("没有联系"), required=False
    )
    resolved = asking.yes_no(
        gettext_lazy("事情解决了吗"), gettext_lazy("解决了"), gettext_lazy("没有解决"), required=False
    )
    satisfaction = forms.TypedChoiceField(
        label=gettext_lazy("您满意吗"),
        choices=[(one.value, gettext_lazy(label(one))) for one in Satisfaction if one not in NOT_SAID],
        coerce=Satisfaction,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = asking.text(
        gettext_lazy("原因"),
        rows=2,
        required=False,
        hint=gettext_lazy("没联系、没解决或不满意时，照原话记，不写姓名和电话"),
    )
    as_written = asking.keep_as_written()

    def clean(self) -> None:
        """Someone who was reached is asked all three; what the others were is not asked."""
        if self.cleaned_data.get("reached"):
            for name in ("contacted", "resolved", "satisfaction"):
                if self.cleaned_data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("接通了就要问这一条"))
        asking.propose_masked(self, "reason")

    def given(self) -> Given:
        asked = self.cleaned_data
        answers = {name: asked[name] for name in ("contacted", "resolved", "satisfaction")} if asked["reached"] else {}
        return {"call": Call(reached=asked["reached"], way=asked["way"], **answers), "reason": asked["reason"]}

    @property
    def tries(self) -> str:
        """已试 2 次，还要在另一天或另一个时段再试."""
        tries = self.file.case.history.tries
        if not tries:
            return ""
        if callbacks.is_unreachable(tries):
            return _("已试 %(n)d 次，满足“联系不上”的条件，分办员可以办结。") % {"n": len(tries)}
        return _("已试 %(n)d 次没有接通。满 3 次、分在两天、上午下午都试过，才算联系不上。") % {"n": len(tries)}


class CloseForm(StepForm):
    """The five fields, one by one: what the unit said and what the call said stand beside them."""

    resolved_by_unit = asking.pick(gettext_lazy("单位说解决了吗"), Resolved)
    resolved_by_callback = asking.pick(gettext_lazy("回访说解决了吗"), Resolved)
    satisfaction = asking.pick(gettext_lazy("满意吗"), Satisfaction)
    finding = asking.pick(gettext_lazy("属实吗"), Finding, but=(Finding.NOT_RECORDED,))
    counted = forms.TypedChoiceField(
        label=gettext_lazy("纳入考核"),
        choices=[("yes", gettext_lazy("纳入"))],
        coerce=lambda value: value == "yes",
        help_text=gettext_lazy("要剔除的另走申请"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )
    reason = asking.text(
        gettext_lazy("不再重办的理由"),
        rows=2,
        required=False,
        hint=gettext_lazy("家长不满意或有异议时要写，家长会看到"),
    )

    def prepare(self) -> None:
        call = self.file.case.history.valid_callback
        if not self.file.case.history.counted:
            self.fields["counted"].choices = [("no", _("已剔除，不纳入"))]
        unit = _(label(Resolved(self.file.appeal.resolved_by_unit)))
        self.fields["resolved_by_unit"].help_text = _("单位说：%(words)s") % {"words": unit}
        if call is not None:
            said = _("已解决") if call.resolved else _("没有解决")
            self.fields["resolved_by_callback"].help_text = _("回访记录：%(words)s") % {"words": said}
            rated = _(label(Satisfaction(call.satisfaction)))
            self.fields["satisfaction"].help_text = _("回访记录：%(words)s") % {"words": rated}
        elif callbacks.is_unreachable(self.file.case.history.tries):
            self.fields["satisfaction"].help_text = _("没有联系上，不算满意")
        if self.file.appeal.finding:
            found = _(label(Finding(self.file.appeal.finding)))
            self.fields["finding"].help_text = _("单位查明：%(words)s") % {"words": found}

    def given(self) -> Given:
        asked = dict(self.cleaned_data)
        names = ("resolved_by_unit", "resolved_by_callback", "satisfaction", "finding", "counted")
        return {"closing": Closing(**{name: asked[name] for name in names}), "reason": asked["reason"]}


class ReopenForm(ReasonForm):
    false_closure = forms.BooleanField(label=gettext_lazy("是虚假办结"), required=False)

    field_order = ("reason", "false_closure")

    def given(self) -> Given:
        return {"reason": self.cleaned_data["reason"], "false_closure": self.cleaned_data["false_closure"]}


class WithdrawForm(ReasonForm):
    reason = asking.text(gettext_lazy("家长电话里说的理由"), rows=2, hint=gettext_lazy("照原话写，不写姓名和电话"))
    as_written = asking.keep_as_written()

    def clean(self) -> None:
        asking.propose_masked(self, "reason")


STEPS = (
    Step(
        Action.CALL_BACK,
        call_back,
        CallBackForm,
        verb=gettext_lazy("记下这次回访"),
        done=gettext_lazy("回访已记下。"),
        part="staff/forms/call_back.html",
    ),
    Step(
        Action.CLOSE,
        close,
        CloseForm,
        done=gettext_lazy("已办结，家长会收到评价链接。"),
        part="staff/forms/close.html",
    ),
    Step(Action.REOPEN, reopen, ReopenForm, done=gettext_lazy("已重新办理，请分办。")),
    Step(
        Action.WITHDRAW,
        withdraw,
        WithdrawForm,
        verb=gettext_lazy("家长要撤回"),
        done=gettext_lazy("已记下，72 小时后生效。"),
        hint=gettext_lazy("只在家长电话里亲口说了才记；72 小时内可以反悔。"),
    ),
)
