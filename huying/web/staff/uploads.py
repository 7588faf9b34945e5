"""Files that come with a step: cleaned at once and bound to this person's form, so a mistake elsewhere keeps them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import casefile
from huying.appeals.casefile import CaseFile
from huying.channels import claims, files
from huying.channels.filekinds import FileRefused


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """No, one or several files, each told by its content."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=ManyFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


def files_field(words: str, *, hint: str = "") -> FilesField:
    return FilesField(label=words, help_text=hint or gettext_lazy("照片、PDF、录音，最多 9 个"))


def keep(uploads: list[Any], file: CaseFile) -> None:
    """The uploads lie cleaned beside the form; raises ValidationError with what was wrong."""
    draft = casefile.files_beside(file.actor, file.appeal.pk)
    if not uploads:
        return
    try:
        files.require_few(uploads, already=len(claims.of_draft(draft)))
        for upload in uploads:
            files.store(files.clean(upload), draft=draft, at=file.at)
    except FileRefused as error:
        raise forms.ValidationError(str(error)) from error


def tokens(file: CaseFile) -> list[str]:
    """What lies beside the form."""
    return [one.token for one in claims.of_draft(casefile.files_beside(file.actor, file.appeal.pk))]


def said(count: int) -> str:
    """已传 2 个文件, or nothing."""
    return _("已传 %(count)d 个文件，会一起交") % {"count": count} if count else ""
