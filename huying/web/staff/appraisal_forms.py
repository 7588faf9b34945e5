"""What a request for exclusion and an appraisal objection ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import queries
from huying.rules.actors import Actor
from huying.rules.catalogue import CATALOGUE
from huying.rules.enums import Correction, ExclusionGround
from huying.web.staff import asking
from huying.web.staff.duty_forms import BareForm

MOST_CASES = 50


class AskForm(BareForm):
    """The ground of the list, and what it stands on."""

    ground = asking.pick(gettext_lazy("为什么要剔除"), ExclusionGround)
    reason = asking.text(gettext_lazy("依据"), rows=4, hint=gettext_lazy("写查到的情况，只说这件事，不评价家长"))


class DecideForm(BareForm):
    """Yes or no, with the reason; the last yes is read by the family."""

    reason = asking.text(
        gettext_lazy("理由"), rows=3, hint=gettext_lazy("最后同意的理由，家长会看到，不写姓名和不好听的话")
    )


class ObjectForm(BareForm):
    """Which figure, which period, which appeals, and why."""

    unit = asking.UnitField(label=gettext_lazy("哪个单位的数"))
    indicator = forms.ChoiceField(label=gettext_lazy("哪一项"), error_messages={"required": gettext_lazy("请选一项")})
    since = asking.day(gettext_lazy("从哪天"))
    until = asking.day(gettext_lazy("到哪天"))
    numbers = asking.text(
        gettext_lazy("哪几件（编号）"), rows=2, required=False, hint=gettext_lazy("一行一个，没有就空着")
    )
    reason = asking.text(gettext_lazy("为什么不对"), rows=4)

    def __init__(self, *args: Any, actor: Actor, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["unit"].choices = [("", _("请选")), *((one.pk, one.name) for one in units)]
        self.fields["indicator"].choices = [("", _("请选")), *((one.code, _(one.name)) for one in CATALOGUE)]

    def clean_numbers(self) -> list[Any]:
        wanted = list(dict.fromkeys(self.cleaned_data["numbers"].split()))[:MOST_CASES]
        found = {one.number: one for one in queries.visible_to(self.actor).filter(number__in=wanted)}
        unknown = [number for number in wanted if number not in found]
        if unknown:
            raise forms.ValidationError(_("没有这个编号：%(number)s") % {"number": unknown[0]})
        return [found[number] for number in wanted]

    def given(self) -> dict[str, Any]:
        asked = dict(self.cleaned_data)
        cases = asked.pop("numbers")
        return {**asked, "cases": cases}


class GrantForm(BareForm):
    """What is corrected, and why."""

    correction = asking.pick(gettext_lazy("怎么更正"), Correction)
    note = asking.text(gettext_lazy("更正成什么"), rows=2, required=False, hint=gettext_lazy("写在数字旁边的话"))
    reason = asking.text(gettext_lazy("理由"), rows=3)


class RejectForm(BareForm):
    reason = asking.text(gettext_lazy("理由"), rows=3)
