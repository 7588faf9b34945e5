"""What the steps of an accountability case ask for, and which action each of them is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.oversight.actions.add_statement import add_statement
from huying.oversight.actions.carry_out_measure import carry_out_measure
from huying.oversight.actions.close_accountability import close_accountability
from huying.oversight.actions.decide_duty_objection import decide_duty_objection
from huying.oversight.actions.decide_measure import decide_measure
from huying.oversight.actions.drop_accountability import drop_accountability
from huying.oversight.actions.make_statement import make_statement
from huying.oversight.actions.object_to_measure import object_to_measure
from huying.oversight.actions.propose_measure import propose_measure
from huying.oversight.actions.return_proposal import return_proposal
from huying.oversight.actions.serve_accountability import serve_accountability
from huying.oversight.actions.waive_statement import waive_statement
from huying.people import queries as people
from huying.rules.enums import Action, DutyAct, DutyFinding, DutyMeasure
from huying.rules.labels import label
from huying.web.components import moments
from huying.web.staff import asking


class BareForm(forms.Form):
    """A step that asks nothing."""

    use_required_attribute = False

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class StatementForm(BareForm):
    statement = asking.text(gettext_lazy("陈述"), rows=6)


class ReasonForm(BareForm):
    reason = asking.text(gettext_lazy("理由"), rows=3)


class MeasureForm(ReasonForm):
    measure = asking.pick(gettext_lazy("怎么处理"), DutyMeasure, hint=gettext_lazy("先轻后重"))
    field_order = ("measure", "reason")


class ProposeForm(MeasureForm):
    why_harder = asking.text(
        gettext_lazy("轻一些的为什么不够"), rows=2, required=False, hint=gettext_lazy("比提醒重的要写")
    )


class CarryOutForm(ReasonForm):
    reason = asking.text(gettext_lazy("怎么执行的、哪天"), rows=2)


class OpenForm(BareForm):
    """Whom, for what, what was found, and the events of the record that it stands on."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("追究谁"),
        coerce=lambda pk: people.person(int(pk)),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个人")},
    )
    finding = asking.pick(gettext_lazy("查明的问题"), DutyFinding)
    found = asking.text(
        gettext_lazy("查明的事实"),
        rows=5,
        hint=gettext_lazy("送达以后本人要看"),
    )
    events = forms.TypedMultipleChoiceField(
        label=gettext_lazy("依据记录里的哪几步"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请从记录里选出依据")},
    )

    def __init__(self, *args: Any, persons: list[Any], steps: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(one.pk, f"{one.name}（{one.unit.name}）") for one in persons]
        self.fields["events"].choices = [(step.sequence, _step_words(step)) for step in steps]


def _step_words(step: Any) -> str:
    words = _("%(n)d　%(at)s　%(what)s　%(who)s")
    who = step.person.name if step.person is not None else ""
    when, what = moments.short_moment_words(step.at), _(label(Action(step.action)))
    return (words % {"n": step.sequence, "at": when, "what": what, "who": who}).rstrip()


@dataclass(frozen=True)
class Move:
    """What an act is on a page: its action, its form, what is said before and after."""

    act: DutyAct
    do: Callable[..., Any]
    form: type[BareForm] = BareForm
    hint: str = ""
    done: str = ""

    @property
    def words(self) -> str:
        return _(label(self.act))


TABLE: dict[str, Move] = {
    move.act.value: move
    for move in (
        Move(
            DutyAct.SERVE,
            serve_accountability,
            hint=gettext_lazy("本人会看到查明的事实和依据，可以陈述；看不到诉求是哪一件、谁反映的。"),
            done=gettext_lazy("已送达，陈述的期限开始算。"),
        ),
        Move(DutyAct.STATE, make_statement, StatementForm, hint=gettext_lazy("照本人说的写，写了不能改。")),
        Move(DutyAct.WAIVE, waive_statement, hint=gettext_lazy("本人可以放弃；别人只能在期限过了以后记“没有陈述”。")),
        Move(DutyAct.ADD_STATEMENT, add_statement, StatementForm),
        Move(DutyAct.PROPOSE, propose_measure, ProposeForm, hint=gettext_lazy("由另一个人决定。")),
        Move(DutyAct.RETURN, return_proposal, ReasonForm),
        Move(DutyAct.DECIDE, decide_measure, MeasureForm, hint=gettext_lazy("不能比建议更重。本人可以申诉。")),
        Move(DutyAct.OBJECT, object_to_measure, ReasonForm, hint=gettext_lazy("由上一级决定，不会因此加重。")),
        Move(DutyAct.DECIDE_OBJECTION, decide_duty_objection, MeasureForm, hint=gettext_lazy("不能比原决定更重。")),
        Move(DutyAct.CARRY_OUT, carry_out_measure, CarryOutForm),
        Move(DutyAct.CLOSE, close_accountability),
        Move(DutyAct.DROP, drop_accountability, ReasonForm),
    )
}
