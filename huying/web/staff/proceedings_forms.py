"""The forms of proceedings. Nothing is chosen beforehand that somebody answers for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.rules.enums import CheckResult, InterviewGround, RecheckResult, Satisfaction
from huying.rules.interviews import ItemFact
from huying.web.components import moments
from huying.web.staff import asking

LINES = 6


def moment(label: Any) -> forms.DateTimeField:
    """A day and an hour."""
    return forms.DateTimeField(
        label=label,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "invalid": gettext_lazy("时间写成 2026-11-24 10:30 这样"),
            "required": gettext_lazy("请写时间"),
        },
    )


def pick_one(label: Any) -> forms.TypedChoiceField:
    """One of a list that is filled in later."""
    return forms.TypedChoiceField(label=label, coerce=int, error_messages={"required": gettext_lazy("请选一项")})


class ProceedingForm(forms.Form):
    """Browsers do not stop it: what is wrong is said by the page, in its own words."""

    use_required_attribute = False


class InterviewForm(ProceedingForm):
    unit = pick_one(gettext_lazy("约谈哪个单位"))
    title = asking.line(gettext_lazy("题目"), hint=gettext_lazy("不写姓名"))
    ground = asking.pick(gettext_lazy("因为什么"), InterviewGround)
    reason = asking.text(gettext_lazy("事由"), rows=3, hint=gettext_lazy("对方会看到，不写家长和孩子的姓名"))
    meets_at = moment(gettext_lazy("什么时间谈"))
    place = asking.line(gettext_lazy("在哪里"))
    attendants = asking.line(gettext_lazy("参加人"), required=False, most=400)
    numbers = asking.text(
        gettext_lazy("涉及的件"), rows=2, required=False, hint=gettext_lazy("写编号，用空格或换行隔开")
    )
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    alarm = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(units)

    def clean_numbers(self) -> list[str]:
        return numbers_in(self.cleaned_data["numbers"])


class StudyForm(ProceedingForm):
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("哪些单位参加"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("至少选两个单位")},
    )
    title = asking.line(gettext_lazy("题目"), hint=gettext_lazy("不写姓名"))
    topic = forms.TypedChoiceField(label=gettext_lazy("主题"), coerce=int, required=False, empty_value=None)
    problem = asking.text(gettext_lazy("要解决什么问题"), rows=3)
    meets_at = moment(gettext_lazy("什么时间开"))
    place = asking.line(gettext_lazy("在哪里"))
    numbers = asking.text(
        gettext_lazy("涉及的件"), rows=2, required=False, hint=gettext_lazy("写编号，用空格或换行隔开")
    )

    alarm = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[Any], topics: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(unit.pk, unit.name) for unit in units]
        self.fields["topic"].choices = [("", _("不限")), *((topic.pk, topic.name) for topic in topics)]

    def clean_numbers(self) -> list[str]:
        return numbers_in(self.cleaned_data["numbers"])


class CheckForm(ProceedingForm):
    unit = pick_one(gettext_lazy("抽查哪个单位"))
    title = asking.line(gettext_lazy("题目"))
    since = asking.day(gettext_lazy("哪天办结的，从"))
    until = asking.day(gettext_lazy("到哪天"), hint=gettext_lazy("要已经过去"))

    def __init__(self, *args: Any, units: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(units)


class ItemsForm(ProceedingForm):
    """Some lines of commitments; those left empty are none, one half filled is asked about."""

    def __init__(self, *args: Any, persons: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选"))] + [(one.pk, f"{one.name}（{one.unit.name}）") for one in persons]
        for place in range(1, LINES + 1):
            self.fields[f"what{place}"] = asking.line(_("第 %(n)d 项做什么") % {"n": place}, required=False, most=400)
            self.fields[f"owner{place}"] = forms.TypedChoiceField(
                label=_("谁负责"), choices=choices, coerce=int, required=False, empty_value=None
            )
            self.fields[f"due{place}"] = asking.DayField(
                label=_("哪天完成"),
                required=False,
                input_formats=["%Y-%m-%d"],
                error_messages={"invalid": _("日期写成 2026-11-27 这样")},
            )

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each line, as they are drawn."""
        return [(self[f"what{n}"], self[f"owner{n}"], self[f"due{n}"]) for n in range(1, LINES + 1)]

    @property
    def own(self) -> list[Any]:
        """The fields that are no lines."""
        parts = {one.name for line in self.lines for one in line}
        return [bound for bound in self.visible_fields() if bound.name not in parts]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        items: list[ItemFact] = []
        for place in range(1, LINES + 1):
            what, owner, due_on = (given.get(f"{name}{place}") for name in ("what", "owner", "due"))
            if not (what or owner or due_on):
                continue
            if what and owner and isinstance(due_on, date):
                items.append(ItemFact(what, owner, due_on))
            elif not self.errors:
                self.add_error(f"what{place}", _("这一项要写全：做什么、谁负责、哪天完成"))
        return {**given, "items": items}


class HoldForm(ItemsForm):
    shown = asking.text(gettext_lazy("出示的事实"), rows=4, hint=gettext_lazy("不写家长和孩子的姓名"))
    view = asking.text(gettext_lazy("对方的说法"), rows=4)
    attendants = asking.line(gettext_lazy("参加人"), most=400)


class DecideForm(ItemsForm):
    cause = asking.text(gettext_lazy("原因"), rows=3)
    measures = asking.text(gettext_lazy("定下的办法"), rows=4)


class SignForm(ProceedingForm):
    read = forms.BooleanField(
        label=gettext_lazy("记录我看过了，内容属实，我签字"),
        error_messages={"required": gettext_lazy("看过再签")},
    )


class ReasonForm(ProceedingForm):
    reason = asking.text(gettext_lazy("为什么取消"), rows=3)


class FoundForm(ProceedingForm):
    found = asking.text(gettext_lazy("结果怎么样"), rows=4)


class NoteForm(ProceedingForm):
    note = asking.text(gettext_lazy("做了什么"), rows=4)


class DrawForm(ProceedingForm):
    """Nothing is asked: nothing can be chosen."""


class RecheckForm(ProceedingForm):
    result = asking.pick(gettext_lazy("复查结果"), RecheckResult)
    found = asking.text(gettext_lazy("看到了什么"), rows=4)
    following = forms.ChoiceField(
        label=gettext_lazy("接着怎么办"),
        choices=[
            ("close", gettext_lazy("了结")),
            ("again", gettext_lazy("过几天再看一次")),
            ("raise", gettext_lazy("升级为重点约谈")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )
    again_on = asking.DayField(
        label=gettext_lazy("哪天再看"), required=False, input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("日期写成 2026-11-27 这样")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("following") == "again" and not given.get("again_on"):
            self.add_error("again_on", _("请写哪天再看"))
        return given


class SecondCallForm(ProceedingForm):
    """The answers of a second callback; nothing is preset."""

    result = asking.pick(gettext_lazy("抽查结论"), CheckResult)
    resolved = asking.yes_no(
        gettext_lazy("家长说解决了吗"), gettext_lazy("解决了"), gettext_lazy("没解决"), required=False
    )
    satisfaction = forms.TypedChoiceField(
        label=gettext_lazy("满意吗"),
        coerce=Satisfaction,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Satisfaction.SATISFIED.value, gettext_lazy("满意")),
            (Satisfaction.BASICALLY.value, gettext_lazy("基本满意")),
            (Satisfaction.DISSATISFIED.value, gettext_lazy("不满意")),
        ],
    )
    note = asking.text(gettext_lazy("说明"), rows=3, required=False, hint=gettext_lazy("有瑕疵或虚假办结时要写"))


class RemindForm(ProceedingForm):
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("催哪些"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选要催的")},
    )
    words = asking.text(gettext_lazy("说一句"), rows=2, required=False)


def unit_choices(units: Iterable[Any]) -> list[tuple[Any, str]]:
    """Units of a tree, each under the one above it."""
    listed = list(units)
    top = min((len(unit.path.split("/")) for unit in listed), default=0)
    return [("", _("请选"))] + [(unit.pk, "　" * (len(unit.path.split("/")) - top) + unit.name) for unit in listed]


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, in their order."""
    for sign in "，、；,;":
        text = text.replace(sign, " ")
    return list(dict.fromkeys(text.split()))


def local_start(at: Any) -> Any:
    """A moment as a form shows it."""
    return moments.local(at).replace(tzinfo=None, second=0, microsecond=0)
