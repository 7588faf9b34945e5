"""Photos and recordings with a form: cleaned at once and kept beside it, so a mistake elsewhere costs none."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.channels import claims, files, limits

ACCEPTED = "image/*,audio/*,application/pdf"


class ManyFiles(forms.FileInput):
    """A file control that takes several, from the album or the camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """No, one or several files; what they are is told from their content, in `keep`."""

    def __init__(self, label: Any) -> None:
        hint = gettext_lazy("最多 9 个，每个不超过 10 MB。")
        widget = ManyFiles(attrs={"accept": ACCEPTED, "multiple": True})
        super().__init__(label=label, help_text=hint, required=False, widget=widget)


def keep(form: forms.Form, *, draft: str, at: datetime) -> None:
    """The files of a checked form lie cleaned beside it; each that could not be taken is said at the field."""
    uploads = form.cleaned_data.get("files", [])
    if not uploads:
        return
    try:
        files.require_few(uploads, already=len(claims.of_draft(draft)))
    except files.FileRefused as error:
        form.add_error("files", str(error))
        return
    for place, upload in enumerate(uploads, start=1):
        try:
            limits.require_attachment(form=draft, at=at)
            files.store(files.clean(upload), draft=draft, at=at)
        except (files.FileRefused, limits.TooMany) as error:
            which = _("第 %(place)d 个：") % {"place": place} if len(uploads) > 1 else ""
            form.add_error("files", f"{which}{error}")


def tokens(draft: str) -> list[str]:
    """What lies beside the form."""
    return [file.token for file in claims.of_draft(draft)]
