"""What a sign-in is here: allauth's flow and limits, our accounts, equal answers for every wrong try."""

import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huying.people import queries as people
from huying.people.sessions import DEVICE, POSTS, SEEN, SIGNED_IN
from huying.rules import accounts
from huying.web.components import moments
from huying.web.components.visitors import address_of

WRONG = _("登录名或密码不对。请再看一遍；忘了密码，请找系统管理员。")


class AccountBackend(AuthenticationBackend):
    """Loads account, person and unit in one statement."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        found = people.account(user_id)
        is_open = found is not None and found.person.is_active and self.user_can_authenticate(found)
        return found if is_open else None


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up; a closed account answers as a wrong password does."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": _("试得太多了。请等一分钟再试，账号没有被锁。"),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by login; those from a device it has signed in from are counted apart, so that strangers
        who guess never keep its owner out."""
        login = credentials.get("username", "").lower()
        return f"{login} {known_device(request, login)}"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active and user.person.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        at = timezone.now()
        posts = accounts.posts_mark(people.actor_of(user, on=moments.local_day(at)))
        kept = {SIGNED_IN: at.isoformat(), SEEN: at.isoformat(), POSTS: posts}
        request.session.update({**kept, DEVICE: device_words(self.get_http_user_agent(request))})

    def get_login_stages(self) -> list[str]:
        """After the password the telephone; no mail is verified, for nobody signs up."""
        return ["huying.web.components.second_factor.SecondFactorStage"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say for themselves what happened."""


COOKIE = "device"
YEAR_SECONDS = 365 * 24 * 3600
SALT = "huying.device"


def known_device(request: HttpRequest, login: str) -> str:
    """The mark this device got when this login signed in on it; nothing when it never did."""
    try:
        whose, mark = signing.loads(request.COOKIES.get(_cookie(request), ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return mark if whose == _digest(login) else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, login: str) -> None:
    """The device is known from now on; the cookie opens nothing and does not name the login."""
    kept = signing.dumps([_digest(login.lower()), secrets.token_hex(8)], salt=SALT)
    response.set_cookie(
        _cookie(request), kept, max_age=YEAR_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _cookie(request: HttpRequest) -> str:
    return f"__Host-{COOKIE}" if request.is_secure() else COOKIE


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()[:24]


BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("360", "360 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """Chrome，Windows: enough to know one's own device again, and nothing more is kept."""
    parts = [_first(agent, BROWSERS), _first(agent, SYSTEMS)]
    return "，".join(part for part in parts if part)


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((words for sign, words in names if sign in agent), "")
