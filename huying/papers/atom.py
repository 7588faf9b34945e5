"""A feed (Atom, RFC 4287) of what was published, newest first. Facts in, bytes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from huying.papers.sheets import no_xml


@dataclass(frozen=True)
class Item:
    """One published text: its address, its title, a few words, and the day it became public."""

    address: str
    title: str
    words: str
    on: date


def feed(items: Sequence[Item], *, address: str, title: str, language: str) -> bytes:
    """The feed, as UTF-8. A feed without items is as old as its form."""
    newest = max((item.on for item in items), default=date(2026, 1, 1))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_plain(language)}">',
        f"<id>{_plain(address)}</id><title>{_plain(title)}</title><updated>{_moment(newest)}</updated>",
        f'<link rel="self" href="{_plain(address)}"/><author><name>{_plain(title)}</name></author>',
        *(_entry(item) for item in items),
        "</feed>",
    ]
    return "\n".join(lines).encode("utf-8")


def _entry(item: Item) -> str:
    return (
        f"<entry><id>{_plain(item.address)}</id><title>{_plain(item.title)}</title>"
        f"<updated>{_moment(item.on)}</updated><link href='{_plain(item.address)}'/>"
        f"<summary>{_plain(item.words)}</summary></entry>"
    )


def _moment(on: date) -> str:
    # Only the day is public: the moment would tell when somebody sat at the desk.
    return f"{on:%Y-%m-%d}T00:00:00+08:00"


def _plain(text: str) -> str:
    return escape(no_xml(text))
