"""What the room throws away as time goes by, whoever runs the loop and however often."""

from datetime import datetime

from huying.channels import files, limits


def tidy(*, at: datetime) -> int:
    """Once an hour: counts of addresses, files that no form sent and files that no row names are gone; how many."""
    if not limits.is_first("tidy", at=at):
        return 0
    return limits.forget(at=at) + files.drop_abandoned(at=at) + files.sweep(at=at)
