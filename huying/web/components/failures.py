"""Pages for requests that could not be served."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere: say what to do, and keep what was typed."""
    kept = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and len(value) > 10]
    return render(request, "403_csrf.html", {"kept": kept}, status=403)
