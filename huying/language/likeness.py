"""How alike two texts are, by the pairs of characters they share."""

from huying.language import tokens


def alike(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words: shared pairs over all pairs of the shorter and the longer text."""
    mine, theirs = set(tokens.index_tokens(one)), set(tokens.index_tokens(other))
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / len(mine | theirs)
