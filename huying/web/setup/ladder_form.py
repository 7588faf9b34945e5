"""One ladder on a form: up to eight steps, each "when, whom, which card"; lines left empty are no steps."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.rules import ladders
from huying.rules.enums import Colour, LimitUnit, Rung
from huying.rules.escalation import LadderFact
from huying.rules.labels import label
from huying.rules.ladders import MOST_STEPS, BadLadder
from huying.web.setup.calendar_forms import day_field

FURTHEST_AHEAD = timedelta(days=366)
D, H, M = LimitUnit.WORKING_DAYS, LimitUnit.HOURS, LimitUnit.MINUTES
# code: (unit, sign, from the start, words)
WHEN: dict[str, tuple[LimitUnit, int, bool, Any]] = {
    "before_days": (D, -1, False, gettext_lazy("到期前 N 个工作日")),
    "after_days": (D, 1, False, gettext_lazy("到期后第 N 个工作日")),
    "after_hours": (H, 1, False, gettext_lazy("到期后 N 小时")),
    "after_minutes": (M, 1, False, gettext_lazy("到期后 N 分钟，0 就是到期时")),
    "start_days": (D, 1, True, gettext_lazy("开始后第 N 个工作日")),
    "start_hours": (H, 1, True, gettext_lazy("开始后 N 小时")),
    "start_minutes": (M, 1, True, gettext_lazy("开始后 N 分钟")),
}


def when_words(step: LadderFact) -> str:
    """到期前 1 个工作日"""
    words = WHEN[_code(step)][3]
    if step.value == 0:
        return _("到期时")
    return str(words).partition("，")[0].replace("N", str(abs(step.value))).partition(",")[0]


def _code(step: LadderFact) -> str:
    if step.from_start:
        return {D: "start_days", H: "start_hours", M: "start_minutes"}[step.unit]
    if step.unit is D:
        return "before_days" if step.value < 0 else "after_days"
    return "after_hours" if step.unit is H else "after_minutes"


class LadderForm(forms.Form):
    """The steps, from which day, and who says so."""

    source = forms.CharField(
        label=gettext_lazy("依据"),
        help_text=gettext_lazy("文件名称；自己定的写“本县规定”"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写依据")},
    )
    on = day_field(gettext_lazy("从哪天起用"), help_text=gettext_lazy("最早明天；那天以前开始的期限，仍按原来的提醒"))

    def __init__(self, *args: Any, steps: Sequence[LadderFact], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today + timedelta(days=1)
        for number in range(1, MOST_STEPS + 1):
            self._add_line(number, steps[number - 1] if number <= len(steps) else None)

    def _add_line(self, number: int, step: LadderFact | None) -> None:
        nothing = [("", _("不用这一级"))]
        whom = [*nothing, *((rung.value, _(label(rung))) for rung in Rung)]
        cards = [(colour.value, _(label(colour))) for colour in Colour]
        when = [(code, words) for code, (_u, _s, _f, words) in WHEN.items()]
        self.fields[f"tells{number}"] = forms.ChoiceField(
            label=_("提醒谁"), choices=whom, required=False, initial=step.tells if step else ""
        )
        self.fields[f"when{number}"] = forms.ChoiceField(
            label=_("什么时候"), choices=when, initial=_code(step) if step else "after_days", required=False
        )
        self.fields[f"value{number}"] = forms.IntegerField(
            label="N",
            required=False,
            min_value=0,
            max_value=99_999,
            initial=abs(step.value) if step else None,
            error_messages={"invalid": _("请填整数")},
        )
        self.fields[f"colour{number}"] = forms.ChoiceField(
            label=_("什么牌"), choices=cards, required=False, initial=step.colour if step else Colour.RED
        )

    @property
    def lines(self) -> list[tuple[int, list[Any]]]:
        """(number, its four fields) for the page."""
        names = ("tells", "when", "value", "colour")
        return [(number, [self[f"{name}{number}"] for name in names]) for number in range(1, MOST_STEPS + 1)]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on <= self.today:
            raise forms.ValidationError(_("最早从明天起：已经开始的期限不改"))
        if on > self.today + FURTHEST_AHEAD:
            raise forms.ValidationError(_("最多提前一年"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [number for number in range(1, MOST_STEPS + 1) if cleaned.get(f"tells{number}")]
        for number in given:
            if cleaned.get(f"value{number}") is None and f"value{number}" not in self.errors:
                self.add_error(f"value{number}", _("请填 N"))
        if self.errors:
            return cleaned
        try:
            cleaned["steps"] = ladders.checked([self._step(number, place) for place, number in enumerate(given, 1)])
        except BadLadder as wrong:
            raise forms.ValidationError(wrong.said(_)) from wrong
        return cleaned

    def _step(self, number: int, place: int) -> LadderFact:
        given = self.cleaned_data
        unit, sign, from_start, _words = WHEN[given[f"when{number}"] or "after_days"]
        return LadderFact(
            position=place,
            value=sign * given[f"value{number}"],
            tells=Rung(given[f"tells{number}"]),
            colour=Colour(given[f"colour{number}"] or Colour.RED),
            unit=unit,
            from_start=from_start,
        )

    def carried(self) -> dict[str, str]:
        """What the confirming page sends again, by name."""
        return {name: str(self.data.get(name, "")) for name in self.fields}
