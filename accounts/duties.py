from accounts import lockout
from toolkit.duties import duty


@duty("login-attempts")
def forget_old_attempts(now) -> int:
    """Remove failed logins after a day; the audit trail keeps that they happened."""
    return lockout.forget_old(now)
