"""Published answers: found by words and topic, each on a page of its own, and as a feed."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.oversight import publications
from huying.papers import atom
from huying.web.components.doors import open_to_all
from huying.web.public.pages import around

ON_A_PAGE = 20
IN_A_FEED = 50
LONGEST = 40
MOST_PAGES = 500


@require_safe
@open_to_all
def answers(request: HttpRequest) -> HttpResponse:
    """What was asked and answered, the newest first, or what holds the words that are looked for."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    topic = request.GET.get("topic", "").replace("\0", "")[:LONGEST]
    number = _page_number(request.GET.get("page", ""))
    found = publications.search(words, topic=topic)
    begin = (number - 1) * ON_A_PAGE
    cases = [publications.shown(case) for case in found[begin : begin + ON_A_PAGE + 1]]
    context = around("answers") | {
        "words": words,
        "topic": topic,
        "topics": publications.public_topics(),
        "cases": cases[:ON_A_PAGE],
        "number": number,
        "has_more": len(cases) > ON_A_PAGE,
    }
    return render(request, "public/answers.html", context)


def _page_number(asked: str) -> int:
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 5
    return min(max(int(asked), 1), MOST_PAGES) if is_number else 1


@require_safe
@open_to_all
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One answer; what was taken down says so, and that is all it says."""
    try:
        shown = publications.public_case(token)
    except publications.TakenDown:
        return render(request, "public/answer_gone.html", around("answers"), status=HTTPStatus.GONE)
    except publications.Missing as missing:
        raise Http404 from missing
    return render(request, "public/answer.html", around("answers") | {"shown": shown})


@require_safe
@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """The newest answers, for programs that look by themselves."""
    items = [_item(publications.shown(case)) for case in publications.public()[:IN_A_FEED]]
    address = settings.BASE_URL + reverse("public:answers_feed")
    raw = atom.feed(items, address=address, title=_("网上公开的答复"), language=get_language() or "zh-hans")
    return HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")


def _item(shown: Any) -> atom.Item:
    address = settings.BASE_URL + reverse("public:answer", args=[shown.token])
    return atom.Item(address, shown.title, shown.question, shown.published_on)
