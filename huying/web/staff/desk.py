"""Steps of the dispatcher's desk and of the counter."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from huying.appeals import suggestions
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.answer_at_once import answer_at_once
from huying.appeals.actions.approve_decline import approve_decline
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.refer_out import refer_out
from huying.appeals.actions.refuse import refuse
from huying.appeals.actions.reject_decline import reject_decline
from huying.people import queries as people
from huying.rules import permissions
from huying.rules.enums import Action, AppealKind, PostKind, RefusalGround, Severity, TextKind
from huying.web.staff import asking
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm


class DispatchForm(StepForm):
    """To whom, and what handlers work from. The rule's suggestion stands first and is not yet chosen for anyone."""

    lead = asking.UnitField(label=gettext_lazy("主办单位"))
    assisting = forms.MultipleChoiceField(
        label=gettext_lazy("协办单位"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    summary = asking.text(
        gettext_lazy("事实摘要"), required=False, hint=gettext_lazy("经办人照这个办；举报必须写，别写出是谁反映的")
    )
    reason = asking.text(gettext_lazy("说明"), rows=2, required=False, hint=gettext_lazy("改派时写为什么"))

    def prepare(self) -> None:
        # Asked for only where the lists are drawn or an answer comes in: the open form names the suggested unit alone.
        self.fields["lead"].choices = lambda: self.units
        self.fields["assisting"].choices = lambda: self.units[1:]
        suggested = suggestions.owner(self.file)
        if suggested.unit is not None:
            self.fields["lead"].initial = suggested.unit.id
        self.suggested = suggested
        self.fields["assisting"].initial = [key for key, _name in self.helping]
        self.fields["summary"].initial = self.file.last(TextKind.SUMMARY)

    @property
    def helping(self) -> tuple[tuple[int, str], ...]:
        """Who helps by the rule. A head who passes work down asks for no office of the school."""
        return self.suggested.assisting if permissions.at_the_desk(self.file.actor, self.file.case) else ()

    @property
    def helpers(self) -> str:
        """The same in words."""
        return "、".join(name for _key, name in self.helping)

    @cached_property
    def units(self) -> list[tuple[Any, str]]:
        """Where it may go, each unit under the one above it."""
        return asking.unit_choices(self._units(), self.file, but=self._passed_over())

    def _units(self) -> list[Any]:
        actor, case = self.file.actor, self.file.case
        if not permissions.at_the_desk(actor, case) and case.lead is not None:
            return list(people.units_under(case.lead.path))
        is_county = bool(actor.holding(PostKind.COUNTY_DISPATCHER))
        return list(people.units_within_reach(self.file.appeal.place, is_county=is_county))

    def _passed_over(self) -> list[int]:
        """A head who passes work down cannot keep it by this step."""
        actor, case = self.file.actor, self.file.case
        return [] if permissions.at_the_desk(actor, case) or case.lead is None else [case.lead.id]

    def given(self) -> Given:
        asked = self.cleaned_data
        lead = asked["lead"]
        helping = [people.unit(int(pk)) for pk in asked["assisting"] if int(pk) != lead.pk]
        return {"lead": lead, "assisting": helping, "summary": self._new_summary(), "reason": asked["reason"]}

    def _new_summary(self) -> str:
        """Words that stand there already are not written down twice."""
        written = self.cleaned_data["summary"]
        return "" if written == self.file.last(TextKind.SUMMARY) else written


class RefuseForm(StepForm):
    ground = asking.pick(gettext_lazy("依据"), RefusalGround)
    route = asking.line(gettext_lazy("请家长去哪里办"), hint=gettext_lazy("家长会看到"))
    reason = asking.text(gettext_lazy("理由"), hint=gettext_lazy("家长会看到"))

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("ground", "route", "reason")}


class ReferOutForm(StepForm):
    route = asking.line(gettext_lazy("转到哪里"), hint=gettext_lazy("家长会看到；违纪线索转纪检监察"))
    handed_over = asking.line(gettext_lazy("移交了什么"), required=False)
    reason = asking.text(gettext_lazy("理由"), hint=gettext_lazy("家长会看到"))

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("route", "handed_over", "reason")}


class AnswerAtOnceForm(StepForm):
    reply = asking.text(gettext_lazy("当场答复的话"), rows=4, hint=gettext_lazy("人还在的时候写下来，家长会看到"))
    minutes = forms.IntegerField(
        label=gettext_lazy("用了几分钟"), min_value=0, max_value=600, widget=forms.NumberInput(attrs={"size": 4})
    )

    def given(self) -> Given:
        return {"reply": self.cleaned_data["reply"], "minutes": self.cleaned_data["minutes"]}


class ReclassifyForm(StepForm):
    """The classes as they stand, to be changed; a second person looks at it."""

    kind = asking.pick(gettext_lazy("类别"), AppealKind)
    topic = forms.TypedChoiceField(label=gettext_lazy("事项"), coerce=int)
    severity = asking.pick(gettext_lazy("缓急"), Severity)
    is_petition = forms.BooleanField(label=gettext_lazy("是信访转办件"), required=False)
    document_number = asking.line(gettext_lazy("来文编号"), required=False, hint=gettext_lazy("信访转办件要填"))
    reason = asking.text(gettext_lazy("理由"), rows=2)

    def prepare(self) -> None:
        appeal = self.file.appeal
        self.topics = {topic.pk: topic for topic in suggestions.topics()}
        self.fields["topic"].choices = [(topic.pk, topic.name) for topic in self.topics.values()]
        now = {"kind": appeal.kind, "topic": appeal.topic_id, "severity": appeal.severity}
        for name, value in {
            **now,
            "is_petition": appeal.is_petition,
            "document_number": appeal.petition_number,
        }.items():
            self.fields[name].initial = value

    def given(self) -> Given:
        asked = self.cleaned_data
        classes = Classes(
            kind=asked["kind"],
            topic=self.topics[asked["topic"]],
            severity=asked["severity"],
            is_petition=asked["is_petition"],
            document_number=asked["document_number"],
        )
        return {"classes": classes, "reason": asked["reason"]}


class AddMessageForm(StepForm):
    message = asking.text(gettext_lazy("家长补充的话"), rows=4, hint=gettext_lazy("照原话写，家长会看到"))

    def given(self) -> Given:
        return {"message": self.cleaned_data["message"]}


STEPS = (
    Step(
        Action.DISPATCH,
        dispatch,
        DispatchForm,
        done=gettext_lazy("已派出。"),
        part="staff/forms/dispatch.html",
    ),
    Step(Action.ANSWER_AT_ONCE, answer_at_once, AnswerAtOnceForm, done=gettext_lazy("已答复。"), is_seen=True),
    Step(
        Action.REFUSE,
        refuse,
        RefuseForm,
        verb=gettext_lazy("不予受理"),
        done=gettext_lazy("已告知家长。还要第二个人复核。"),
        is_seen=True,
    ),
    Step(
        Action.REFER_OUT,
        refer_out,
        ReferOutForm,
        verb=gettext_lazy("不归学校办"),
        done=gettext_lazy("已告知家长。还要第二个人复核。"),
        is_seen=True,
    ),
    Step(
        Action.RECLASSIFY,
        reclassify,
        ReclassifyForm,
        hint=gettext_lazy("马上生效，要第二个人复核；期限不往后移。"),
    ),
    Step(Action.APPROVE_DECLINE, approve_decline, ReasonForm, done=gettext_lazy("已同意退单，请另派。")),
    Step(Action.REJECT_DECLINE, reject_decline, ReasonForm, done=gettext_lazy("已驳回，由原单位办理。")),
    Step(Action.ADD_MESSAGE, add_message, AddMessageForm, verb=gettext_lazy("代家长补充"), is_seen=True),
)
