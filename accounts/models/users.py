from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.scoping import RegisterQuerySet
from toolkit.console import at_console
from toolkit.history import remember

PLAIN_LETTERS = _("账号只能用英文字母、数字和“@”“.”“+”“-”“_”。")


class UserQuerySet(RegisterQuerySet):
    """The register of accounts; the street keeps it as a whole."""


class StaffManager(UserManager.from_queryset(UserQuerySet)):
    """Django's manager of users over the register."""

    @transaction.atomic
    def create_superuser(self, *args, **fields):
        """Make the first account of a portal, and write that down."""
        with at_console("createsuperuser"):
            user = super().create_superuser(*args, **fields)
            remember(user, "created", _("登记"))
        return user


class User(AbstractUser):
    """A person who signs in: staff of the street, of a community, of the police."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("跟随系统")
        LIGHT = "light", _("浅色")
        DARK = "dark", _("深色")

    first_name = None
    last_name = None
    username = models.CharField(
        _("账号"),
        max_length=150,
        unique=True,
        # A Cyrillic letter looks like ours in every list.
        validators=[ASCIIUsernameValidator(message=PLAIN_LETTERS)],
        error_messages={"unique": _("已经有这个账号，大小写不同也算同一个。")},
    )
    is_active = models.BooleanField(_("启用账号"), default=True)
    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=50, blank=True)
    theme = models.CharField(_("界面"), max_length=5, choices=Theme, default=Theme.AUTO)
    large_type = models.BooleanField(_("大字"), default=False)
    page_size = models.PositiveSmallIntegerField(_("每页行数"), default=20)
    # Set when an administrator gave the password; the owner must choose his own.
    must_change_password = models.BooleanField(_("须改密码"), default=False)

    # When a password that the office gave out stops working.
    password_expires_at = models.DateTimeField(
        _("临时密码有效期"), null=True, blank=True
    )

    # Whether the person may sign in; on a button the second word is a verb.
    STANDINGS = {
        True: pgettext_lazy("状态", "启用"),
        False: pgettext_lazy("状态", "停用"),
    }
    REQUIRED_FIELDS = ["name"]
    objects = StaffManager()
    is_register = True

    class Meta:
        verbose_name = verbose_name_plural = _("账号")
        constraints = [
            # Lockout and devices know accounts whatever their letters' case.
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_whatever_the_case",
                violation_error_message=_("已经有这个账号，大小写不同也算同一个。"),
            )
        ]

    def __str__(self):
        return self.name or self.username

    def get_absolute_url(self):
        return reverse("accounts:user-detail", args=[self.pk])

    @property
    def unit_words(self) -> str:
        """Where the person works today, as it stands on what he prints."""
        held = self.assignments.current().select_related("org_unit__community")
        names = {one.org_unit.full_name: None for one in held.order_by("starts_on")}
        return "、".join(names)

    @property
    def standing(self) -> str:
        """启用 or 停用: whether the person may sign in."""
        return str(self.STANDINGS[self.is_active])

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
