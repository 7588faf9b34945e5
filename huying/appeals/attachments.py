"""Files that come with a step are taken out of their form and belong to the appeal."""

from collections.abc import Iterable

from huying.appeals.models import Appeal, Attachment, Event
from huying.channels import claims


def attach(appeal: Appeal, tokens: Iterable[str], *, event: Event, is_for_appellant: bool) -> int:
    """The stored files with these tokens belong to the appeal; how many. A token bound elsewhere is left out."""
    wanted = list(tokens)
    if not wanted:
        return 0
    rows = [
        Attachment(appeal=appeal, file=file, event=event, is_for_appellant=is_for_appellant)
        for file in claims.claim(wanted)
    ]
    Attachment.objects.bulk_create(rows)
    return len(rows)
