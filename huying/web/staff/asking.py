"""The questions that steps ask. Nothing is chosen beforehand; every list leaves out who must step back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import callnotes
from huying.appeals.casefile import CaseFile
from huying.language import words
from huying.people import calendars
from huying.people import queries as people
from huying.rules import conflicts
from huying.rules.labels import choices

MOST_CHARACTERS = 5000
MOST_IN_A_LINE = 200


class WordsField(forms.CharField):
    """Words as they were typed, but for what nobody can see or store. Too long is said, never cut."""

    def __init__(self, *, most: int, clean_words: Callable[..., str], **options: Any) -> None:
        super().__init__(strip=False, error_messages={"required": gettext_lazy("请写几句")}, **options)
        self.most, self.clean_words = most, clean_words

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_words(str(value or ""), most=self.most)
        except words.TooLong as error:
            raise forms.ValidationError(str(error)) from error


def text(label: str, *, rows: int = 3, required: bool = True, hint: str = "") -> WordsField:
    """Several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return WordsField(
        label=label,
        most=MOST_CHARACTERS,
        clean_words=words.clean_text,
        required=required,
        help_text=hint,
        widget=widget,
    )


def keep_as_written() -> forms.BooleanField:
    """The tick that says a note names nobody, though it looks so."""
    return forms.BooleanField(
        label=gettext_lazy("里面没有能认出家长的话，就这样记"), required=False, widget=forms.HiddenInput
    )


def propose_masked(form: forms.Form, name: str) -> None:
    """A note that looks as if it named somebody comes back once with a mask in its place; the writer decides."""
    written = form.cleaned_data.get(name) or ""
    proposed = callnotes.proposal(written)
    if proposed == written or form.cleaned_data.get("as_written"):
        return
    form.data = form.data.copy()
    form.data[name] = proposed
    form.fields["as_written"].widget = forms.CheckboxInput()
    says = _("像是写了姓名或号码，已经替您遮住，看一遍再交。要照原话记，就改回来并在下面打勾。您写的是：%(words)s")
    form.add_error(name, says % {"words": written})


def line(label: str, *, required: bool = True, hint: str = "", most: int = MOST_IN_A_LINE) -> WordsField:
    """One line."""
    return WordsField(label=label, most=most, clean_words=words.clean_line, required=required, help_text=hint)


def pick(label: str, kind: type[StrEnum], *, but: Iterable[StrEnum] = (), hint: str = "") -> forms.TypedChoiceField:
    """One member of an enum, nothing chosen beforehand."""
    left_out = {member.value for member in but}
    return forms.TypedChoiceField(
        label=label,
        choices=[(value, gettext_lazy(said)) for value, said in choices(kind) if value not in left_out],
        coerce=kind,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )


def yes_no(label: str, yes: str, no: str, *, required: bool = True, hint: str = "") -> forms.TypedChoiceField:
    """A question with two answers, none of them chosen beforehand."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=required,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项")},
    )


class DayField(forms.DateField):
    """A day; `end_of` makes it a moment."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day(label: str, *, hint: str = "") -> DayField:
    return DayField(label=label, help_text=hint, input_formats=["%Y-%m-%d"], error_messages={
        "invalid": gettext_lazy("日期写成 2026-11-27 这样"),
    })  # fmt: skip


def end_of(on: date, file: CaseFile) -> datetime:
    """The close of working hours of a day where the appeal belongs."""
    return calendars.calendar_for(file.appeal.place).close_of(on)


class UnitField(forms.TypedChoiceField):
    """A unit of the tree, by a plain list that needs no script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda pk: people.unit(int(pk)), empty_value=None, **kwargs)
        self.error_messages["required"] = gettext_lazy("请选一个单位")


class PersonField(forms.TypedChoiceField):
    """A person of the roster."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda pk: people.person(int(pk)), empty_value=None, **kwargs)
        self.error_messages["required"] = gettext_lazy("请选一个人")


def unit_choices(units: Iterable[Any], file: CaseFile, *, but: Iterable[int] = ()) -> list[tuple[Any, str]]:
    """The units that are not near a Subject, each under the one above it."""
    left_out = set(but)
    fit = [unit for unit in units if unit.pk not in left_out and not conflicts.is_near(unit.fact, file.case.subjects)]
    top = min((len(unit.path.split("/")) for unit in fit), default=0)
    return [("", _("请选"))] + [(unit.pk, "　" * (len(unit.path.split("/")) - top) + unit.name) for unit in fit]


def person_choices(persons: Sequence[Any], file: CaseFile) -> list[tuple[Any, str]]:
    """The persons who are not complained about."""
    named = {one.person for one in file.case.subjects if one.is_live}
    return [("", _("请选"))] + [
        (person.pk, f"{person.name}（{person.unit.name}）") for person in persons if person.pk not in named
    ]
