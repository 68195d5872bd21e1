from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from communities.scoping import RegisterQuerySet, ScopedQuerySet
from toolkit import formats
from toolkit.audit_fields import condition_words, field_words
from toolkit.audit_words import act_words, purpose_words, subject_words
from toolkit.console import at_console
from toolkit.history import remember
from toolkit.models import AuditEvent


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
        validators=[AbstractUser.username_validator],
        error_messages={"unique": _("已经有这个账号，大小写不同也算同一个。")},
    )
    is_active = models.BooleanField(_("可以登录"), default=True)
    name = models.CharField(_("姓名"), max_length=50)
    post = models.CharField(_("职务"), max_length=50, blank=True)
    theme = models.CharField(_("界面"), max_length=5, choices=Theme, default=Theme.AUTO)
    large_type = models.BooleanField(_("大字"), default=False)
    page_size = models.PositiveSmallIntegerField(_("每页行数"), default=20)
    # Set when an administrator gave the password; the owner must choose his own.
    must_change_password = models.BooleanField(_("须改密码"), default=False)
    # When a password that the office gave out stops working.
    password_expires_at = models.DateTimeField(
        _("初始密码有效期"), null=True, blank=True
    )

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

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


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


class RoleProfile(models.Model):
    """What a role is beside its permissions: its kind, and where it is assigned."""

    class Kind(models.TextChoices):
        BUSINESS = "business", _("业务岗位")
        ADMINISTRATION = "administration", _("管理岗位")

    role = models.OneToOneField(
        Group, models.PROTECT, related_name="profile", verbose_name=_("岗位")
    )
    slug = models.SlugField(_("代号"), max_length=30, unique=True)
    kind = models.CharField(_("类别"), max_length=15, choices=Kind)
    level = models.CharField(_("任职层级"), max_length=10, choices=OrgUnit.Level)
    english = models.CharField(_("英文名称"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("岗位说明")

    def __str__(self):
        return str(self.role)


class AssignmentQuerySet(ScopedQuerySet):
    def current(self):
        """Assignments in force today; both border days count."""
        today = timezone.localdate()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today
        )

    def meeting(self, begin, end):
        """Assignments with a day in common with a period; an end of None is open."""
        rows = self if end is None else self.filter(starts_on__lte=end)
        begin = begin or timezone.localdate()
        return rows.filter(Q(ends_on=None) | Q(ends_on__gte=begin))

    def effective(self):
        """Assignments that count today: an administration not beside other work."""
        is_administration = Q(role__profile__kind=RoleProfile.Kind.ADMINISTRATION)
        other_work = Assignment.objects.current().filter(user=OuterRef("user"))
        other_work = Exists(other_work.exclude(is_administration))
        return self.current().exclude(is_administration & other_work)


class Assignment(models.Model):
    """A user holds a role in a unit, and so in every unit below it, for a time."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="assignments", verbose_name=_("人员")
    )
    role = models.ForeignKey(
        Group, models.PROTECT, related_name="assignments", verbose_name=_("岗位")
    )
    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("任职社区（街道、网格）"),
    )
    starts_on = models.DateField(_("任职日期"), default=timezone.localdate)
    ends_on = models.DateField(_("离任日期"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()
    scope_path = "org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "org_unit"],
                condition=Q(ends_on=None),
                name="one_open_assignment_per_role_and_unit",
                violation_error_message=_(
                    "这个人在这个单位已有这个岗位，请修改原来的安排。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_it_begins",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.role} · {self.org_unit}"

    def get_absolute_url(self):
        return reverse("accounts:assignment-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.org_unit.path


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


class TrailQuerySet(RegisterQuerySet):
    def with_unit_names(self):
        """Read with each event the name of the unit that it concerns."""
        units = OrgUnit.objects.filter(path=OuterRef("subject_path"))
        is_grid = When(level=OrgUnit.Level.GRID, then=Concat("community__name", "name"))
        named = units.values_list(Case(is_grid, default="name"))
        return self.annotate(unit_name=Subquery(named))


class Trail(AuditEvent):
    """The audit trail as the auditor reads it."""

    objects = TrailQuerySet.as_manager()
    is_register = True
    fact_labels = {
        "who": _("操作人"),
        "act": _("动作"),
        "about": _("对象"),
        "where": _("所属社区或网格"),
        "which": _("字段或栏目"),
        "under": _("条件"),
        "what_for": _("用途"),
    }

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("审计记录")

    def __str__(self):
        return f"{self.act}　{formats.cn_datetime(self.at)}"

    @property
    def who(self) -> str:
        """The person's name; the portal itself for what nobody ordered."""
        is_unknown = self.verb in ("login-failed", "login-locked")
        is_stranger = self.verb == "refused"
        nobody = _("未登录") if is_stranger else "" if is_unknown else _("系统")
        return self.actor_name or str(nobody)

    @property
    def act(self) -> str:
        return act_words(self)

    @property
    def about(self) -> str:
        return subject_words(self)

    @property
    def where(self) -> str:
        """The unit in which the record lies, or all of the records."""
        return getattr(self, "unit_name", "") or self.subject_path

    @property
    def which(self) -> str:
        return field_words(self)

    @property
    def under(self) -> str:
        return condition_words(self)

    @property
    def what_for(self) -> str:
        return purpose_words(self)

    def get_absolute_url(self):
        return reverse("accounts:trail-detail", args=[self.pk])
