"""Leases: what lets a phone hold a day's work, and hand in what it wrote down.

    Authorization: Lease <token>

A token names a lease and proves that we gave it out. It lets hand in, and nothing else:
it opens no page. It does so for weeks after the lease is over, so that a phone which
comes back late loses nothing; what it then hands in goes to a person where a rule
cannot decide.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header

from toolkit import audit
from toolkit.models import PhoneLease
from toolkit.policy import Policy

# A working day; the key on the phone dies with it.
LASTS = timedelta(hours=12)
# How long after its end a phone may still hand in.
MAY_HAND_IN = timedelta(days=60)
# Clocks that agree this well need no question.
TOLERATED = timedelta(minutes=2)
SCHEME = "Lease"
_SIGNER = Signer(salt="toolkit.sync.leases")


def issue(request, *, homes: int, now: datetime, left: Sequence[dict]) -> PhoneLease:
    """Give the phone of the signed-in person a lease, and write that down.

    `left` is what is proved of each list that leaves the portal: `batch`, `reach`,
    `count`, `fields` and `about`, as `toolkit.audit.record` takes them.
    """
    lease = PhoneLease.objects.create(
        user=request.user,
        session_mark=mark_of(request.session.session_key),
        homes=homes,
        issued_at=now,
        until=now + LASTS,
    )
    for proved in left:
        audit.record("taken-along", **proved)
    return lease


def token_of(lease: PhoneLease) -> str:
    return _SIGNER.sign(lease.uid)


def mark_of(session_key: str | None) -> str:
    """Return what tells leases of one sign-in from another's, never its key."""
    return salted_hmac(SCHEME, session_key or "", algorithm="sha256").hexdigest()


def end_with_sessions(session_keys: Iterable[str | None]) -> None:
    """End the leases of sign-ins that are over."""
    marks = [mark_of(key) for key in session_keys]
    held = PhoneLease.objects.filter(session_mark__in=marks, ended_at=None)
    held.update(ended_at=timezone.now())


def lease_in(request) -> PhoneLease | None:
    """Return the lease that a request bears and may hand in with, or None."""
    scheme, _space, token = get_authorization_header(request).partition(b" ")
    if scheme != SCHEME.encode():
        return None
    try:
        uid = _SIGNER.unsign(token.decode(errors="replace"))
    except BadSignature:
        return None
    known = PhoneLease.objects.select_related("user").filter(uid=uid)
    return known.filter(until__gt=timezone.now() - MAY_HAND_IN).first()


class LeasePolicy(Policy):
    """Whoever is signed in, and a phone that bears a lease."""

    def allows(self, request) -> bool:
        return super().allows(request) or lease_in(request) is not None


SIGNED_IN_OR_LEASE = LeasePolicy("signed_in")


class LeaseAuthentication(BaseAuthentication):
    """Answer for whom a phone hands in, by its lease."""

    def authenticate(self, request):
        if not get_authorization_header(request).startswith(SCHEME.encode()):
            return None
        lease = lease_in(request)
        if lease is None:
            raise exceptions.AuthenticationFailed(_("离线授权无效，请登录后再发送。"))
        return lease.user, lease

    def authenticate_header(self, request):
        return SCHEME


def doubt_about(lease: PhoneLease | None, moment: datetime) -> str:
    """Return why a person must look at what was written down at a moment, or ""."""
    if lease is None:
        return ""
    if not lease.user.is_active:
        return _("登记人的账号已停用，等所在社区核对。")
    end = min(filter(None, (lease.until, lease.ended_at)))
    if moment > end + TOLERATED:
        return _("离线授权到期以后登记的，等所在社区核对。")
    if moment < lease.issued_at - TOLERATED:
        return _("登记时间早于离线授权，等所在社区核对。")
    return ""


def may_hold(lease: PhoneLease | None, now: datetime) -> bool:
    """Answer whether a phone may still hold what it has taken along."""
    if lease is None:
        return True
    return lease.user.is_active and lease.ended_at is None and now < lease.until
