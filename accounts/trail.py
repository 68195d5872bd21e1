"""The words of the acts that this app leaves in the audit trail."""

from django.utils.translation import gettext_lazy as _

from toolkit.audit_words import name_verbs

name_verbs(
    {
        "login": _("登录"),
        "logout": _("退出"),
        "login-failed": _("登录失败"),
        "login-locked": _("锁定期间登录"),
        "second-factor-failed": _("动态口令不对"),
        "password-given": _("发放临时密码"),
        "password-changed": _("修改密码"),
        "second-factor-on": _("开通动态口令"),
        "second-factor-off": _("停用动态口令"),
        "second-factor-lifted": _("解除动态口令"),
        "recovery-codes-made": _("生成备用码"),
        "sessions-ended": _("退出登录的设备"),
    }
)
