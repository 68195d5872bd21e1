"""Settings of the test suite: fixed keys, fast password hashing, real databases."""

import base64
import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .connections import broker, caches, database

# Each process of a test run has its own database, and so its own locks and files.
VAR_DIR = (
    Path(os.environ.get("YUHAI_TEST_VAR", tempfile.gettempdir()))
    / "yuhai-test"
    / os.environ.get("PYTEST_XDIST_WORKER", "alone")
)
VAR_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"

SECRET_KEY = "only-for-tests"
YUHAI_KEYS = {
    "encryption": "t1:" + base64.b64encode(b"t" * 32).decode(),
    "blind": base64.b64encode(b"b" * 32).decode(),
}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
YUHAI_DEMO_ALLOWED = True

DATABASES = {"default": database(VAR_DIR)}
CACHES = caches()
# Two processes of a run may share one Redis.
CACHES["default"]["KEY_PREFIX"] = VAR_DIR.name
globals().update(broker(VAR_DIR))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
# Tests change units between requests; the memory of them has a test of its own.
YUHAI_HELD_SECONDS = 0
