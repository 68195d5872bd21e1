from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit, ScopedModel
from communities.scoping import ScopedQuerySet, scope_of
from toolkit.periods import Period
from toolkit.permissions import permission_name
from visits.models.rules import steps_of


class FromAboveQuerySet(ScopedQuerySet):
    """Rows made above and read below: a community reads those of the street."""

    def in_scope_of(self, user, action: str = "view"):
        rows = super().in_scope_of(user, action)
        if action != "view":
            return rows
        scope = scope_of(user, permission_name(self.model, action))
        above = {path for one in scope.paths for path in steps_of(one)}
        return rows | self.filter(org_unit__path__in=above)

    def for_unit(self, unit: OrgUnit):
        """Open rows that hold for a unit: its own and those of whoever is above it."""
        own = Q(profile="any") | Q(profile=unit.rule_profile)
        return self.filter(own, org_unit__path__in=steps_of(unit.path), closed_on=None)


class Profile(models.TextChoices):
    """For which of the two laws a row holds."""

    ANY = "any", _("社区和村")
    COMMUNITY = "community", _("只限社区")
    VILLAGE = "village", _("只限村")


OTHER_LAW = {
    OrgUnit.RuleProfile.COMMUNITY: "《村民委员会组织法》",
    OrgUnit.RuleProfile.VILLAGE: "《城市居民委员会组织法》",
}


class Matter(ScopedModel):
    """A matter that communities make public, in the eleven columns of the catalogue.

    What must be published: 城市居民委员会组织法 34, 村民委员会组织法 35 (F025).
    How often stands beside the columns: the duties are worked out from it.
    """

    class Group(models.TextChoices):
        PARTY = "party", _("党务")
        AFFAIRS = "affairs", _("居务（村务）")
        FINANCE = "finance", _("财务")

    class Cadence(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF = "half", _("每半年")
        YEAR = "year", _("每年")
        EVENT = "event", _("随时")

    class Audience(models.TextChoices):
        ALL = "all", _("全社会")
        SOME = "some", _("特定对象")

    class Manner(models.TextChoices):
        ACTIVE = "active", _("主动公开")
        REQUEST = "request", _("依申请公开")

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("制定单位")
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    first_level = models.CharField(_("一级事项"), max_length=40)
    second_level = models.CharField(_("二级事项"), max_length=40)
    contents = models.CharField(_("公开内容（要素）"), max_length=300)
    basis = models.CharField(_("公开依据"), max_length=200)
    time_limit = models.CharField(_("公开时限"), max_length=80)
    publisher = models.CharField(_("公开主体"), max_length=60)
    channels = models.CharField(_("公开渠道和载体"), max_length=120)
    audience = models.CharField(
        _("公开对象"), max_length=6, choices=Audience, default=Audience.ALL
    )
    manner = models.CharField(
        _("公开方式"), max_length=8, choices=Manner, default=Manner.ACTIVE
    )
    level = models.CharField(_("公开层级"), max_length=30)
    group = models.CharField(_("类别"), max_length=8, choices=Group)
    profile = models.CharField(
        _("适用"), max_length=10, choices=Profile, default=Profile.ANY
    )
    cadence = models.CharField(_("多久一次"), max_length=8, choices=Cadence)
    starts_on = models.DateField(_("从哪天起算"))
    closed_on = models.DateField(_("停用日期"), null=True, blank=True, editable=False)

    objects = FromAboveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("公开事项")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "second_level", "profile"],
                condition=Q(closed_on=None),
                name="one_open_matter_per_unit_name_and_law",
                violation_error_message=_("目录里已有这个二级事项。"),
            )
        ]

    def __str__(self):
        return self.second_level

    def basis_in(self, unit: OrgUnit) -> str:
        """On what it rests in a unit, without the law that is not the unit's."""
        other = OTHER_LAW.get(unit.rule_profile)
        parts = self.basis.split("；")
        return "；".join(one for one in parts if not other or other not in one)

    def cadence_in(self, unit: OrgUnit) -> str:
        """How often a unit owes it: a village at least every quarter (村委会法 35)."""
        seldom = (self.Cadence.HALF, self.Cadence.YEAR)
        if unit.rule_profile == OrgUnit.RuleProfile.VILLAGE and self.cadence in seldom:
            return self.Cadence.QUARTER
        return self.cadence


class DutyQuerySet(ScopedQuerySet):
    def due_in(self, period):
        """Duties whose last day lies in the period."""
        return self.filter(period.on("due_on"))

    def kept(self):
        """Duties met on their last day or before."""
        return self.filter(met_on__lte=F("due_on"))

    def met_late(self):
        return self.filter(met_on__gt=F("due_on"))

    def missing_on(self, day):
        """Duties whose last day was over, and which were not met by a day."""
        return self.filter(Q(met_on=None) | Q(met_on__gt=day), due_on__lt=day)


class DisclosureDuty(ScopedModel):
    """What a unit owes its residents: one matter for one period, by a day (F025).

    The last day comes from the clocks T02 and T21 and is worked out anew as long as the
    duty is not met, so that a limit which the office changes holds at once.
    """

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="duties", verbose_name=_("公开事项")
    )
    # The slug of the period that is told of: 2026-Q3; the day of what happened at once.
    period = models.CharField(_("所属时间"), max_length=24)
    formed_on = models.DateField(_("信息形成日期"))
    due_on = models.DateField(_("最迟公开日期"))
    met_on = models.DateField(_("公开日期"), null=True, editable=False)
    disclosure = models.ForeignKey(
        "governance.Disclosure",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="duties",
        verbose_name=_("公开内容"),
    )

    objects = DutyQuerySet.as_manager()
    fact_labels = {"period_words": _("所属时间"), "standing": _("情况")}

    class Meta:
        verbose_name = verbose_name_plural = _("应公开事项")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "matter", "period"],
                name="one_duty_per_unit_matter_and_period",
                violation_error_message=_("这一期的公开任务已经有了。"),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("formed_on")),
                name="a_duty_is_due_after_it_was_formed",
                violation_error_message=_("最迟公开日期不能早于信息形成日期。"),
            ),
            models.CheckConstraint(
                condition=Q(met_on=None) | Q(disclosure__isnull=False),
                name="a_met_duty_names_its_disclosure",
                violation_error_message=_("已公开的任务要写明公开内容。"),
            ),
        ]
        indexes = [models.Index(fields=["org_unit", "due_on"], name="duty_by_day")]

    def __str__(self):
        return f"{self.matter}　{self.period_words}"

    @property
    def period_words(self) -> str:
        """2026年第三季度, or the day of what was told at once."""
        return period_words(self.period)


def period_words(slug: str) -> str:
    """Return the label of the slug of a period; "" stays empty."""
    return Period.parse(slug).label if slug else ""
