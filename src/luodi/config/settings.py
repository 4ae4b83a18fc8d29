"""Settings. Everything a site may change comes from the environment; see docs/guide."""

from __future__ import annotations

import os
import secrets
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(os.environ.get("LUODI_DATA", "data")).resolve()
FILES_DIR = DATA_DIR / "files"


def secret_key() -> str:
    """The site's key: from the environment, or made once and kept in the data folder."""
    given = os.environ.get("LUODI_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret.key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return path.read_text()


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728"
    ),
}


def database(address: str, file: str) -> dict:
    """A Django database entry from `postgresql://user:password@host:port/name`, or SQLite."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / file,
            "OPTIONS": SQLITE_OPTIONS,
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("LUODI_DATABASE must look like postgresql://user@host/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASE_ADDRESS = os.environ.get("LUODI_DATABASE", "")
DATABASES = {"default": database(DATABASE_ADDRESS, "luodi.sqlite3")}
if not DATABASE_ADDRESS:
    # Queue and sessions live in a second file: their writes never wait for the record's.
    DATABASES["queue"] = database("", "queue.sqlite3")
    DATABASE_ROUTERS = ["luodi.config.routers.QueueRouter"]
QUEUE_APPS = ("axes", "django_q", "sessions")
QUEUE_DATABASE = "default" if DATABASE_ADDRESS else "queue"

SECRET_KEY = secret_key()
DEBUG = os.environ.get("LUODI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LUODI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LUODI_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_q",
    "axes",
    "csp",
    "luodi.common",
    "luodi.audit",
    "luodi.orgs",
    "luodi.documents",
    "luodi.jobs",
    "luodi.papers",
    "luodi.ledger",
    "luodi.indicators",
    "luodi.collection",
    "luodi.reading",
    "luodi.analysis",
    "luodi.plans",
    "luodi.sites",
    "luodi.services",
    "luodi.registers",
    "luodi.policy",
    "luodi.chain",
    "luodi.projects",
    "luodi.supervision",
    "luodi.assessment",
    "luodi.reports",
    "luodi.console",
    "luodi.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luodi.config.middleware.ViewerMiddleware",
    "luodi.config.middleware.MomentMiddleware",
    "luodi.config.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "luodi.config.urls"
WSGI_APPLICATION = "luodi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "luodi.config.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "luodi.common.templatetags.luodi"],
        },
    }
]

AUTH_USER_MODEL = "orgs.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "luodi.config.backends.AccountBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
][: 2 if os.environ.get("LUODI_TESTING") else 1]
if os.environ.get("LUODI_TESTING"):
    PASSWORD_HASHERS.reverse()
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "luodi.config.backends.locked_out"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

CSRF_FAILURE_VIEW = "luodi.config.errors.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("LUODI_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_HOST = os.environ.get("LUODI_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LUODI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LUODI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LUODI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LUODI_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("LUODI_SMTP_FROM", "luodi@localhost")

SMS_WAY = os.environ.get("LUODI_SMS", "")
SMS_COMMAND = shlex.split(os.environ.get("LUODI_SMS_COMMAND", ""))
SMS_URL = os.environ.get("LUODI_SMS_URL", "")
SMS_TOKEN = os.environ.get("LUODI_SMS_TOKEN", "")
"""How a text message leaves: `file`, `command`, `http`; nothing unless the site says so."""

Q_CLUSTER = {
    "name": "luodi",
    "orm": QUEUE_DATABASE,
    "workers": 1,
    "timeout": 1800,
    "retry": 2400,
    "max_attempts": 2,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.5,
    "save_limit": 200,
    "label": "luodi",
    "sync": os.environ.get("LUODI_JOBS") == "inline",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LUODI_LOG", "WARNING")},
}
