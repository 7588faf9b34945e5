"""A paper handed to whoever asked for it, as a document to be edited or one to be printed."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from django.http import HttpResponse

from huying.papers.official.as_docx import docx
from huying.papers.official.as_pdf import pdf
from huying.papers.official.document import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: dict[str, tuple[str, Callable[..., bytes]]] = {"docx": (WORD, docx), "pdf": ("application/pdf", pdf)}


def handed_over(made: Paper, name: str, form: str, *, at: datetime) -> HttpResponse:
    """The file under its name; `form` is one of FORMS."""
    kind, render = FORMS[form]
    response = HttpResponse(render(made, at=at), content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    response["Cache-Control"] = "no-store"
    return response
