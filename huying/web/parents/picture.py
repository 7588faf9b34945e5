"""The receipt as a picture: digits only, drawn as a data address, so that it has no address of its own."""

import base64

from huying.rules import numbers


def picture_of(code: str) -> str:
    """A data: address of an SVG with the four groups of the code."""
    groups = numbers.grouped(code).split()
    lines = "".join(
        f'<text x="160" y="{64 + 46 * place}" text-anchor="middle">{group}</text>' for place, group in enumerate(groups)
    )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="250" viewBox="0 0 320 250">'
        '<rect width="320" height="250" fill="#fffefa"/>'
        f'<g font-family="monospace" font-size="40" font-weight="600" fill="#1b2325">{lines}</g></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
