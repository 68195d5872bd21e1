from collections import Counter

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import actions, devices, lockout
from accounts.factor_secrets import open_secret, seal_secret
from toolkit import audit, formats
from toolkit.sync.leases import end_with_sessions


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are given out by the office; logins are counted and written down."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("这个账号已经停用，请找本单位的系统管理员。"),
        "enter_current_password": gettext_lazy("现在的密码不正确，请重新输入。"),
        "incorrect_password": gettext_lazy("密码不正确，请重新输入，注意大小写。"),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        super().pre_authenticate(request, **credentials)
        self.attempt = lockout.begin(request, credentials.get("username", ""))

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            self.attempt.delete()
        return user

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        username = credentials.get("username", "")
        audit.record("login-failed", subject=lockout.account_named(username))
        left = lockout.tries_left(request, username)
        request.tries_left = left

    def validation_error(self, code, *args):
        """Say after a failed login how often one may still try, whoever it was."""
        if code != "username_password_mismatch":
            return super().validation_error(code, *args)
        left = getattr(self.request, "tries_left", 0)
        words = [_("账号或密码不正确，注意大小写。")]
        if left:
            tries = ngettext(
                "还可以再试 %(left)d 次，之后锁定 %(minutes)d 分钟。",
                "还可以再试 %(left)d 次，之后锁定 %(minutes)d 分钟。",
                left,
            )
            minutes = settings.YUHAI_LOCKOUT_MINUTES
            words.append(tries % {"left": left, "minutes": minutes})
        words.append(_("忘记密码请找本单位的系统管理员。"))
        return ValidationError(formats.sentences(words), code=code)

    def set_password(self, user, password):
        actions.choose_password(user, password)

    def pre_login(self, request, user, **kwargs):
        if actions.temporary_password_is_stale(user):
            messages.error(request, _("临时密码已过期，请联系系统管理员重新发放。"))
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        device = devices.device_of(request, user.username)
        lockout.forget_failures(user.username, device)
        audit.record("login", actor=user)
        response = super().post_login(request, user, **kwargs)
        devices.remember_device(request, response, user.username)
        return response

    def logout(self, request):
        audit.record("logout", actor=audit.person(request))
        end_with_sessions([request.session.session_key])
        super().logout(request)


class StaffMFAAdapter(DefaultMFAAdapter):
    """The second factor in the office's own words; its secrets lie sealed.

    Whoever copies the database could otherwise make the codes of every account.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "口令不对或已经过期。请看验证器上的新数字，再输一次。"
        ),
        "cannot_delete_authenticator": gettext_lazy("您的账号必须使用动态口令。"),
        "cannot_generate_recovery_codes": gettext_lazy("先开通动态口令，才有备用码。"),
    }

    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(encrypted_text)


class StaffSessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that somebody ends, his own or another's, are written down."""

    @transaction.atomic
    def end_sessions(self, sessions):
        counts = Counter(session.user for session in sessions)
        # A phone that was lost must not hold its day any longer.
        end_with_sessions(session.session_key for session in sessions)
        super().end_sessions(sessions)
        for user, count in counts.items():
            audit.record("sessions-ended", subject=user, count=count)
