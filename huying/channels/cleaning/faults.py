"""Why a file could not be cleaned, as one word that a child process can say to its parent."""


class NotClean(Exception):
    """The file cannot be cleaned; the word says why."""

    word = "unreadable"


class TooManyPixels(NotClean):
    """A picture larger than the house takes."""

    word = "too_many_pixels"


class TooManyPages(NotClean):
    """A document longer than the house takes."""

    word = "too_many_pages"


class Locked(NotClean):
    """A document that opens with a password only."""

    word = "locked"
