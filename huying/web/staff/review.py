"""Steps of those who look at the work of others: answers, time asked for, acts that wait for a second person."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import clocks
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.approve_extension import approve_extension
from huying.appeals.actions.confirm import confirm
from huying.appeals.actions.defer import defer
from huying.appeals.actions.overturn import overturn
from huying.appeals.actions.reject_deferral import reject_deferral
from huying.appeals.actions.reject_extension import reject_extension
from huying.appeals.actions.send_back import send_back
from huying.rules.enums import Action, TextKind
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.staff import asking
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm

CHECKLIST = (
    ("each_point", gettext_lazy("家长提的每一点都答了")),
    ("true", gettext_lazy("事实查清了，有材料或写明了原因")),
    ("policy", gettext_lazy("引用的文件有文号")),
    ("tone", gettext_lazy("语气平和，说得明白")),
    ("identity", gettext_lazy("没有写出别人的姓名、电话和班级")),
)


class ApproveAnswerForm(StepForm):
    """Every line of the checklist is ticked by hand."""

    checks = forms.MultipleChoiceField(
        label=gettext_lazy("逐项核对"),
        choices=CHECKLIST,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请逐项核对后再通过")},
    )

    def clean_checks(self) -> list[str]:
        if len(self.cleaned_data["checks"]) < len(CHECKLIST):
            raise forms.ValidationError(_("还有没核对的；有一项不行就退办"))
        return self.cleaned_data["checks"]

    def given(self) -> Given:
        return {"checked": True}


class SendBackForm(ReasonForm):
    reason = asking.text(gettext_lazy("哪里不合格，逐条写"), rows=4, hint=gettext_lazy("经办单位照着改"))


class ApproveExtensionForm(StepForm):
    """The day that was wished stands there; another may be granted."""

    due_on = asking.day(gettext_lazy("延到哪天"))
    reason = asking.text(gettext_lazy("说明"), rows=2, required=False, hint=gettext_lazy("家长会看到"))

    def prepare(self) -> None:
        wished = _recorded(self, Action.REQUEST_EXTENSION, "wished")
        if wished:
            self.fields["due_on"].initial = moments.local_day(datetime.fromisoformat(wished))
        latest = clocks.latest_extension(self.file.appeal)
        if latest is not None:
            self.fields["due_on"].help_text = _("最晚到%(day)s") % {"day": moments.day_words(latest)}

    def given(self) -> Given:
        due_at = asking.end_of(self.cleaned_data["due_on"], self.file)
        return {"due_at": due_at, "reason": self.cleaned_data["reason"]}


class DeferForm(StepForm):
    """The unit's reason, plan and day, to be granted as they stand or changed."""

    reason = asking.text(gettext_lazy("客观原因"), rows=2, hint=gettext_lazy("家长会看到"))
    plan = asking.text(gettext_lazy("计划"), rows=2, hint=gettext_lazy("家长会看到"))
    review_on = asking.day(gettext_lazy("哪天复查"))

    def prepare(self) -> None:
        self.fields["plan"].initial = self.file.last(TextKind.PLAN)
        self.fields["review_on"].initial = _recorded(self, Action.REQUEST_DEFERRAL, "review_on")
        asked = next((event for event in reversed(self.file.events) if event.action == Action.REQUEST_DEFERRAL), None)
        if asked is not None:
            said = self.file.said_with(asked)
            self.fields["reason"].initial = next((one.body for one in said if one.kind == TextKind.REASON), "")

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("reason", "plan", "review_on")}


def _recorded(form: StepForm, action: Action, name: str) -> str:
    """What the latest such event recorded."""
    return next((event.data.get(name, "") for event in reversed(form.file.events) if event.action == action), "")


class SecondPersonForm(StepForm):
    """Which act is looked at: the only one, or one of several."""

    reviews = forms.TypedChoiceField(
        label=gettext_lazy("复核哪一步"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选复核哪一步")},
    )
    reason = asking.text(gettext_lazy("说明"), rows=2, required=False)

    def prepare(self) -> None:
        acts = [act for act in self.file.case.history.unreviewed if act.by != self.file.actor.person]
        self.fields["reviews"].choices = [(act.sequence, self._said(act)) for act in acts]
        if len(acts) == 1:
            self.fields["reviews"].widget = forms.HiddenInput()
            self.fields["reviews"].initial = acts[0].sequence

    def _said(self, act: object) -> str:
        event = next(event for event in self.file.events if event.sequence == act.sequence)
        return f"{_(label(act.action))}\n{moments.short_moment_words(event.at)}"

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("reviews", "reason")}


class OverturnForm(SecondPersonForm):
    reason = asking.text(gettext_lazy("为什么不对"), rows=2, hint=gettext_lazy("恢复原样，并告诉家长"))


STEPS = (
    Step(
        Action.APPROVE_ANSWER,
        approve_answer,
        ApproveAnswerForm,
        done=gettext_lazy("答复已发给家长。"),
        hint=gettext_lazy("通过以后，家长马上看到答复。"),
    ),
    Step(
        Action.SEND_BACK,
        send_back,
        SendBackForm,
        verb=gettext_lazy("退办"),
        done=gettext_lazy("已退回重办。"),
    ),
    Step(
        Action.APPROVE_EXTENSION,
        approve_extension,
        ApproveExtensionForm,
        done=gettext_lazy("已延期，原期限留着，家长会看到。"),
    ),
    Step(Action.REJECT_EXTENSION, reject_extension, ReasonForm, done=gettext_lazy("没有同意，照原期限办。")),
    Step(Action.DEFER, defer, DeferForm, done=gettext_lazy("已挂账，家长会看到。")),
    Step(Action.REJECT_DEFERRAL, reject_deferral, ReasonForm, done=gettext_lazy("没有同意，照原期限办。")),
    Step(Action.CONFIRM, confirm, SecondPersonForm, done=gettext_lazy("已复核。")),
    Step(Action.OVERTURN, overturn, OverturnForm, done=gettext_lazy("已推翻，恢复原样。")),
)
