from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from communities.models import OrgUnit
from communities.scoping import ScopedQuerySet


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
    def current(self, day=None):
        """Assignments in force today, or on a day; both border days count."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def meeting(self, begin, end):
        """Assignments with a day in common with a period; an end of None is open."""
        rows = self if end is None else self.filter(starts_on__lte=end)
        begin = begin or timezone.localdate()
        return rows.filter(Q(ends_on=None) | Q(ends_on__gte=begin))

    def effective(self, day=None):
        """Assignments that count on a day: an administration not beside other work."""
        is_administration = Q(role__profile__kind=RoleProfile.Kind.ADMINISTRATION)
        other_work = Assignment.objects.current(day).filter(user=OuterRef("user"))
        other_work = Exists(other_work.exclude(is_administration))
        return self.current(day).exclude(is_administration & other_work)


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
        return f"{self.user} · {self.role} · {self.org_unit.full_name}"

    def get_absolute_url(self):
        return reverse("accounts:assignment-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.org_unit.path
