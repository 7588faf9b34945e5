"""In and out, one's own password, one's own sessions."""

from allauth.account.forms import LoginForm
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.people import queries as people
from huying.people import second_factors
from huying.people.actions.change_password import change_password
from huying.people.actions.end_sign_ins import end_sign_in, end_sign_ins
from huying.web.components import kept
from huying.web.components.actor import is_worn, must_change_password, opens_before
from huying.web.components.doors import open_to_all, staff_only
from huying.web.components.second_factor import lacks
from huying.web.components.sign_in import remember_device
from huying.web.staff.factor_form import ask_code
from huying.web.staff.frame import frame

LONGEST_PASSWORD = 128


class SignInForm(LoginForm):
    """Login name and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = gettext_lazy("登录名"), gettext_lazy("密码")
        login.error_messages["required"] = gettext_lazy("请填登录名")
        password.error_messages["required"] = gettext_lazy("请填密码")
        password.max_length, password.help_text = LONGEST_PASSWORD, ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """Signed in, and back where one wanted to go; what was typed before comes along."""
    following = kept.own_path(request.POST.get("next", request.GET.get("next", "")))
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(following or "staff:tray")
    if limited := ratelimit.consume_or_429(request, action="login"):
        return limited
    form = SignInForm(request.POST or None, request=request)
    carried, path = kept.brought_along(request.POST), kept.own_path(request.POST.get(kept.PATH, ""))
    if request.method == "POST" and form.is_valid():
        response = form.login(request, redirect_url=following or None)
        if request.user.is_authenticated:
            return arrived(request, response, carried, path)
        # The telephone is asked next; what was typed comes along in that page.
        return ask_code(request, carried, path) if carried and path else response
    context = {"form": form, "next": following, "kept": carried, "kept_path": path}
    return render(request, "staff/sign_in.html", context, status=422 if form.errors else 200)


def arrived(request: HttpRequest, response: HttpResponseBase, carried: list[kept.Kept], path: str) -> HttpResponseBase:
    """Signed in: the device is known from now on, and what was typed before can be sent again."""
    if carried and path:
        response = render(request, "staff/send_again.html", {"kept": carried, "kept_path": path})
    remember_device(request, response, request.user.login)
    return response


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Signed out."""
    logout(request)
    return redirect("staff:login")


class PasswordForm(forms.Form):
    """A new password, and the old one unless it was handed out just now."""

    old_password = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("新密码"),
        help_text=gettext_lazy("至少 8 位，越长越好，一句话也行"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("再写一遍"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, account: object, is_first: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if is_first:
            del self.fields["old_password"]

    def clean_old_password(self) -> str:
        if not self.account.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError(_("现在的密码不对"))
        return self.cleaned_data["old_password"]

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.account)
        return self.cleaned_data["password1"]

    def clean_password2(self) -> str:
        if self.cleaned_data["password2"] != self.cleaned_data.get("password1", self.cleaned_data["password2"]):
            raise forms.ValidationError(_("两遍写的不一样"))
        return self.cleaned_data["password2"]


@opens_before("password", "second_factor")
@staff_only()
@sensitive_post_parameters("old_password", "password1", "password2")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """A password of one's own; sign-ins elsewhere are over."""
    is_first = must_change_password(request)
    form = PasswordForm(request.POST or None, account=request.user, is_first=is_first)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        change_password(request.user, password=form.cleaned_data["password1"], at=at)
        update_session_auth_hash(request, request.user)
        end_sign_ins(request.user, at=at, but=request.session.session_key)
        messages.success(request, _("密码已改。别处的登录都已退出。"))
        return redirect("staff:tray")
    around = {} if lacks(request) else frame(request, current="me")
    context = around | {"form": form, "is_first": is_first, "is_worn": is_worn(request)}
    return render(request, "staff/password.html", context, status=422 if form.errors else 200)


@opens_before("password")
@staff_only()
@require_safe
def me(request: HttpRequest) -> HttpResponseBase:
    """Who I am here, where I am signed in, and the way out."""
    here = request.session.session_key
    sign_ins = people.sign_ins_of(request.user, at=timezone.now())
    codes_left = second_factors.codes_left(request.user.pk) if request.user.has_second_factor else 0
    context = frame(request, current="me") | {"sign_ins": sign_ins, "here": here, "codes_left": codes_left}
    return render(request, "staff/me.html", context)


@staff_only()
@require_POST
def end_session(request: HttpRequest) -> HttpResponseBase:
    """One of one's own sessions, or all the others, is over."""
    which = request.POST.get("which", "")
    if which == "others":
        end_sign_ins(request.user, at=timezone.now(), but=request.session.session_key)
    else:
        end_sign_in(request.user, handle=which)
    messages.success(request, _("已退出。"))
    return redirect("staff:me")
