"""Pages for what went wrong at the edge: plain words, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huying.web.components.doors import open_to_all


@open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, and nothing was taken in."""
    return render(request, "403_csrf.html", status=403)


def unavailable(request: HttpRequest, *, wait_seconds: int = 30) -> HttpResponse:
    """503 with everything the person typed still on the page, ready to be sent again."""
    kept = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    response = render(request, "503.html", {"kept": kept, "path": request.path}, status=503)
    response["Retry-After"] = str(wait_seconds)
    response["Cache-Control"] = "no-store"
    return response
