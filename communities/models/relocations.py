from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel
from communities.models.households import Household, HouseholdStep
from communities.models.org_units import OrgUnit
from communities.models.residents import Resident
from communities.scoping import ScopedQuerySet, scope_of
from toolkit.permissions import permission_name


class RelocationQuerySet(ScopedQuerySet):
    def standing(self):
        """Moves that hold: neither taken back nor the taking back of another."""
        return self.filter(reverses=None, reversal=None)

    def in_scope_of(self, user, action: str = "view"):
        """Moves into a unit of the user's, and moves out of one."""
        if self.placed:
            return super().in_scope_of(user, action)
        scope = scope_of(user, permission_name(self.model, action))
        return self.filter(scope.as_q("org_unit__path") | scope.as_q("from_unit__path"))


class Move(ScopedModel):
    """Base of the rows that say since when something belongs to another unit.

    Until `moved_on` it belonged to `from_unit`, since then to `org_unit`. Rows are
    never changed and follow each other: none is dated before the one that was written
    before it, so the unit of a past day can be read from one row. A step that is taken
    back leaves a second row with the same day, which ends where it begins.
    """

    from_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("原社区或网格")
    )
    # Since when it belonged there: the day of the row before, empty for the first.
    since = models.DateField(_("在原处起"), null=True)
    moved_on = models.DateField(_("转入日期"))
    step = models.ForeignKey(
        HouseholdStep,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("住户办理"),
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="reversal",
        verbose_name=_("撤销的迁移"),
    )
    source = models.CharField(_("依据"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    objects = RelocationQuerySet.as_manager()
    # The field that names what moved.
    mover = ""

    class Meta:
        abstract = True


class Relocation(Move):
    """A resident moved from one unit of the street to another."""

    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        related_name="relocations",
        verbose_name=_("居民"),
    )
    mover = "resident"

    class Meta:
        verbose_name = verbose_name_plural = _("街道内迁移")
        ordering = ["-moved_on", "-pk"]
        permissions = [("export_relocation", _("导出街道内迁移"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(moved_on__gte=models.F("since")),
                name="a_relocation_follows_the_one_before",
                violation_error_message=_("迁移日期不能早于上一次。"),
            )
        ]
        indexes = [models.Index(fields=["moved_on", "id"], name="relocation_by_day")]

    def __str__(self):
        return f"{self.resident} {self.moved_on}"

    @property
    def is_standing(self) -> bool:
        return self.reverses_id is None and not hasattr(self, "reversal")


class HomeRelocation(Move):
    """A household moved from one unit of the street to another."""

    household = models.ForeignKey(
        Household,
        models.PROTECT,
        related_name="relocations",
        verbose_name=_("住户"),
    )
    mover = "household"

    class Meta:
        verbose_name = verbose_name_plural = _("住户街道内迁移")
        ordering = ["-moved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(moved_on__gte=models.F("since")),
                name="a_home_relocation_follows_the_one_before",
                violation_error_message=_("迁移日期不能早于上一次。"),
            )
        ]
        indexes = [
            models.Index(fields=["moved_on", "id"], name="home_relocation_by_day")
        ]

    def __str__(self):
        return f"{self.household} {self.moved_on}"
