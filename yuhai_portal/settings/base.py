"""Settings that every environment shares. What differs comes from the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

# Apps by layer: an app imports only from the lines above its own.
TOOLKIT_APPS = ["toolkit"]
CORE_APPS = ["communities", "accounts"]
SHARED_APPS = ["visits", "notices", "volunteers"]
PILLAR_APPS = ["governance", "services", "learning", "ecology", "safety"]
SURFACE_APPS = ["reports", "portal"]

INSTALLED_APPS = [
    # Before Django's own, whose changepassword it replaces.
    *CORE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_tables2",
    "drf_spectacular",
    "rest_framework",
    *TOOLKIT_APPS,
    *SHARED_APPS,
    *PILLAR_APPS,
    *SURFACE_APPS,
]

MIDDLEWARE = [
    # First: what it answers needs nothing of the others.
    "portal.conditional.EarlyUnchanged",
    "toolkit.client_address.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "toolkit.content_policy.OnePolicyMiddleware",
    # Before the session, which is looked for by a cookie.
    "toolkit.nul_bytes.NulByteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionListMiddleware",
    "toolkit.body_size.BodySizeMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "toolkit.acting.ActingMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "portal.errors.NotAllowedMiddleware",
    "toolkit.policy.PolicyMiddleware",
]

ROOT_URLCONF = "yuhai_portal.urls"
WSGI_APPLICATION = "yuhai_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "toolkit.context.shell",
            ],
            "builtins": ["toolkit.templatetags.yh"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("全部")
DJANGO_TABLES2_TEMPLATE = "toolkit/table.html"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AssignmentBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.UnlikeTheOwner"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.NotOneOfTheLast"},
]
ACCOUNT_ADAPTER = "accounts.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
# Lockout is our own and lives in the database (accounts.lockout).
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {"change_password": "accounts.sign_in.OwnPasswordForm"}
MFA_ADAPTER = "accounts.adapters.StaffMFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in.CodeForm",
    "reauthenticate": "accounts.sign_in.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "玉海街道"
USERSESSIONS_ADAPTER = "accounts.adapters.StaffSessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
# Demand a second factor of everybody who signs in.
YUHAI_SECOND_FACTOR_REQUIRED = env.bool("YUHAI_SECOND_FACTOR_REQUIRED", False)
YUHAI_LOCKOUT_FAILURES = 5
YUHAI_LOCKOUT_MINUTES = 15
YUHAI_FOREIGN_POLICIES = "yuhai_portal.policies.FOREIGN"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# A sign-in ends after a long working day whatever is done (GB/T 22239-2019 level 3,
# 8.1.4.1 b: sessions time out) ...
YUHAI_SESSION_SECONDS = 10 * 60 * 60
# ... and when nobody works with it. The page warns before, and keeps what was typed.
YUHAI_SESSION_IDLE_SECONDS = 60 * env.int("YUHAI_SESSION_IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = YUHAI_SESSION_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

SECURE_REFERRER_POLICY = "same-origin"
# Read on this machine itself, where nothing stands before the portal that speaks TLS.
SECURE_REDIRECT_EXEMPT = [r"^metrics$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The largest upload (a roster of the whole street), and a form of somebody unknown.
YUHAI_MOST_BODY_BYTES = 40 * 1024 * 1024
YUHAI_MOST_STRANGE_FORM_BYTES = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Addresses of our own proxies, whose X-Forwarded-For is believed; no other is.
YUHAI_TRUSTED_PROXIES = []
INTERNAL_IPS = ["127.0.0.1", "::1"]
FILE_UPLOAD_PERMISSIONS = 0o640

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FIRST_DAY_OF_WEEK = 1
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "static_vendor"]
MEDIA_ROOT = VAR_DIR / "media"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication"
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "toolkit.api.answer_refusal",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yuhai portal",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
}

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a broker that is away; the sweeper finds the work.
CELERY_TASK_PUBLISH_RETRY = False

# An export of more rows than this is made by the worker.
YUHAI_EXPORT_IN_PAGE = 2000
# Searches by ID number or phone, whole or in part, that one person has in an hour.
YUHAI_NUMBER_SEARCHES = 120
