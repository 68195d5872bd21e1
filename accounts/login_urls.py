"""The pages of allauth that the portal uses.

Signing up, changing e-mail addresses and resetting a password by e-mail are left out:
accounts and passwords are given out by the office. Two names stay because allauth
looks them up.
"""

from allauth.account import views
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from accounts import staying
from accounts.sign_in import CodeView, FactorOffView, FactorOnView, NewCodesView
from toolkit.policy import SIGNED_IN


class ToAccount(RedirectView):
    """Lead to one's own account page."""

    policy = SIGNED_IN
    url = reverse_lazy("accounts:me")


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("session/", staying.tell_session, name="account_session"),
    path("session/back/", staying.welcome_back, name="account_session_back"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("2fa/authenticate/", CodeView.as_view(), name="mfa_authenticate"),
    path("2fa/totp/activate/", FactorOnView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", FactorOffView.as_view(), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/generate/",
        NewCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", ToAccount.as_view(), name="account_set_password"),
    path("email/", ToAccount.as_view(), name="account_email"),
]
