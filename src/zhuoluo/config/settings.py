"""One settings file. A site changes it by environment variables only; docs/running.md lists them."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from zhuoluo.config.environment import database, flag, home, kept_secret, one_of, sealing_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()

DEBUG = flag("ZHUOLUO_DEBUG")
DEMO = flag("ZHUOLUO_DEMO")  # shows the demo accounts on the sign-in page
SECRET_KEY = os.environ.get("ZHUOLUO_SECRET_KEY") or kept_secret(HOME, "secret.key")
# Keys the residents' query codes and the blind index of contact data; never rotated with the session key.
IDENTITY_KEY = os.environ.get("ZHUOLUO_IDENTITY_KEY") or kept_secret(HOME, "identity.key")
ALLOWED_HOSTS = os.environ.get("ZHUOLUO_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ZHUOLUO_ORIGINS", "").split(",") if origin]
# Seal the accusations. Several keys (id:base64, apart by commas), the first in use; the profile is aes or sm4.
SEALED_KEYS = os.environ.get("ZHUOLUO_SEALED_KEYS") or kept_secret(HOME, "sealed.keys", make=sealing_key)
SEALED_PROFILE = one_of("ZHUOLUO_SEALED_PROFILE", "aes", ("aes", "sm4"))
HTTPS = flag("ZHUOLUO_HTTPS")
# Reached through a proxy on this many hops: which X-Forwarded-For entry is the client (0: none is trusted).
PROXY_HOPS = int(os.environ.get("ZHUOLUO_PROXY_HOPS", "0"))
PUBLIC_URL = os.environ.get(
    "ZHUOLUO_PUBLIC_URL", ""
)  # printed in QR codes; empty: the address of the request
FOLLOW_PATH = "/follow/"  # where a receipt's QR code leads: the page that asks for number and code
# Filings an hour from one network address before residents are asked to wait or to phone (0: no limit).
FILINGS_PER_HOUR = int(os.environ.get("ZHUOLUO_FILINGS_PER_HOUR", "60"))
# The county's own standards for the policy calculators, a TOML file; without one the demo's sample, marked as such.
STANDARDS_FILE = os.environ.get("ZHUOLUO_STANDARDS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
    "zhuoluo.kit",
    "zhuoluo.ledger",
    "zhuoluo.files",
    "zhuoluo.search",
    "zhuoluo.org",
    "zhuoluo.residents",
    "zhuoluo.papers",
    "zhuoluo.matters",
    "zhuoluo.reception",
    "zhuoluo.oversight",
    "zhuoluo.enterprise",
    "zhuoluo.research",
    "zhuoluo.onsite",
    "zhuoluo.duty",
    "zhuoluo.village",
    "zhuoluo.sealed",
    "zhuoluo.outreach.policy",
    "zhuoluo.outreach.talks",
    "zhuoluo.outreach.live",
    "zhuoluo.outreach.programmes",
    "zhuoluo.figures",
    "zhuoluo.exchange",
    "zhuoluo.demo",
    "zhuoluo.portal",
    "zhuoluo.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhuoluo.kit.middleware.Screen",
    "zhuoluo.sealed.middleware.InMemory",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhuoluo.org.middleware.Staff",
    "zhuoluo.oversight.middleware.Traces",
    "axes.middleware.AxesMiddleware",
    "zhuoluo.kit.middleware.NoNul",
]

ROOT_URLCONF = "zhuoluo.config.urls"
WSGI_APPLICATION = "zhuoluo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhuoluo.config.screen.screen",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zhuoluo.kit.templatetags.kit",
            ],
        },
    }
]

DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "org:sign-in"
LOGIN_REDIRECT_URL = "/desk/"
REQUIRE_SECOND_FACTOR = flag(
    "ZHUOLUO_REQUIRE_TOTP"
)  # every staff account must set one up before anything else
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_URL = "/staff/locked/"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = False
AXES_USERNAME_FORM_FIELD = "username"
OTP_TOTP_ISSUER = "着落"

NAV_SECONDS = 3  # how old the counts in the navigation may be
SESSION_COOKIE_AGE = 8 * 3600  # a working day, whatever happens
SESSION_IDLE_SECONDS = 30 * 60  # and half an hour without a request
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and flag("ZHUOLUO_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_HOPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # shown; the database keeps UTC

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zhuoluo.config.statics.Collected"},
}
# Served under hashed names, so browsers keep them for ever; development and tests serve the sources as they are.
HASHED_STATIC = flag("ZHUOLUO_HASHED_STATIC", not DEBUG)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC
if not HASHED_STATIC:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FILES_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # residents never sign in: only the account name can be locked out
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # axes writes account names and addresses at INFO; the sign-in record is in its own table.
    "loggers": {"axes": {"level": "ERROR"}, "zhuoluo": {"level": "INFO"}},
}
