from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel
from communities.models.households import HouseholdStep
from communities.models.residents import Resident
from communities.scoping import ScopedQuerySet


class PopulationEventQuerySet(ScopedQuerySet):
    def standing(self):
        """Entries that hold: neither taken back nor the taking back of another."""
        return self.filter(reverses=None, reversal=None)

    def happened_in(self, period):
        """Entries whose event lies in the period, whenever it was reported."""
        return self.filter(period.on("happened_on"))


class PopulationEvent(ScopedModel):
    """A change in the population: who was born, died, came, went, and when.

    Entries are never edited. A wrong one is taken back by an entry of the same kind
    that names it in `reverses`; `before` holds what the entry changed on the resident.
    """

    class Kind(models.TextChoices):
        BORN = "born", _("出生")
        DIED = "died", _("死亡")
        MOVED_IN = "moved_in", _("迁入")
        MOVED_OUT = "moved_out", _("迁出")
        WENT_AWAY = "went_away", _("外出")
        CAME_TEMPORARILY = "came_temporarily", _("暂住")
        CAME_BACK = "came_back", _("返回")
        MISSING = "missing", _("失踪")
        # Takes a record off the rolls that should never have been there.
        MISTAKEN = "mistaken", _("误登注销")

    # org_unit is where the resident belonged on the day of the event, as far as is
    # known when it is entered: the figures of that period must not move with him.
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        related_name="population_events",
        verbose_name=_("居民"),
    )
    kind = models.CharField(_("事项"), max_length=20, choices=Kind)
    # What happened may be reported weeks later; periods count by the event date.
    happened_on = models.DateField(_("发生日期"))
    reported_on = models.DateField(_("申报日期"), default=timezone.localdate)
    place = models.CharField(_("来源地或去向"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    before = models.JSONField(_("办理前"), default=dict, editable=False)
    # The step of the household that went with it: a member left, a new head.
    step = models.OneToOneField(
        HouseholdStep,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="population_event",
        verbose_name=_("住户办理"),
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="reversal",
        verbose_name=_("撤销的登记"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    objects = PopulationEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("人口变动")
        ordering = ["-happened_on", "-pk"]
        permissions = [("export_populationevent", _("导出人口变动"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("happened_on")),
                name="an_event_is_reported_after_it_happened",
                violation_error_message=_("申报日期不能早于发生日期。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["kind", "happened_on"], name="population_event_by_kind"
            ),
            models.Index(fields=["happened_on", "id"], name="population_event_by_day"),
        ]

    def __str__(self):
        return f"{self.resident} {self.get_kind_display()}"

    @property
    def is_standing(self) -> bool:
        return self.reverses_id is None and not hasattr(self, "reversal")


ARRIVALS = (
    PopulationEvent.Kind.BORN,
    PopulationEvent.Kind.MOVED_IN,
    PopulationEvent.Kind.CAME_TEMPORARILY,
)
DEPARTURES = (
    PopulationEvent.Kind.DIED,
    PopulationEvent.Kind.MOVED_OUT,
    PopulationEvent.Kind.MISTAKEN,
)
