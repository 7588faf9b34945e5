"""Addresses as square pictures that telephones read, drawn into the page: the policy lets no other picture in."""

import segno


def drawn(address: str) -> tuple[int, str]:
    """The side and the dark path of the picture."""
    rows = [bytes(row) for row in segno.make(address, error="m").matrix_iter(border=2)]
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]
    return len(rows), "".join(dark)
