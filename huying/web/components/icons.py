"""Icons and the marks made of two arcs: line drawings in `currentColor`, always beside a word."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = {
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20",
    "phone": "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2"
    "A17 17 0 0 1 4 5.7a2 2 0 0 1 2-2.2z",
    "large": "M3 19l5-13 5 13M4.8 14.5h6.4M15 19l3-8 3 8M16 16.5h4",
    "warning": "M12 4l9 16H3zM12 10v4.5M12 17.2v.3",
    "pen": "M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3",
    "picture": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.1",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "print": "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z",
    "tick": "M5 12.5l4.5 4.5L19 7.5",
    "eye": "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5z",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
}


def icon(name: str) -> SafeString:
    """One of the twelve icons, hidden from screen readers: the word beside it is read instead."""
    return format_html('<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


def mark(css_class: str = "") -> SafeString:
    """The sign of the house: 呼 opens to the right, 应 answers from the left."""
    attribute = format_html(' class="{}"', css_class) if css_class else ""
    return format_html(
        '<svg{} viewBox="0 0 40 40" aria-hidden="true"><path class="hu" d="M15.2 10.4a10.6 10.6 0 0 0 0 19.2"/>'
        '<path class="ying" d="M22.6 5.6a15.4 15.4 0 0 1 0 28.8"/></svg>',
        attribute,
    )


def arc(is_caller: bool) -> SafeString:
    """The timeline's mark: the caller's arc is open to the right, the answer's closes it."""
    side, path = ("hu", "M12.5 3.5a8.5 8.5 0 0 0 0 13") if is_caller else ("ying", "M7.5 3.5a8.5 8.5 0 0 1 0 13")
    return format_html(
        '<svg class="a" viewBox="0 0 20 20" aria-hidden="true"><path class="{}" stroke-width="3" d="{}"/></svg>',
        side,
        path,
    )
