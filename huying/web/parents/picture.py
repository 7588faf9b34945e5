"""The receipt's picture as a data address: it has no address of its own that could be shared or guessed."""

import base64

from huying.papers import receipt
from huying.rules import numbers


def picture_of(code: str) -> str:
    """A data: address of a PNG with the four groups of the code."""
    return "data:image/png;base64," + base64.b64encode(receipt.picture(numbers.grouped(code).split())).decode()
