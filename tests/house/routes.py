"""All addresses of the house."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(path as it is written, its pattern) of every address."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        else:
            yield path, one
