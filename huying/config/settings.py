"""Django's settings. What differs between installations comes from `env`; docs/settings.md explains each name."""

from datetime import timedelta

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from huying.config import env, logs

DEBUG = env.flag("DEBUG")
DATA_DIR = env.data_dir()
KEYS_DIR = DATA_DIR / "keys"
FILES_DIR = DATA_DIR / "files"
DEMO_MARK = DATA_DIR / "demo"
SECRET_KEY = env.secret_key(KEYS_DIR)
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")
# Open to the local network, the machine answers to whatever name it is called there, unless the names are given.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or (
    ["*"] if env.text("HOST") == "0.0.0.0" else ["127.0.0.1", "localhost", "[::1]"]  # noqa: S104
)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
INTAKE_PER_HOUR = env.number("INTAKE_PER_HOUR", 1000)
KNOWN_NETWORKS = env.words("KNOWN_NETWORKS")
LEAVE_TO = env.text("LEAVE_TO", "https://www.baidu.com/")
MLPS = env.flag("MLPS")

if DEBUG and any(host not in {"127.0.0.1", "localhost", "[::1]"} for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEBUG is for this machine alone: it refuses a public ALLOWED_HOSTS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "template_partials",
    "csp",
    "huying.people",
    "huying.channels",
    "huying.appeals",
    "huying.oversight",
    "huying.web",
    "huying.ops",
]
MIDDLEWARE = [
    "huying.web.components.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "huying.web.components.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huying.web.components.actor.ActorMiddleware",
]
ROOT_URLCONF = "huying.config.urls"
WSGI_APPLICATION = "huying.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "huying.web.components.context.site",
            ],
            "libraries": {"huying": "huying.web.components.templatetags.huying"},
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["huying.web.components.sign_in.AccountBackend"]
ACCOUNT_ADAPTER = "huying.web.components.sign_in.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "huying.people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "huying.people.passwords.NotTooLong"},
    {"NAME": "huying.people.passwords.NotFromHere"},
    *([{"NAME": f"huying.people.passwords.{name}"} for name in ("Mixed", "NotUsedLately")] if MLPS else []),
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/m/key"}
LOGIN_URL = "staff:login"
LOGIN_REDIRECT_URL = "staff:tray"
LOGOUT_REDIRECT_URL = "staff:login"

SESSION_ENGINE = "huying.people.sessions"
SESSION_COOKIE_AGE = int(timedelta(minutes=30).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "huying.web.components.failures.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["huying.channels.uploads.NamelessUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [env.ROOT / "huying" / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# Static files are served from where they lie in the package: nothing has to be collected first.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "huying@localhost")
SEAL_ADDRESSES = env.words("SEAL_ADDRESSES")

LOG_DIR = DATA_DIR / "logs"
# 网络安全法 21 asks for six months of logs at least.
LOG_DAYS = env.number("LOG_DAYS", 200)
LOGGING = logs.settings_for(LOG_DIR, level=env.text("LOG_LEVEL", "WARNING"), syslog=env.text("SYSLOG"))
