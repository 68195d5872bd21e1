"""A signed-in person first settles what the account still owes."""

from time import time

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.staying import ASKING, SignInLeft

# Pages that must stay open while something is owed.
ALWAYS_OPEN = (
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/session/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/language/",
    "/static/",
    "/healthz",
    "/readyz",
)


class SecondFactorMiddleware:
    """Send a person without a second factor to set one up where it is demanded.

    The same holds for a password that an administrator gave. Public pages are never
    asked who reads them: only requests that carry a session cookie are looked at.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        owed = self.owed_by(request)
        if owed is None:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _("请先完成账号安全设置。")}, status=403)
        return redirect(owed)

    @staticmethod
    def owed_by(request):
        """Return the name of the page to be visited first, or None."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if request.path.startswith(ALWAYS_OPEN) or not request.user.is_authenticated:
            return None
        if request.user.must_change_password:
            return "account_change_password"
        if not settings.YUHAI_SECOND_FACTOR_REQUIRED:
            return None
        has_factor = request.user.authenticator_set.filter(type="totp").exists()
        return None if has_factor else "mfa_activate_totp"


class SessionListMiddleware(UserSessionsMiddleware):
    """Note activity at most every five minutes, and end a session in time.

    Noting it on every request would make each page that is read a write.
    """

    every = 5 * 60

    def __call__(self, request):
        if self.is_due(request):
            return super().__call__(request)
        return self.get_response(request)

    def is_due(self, request) -> bool:
        """Answer whether this request is to be noted; the session remembers when."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        now = int(time())
        request.sign_in_left = self.sign_in_left(request.session, now)
        if request.sign_in_left.seconds <= 0:
            # The policy of the page then leads to the login and back again.
            logout(request)
        if request.path == ASKING and request.method == "GET":
            return False
        if now - request.session.get("noted_at", 0) < self.every:
            return False
        if request.user.is_authenticated:
            request.session.setdefault("began_at", now)
            request.session["noted_at"] = now
            request.sign_in_left = self.sign_in_left(request.session, now)
        return True

    def sign_in_left(self, session, now: int) -> SignInLeft:
        """Return how long a sign-in goes on.

        Both moments are those that are noted anyway, so that no page costs a write; a
        person who just comes back in time is spared the minutes between two notes.
        """
        began, noted = session.get("began_at", now), session.get("noted_at", now)
        return SignInLeft(
            idle=noted + settings.YUHAI_SESSION_IDLE_SECONDS + self.every - now,
            whole=began + settings.YUHAI_SESSION_SECONDS - now,
        )
