"""Pages for requests that could not be served: plain words, what was kept, what to do."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huying.web.components.doors import open_to_all
from huying.web.components.kept import NotThere

LONG = 20


@open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere: say what to do, and keep what was typed.

    The texts are shown to be copied, never with a button: another site may have sent them.
    """
    kept = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and _is_words(value)]
    return render(request, "403_csrf.html", {"kept": kept}, status=403)


def unavailable(request: HttpRequest, *, wait_seconds: int = 30) -> HttpResponse:
    """503 with everything the person typed still on the page, ready to be sent again."""
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value, _is_words(value)) for name, value in posted if name != "csrfmiddlewaretoken"]
    response = render(request, "503.html", {"kept": kept, "path": request.path}, status=503)
    response["Retry-After"] = str(wait_seconds)
    response["Cache-Control"] = "no-store"
    return response


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    """500; a database that is locked or away is only a short wait, and keeps what was typed."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request)
    return render(request, "500.html", status=500)


@open_to_all
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form that is too large: what to do instead."""
    is_large = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"is_large": is_large}, status=413 if is_large else 400)


@open_to_all
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; whoever was writing on a page that has gone finds their words on it, and nothing of what was there.

    The same for every address: there is no page to come back to.
    """
    words = exception.words if isinstance(exception, NotThere) else []
    context = {"kept": words, "comes_back_to": "/", "opens_beside": bool(words)}
    return render(request, "404.html", context, status=404)


def _is_words(value: str) -> bool:
    """Whether a person wrote it; a token is one long word of ASCII."""
    return len(value) > LONG and (" " in value or not value.isascii())
