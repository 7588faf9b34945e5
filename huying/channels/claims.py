"""Files on their way from a form to an appeal. A form's files are found by its draft id, never by what a form posts."""

from collections.abc import Iterable

from huying.channels.models import StoredFile
from huying.people.prepared import PreparedObjects


def of_draft(draft: str) -> list[StoredFile]:
    """The files uploaded to one form that no appeal has taken yet; none for an empty id."""
    return _OF_DRAFT.all(draft) if draft else []


_OF_DRAFT = PreparedObjects(StoredFile, lambda draft: StoredFile.objects.filter(draft=draft).order_by("pk"))


def claim(tokens: Iterable[str]) -> list[StoredFile]:
    """These files belong to whoever claims them now; one that was claimed before is left out."""
    claimed = []
    for file in StoredFile.objects.filter(token__in=list(tokens)).exclude(draft="").order_by("pk"):
        if StoredFile.objects.filter(pk=file.pk).exclude(draft="").update(draft=""):
            claimed.append(file)
    return claimed


def drop(draft: str) -> None:
    """The files uploaded to one form are not its own any more; the sweep takes them off the disk."""
    if draft:
        StoredFile.objects.filter(draft=draft).delete()
