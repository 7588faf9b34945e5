"""The tag library of the house: `{% load huying %}`. Tags draw; they decide nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.rules.labels import label
from huying.web.components import comfort, due, fields, icons, moments, parts

register = template.Library()

register.filter("day", moments.day_words)
register.filter("short_day", moments.short_day_words)
register.filter("clock", moments.clock_words)
register.filter("moment", moments.moment_words)
register.filter("short_moment", moments.short_moment_words)
register.filter("month", moments.month_words)
# What ships is in the catalogue, such as the name of a law; what a person typed stays as it was typed.
register.filter("known", lambda text: _(text) if text else "")
register.filter("label", lambda member: _(label(member)))

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.mark, name="mark")
register.simple_tag(icons.arc, name="arc")


@register.filter
def full_day(when: date | datetime) -> str:
    """2026年11月24日（周二）."""
    return moments.day_words(when, year=True)


@register.filter
def by_day(when: date | datetime) -> str:
    """11月25日（周三）前."""
    return _("%(day)s前") % {"day": moments.day_words(when)}


@register.filter
def by_moment(moment: datetime) -> str:
    """11月24日（周二）17:00 前."""
    return _("%(moment)s 前") % {"moment": moments.moment_words(moment)}


@register.filter
def in_fours(digits: str) -> str:
    """4821 0937 5520 1163."""
    return " ".join(_fours(digits))


@register.simple_tag
def receipt_code(digits: str, css: str = "") -> SafeString:
    """The receipt code in four groups, read out by screen readers in the same groups."""
    return format_html(
        '<p class="{}"><i class="vh">{}</i>{}</p>',
        f"code {css}".strip(),
        _("查询码"),
        format_html_join("", " <span>{}</span>", ((group,) for group in _fours(digits))),
    )


@register.simple_tag
def rate(part: int, whole: int) -> SafeString:
    """88%（37/42）: a percentage never stands without its n; none of nothing is no rate at all."""
    if not whole:
        return format_html("<b>{}</b>", _("没有"))
    return format_html("<b>{}%</b>（{}/{}）", round(100 * part / whole), part, whole)


@register.simple_tag
def figure(chart: Any) -> Any:
    """A picture of figures from `papers.charts`, which has escaped every text in it; anything else is shown as text."""
    return chart


# ---------- the page around ----------


@register.simple_tag
def page_language() -> str:
    """What stands in `<html lang>`: the tag browsers choose Chinese fonts by."""
    language = get_language() or "zh-hans"
    return "zh-CN" if language.startswith("zh") else language


@register.simple_tag(takes_context=True)
def comfort_classes(context: Context) -> str:
    """The classes on `<html>` for the reader's own size and tone."""
    request = context.get("request")
    return " ".join(filter(None, (comfort.chosen(request, "size"), comfort.chosen(request, "tone"))))


@register.inclusion_tag("components/size_link.html", takes_context=True)
def size_link(context: Context, *, with_icon: bool = True) -> dict[str, Any]:
    """The 大字 link: larger, largest, and back."""
    return {"with_icon": with_icon, **_comfort_link(context, "size", (_("大字"), _("更大"), _("小字")))}


@register.inclusion_tag("components/tone_link.html", takes_context=True)
def tone_link(context: Context) -> dict[str, Any]:
    """Dark, light, or as the system says."""
    return _comfort_link(context, "tone", (_("深色"), _("浅色"), _("跟随系统")))


@register.simple_tag(takes_context=True)
def viewer_words(context: Context) -> str:
    """林静（分办员）: who looks, and in which post."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not actor.name:
        return ""
    posts = "、".join(dict.fromkeys(_(label(post.kind)) for post in actor.posts))
    return _("%(name)s（%(posts)s）") % {"name": actor.name, "posts": posts} if posts else actor.name


@register.inclusion_tag("components/watermark.html", takes_context=True)
def watermark(context: Context) -> dict[str, Any]:
    """Viewer and time over the whole page, so that a picture of it says who took it."""
    at = _now(context)
    seen = f"{moments.local_day(at).isoformat()} {moments.clock_words(at)}"
    return {"words": f"{viewer_words(context)} {seen}"}


# ---------- deadlines, steps, record ----------


@register.inclusion_tag("components/chip.html", takes_context=True)
def chip(
    context: Context,
    due_at: due.Due | datetime | None,
    *,
    done_at: datetime | None = None,
    held: str | None = None,
    soon_from: datetime | None = None,
    provisional: bool = False,
    brief: bool = False,
    after: str = "",
) -> dict[str, Any]:
    """A deadline in shape and words; `brief` for lists, `after` adds what is due (分办)."""
    drawn = due_at
    if not isinstance(due_at, due.Due):
        at = _now(context)
        drawn = due.due_words(due_at, at=at, done_at=done_at, held=held, soon_from=soon_from, provisional=provisional)
    return {"shape": drawn.shape, "words": (drawn.short_words if brief else drawn.words) + after}


@register.inclusion_tag("components/steps.html")
def steps(steps: Sequence[parts.Step]) -> dict[str, Any]:
    """A parent's five states, one under the other."""
    return {"steps": steps}


@register.inclusion_tag("components/stepbars.html")
def stepbars(steps: Sequence[parts.Step]) -> dict[str, Any]:
    """The steps of an order for staff: bars in a row, the words carry it."""
    return {"steps": steps}


@register.inclusion_tag("components/timeline.html", takes_context=True)
def timeline(context: Context, entries: Iterable[parts.Entry]) -> dict[str, Any]:
    """The record, newest first: the caller's arcs open, the school's close."""
    return {"entries": entries, "density": context.get("density", "public")}


# ---------- forms ----------


@register.inclusion_tag("components/field.html", takes_context=True)
def field(
    context: Context,
    bound: BoundField,
    *,
    layout: str = "",
    hint: str = "",
    after: str = "",
    optional: bool = True,
    css: str = "",
    label: str = "",
    density: str = "",
) -> dict[str, Any]:
    """One field with label, hint, error and control; see `fields.draw` for the layouts."""
    density = density or context.get("density", "public")
    drawn = fields.draw(bound, density=density, layout=layout, hint=hint, optional=optional, css=css)
    return {"drawn": drawn, "density": density, "after": after, "label": label or bound.label}


@register.inclusion_tag("components/draft.html")
def draft_controls() -> dict[str, Any]:
    """First inside a `<form data-draft="…">`: says that a draft came back, or that the net is gone."""
    return {}


@register.inclusion_tag("components/draft_switch.html")
def draft_switch() -> dict[str, Any]:
    """Near the form's button: “这是别人的手机”, shown where a script could keep a draft."""
    return {}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm, kept: str = "") -> dict[str, Any]:
    """First thing in `main` after a mistake: how many, the same words as at the fields, and what was kept."""
    said = [problem for form in forms if form is not None for problem in _problems(form)]
    return {"problems": said, "title": fields.how_many(len(said)), "kept": kept}


@register.simple_tag
def error_title(*forms: BaseForm) -> str:
    """还差一处：, to stand in front of the page's title."""
    count = sum(len(_problems(form)) for form in forms if form is not None)
    return f"{fields.how_many(count)}：" if count else ""


# ---------- banners and small parts ----------


@register.inclusion_tag("components/notice.html")
def notice(fact: str, became: str = "", *, tone: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """The fact first, then what became of the text; tone "warm" when something is in the way but nothing is lost."""
    return {"fact": fact, "became": became, "tone": tone, "url": url, "link": link}


@register.inclusion_tag("components/redline.html")
def redline(tag: str, words: str, *, by: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """The only solid red: what happened, the duty and its time, one action."""
    return {"tag": tag, "words": words, "by": by, "url": url, "link": link}


@register.inclusion_tag("components/nothing.html")
def nothing(fact: str, following: str = "", *, url: str = "", link: str = "") -> dict[str, Any]:
    """An empty pile: what is true, what happens next, one link."""
    return {"fact": fact, "following": following, "url": url, "link": link}


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(choices: Iterable[parts.Choice], *, name: str = "", css: str = "") -> dict[str, Any]:
    """At most five round buttons with their counts, each a plain link."""
    return {"choices": choices, "name": name or _("筛选"), "css": css}


@register.inclusion_tag("components/older_newer.html")
def older_newer(*, older: str = "", newer: str = "") -> dict[str, Any]:
    """Two links through a long list; nothing when there is nowhere to go."""
    return {"older": older, "newer": newer}


@register.inclusion_tag("components/receipt.html")
def receipt(digits: str, pairs: Iterable[tuple[str, str]], *, address: str = "", picture: str = "") -> dict[str, Any]:
    """The stub with the code, who does what by when, and the three ways to keep it."""
    return {"digits": digits, "pairs": pairs, "address": address, "picture": picture}


@register.inclusion_tag("components/seen.html")
def seen() -> dict[str, Any]:
    """家长会看到, a solid tag."""
    return {"is_seen": True}


@register.inclusion_tag("components/seen.html")
def unseen() -> dict[str, Any]:
    """家长看不到, a dashed tag."""
    return {"is_seen": False}


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: Context, words: str, key: str, *, current: str = "", number: bool = True, css: str = ""
) -> dict[str, Any]:
    """A table head that sorts by `key`, largest first, and says so when it is the one sorted by."""
    query = context["request"].GET.copy()
    query["sort"] = key
    query.pop("after", None)
    classes = " ".join(filter(None, ("r" if number else "", css)))
    return {"words": words, "is_current": key == current, "url": f"?{query.urlencode()}", "css": classes}


# ---------- inside ----------


def _fours(digits: str) -> list[str]:
    return [digits[start : start + 4] for start in range(0, len(digits), 4)]


def _now(context: Context) -> datetime:
    return context.get("now") or timezone.now()


def _comfort_link(context: Context, what: str, words: tuple[str, str, str]) -> dict[str, Any]:
    """The link to the next value in the circle; `words` say what each present value leads to."""
    request = context.get("request")
    cycle = comfort.CYCLES[what]
    place = cycle.index(comfort.chosen(request, what))
    return {
        "url": comfort.link(
            request, what=what, value=cycle[(place + 1) % len(cycle)], back=context.get("comes_back_to", "")
        ),
        "words": words[place],
        "all_words": "|".join(words),
        # A page that answers a POST cannot be asked for again: without script the link opens beside it.
        "beside": context.get("opens_beside", request is not None and request.method == "POST"),
    }


def _problems(form: BaseForm) -> list[tuple[str, str]]:
    """Each mistake as (where, words); where is empty when it belongs to no one field."""
    said = [("", str(error)) for error in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            target = "" if bound.is_hidden else fields.first_id(bound)
            said += [(target, str(error)) for error in bound.errors]
    return said
