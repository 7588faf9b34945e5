"""Steps that say which matters are one, and which are two."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import queries, twins
from huying.appeals.actions.join import join
from huying.appeals.actions.link_repeat import link_repeat
from huying.appeals.actions.split import split
from huying.appeals.actions.unjoin import unjoin
from huying.appeals.actions.unlink_repeat import unlink_repeat
from huying.rules.enums import Action
from huying.web.staff import asking
from huying.web.staff.sheet import item_words, report_title
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm


class JoinForm(StepForm):
    """The main appeal: one of the likely ones, or by its number."""

    twin = forms.TypedChoiceField(
        label=gettext_lazy("可能是同一件事"), coerce=int, required=False, widget=forms.RadioSelect, empty_value=None
    )
    number = asking.line(gettext_lazy("或者写主件编号"), required=False)
    reason = asking.text(gettext_lazy("为什么是同一件事"), rows=2)

    def prepare(self) -> None:
        found = twins.twins_of(self.file)
        self.fields["twin"].choices = [(one.pk, _twin_words(one)) for one in found]
        self.fields["number"].initial = self.file.events[0].data.get("twin", "")
        if not found:
            del self.fields["twin"]
            self.fields["number"].label = _("主件编号")

    def clean(self) -> None:
        asked = self.cleaned_data
        number, twin = asked.get("number", "").strip(), asked.get("twin")
        if not number and not twin:
            raise forms.ValidationError(_("请选一件，或写主件编号"))
        self.main = self._main(number, twin)
        if self.main is None:
            raise forms.ValidationError(_("没有这个编号的主件"))

    def _main(self, number: str, twin: int | None) -> object:
        seen = queries.visible_to(self.file.actor).exclude(pk=self.file.appeal.pk)
        if number:
            return seen.filter(number=number, organisation=self.file.appeal.organisation_id).first()
        return seen.filter(pk=twin).first()

    def given(self) -> Given:
        return {"main": self.main, "reason": self.cleaned_data["reason"]}


def _twin_words(one: twins.Twin) -> str:
    ground = _("同一个电话") if one.is_same_phone else _("说法相近")
    title = report_title(one) if one.is_sealed else one.title
    return f"{one.number} {title}\n{ground}"


class SplitForm(StepForm):
    """Which items leave for an appeal of their own."""

    items = forms.TypedMultipleChoiceField(
        label=gettext_lazy("拆出去的诉求点"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选要拆出去的诉求点")},
    )
    title = asking.line(gettext_lazy("新的一件叫什么"), most=40)
    reason = asking.text(gettext_lazy("为什么要拆开"), rows=2)

    def prepare(self) -> None:
        self.fields["items"].choices = [
            (item.pk, item_words(place, item)) for place, item in enumerate(self.file.items, start=1)
        ]

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("items", "title", "reason")}


class LinkRepeatForm(StepForm):
    """The earlier appeal, by its number."""

    number = asking.line(gettext_lazy("前一件的编号"))
    reason = asking.text(gettext_lazy("为什么是重复诉求"), rows=2)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        self.earlier = (
            queries.visible_to(self.file.actor).filter(number=number, place=self.file.appeal.place_id).first()
        )
        if self.earlier is None:
            raise forms.ValidationError(_("本校没有这个编号"))
        return number

    def given(self) -> Given:
        return {"earlier": self.earlier, "reason": self.cleaned_data["reason"]}


class UnlinkRepeatForm(ReasonForm):
    def clean(self) -> None:
        if not self.file.earlier_number:
            # Whoever may not see the earlier one hears what is said where there is none.
            raise forms.ValidationError(_("没有标为重复诉求"))


STEPS = (
    Step(
        Action.JOIN,
        join,
        JoinForm,
        hint=gettext_lazy("查询码、期限、答复、回访和评价仍是各人各的；家长可以一键不同意。"),
    ),
    Step(Action.UNJOIN, unjoin, ReasonForm, done=gettext_lazy("已取消并单，请分办。")),
    Step(
        Action.LINK_REPEAT,
        link_repeat,
        LinkRepeatForm,
        hint=gettext_lazy("两件各办各的，只是标明是同一个人同一件事再次反映。"),
    ),
    Step(Action.UNLINK_REPEAT, unlink_repeat, UnlinkRepeatForm),
    Step(Action.SPLIT, split, SplitForm, hint=gettext_lazy("两件共用一个查询码，收到时间和期限照旧。")),
)
