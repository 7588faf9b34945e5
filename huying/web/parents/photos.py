"""A photo or recording the parent brought, handed out to whoever holds the receipt, and to nobody else."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from huying.appeals import progress, queries
from huying.channels import files
from huying.web.parents.holding import holder_page


@require_safe
@holder_page
def photo(request: HttpRequest, pk: int, token: str) -> HttpResponseBase:
    """The file; only pictures that we made ourselves are shown in place."""
    try:
        found = progress.photo(queries.get_for(request.actor, pk), token)
    except queries.Missing as missing:
        raise Http404 from missing
    if found is None:
        raise Http404
    file = files.path_of(found.sha256).open("rb")
    response = FileResponse(
        file, as_attachment=not found.is_image, filename=found.name, content_type=found.content_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
