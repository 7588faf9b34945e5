"""Steps around a sealed identity: ask for it, agree, see it once."""

from django import forms
from django.utils.translation import gettext_lazy

from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.actions.reject_unmask import reject_unmask
from huying.appeals.actions.request_unmask import request_unmask
from huying.appeals.actions.unmask import unmask
from huying.rules.enums import Action, ContactField, UnmaskPurpose
from huying.rules.labels import choices
from huying.web.staff import asking
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm

SPANS = ((2, gettext_lazy("2 小时")), (24, gettext_lazy("1 天")), (72, gettext_lazy("3 天")))


class RequestUnmaskForm(StepForm):
    purpose = asking.pick(gettext_lazy("用来做什么"), UnmaskPurpose)
    fields_asked = forms.MultipleChoiceField(
        label=gettext_lazy("要看哪几项"),
        choices=[(value, gettext_lazy(said)) for value, said in choices(ContactField)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选一项")},
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("看多久"),
        choices=SPANS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )
    reason = asking.text(gettext_lazy("理由"), rows=2, hint=gettext_lazy("至少五个字，不写家长姓名"))

    def given(self) -> Given:
        asked = self.cleaned_data
        fields = [ContactField(name) for name in asked["fields_asked"]]
        return {"purpose": asked["purpose"], "fields": fields, "hours": asked["hours"], "reason": asked["reason"]}


class RejectUnmaskForm(ReasonForm):
    reason = asking.text(gettext_lazy("为什么不同意"), rows=2, hint=gettext_lazy("申请的人会看到，不写家长姓名"))


STEPS = (
    Step(
        Action.REQUEST_UNMASK,
        request_unmask,
        RequestUnmaskForm,
        verb=gettext_lazy("要看家长的身份"),
        done=gettext_lazy("已申请，等批。同意以后到时自动失效。"),
        hint=gettext_lazy("先试试在查进度页上问家长，不用知道是谁。每看一次都有记录，家长能看到。"),
        stays=True,
    ),
    Step(
        Action.APPROVE_UNMASK,
        approve_unmask,
        done=gettext_lazy("已同意，到时自动失效。"),
        hint=gettext_lazy("同意以后，申请的人在申请的时间里能看到身份。"),
    ),
    Step(
        Action.REJECT_UNMASK,
        reject_unmask,
        RejectUnmaskForm,
        verb=gettext_lazy("不同意看身份"),
        done=gettext_lazy("已告诉申请的人。家长能看到有人申请过、没有同意。"),
    ),
    Step(
        Action.UNMASK,
        unmask,
        verb=gettext_lazy("看一次身份"),
        hint=gettext_lazy("看了就记下，家长和审计员都会知道。"),
        shows="staff/unmasked.html",
    ),
)
