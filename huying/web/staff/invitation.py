"""Where an invitation leads: the invited person confirms the login name and chooses a password only they know."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from huying.channels import limits
from huying.people import invitations, keys
from huying.people.actions.accept_invitation import accept_invitation
from huying.people.invitations import NoInvitation
from huying.vault.codes import address_key
from huying.web.components import moments
from huying.web.components.doors import open_to_all
from huying.web.components.visitors import address_of

LONGEST_LOGIN = 60


class InvitationForm(forms.Form):
    """The login name as it stands on the paper, and a password of one's own, twice."""

    login = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=LONGEST_LOGIN,
        help_text=gettext_lazy("照邀请纸上的写"),
        error_messages={"required": gettext_lazy("请填登录名")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("密码"),
        help_text=gettext_lazy("至少 8 位，越长越好，一句话也行"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("再写一遍"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, invited: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited

    def clean_login(self) -> str:
        login = self.cleaned_data["login"].strip()
        if login.lower() != self.invited.login.lower():
            raise forms.ValidationError(_("登录名和这张邀请对不上，请照纸上的写"), code="another")
        return login

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], invitations.to_be(self.invited))
        return self.cleaned_data["password1"]

    def clean_password2(self) -> str:
        if self.cleaned_data["password2"] != self.cleaned_data.get("password1", self.cleaned_data["password2"]):
            raise forms.ValidationError(_("两遍写的不一样"))
        return self.cleaned_data["password2"]


@open_to_all
@sensitive_post_parameters("password1", "password2")
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """A password of one's own, and then the way to the sign-in. A link that opens nothing never says why."""
    at = timezone.now()
    here = address_key(keys.ring(), address_of(request), on=moments.local_day(at))
    try:
        limits.require_invitation(address=here, at=at)
        response = _opened(request, token, here=here)
    except limits.TooMany as error:
        response = _closed(request, error, status=429)
        response["Retry-After"] = str(int(error.wait.total_seconds()))
    except NoInvitation as error:
        limits.note_failed_invitation(address=here, at=at)
        response = _closed(request, error, status=404)
    add_never_cache_headers(response)
    return response


def _opened(request: HttpRequest, token: str, *, here: str) -> HttpResponseBase:
    at = timezone.now()
    invited = invitations.of_token(token, at=at)
    form = InvitationForm(request.POST or None, invited=invited)
    if request.method == "POST" and form.is_valid():
        accept_invitation(invited, password=form.cleaned_data["password1"], at=at)
        messages.success(request, _("密码已设好，请登录。"))
        return redirect("staff:login")
    if form.has_error("login", "another"):
        limits.note_failed_invitation(address=here, at=at)
    context = {"form": form, "invited": invited}
    return render(request, "staff/invitation.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, error: Exception, *, status: int) -> HttpResponse:
    return render(request, "staff/invitation_gone.html", {"words": _(str(error))}, status=status)
