"""The photos and recordings that the appellant brought, for their own eyes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from huying.appeals.models import Appeal
from huying.channels import files as stored
from huying.channels.filekinds import FileKind


@dataclass(frozen=True)
class Photo:
    """One file under the name it is handed out by; `sha256` says where it lies."""

    token: str
    name: str
    sha256: str
    content_type: str
    is_image: bool


def photos_of(appeal: Appeal) -> tuple[Photo, ...]:
    """What the appellant brought, in the order it came. Material of the school is not in it."""
    return tuple(_named(appeal))


def photo(appeal: Appeal, token: str) -> Photo | None:
    """The file with this token, if the appellant brought it to this appeal."""
    return next((one for one in _named(appeal) if one.token == token), None)


def _named(appeal: Appeal) -> Iterator[Photo]:
    places: dict[FileKind, int] = defaultdict(int)
    for row in appeal.attachments.filter(is_for_appellant=True).select_related("file").order_by("pk"):
        kind = FileKind(row.file.kind)
        places[kind] += 1
        name = stored.public_name(kind, places[kind], row.file.suffix)
        yield Photo(row.file.token, name, row.file.sha256, row.file.content_type, kind is FileKind.IMAGE)
