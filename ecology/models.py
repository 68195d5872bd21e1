from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet


class GreeneryQuerySet(ScopedQuerySet):
    def planted_in(self, period):
        """Spots planted within the period."""
        return self.filter(planted_on__gte=period.start, planted_on__lt=period.end)


class Greenery(ScopedModel):
    """A green spot added to the old town, with its area and date (F089)."""

    class Kind(models.TextChoices):
        CORNER = "corner", _("街角绿地")
        WALL = "wall", _("墙面绿化")
        ROOF = "roof", _("屋顶绿化")
        TREES = "trees", _("行道树")
        YARD = "yard", _("庭院绿化")

    place = models.CharField(_("地点"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    area = models.DecimalField(
        _("面积（平方米）"),
        max_digits=8,
        decimal_places=1,
        validators=[MinValueValidator(0.1)],
    )
    planted_on = models.DateField(_("完成日期"))
    keeper = models.CharField(_("认养人或单位"), max_length=60, blank=True)

    objects = GreeneryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("新增绿化")
        ordering = ["-planted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__gt=0),
                name="greenery_has_an_area",
                violation_error_message=_("面积要大于0。"),
            )
        ]

    def __str__(self):
        return self.place
