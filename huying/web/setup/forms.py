"""What the forms of the set-up have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from huying.people.changes import Refused


class DayInput(forms.DateInput):
    """A day, chosen or typed."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


class SetupForm(forms.Form):
    """Browsers do not stop it: what is wrong is said by the page, in its own words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if not isinstance(one, forms.BooleanField):
                one.error_messages["required"] = _("请填：%(label)s") % {"label": one.label}


def done(request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, words: str) -> bool:
    """Whether the form was right and the change was made; else the form says why."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    messages.success(request, words)
    return True


def status(*some: forms.Form) -> int:
    """422 when something has to be mended."""
    return 422 if any(form.is_bound and form.errors for form in some) else 200
