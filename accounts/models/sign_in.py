"""What is kept of passwords, codes and tries, so that none serves too often."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from toolkit import formats


class UsedPassword(models.Model):
    """A password that an account has had, as its hash; the last few are kept."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="used_passwords", verbose_name=_("账号")
    )
    encoded = models.CharField(max_length=128)
    chosen_at = models.DateTimeField(_("设置时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("用过的密码")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user} {formats.cn_date(self.chosen_at)}"


class LoginAttempt(models.Model):
    """A try to sign in, counted until it succeeds; names are kept as keyed hashes."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    username_hash = models.CharField(_("账号摘要"), max_length=32)
    # Empty for a device on which the account has not signed in before.
    device = models.CharField(_("设备"), max_length=32, blank=True)
    ip = models.GenericIPAddressField(_("地址"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录失败")
        indexes = [
            models.Index(
                fields=["username_hash", "device", "at"], name="attempt_by_username"
            ),
            models.Index(fields=["ip", "at"], name="attempt_by_address"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class TakenCode(models.Model):
    """The last code that a second factor has taken, by its time step."""

    authenticator = models.OneToOneField(
        "mfa.Authenticator",
        models.CASCADE,
        primary_key=True,
        related_name="taken_code",
        verbose_name=_("动态口令"),
    )
    step = models.BigIntegerField(_("时段"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("用过的动态口令")

    def __str__(self):
        return str(self.step)
