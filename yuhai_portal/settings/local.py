"""One machine, nothing to configure: SQLite and Celery's filesystem transport."""

from toolkit.privacy.keys import ensure_key_file

from .base import *  # noqa: F403
from .base import STATIC_ROOT, VAR_DIR, env
from .connections import broker, caches, database
from .logs import LOGGING  # noqa: F401

VAR_DIR.mkdir(exist_ok=True)
# WhiteNoise warns when it is missing, though here it serves the sources.
STATIC_ROOT.mkdir(exist_ok=True)
KEY_FILE = VAR_DIR / "keys.env"
ensure_key_file(KEY_FILE)
env.read_env(str(KEY_FILE))

DEBUG = env.bool("DJANGO_DEBUG", False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY")
YUHAI_KEYS = {
    "encryption": env.str("YUHAI_ENCRYPTION_KEYS"),
    "blind": env.str("YUHAI_BLIND_KEY"),
}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
YUHAI_DEMO_ALLOWED = True

DATABASES = {"default": database(VAR_DIR)}
CACHES = caches()
globals().update(broker(VAR_DIR))
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
