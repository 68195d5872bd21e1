from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.dates import dated
from communities.models.base import ScopedModel
from communities.models.org_units import OrgUnit
from communities.scoping import ScopedQuerySet
from toolkit import formats

# No figure of the office is older, and a slip of the pen orders no report.
FIRST_REPORT_DAY = date(2000, 1, 1)


class UnitProfile(models.Model):
    """What a unit says of itself: where, when open, whom to call (F001–F005)."""

    org_unit = models.OneToOneField(
        OrgUnit,
        models.PROTECT,
        related_name="profile",
        verbose_name=_("社区（街道、村）"),
    )
    address = models.CharField(_("办公地址"), max_length=100, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    duty_phone = models.CharField(_("值班电话"), max_length=30, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=100, blank=True)
    director = models.CharField(_("负责人"), max_length=50, blank=True)
    area_km2 = models.DecimalField(
        _("面积（平方公里）"), max_digits=8, decimal_places=3, null=True, blank=True
    )
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    legal_basis = models.CharField(_("设立依据"), max_length=200, blank=True)
    formed_from = models.CharField(_("由哪些社区、村组成"), max_length=200, blank=True)
    theme = models.CharField(_("主题和目标"), max_length=200, blank=True)
    about = models.TextField(_("简介"), blank=True)
    # The street's says from when on periodic reports are made; missed ones are caught
    # up.
    reports_since = models.DateField(_("报表起始日"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("社区简介")

    def __str__(self):
        return str(self.org_unit)

    def get_absolute_url(self):
        return self.org_unit.get_absolute_url()

    def get_scope_path(self) -> str:
        return self.org_unit.path


class PopulationSnapshot(ScopedModel):
    """How many people a unit had on a day, by kind and source; kept as is (F004)."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("户籍人口")
        RESIDENT = "resident", _("常住人口")
        FLOATING = "floating", _("流动人口")
        # The source gives a number and does not say which of them it counts.
        UNSPECIFIED = "unspecified", _("未分口径")

    as_of = models.DateField(_("截至日期"))
    kind = models.CharField(_("口径"), max_length=12, choices=Kind)
    people = models.PositiveIntegerField(_("人数"))
    households = models.PositiveIntegerField(_("户数"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = _("人口统计")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "as_of", "kind", "source"],
                name="one_snapshot_per_unit_day_kind_and_source",
                violation_error_message=_(
                    "这里同一天、同一口径、同一来源的人口数已经登记过。"
                ),
            )
        ]

    def __str__(self):
        return f"{self.org_unit} {self.as_of} {self.get_kind_display()} {self.people}"


class HonourQuerySet(ScopedQuerySet):
    def in_force_before(self, day: date):
        """Honours awarded before the day that had not run out when it began."""
        lasting = models.Q(valid_until=None) | models.Q(valid_until__gte=day)
        return self.filter(lasting, awarded_on__lt=day)


class Honour(ScopedModel):
    """A title awarded to a unit, such as provincial civilised community (F008)."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("国家级")
        PROVINCE = "province", _("省级")
        PREFECTURE = "prefecture", _("温州市级")
        CITY = "city", _("瑞安市级")
        STREET = "street", _("街道级")

    title = models.CharField(_("称号"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    awarded_by = models.CharField(_("授予单位"), max_length=80)
    awarded_on = models.DateField(_("授予日期"), default=timezone.localdate)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    reassess_on = models.DateField(_("复评日期"), null=True, blank=True)
    document = models.CharField(_("文号"), max_length=60, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("荣誉")
        ordering = ["-awarded_on", "-pk"]

    def __str__(self):
        return f"{self.get_level_display()}{self.title}"


class BoundaryChange(ScopedModel):
    """A decision that merged, split, founded or abolished units, with its grounds."""

    class Kind(models.TextChoices):
        FOUND = "found", _("设立")
        MERGE = "merge", _("合并")
        SPLIT = "split", _("分设")
        ABOLISH = "abolish", _("撤销")

    class Ground(models.TextChoices):
        """The four principles for drawing communities (F011)."""

        GEOGRAPHY = "geography", _("居住地缘")
        RESOURCES = "resources", _("资源配置")
        IDENTITY = "identity", _("居民认同")
        GOVERNANCE = "governance", _("便于自治和服务")

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("作出调整的单位")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    decided_on = models.DateField(_("决定日期"))
    precision = models.CharField(
        _("日期精度"),
        max_length=5,
        choices=OrgUnit.Precision,
        default=OrgUnit.Precision.DAY,
    )
    # A street proposes, the city's government approves.
    approved_by = models.CharField(_("批准机关"), max_length=80, blank=True)
    document = models.CharField(_("批准文号"), max_length=60, blank=True)
    grounds = models.JSONField(_("理由"), default=list, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    fact_labels = {"decided_text": _("决定日期"), "grounds_text": _("理由")}

    class Meta:
        verbose_name = verbose_name_plural = _("区划调整")
        ordering = ["-decided_on", "-pk"]

    def __str__(self):
        return gettext("%(day)s%(unit)s%(kind)s") % {
            "day": self.decided_text,
            "unit": self.org_unit.full_name,
            "kind": self.get_kind_display(),
        }

    @property
    def decided_text(self) -> str:
        """The day of the decision, as exactly as it is known."""
        return dated(self.decided_on, self.precision)

    @property
    def grounds_text(self) -> str:
        labels = dict(self.Ground.choices)
        return formats.listed(labels.get(ground, ground) for ground in self.grounds)


class UnitSuccession(models.Model):
    """One unit came out of another by a boundary change (F012)."""

    change = models.ForeignKey(
        BoundaryChange,
        models.PROTECT,
        related_name="successions",
        verbose_name=_("区划调整"),
    )
    predecessor = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successions",
        verbose_name=_("调整前"),
    )
    # Old neighbourhoods that never had a code here are known by name alone.
    predecessor_name = models.CharField(_("调整前的名称"), max_length=50, blank=True)
    successor = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="predecessions",
        verbose_name=_("调整后"),
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "successor__path"

    class Meta:
        verbose_name = verbose_name_plural = _("沿革")
        constraints = [
            models.UniqueConstraint(
                fields=["change", "predecessor", "predecessor_name", "successor"],
                name="one_succession_per_change_and_pair",
                violation_error_message=_("调整前后都相同的只写一行。"),
            )
        ]

    def __str__(self):
        return f"{self.predecessor or self.predecessor_name} → {self.successor}"

    def get_scope_path(self) -> str:
        return self.successor.path


class ConversionCondition(ScopedModel):
    """One condition on which a kept village becomes a community (F013)."""

    text = models.CharField(_("条件"), max_length=200)
    met_on = models.DateField(_("达成日期"), null=True, blank=True)
    evidence = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("撤村并入条件")
        ordering = ["org_unit__path", "pk"]

    def __str__(self):
        return self.text
