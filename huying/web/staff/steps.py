"""What a step on a page is: an action, the form that asks for what it needs, and the words around it.

A new action is one form with `given()` and one line in the table of its file (desk, handling, review, …).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals.casefile import CaseFile
from huying.rules.enums import Action
from huying.rules.labels import label
from huying.web.staff import asking

Given = dict[str, Any]


class StepForm(forms.Form):
    """The version that the page showed comes along: whoever was slower is told, and loses no word."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    pile = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file
        self.fields["version"].initial = file.appeal.version
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the appeal are filled in."""

    def given(self) -> Given:
        """The keyword arguments of the action."""
        return {}


class ReasonForm(StepForm):
    """A step that only asks why."""

    reason = asking.text(gettext_lazy("理由"))

    def given(self) -> Given:
        return {"reason": self.cleaned_data["reason"]}


@dataclass(frozen=True)
class Step:
    """`verb` stands on the button, `done` is said afterwards; `part` draws the form's fields, on a page
    of its own or open on the case; `is_one_click` asks nothing; `is_seen`: the parent reads what is written;
    `stays`: whoever took it goes on with the same appeal; `shows`: a page that shows once what the step has opened."""

    action: Action
    act: Callable[..., Any]
    form: type[StepForm] = StepForm
    verb: str = ""
    done: str = ""
    hint: str = ""
    part: str = "staff/forms/plain.html"
    is_one_click: bool = False
    is_seen: bool = False
    stays: bool = False
    shows: str = ""

    @property
    def view_name(self) -> str:
        return f"staff:{self.action}"

    @property
    def words(self) -> str:
        return str(self.verb) if self.verb else _(label(self.action))

    @property
    def done_words(self) -> str:
        return str(self.done) if self.done else _("已%(what)s。") % {"what": _(label(self.action))}
