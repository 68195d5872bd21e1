from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.dates import dated, lasting
from communities.scoping import ScopedQuerySet


class OrgUnitQuerySet(ScopedQuerySet):
    def valid_on(self, day: date):
        """Units that existed on the day; an unknown beginning counts as always."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gt=day),
        )

    def current(self):
        """Units that exist today."""
        return self.valid_on(timezone.localdate())

    def communities(self):
        """Communities and villages, in the order of their codes."""
        return self.filter(level__in=COMMUNITY_LEVELS)

    def grids(self):
        return self.filter(level=OrgUnit.Level.GRID)


class OrgUnit(models.Model):
    """The street, one of its communities or villages, or one of their grids."""

    class Level(models.TextChoices):
        STREET = "street", _("街道")
        COMMUNITY = "community", _("社区")
        VILLAGE = "village", _("行政村")
        GRID = "grid", _("网格")

    class RuleProfile(models.TextChoices):
        """Which organic law the unit lives under (F013)."""

        STREET = "street", _("街道办事处")
        COMMUNITY = "community", _("城市居民委员会组织法")
        VILLAGE = "village", _("村民委员会组织法")

    class Precision(models.TextChoices):
        YEAR = "year", _("年")
        MONTH = "month", _("月")
        DAY = "day", _("日")

    level = models.CharField(_("层级"), max_length=10, choices=Level)
    name = models.CharField(_("名称"), max_length=50)
    # 12 digits by the statistical standard, street 9 + 000; a grid adds 3.
    code = models.CharField(_("编码"), max_length=15, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    community = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("所在社区（村）"),
    )
    # "330381002000/330381002036/": all below a unit share its path as a prefix. The
    # slash at the end keeps grid 1 from seeing grid 10.
    path = models.CharField(_("路径"), max_length=80, unique=True, editable=False)
    rule_profile = models.CharField(
        _("适用规则"), max_length=10, choices=RuleProfile, default=RuleProfile.COMMUNITY
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_from_precision = models.CharField(
        _("设立日期精度"), max_length=5, choices=Precision, default=Precision.DAY
    )
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    valid_to_precision = models.CharField(
        _("撤销日期精度"), max_length=5, choices=Precision, default=Precision.DAY
    )

    objects = OrgUnitQuerySet.as_manager()
    scope_path = "path"
    fact_labels = {"lasting_text": _("起止时间")}
    # Every community has a 01网格.
    choice_name, choice_reads = "full_name", ("community",)

    class Meta:
        verbose_name = verbose_name_plural = _("社区、村和网格")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("撤销日期要晚于设立日期。"),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if self.parent and self.parent.level == self.Level.GRID:
            # communities/scoping.py asks for the rows of a grid by its key alone.
            raise ValueError("nothing lies below a grid")
        above = self.parent.path if self.parent else ""
        self.path = f"{above}{self.code}/"
        self.community = self.parent.community if self.parent else None
        super().save(**kwargs)
        if self.level in COMMUNITY_LEVELS and self.community_id is None:
            self.community = self
            super().save(update_fields=["community"])

    def get_absolute_url(self):
        return reverse("communities:orgunit-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.path

    @property
    def full_name(self) -> str:
        """The name with its community in front where it is a grid's."""
        if self.level == self.Level.GRID and self.community:
            return f"{self.community.name}{self.name}"
        return self.name

    def goes_on_below(self, day: date) -> bool:
        """Whether a community or village of the street goes on after the day.

        Whoever works for a street that has ended can give out no post any more.
        """
        if self.level != self.Level.STREET:
            return False
        below = self.children.communities()
        return below.exclude(valid_to__lte=day).exists()

    def outlasts_its_parent(self) -> bool:
        """Whether the unit would go on after the one it belongs to."""
        last = self.parent.valid_to if self.parent else None
        return last is not None and (self.valid_to is None or self.valid_to > last)

    @property
    def lasting_text(self) -> str:
        """From when to when the unit exists, as exactly as it is known."""
        return lasting(
            dated(self.valid_from, self.valid_from_precision),
            dated(self.valid_to, self.valid_to_precision),
        )

    @property
    def street(self):
        """The street to which the unit belongs, itself if it is one."""
        code = self.path.partition("/")[0]
        return self if self.code == code else OrgUnit.objects.get(code=code)


COMMUNITY_LEVELS = (OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE)


class CommunityManager(models.Manager.from_queryset(OrgUnitQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(level__in=COMMUNITY_LEVELS)


class Community(OrgUnit):
    """A community or a village: the unit that most of the work belongs to."""

    objects = CommunityManager()

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("社区（村）")
