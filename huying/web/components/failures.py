"""Pages for requests that could not be served: plain words, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huying.web.components.doors import open_to_all


@open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere: say what to do, and keep what was typed.

    The texts are shown to be copied, never with a button: another site may have sent them.
    """
    kept = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and len(value) > 10]
    return render(request, "403_csrf.html", {"kept": kept}, status=403)


def unavailable(request: HttpRequest, *, wait_seconds: int = 30) -> HttpResponse:
    """503 with everything the person typed still on the page, ready to be sent again."""
    kept = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    response = render(request, "503.html", {"kept": kept, "path": request.path}, status=503)
    response["Retry-After"] = str(wait_seconds)
    response["Cache-Control"] = "no-store"
    return response
