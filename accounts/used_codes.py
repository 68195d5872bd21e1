"""A code of the second factor serves once.

allauth remembers used codes in the cache, which is a process's own where there is no
Redis and empty after a restart. The database remembers for all processes.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth

from accounts.factor_secrets import open_secret
from accounts.models import TakenCode


def take(authenticator: Authenticator, code: str) -> bool:
    """Note that a right code is used; False where it, or a later one, was before.

    Of two who come with the same code one finds the step no longer smaller.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    step = step_of(open_secret(authenticator.data["secret"]), code)
    if step is None:
        return False
    TakenCode.objects.get_or_create(authenticator=authenticator)
    taken = TakenCode.objects.filter(authenticator=authenticator, step__lt=step)
    return bool(taken.update(step=step))


def step_of(secret: str, code: str) -> int | None:
    """Return the time step to which a code belongs, None if to none of now."""
    for step in auth.yield_hotp_counters_from_time():
        value = auth.format_hotp_value(auth.hotp_value(secret, step))
        if compare_user_code(actual=code, expected=value):
            return step
    return None
