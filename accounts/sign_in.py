"""allauth's forms and pages for codes and passwords.

Every wrong try is counted, and every change of the second factor written down.
"""

from allauth.account.forms import ChangePasswordForm
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms, views
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import actions, lockout, used_codes
from toolkit import audit
from toolkit.policy import PUBLIC, SIGNED_IN


class CountedCode:
    """A wrong code counts like a wrong password, and so does a used one."""

    def clean_code(self):
        with lockout.counted(context.request, self.user, "second-factor-failed"):
            code = super().clean_code()
            if not used_codes.take(self.authenticator, code):
                raise get_adapter().validation_error("incorrect_code")
            return code


class CodeForm(CountedCode, forms.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CountedCode, forms.ReauthenticateForm):
    """A code asked of somebody who is signed in."""


class OwnPasswordForm(ChangePasswordForm):
    """One's own new password; the present one cannot be guessed here either."""

    def clean_oldpassword(self):
        with lockout.counted(context.request, self.user, "login-failed"):
            return super().clean_oldpassword()

    def clean(self):
        if actions.was_changed_lately(self.user):
            raise ValidationError(
                _("密码 24 小时内只能改一次。怕被人知道了，请系统管理员发放临时密码。")
            )
        return super().clean()


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


class RecordedStep:
    """A change of one's own second factor, in one transaction with its event."""

    policy = SIGNED_IN
    verb = ""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record(self.verb, subject=self.request.user)
        return response


class FactorOnView(RecordedStep, ActivateTOTPView):
    """Switch the second factor on; the first recovery codes come with it."""

    verb = "second-factor-on"

    @transaction.atomic
    def form_valid(self, form):
        """Take the code that proves the device: it opens nothing afterwards."""
        response = super().form_valid(form)
        made = self.request.user.authenticator_set.get(type="totp")
        used_codes.take(made, form.cleaned_data["code"])
        return response


class FactorOffView(RecordedStep, DeactivateTOTPView):
    """Switch the second factor off; its recovery codes go with it."""

    verb = "second-factor-off"


class NewCodesView(RecordedStep, GenerateRecoveryCodesView):
    """Make new recovery codes; those before them stop working."""

    verb = "recovery-codes-made"
