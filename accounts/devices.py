"""Devices on which an account has signed in before, known by a signed cookie.

Wrong tries from such a device are counted apart from those of strangers, so that nobody
who merely knows a user name can keep its owner out.
"""

import secrets
from datetime import timedelta

from django.conf import settings

from toolkit.privacy.blind import blind_index

KNOWN_FOR = timedelta(days=180)
# Only the pages of signing in and of one's own account need it.
PATH = "/accounts/"
SALT = "accounts.devices"
STRANGER = ""


def username_hash(username: str) -> str:
    """Return the keyed hash under which a user name is counted and recognised."""
    return blind_index("login", username.strip().lower()[:150]).hex()


def device_of(request, username: str) -> str:
    """Return the mark of the device if this account has signed in on it, or ""."""
    seconds = KNOWN_FOR.total_seconds()
    return request.get_signed_cookie(
        _cookie_of(username), STRANGER, SALT, max_age=seconds
    )


def remember_device(request, response, username: str) -> None:
    """Let the device keep a mark of its own for this account."""
    response.set_signed_cookie(
        _cookie_of(username),
        device_of(request, username) or secrets.token_hex(16),
        SALT,
        max_age=KNOWN_FOR,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie_of(username: str) -> str:
    """Several people may share a desk: each has a cookie, signed with its name."""
    return f"known-{username_hash(username)[:16]}"
