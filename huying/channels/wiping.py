"""What this room kept of an appeal whose time of keeping is over."""

from collections.abc import Iterable

from huying.channels.models import Draft, IncomingMessage, StoredFile


def wipe(*, appeal: int, message: int | None, files: Iterable[int]) -> None:
    """Drafts and files are gone, and the message that brought it says nothing any more; that it came stays.

    The bytes of a file go with the next sweep, when no other row names them.
    """
    Draft.objects.filter(appeal=appeal).delete()
    IncomingMessage.objects.filter(pk=message).update(sealed="")
    StoredFile.objects.filter(pk__in=list(files)).delete()
