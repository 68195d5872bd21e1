"""Production: everything from the environment; a missing secret stops the start."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env
from .connections import broker, caches, database
from .logs import LOGGING  # noqa: F401

DEBUG = False
SECRET_KEY = env.str("DJANGO_SECRET_KEY")
YUHAI_KEYS = {
    "encryption": env.str("YUHAI_ENCRYPTION_KEYS"),
    "blind": env.str("YUHAI_BLIND_KEY"),
}
ALLOWED_HOSTS = env.list("YUHAI_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
YUHAI_DEMO_ALLOWED = False
YUHAI_SECOND_FACTOR_REQUIRED = env.bool("YUHAI_SECOND_FACTOR_REQUIRED", True)
YUHAI_TRUSTED_PROXIES = env.list("YUHAI_TRUSTED_PROXIES", default=[])

DATABASES = {"default": database(VAR_DIR)}
CACHES = caches()
globals().update(broker(VAR_DIR))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
