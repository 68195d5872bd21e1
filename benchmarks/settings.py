"""Settings of the benchmarks: a running portal with a folder and keys of its own."""

import base64

from yuhai_portal.settings.base import *  # noqa: F403
from yuhai_portal.settings.base import BASE_DIR, INSTALLED_APPS
from yuhai_portal.settings.connections import broker, database

VAR_DIR = BASE_DIR / "var" / "bench"
VAR_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)

SECRET_KEY = "only-for-benchmarks"
YUHAI_KEYS = {
    "encryption": "b1:" + base64.b64encode(b"e" * 32).decode(),
    "blind": base64.b64encode(b"b" * 32).decode(),
}
ALLOWED_HOSTS = ["127.0.0.1"]
YUHAI_DEMO_ALLOWED = True
YUHAI_FOREIGN_POLICIES = "benchmarks.urls.FOREIGN"
# One reader asks for the same numbers thousands of times; each is still counted.
YUHAI_NUMBER_SEARCHES = 1_000_000_000

# The admin is only here to be compared with.
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin", "benchmarks"]
ROOT_URLCONF = "benchmarks.urls"

DATABASES = {"default": database(VAR_DIR)}
# Memory of the process: a server that others use must not see our figures.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
globals().update(broker(VAR_DIR))
WHITENOISE_USE_FINDERS = True
