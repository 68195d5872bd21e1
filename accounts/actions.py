"""What is done to accounts: initial passwords, ends of assignments."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import lockout
from accounts.models import User
from toolkit.history import remember

# A password the office gives out is good for three days and for one login.
INITIAL_PASSWORD_LASTS = timedelta(hours=72)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def readable_password() -> str:
    """Return a random password that can be read aloud: four groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _i in range(4)) for _g in range(4))
    return "-".join(groups)


@transaction.atomic
def give_initial_password(*, user: User, by: User) -> str:
    """Set a new one-time password, end every session, and return it to be told once."""
    password = readable_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_expires_at = timezone.now() + INITIAL_PASSWORD_LASTS
    user.save()
    lockout.forget_failures(user.username)
    remember(user, "password-given", _("发放初始密码"), by=by)
    return password


def initial_password_is_stale(user: User) -> bool:
    """Answer whether the given-out password was not used in time."""
    return bool(
        user.must_change_password
        and user.password_expires_at
        and user.password_expires_at < timezone.now()
    )


def settle_password(user: User) -> None:
    """Note that the owner has chosen a password of his own."""
    user.must_change_password = False
    user.password_expires_at = None
    user.save(update_fields=["must_change_password", "password_expires_at"])
