"""Steps of the unit that handles: sign for, talk, ask for time, give back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import clocks
from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.ask import ask
from huying.appeals.actions.assign import assign
from huying.appeals.actions.assist import assist
from huying.appeals.actions.contact import contact
from huying.appeals.actions.decline import decline
from huying.appeals.actions.pause import pause
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.resume import resume
from huying.appeals.actions.take_statement import take_statement
from huying.appeals.actions.undefer import undefer
from huying.people import queries as people
from huying.rules.enums import Action, ContactWay, PauseReason
from huying.web.components import moments
from huying.web.staff import asking, dates
from huying.web.staff.steps import Given, ReasonForm, Step, StepForm

REACHED, NOT_REACHED, IMPOSSIBLE = "reached", "not_reached", "impossible"


class ContactForm(StepForm):
    """One attempt to talk, as it was. The parent sees it and can say that it never happened."""

    way = asking.pick(gettext_lazy("怎么联系的"), ContactWay)
    outcome = forms.ChoiceField(
        label=gettext_lazy("联系上了吗"),
        choices=[
            (REACHED, gettext_lazy("联系上了")),
            (NOT_REACHED, gettext_lazy("没有联系上")),
            (IMPOSSIBLE, gettext_lazy("没有办法联系")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )
    note = asking.text(gettext_lazy("说了什么"), rows=2, required=False, hint=gettext_lazy("没有办法联系的，写为什么"))
    as_written = asking.keep_as_written()

    QUICK = (
        ("phone-reached", gettext_lazy("打了电话，接通")),
        ("phone-not_reached", gettext_lazy("打了电话，没接")),
        ("visit-reached", gettext_lazy("当面谈了")),
    )

    def prepare(self) -> None:
        """One press of a button says way and outcome together."""
        way, _between, outcome = self.data.get("quick", "").partition("-")
        if way:
            self.data = self.data.copy()
            self.data.update({"way": way, "outcome": outcome})

    def clean(self) -> None:
        if self.cleaned_data.get("outcome") == IMPOSSIBLE and not self.cleaned_data.get("note"):
            self.add_error("note", _("请写为什么没有办法联系"))
        asking.propose_masked(self, "note")

    def given(self) -> Given:
        outcome = self.cleaned_data["outcome"]
        return {
            "way": self.cleaned_data["way"],
            "reached": outcome == REACHED,
            "impossible": outcome == IMPOSSIBLE,
            "note": self.cleaned_data["note"],
        }


class AskForm(StepForm):
    question = asking.text(gettext_lazy("想问家长什么"), hint=gettext_lazy("家长凭查询码看到并回答，不用看电话"))

    def given(self) -> Given:
        return {"question": self.cleaned_data["question"]}


class PauseForm(StepForm):
    ground = asking.pick(gettext_lazy("为什么暂停"), PauseReason)
    question = asking.text(gettext_lazy("请家长补充什么"), rows=2, hint=gettext_lazy("家长会看到"))
    reason = asking.text(gettext_lazy("理由"), rows=2)

    def prepare(self) -> None:
        self.fields["ground"].help_text = dates.pause_words(self.file)

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("ground", "question", "reason")}


class ExtensionForm(StepForm):
    due_on = asking.day(gettext_lazy("想延到哪天"))
    reason = asking.text(gettext_lazy("为什么要更多时间"), rows=2, hint=gettext_lazy("同意后家长会看到"))

    def prepare(self) -> None:
        latest = clocks.latest_extension(self.file.appeal)
        who = dates.decider_words(self.file)
        self.fields["due_on"].help_text = who
        if latest is not None:
            self.fields["due_on"].initial = moments.local_day(latest)
            until = _("最晚到%(day)s") % {"day": moments.day_words(latest)}
            self.fields["due_on"].help_text = _("；").join((until, who))

    def given(self) -> Given:
        due_at = asking.end_of(self.cleaned_data["due_on"], self.file)
        return {"due_at": due_at, "reason": self.cleaned_data["reason"]}


class DeferralForm(StepForm):
    reason = asking.text(gettext_lazy("现在办不了的客观原因"), rows=2)
    plan = asking.text(gettext_lazy("计划怎么办"), rows=2, hint=gettext_lazy("同意后家长会看到"))
    review_on = asking.day(gettext_lazy("哪天复查"))

    def prepare(self) -> None:
        self.fields["review_on"].help_text = dates.decider_words(self.file)

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("reason", "plan", "review_on")}


class DeclineForm(StepForm):
    """Not ours: by which rule, and whose instead."""

    clause = asking.line(gettext_lazy("依据"), hint=gettext_lazy("哪项职责分工"))
    suggested = asking.UnitField(label=gettext_lazy("建议交给"))
    reason = asking.text(gettext_lazy("理由"), rows=2)

    def prepare(self) -> None:
        appeal = self.file.appeal
        units = people.units_within_reach(appeal.place, is_county=False)
        self.fields["suggested"].choices = asking.unit_choices(units, self.file, but=[appeal.lead_unit_id or 0])

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("clause", "suggested", "reason")}


class AssignForm(StepForm):
    person = asking.PersonField(label=gettext_lazy("经办人"))

    def prepare(self) -> None:
        roster = list(people.roster_of(self.file.case.lead.path)) if self.file.case.lead else []
        self.fields["person"].choices = asking.person_choices(roster, self.file)

    def given(self) -> Given:
        return {"person": self.cleaned_data["person"]}


class AssistForm(StepForm):
    note = asking.text(gettext_lazy("协办情况"))

    def given(self) -> Given:
        helping = {unit.id for unit in self.file.case.assisting}
        unit = next(post.unit.id for post in self.file.actor.posts if post.unit.id in helping)
        return {"unit": people.unit(unit), "note": self.cleaned_data["note"]}


class StatementForm(StepForm):
    question = asking.text(
        gettext_lazy("您问的"), rows=2, hint=gettext_lazy("只问事情经过，不说是谁反映的，不给看原件")
    )
    statement = asking.text(gettext_lazy("当事人说的"), rows=4, hint=gettext_lazy("照原话写"))

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("question", "statement")}


class UndeferForm(ReasonForm):
    reason = asking.text(gettext_lazy("情况有什么变化"), rows=2)


STEPS = (
    Step(
        Action.ACKNOWLEDGE,
        acknowledge,
        verb=gettext_lazy("收到"),
        done=gettext_lazy("已签收。"),
        is_one_click=True,
        stays=True,
    ),
    Step(
        Action.CONTACT,
        contact,
        ContactForm,
        verb=gettext_lazy("记一次联系"),
        done=gettext_lazy("已记下，家长能看到。"),
        part="staff/forms/contact.html",
    ),
    Step(Action.ASK, ask, AskForm, verb=gettext_lazy("问家长"), done=gettext_lazy("已发到查进度页。"), is_seen=True),
    Step(
        Action.PAUSE,
        pause,
        PauseForm,
        hint=gettext_lazy("只停内部期限，对外期限照走；要第二个人复核。"),
        done=gettext_lazy("已暂停，等家长补充。"),
    ),
    Step(Action.RESUME, resume, verb=gettext_lazy("接着办"), done=gettext_lazy("已接着办。"), is_one_click=True),
    Step(
        Action.REQUEST_EXTENSION,
        request_extension,
        ExtensionForm,
        verb=gettext_lazy("需要更多时间"),
        done=gettext_lazy("已申请延期，等批。"),
        hint=gettext_lazy("每轮只能申请一次，由别人批。"),
    ),
    Step(Action.REQUEST_DEFERRAL, request_deferral, DeferralForm, done=gettext_lazy("已申请挂账，等批。")),
    Step(Action.UNDEFER, undefer, UndeferForm, done=gettext_lazy("已销账，接着办。")),
    Step(
        Action.DECLINE,
        decline,
        DeclineForm,
        verb=gettext_lazy("不归我管"),
        done=gettext_lazy("已申请退单。批下来以前期限照走。"),
        hint=gettext_lazy("退单会计数；期限照走。"),
    ),
    Step(Action.ASSIGN, assign, AssignForm, done=gettext_lazy("已指定经办人。")),
    Step(Action.ASSIST, assist, AssistForm, verb=gettext_lazy("交协办情况"), done=gettext_lazy("已交给主办单位。")),
    Step(
        Action.TAKE_STATEMENT,
        take_statement,
        StatementForm,
        done=gettext_lazy("陈述已记下。"),
        hint=gettext_lazy("当事人看不到这件事，也不知道是谁反映的。"),
    ),
)
