"""What is done to accounts: temporary passwords, lost second factors."""

import secrets
from datetime import timedelta

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import lockout
from accounts.models import User
from toolkit import audit
from toolkit.history import remember

# A password the office gives out is good for three days and for one login.
TEMPORARY_PASSWORD_LASTS = timedelta(hours=72)
# One's own is changed once in this time, so that the last few cannot be gone through in
# a minute to come back to the first of them.
CHANGED_ONCE_IN = timedelta(hours=24)
# The row in hand may be older than what an administrator did to the account since.
PASSWORD_FIELDS = ("password", "must_change_password", "password_expires_at")
# Held by another administrator than the one who gives out passwords: together they
# could open any account.
LIFTING = "accounts.change_assignment"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def readable_password() -> str:
    """Return a random password that can be read aloud: four groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _i in range(4)) for _g in range(4))
    return "-".join(groups)


@transaction.atomic
def give_temporary_password(*, user: User, by: User | None) -> str:
    """Set a new one-time password, end every session, and return it to be told once."""
    password = readable_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_expires_at = timezone.now() + TEMPORARY_PASSWORD_LASTS
    user.save(update_fields=PASSWORD_FIELDS)
    lockout.forget_failures(user.username)
    remember(user, "password-given", _("发放临时密码"), by=by)
    return password


def password_words(password: str) -> str:
    """Return the sentence that tells a new password, the only time it is told."""
    told = _("临时密码：%(password)s　只显示这一次，3天内有效，首次登录须修改。")
    return told % {"password": password}


@transaction.atomic
def lift_second_factor(*, user: User, by: User, note: str) -> None:
    """Take a lost second factor off an account, and end all its sessions.

    Raises ValidationError if there is none. With the password the owner then signs in
    and sets up a new one.
    """
    # allauth locks the same row while it makes codes.
    user = User.objects.select_for_update().get(pk=user.pk)
    gone, _by_kind = user.authenticator_set.all().delete()
    if not gone:
        raise ValidationError(_("这个账号没有开通动态口令。"))
    get_adapter().end_sessions(UserSession.objects.filter(user=user))
    remember(user, "second-factor-lifted", _("解除动态口令"), by=by, note=note)


def temporary_password_is_stale(user: User) -> bool:
    """Answer whether the given-out password was not used in time."""
    return bool(
        user.must_change_password
        and user.password_expires_at
        and user.password_expires_at < timezone.now()
    )


def was_changed_lately(user: User) -> bool:
    """Answer whether the owner has chosen the password a short time ago.

    One that the office gave since then is changed at once all the same.
    """
    changed = audit.events_of(user).filter(verb="password-changed")
    since = timezone.now() - CHANGED_ONCE_IN
    return not user.must_change_password and changed.filter(at__gt=since).exists()


@transaction.atomic
def choose_password(user: User, password: str) -> None:
    """Set the password that the owner has chosen; it settles a given one."""
    user.set_password(password)
    user.must_change_password = False
    user.password_expires_at = None
    user.save(update_fields=PASSWORD_FIELDS)
    audit.record("password-changed", actor=user, subject=user)
