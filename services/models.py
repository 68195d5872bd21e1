from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet


class ServicePointQuerySet(ScopedQuerySet):
    def open_on(self, day):
        """Points that had opened and not yet closed on the day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


class ServicePoint(ScopedModel):
    """A place that serves residents near their homes, by the six needs (F044)."""

    class Need(models.TextChoices):
        CLOTHING = "clothing", _("衣")
        FOOD = "food", _("食")
        HOUSING = "housing", _("住")
        TRAVEL = "travel", _("行")
        MEDICINE = "medicine", _("医")
        LEARNING = "learning", _("学")

    name = models.CharField(_("名称"), max_length=60)
    need = models.CharField(_("服务类别"), max_length=10, choices=Need)
    address = models.CharField(_("地址"), max_length=100)
    hours = models.CharField(_("服务时间"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    discount = models.CharField(_("优惠"), max_length=100, blank=True)
    opened_on = models.DateField(_("设立日期"), default=timezone.localdate)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)

    objects = ServicePointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("便民服务点")
        ordering = ["org_unit__path", "need", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                condition=Q(closed_on=None),
                name="one_open_service_point_per_unit_and_name",
                violation_error_message=_(
                    "本社区（网格）已有同名的便民服务点，请核对，或换一个名称。"
                ),
            )
        ]

    def __str__(self):
        return self.name
