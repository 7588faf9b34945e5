"""Nothing typed is lost: when a sign-in has run out it can be sent again, when a page has gone it can be copied."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

PREFIX = "kept."
PATH = "kept_path"
DROPPED = ("csrfmiddlewaretoken", "password", "password1", "password2", "old_password")
UNTYPED = ("version", "pile")
LONG = 20


class NotThere(Http404):
    """There is no such page for this person, whether or not there is one for others. Their words come along."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words


@dataclass(frozen=True)
class Kept:
    """One posted field; a long one is shown, so that its writer sees that it is still there."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value


def signed_out(request: HttpRequest) -> HttpResponseBase:
    """The way to the sign-in page; a POST takes what was typed along."""
    if request.method != "POST" or not request.POST:
        return redirect_to_login(request.get_full_path())
    context = {"form": None, "next": request.path, "kept": posted(request.POST), "kept_path": request.get_full_path()}
    return render(request, "staff/sign_in.html", context, status=401)


def posted(data: QueryDict) -> list[Kept]:
    """What a form brought, without passwords and tokens."""
    return [Kept(name, value) for name, values in data.lists() if name not in DROPPED for value in values]


def words_of(data: QueryDict) -> list[str]:
    """What a person wrote, to be read again: no choice, number, date or token: those are plain ASCII in one piece."""
    typed = (one.value.replace("\0", "").strip() for one in posted(data) if one.name not in UNTYPED)
    return [value for value in typed if value and (len(value.split()) > 1 or not value.isascii())]


def brought_along(data: QueryDict) -> list[Kept]:
    """What the sign-in page carried through."""
    return [Kept(name.removeprefix(PREFIX), value) for name, values in data.lists() if name.startswith(PREFIX)
            for value in values]  # fmt: skip


def own_path(wanted: str) -> str:
    """The address when it is one of ours, else nothing."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else ""
