"""Lockout after repeated wrong passwords and codes, kept in the database.

Five failures within fifteen minutes close an account, or an address, for the rest of
that time (GB/T 22239-2019 level 3, identity authentication). A try is written down
before it is judged and taken back when it was right: many tries at the same moment
therefore get no more answers than as many one after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.devices import STRANGER, device_of, username_hash
from accounts.models import LoginAttempt, User
from toolkit import audit
from toolkit.models import AuditEvent

# An address is shared by a whole office behind one router.
PER_ADDRESS = 10
KEPT_FOR = timedelta(days=1)
# Tries refused by a lock cost an attacker nothing, so the trail tells of them now and
# then; it is looked for among the newest events, so that a long trail costs no more.
TOLD_EVERY = timedelta(minutes=1)
NEWEST = 500


def begin(request, username: str) -> LoginAttempt:
    """Count a try before it is judged; raise ValidationError when there were too many.

    Call it outside a transaction: other connections must see the try at once.
    """
    attempt = _attempt(request, username)
    attempt.save()
    minutes = _minutes_locked(attempt)
    if minutes:
        # A refused try does not prolong the lock.
        attempt.delete()
        tell_refusal(attempt.ip, username)
        raise ValidationError(locked_words(minutes), code="locked")
    return attempt


def minutes_locked(request, username: str) -> int:
    """Return for how many minutes a further try would be refused, 0 when it is not."""
    return _minutes_locked(_attempt(request, username))


def account_named(username: str) -> User | None:
    """Return the account that a name means, in whatever letters, as it is counted."""
    return User.objects.filter(username__iexact=username.strip()).first()


def tell_refusal(ip: str | None, username: str) -> None:
    """Write down that a try was refused, once a minute.

    For an account, or, where nobody has the name, for the address: so no more events
    come of it in a minute than there are accounts and addresses.
    """
    user = account_named(username)
    last = AuditEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    told = AuditEvent.objects.filter(
        pk__gt=last - NEWEST,
        verb="login-locked",
        at__gt=timezone.now() - TOLD_EVERY,
        subject_id=user and user.pk,
    )
    if user is None:
        told = told.filter(ip=ip)
    if not told.exists():
        audit.record("login-locked", subject=user)


@contextmanager
def counted(request, user, verb: str) -> Iterator[None]:
    """Count what is tried within as a failure of the user if it is refused."""
    attempt = begin(request, user.username)
    try:
        yield
    except ValidationError:
        audit.record(verb, actor=user)
        raise
    attempt.delete()


def forget_failures(username: str, device: str | None = None) -> None:
    """Start counting anew: on one device, or (None) everywhere."""
    attempts = LoginAttempt.objects.filter(username_hash=username_hash(username))
    if device is not None:
        attempts = attempts.filter(device=device)
    attempts.delete()


def tries_left(request, username: str) -> int:
    """Return how many more failures the account may have here before it is closed."""
    device = device_of(request, username)
    failures = _recent().filter(username_hash=username_hash(username), device=device)
    return max(0, settings.YUHAI_LOCKOUT_FAILURES - failures.count())


def forget_old(now: datetime) -> int:
    """Remove tries that no lock asks for any more; return how many."""
    return LoginAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()[0]


def locked_words(minutes: int) -> str:
    """Say for how long nothing more is tried."""
    return ngettext(
        "登录失败次数过多，请 %(minutes)d 分钟后再试，或请系统管理员重置。",
        "登录失败次数过多，请 %(minutes)d 分钟后再试，或请系统管理员重置。",
        minutes,
    ) % {"minutes": minutes}


def _attempt(request, username: str) -> LoginAttempt:
    return LoginAttempt(
        username_hash=username_hash(username),
        device=device_of(request, username),
        ip=request.META.get("REMOTE_ADDR") or None,
    )


def _window() -> timedelta:
    return timedelta(minutes=settings.YUHAI_LOCKOUT_MINUTES)


def _recent():
    return LoginAttempt.objects.filter(at__gt=timezone.now() - _window())


def _minutes_locked(attempt: LoginAttempt) -> int:
    """Return for how many more minutes others close the way of a try, 0 when open."""
    others = _recent().exclude(pk=attempt.pk)
    limit = settings.YUHAI_LOCKOUT_FAILURES
    same_account = others.filter(
        username_hash=attempt.username_hash, device=attempt.device
    )
    waits = [_wait(same_account, limit)]
    # A known device can only try its own account, wherever it stands.
    if attempt.ip and attempt.device == STRANGER:
        at_address = others.filter(ip=attempt.ip, device=STRANGER)
        waits.append(_wait(at_address, limit * PER_ADDRESS))
    return max(waits)


def _wait(failures, limit: int) -> int:
    if failures.count() < limit:
        return 0
    last = failures.aggregate(last=Max("at"))["last"] or timezone.now()
    seconds = (last + _window() - timezone.now()).total_seconds()
    return max(1, -int(-seconds // 60))
