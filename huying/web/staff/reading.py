"""Steps around the words of a 举报: who may read them, opening them on record, and the summary for all others."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import readers
from huying.appeals.actions.name_reader import name_reader
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.summarise import summarise
from huying.rules.enums import Action, TextKind
from huying.rules.lifecycle import MOST_READERS
from huying.web.staff import asking
from huying.web.staff.steps import Given, Step, StepForm


class NameReaderForm(StepForm):
    """The second reader; or who takes the place of one of the two, and why."""

    person = asking.PersonField(label=gettext_lazy("谁来看"))
    instead_of = forms.TypedChoiceField(
        label=gettext_lazy("换下谁"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("原话最多两个人看，请选换下谁")},
    )
    reason = asking.text(gettext_lazy("换人的理由"), rows=2, required=False)

    def prepare(self) -> None:
        fit = readers.candidates(self.file)
        self.fields["person"].choices = asking.person_choices(fit, self.file)
        is_full = len(self.file.readers) >= MOST_READERS
        named: list[tuple[Any, str]] = [(pk, name) for pk, name in self.file.readers]
        self.fields["instead_of"].choices = named if is_full else [("", _("不换，加一个人")), *named]
        self.fields["instead_of"].required = is_full
        if not named:
            del self.fields["instead_of"], self.fields["reason"]

    def clean(self) -> None:
        if self.cleaned_data.get("instead_of") and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("换人要写理由"))

    def given(self) -> Given:
        asked = self.cleaned_data
        former = asked.get("instead_of")
        return {"person": asked["person"], "instead_of": former, "reason": asked.get("reason", "") if former else ""}


class SummariseForm(StepForm):
    """What handlers read instead of the words, from those who have read them."""

    summary = asking.text(
        gettext_lazy("事实摘要"), rows=4, hint=gettext_lazy("有几个诉求点就写几点；别写出是谁反映的，也别照抄原话")
    )

    def prepare(self) -> None:
        self.fields["summary"].initial = self.file.last(TextKind.SUMMARY)

    def given(self) -> Given:
        return {"summary": self.cleaned_data["summary"]}


STEPS = (
    Step(
        Action.READ_ORIGINAL,
        read_original,
        verb=gettext_lazy("看原话"),
        done=gettext_lazy("原话打开半小时。这一次已记下，家长和审计员都能看到；不要抄下、拍照或转发。"),
        is_one_click=True,
        stays=True,
    ),
    Step(
        Action.SUMMARISE,
        summarise,
        SummariseForm,
        done=gettext_lazy("事实摘要已更新。"),
        stays=True,
    ),
    Step(
        Action.NAME_READER,
        name_reader,
        NameReaderForm,
        done=gettext_lazy("已指定。"),
        hint=gettext_lazy("一件举报的原话最多两个人看，其他人只看事实摘要。换人会告诉审计员。"),
        stays=True,
    ),
)
