"""allauth's forms and pages for codes and passwords, with every wrong try counted."""

from allauth.account.forms import ChangePasswordForm
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.base import forms, views
from django.contrib import messages
from django.shortcuts import redirect

from accounts import lockout
from toolkit.policy import PUBLIC


class CountedCode:
    """A wrong code counts like a wrong password."""

    def clean_code(self):
        with lockout.counted(context.request, self.user, "second-factor-failed"):
            return super().clean_code()


class CodeForm(CountedCode, forms.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CountedCode, forms.ReauthenticateForm):
    """A code asked of somebody who is signed in."""


class OwnPasswordForm(ChangePasswordForm):
    """One's own new password; the present one cannot be guessed here either."""

    def clean_oldpassword(self):
        with lockout.counted(context.request, self.user, "login-failed"):
            return super().clean_oldpassword()


class CodeView(views.AuthenticateView):
    """The second step of signing in, given up when the account is locked."""

    policy = PUBLIC

    def form_invalid(self, form):
        minutes = lockout.minutes_locked(self.request, self.stage.login.user.username)
        if not minutes:
            return super().form_invalid(form)
        clear_login(self.request)
        messages.error(self.request, lockout.locked_words(minutes))
        return redirect("account_login")
