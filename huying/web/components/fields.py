"""A form field as the look draws it: label, hint, error, control, all left, in two densities."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SHORT = 5
MOST_KEYS = 9
NUMERALS = (
    "",
    gettext_noop("一"),
    gettext_noop("两"),
    gettext_noop("三"),
    gettext_noop("四"),
    gettext_noop("五"),
    gettext_noop("六"),
    gettext_noop("七"),
    gettext_noop("八"),
    gettext_noop("九"),
)


@dataclass(frozen=True)
class Option:
    """One choice card; a label may hold a second, quieter line after a line break."""

    control: str
    id: str
    words: str
    small: str = ""
    is_wide: bool = False
    key: str = ""
    follow: tuple[BoundField, ...] = ()
    when: str = ""


@dataclass(frozen=True)
class Drawn:
    """All that `components/field.html` needs to draw one bound field."""

    bound: BoundField
    kind: str
    layout: str
    hint: str
    is_optional: bool
    control: str = ""
    options: tuple[Option, ...] = ()
    errors: tuple[str, ...] = ()
    describes: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def draw(
    bound: BoundField, *, density: str, layout: str = "", hint: str = "", optional: bool = True, css: str = ""
) -> Drawn:
    """The facts of one field; `layout` overrides how choices stand (two, picks, seg, keys)."""
    kind = _kind(bound.field.widget)
    options = _options(bound, kind=kind)
    layout = layout or _layout(options, density=density)
    return Drawn(
        bound=bound,
        kind=kind,
        layout=layout,
        hint=hint or str(bound.help_text or ""),
        is_optional=optional and not bound.field.required and kind != "box",
        control="" if kind == "choices" else _control(bound, kind=kind, css=css),
        options=_placed(options, layout=layout),
        errors=tuple(str(error) for error in bound.errors),
        describes=_describes(bound),
        extra={"is_box": _is_box(bound.field.widget)},
    )


def first_id(bound: BoundField) -> str:
    """Where a link in the error summary lands: the control itself, or the first card of a question."""
    return f"{bound.auto_id}_0" if _kind(bound.field.widget) == "choices" else bound.auto_id


def how_many(count: int) -> str:
    """还差一处, 还差两处, 还差 12 处."""
    if count < len(NUMERALS):
        return _("还差%(n)s处") % {"n": _(NUMERALS[count])}
    return _("还差 %(n)d 处") % {"n": count}


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "box" if isinstance(widget, forms.CheckboxInput) else "text"


def _is_box(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.CheckboxSelectMultiple | forms.CheckboxInput)


def _control(bound: BoundField, *, kind: str, css: str) -> str:
    if kind in ("hidden", "box"):
        return bound.as_widget()
    classes = " ".join(name for name in ("in", css, bound.field.widget.attrs.get("class", "")) if name)
    return bound.as_widget(attrs={"class": classes})


def _describes(bound: BoundField) -> str:
    """Ids that explain a whole question; single controls carry them by themselves."""
    said = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    return " ".join([*said, f"{bound.auto_id}_error"] if bound.errors else said)


def _options(bound: BoundField, *, kind: str) -> tuple[Option, ...]:
    if kind != "choices":
        return ()
    follow_ups = getattr(bound.form, "follow_ups", {}).get(bound.name, {})
    keys = getattr(bound.form, "keys", {}).get(bound.name)
    drawn = []
    for number, part in enumerate(bound, start=1):
        words, _break, small = str(part.choice_label).partition("\n")
        value = str(part.data["value"])
        follow = tuple(bound.form[name] for name in follow_ups.get(value, ()))
        when = f"{bound.html_name}={value}"
        key = keys.get(value, "") if keys is not None else str(number) if number <= MOST_KEYS else ""
        drawn.append(Option(part.tag(), part.id_for_label, words, small, key=key, follow=follow, when=when))
    return tuple(drawn)


def _layout(options: tuple[Option, ...], *, density: str) -> str:
    is_short = all(len(option.words) <= SHORT and not option.small and not option.follow for option in options)
    if density == "staff":
        return "seg" if is_short and len(options) <= SHORT else "picks"
    mostly_short = sum(len(option.words) > SHORT for option in options) <= 1
    return "two" if len(options) > 3 and mostly_short and not any(o.small or o.follow for o in options) else "picks"


def _placed(options: tuple[Option, ...], *, layout: str) -> tuple[Option, ...]:
    """In two columns a long label, and a last one left alone, take the whole row."""
    if layout != "two":
        return options
    placed, column = [], 0
    for place, option in enumerate(options, start=1):
        is_wide = len(option.words) > SHORT or (place == len(options) and column == 0)
        column = 0 if is_wide else 1 - column
        placed.append(Option(option.control, option.id, option.words, is_wide=is_wide, key=option.key))
    return tuple(placed)
