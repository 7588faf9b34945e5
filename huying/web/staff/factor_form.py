"""The field for the six digits, and the page of a sign-in that asks for them."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from huying.web.components.kept import Kept

LONGEST_CODE = 40


class CodeForm(forms.Form):
    """What the telephone shows now, or a code from paper."""

    code = forms.CharField(
        label=gettext_lazy("动态码"),
        help_text=gettext_lazy("手机上现在的六位数字"),
        max_length=LONGEST_CODE,
        error_messages={"required": gettext_lazy("请填六位数字")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    use_required_attribute = False


def ask_code(
    request: HttpRequest, carried: Iterable[Kept], path: str, *, form: CodeForm | None = None, status: int = 200
) -> HttpResponseBase:
    """The second page of the sign-in; what was typed before it ran out comes along."""
    context = {"form": form or CodeForm(), "kept": list(carried), "kept_path": path}
    return render(request, "staff/second_factor.html", context, status=422 if form and status == 200 else status)
