from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from toolkit import formats

# Schools and halls of the street; more is a slip of the finger.
LARGEST = 20_000


class ShelterQuerySet(ScopedQuerySet):
    def open(self):
        """Shelters that have not been given up."""
        return self.filter(closed_on=None)

    def published(self):
        """Shelters that residents may see while an emergency is open."""
        return self.open().filter(is_public=True)


class Shelter(ScopedModel):
    """A place where people stay while their homes are not safe, and how many it holds.

    Whoever is moved may stay in the shelter of another community: a shelter is offered
    to every worker of the street, its record is kept by its own unit.
    """

    name = models.CharField(_("名称"), max_length=50)
    address = models.CharField(_("地址"), max_length=100)
    capacity = models.PositiveIntegerField(_("可容纳人数"))
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30)
    about = models.CharField(
        _("说明"), max_length=200, blank=True, help_text=_("如无障碍通道、备用电源。")
    )
    is_public = models.BooleanField(
        _("应急时向居民公开"),
        default=False,
        help_text=_(
            "响应期间在门户网站公开名称、地址、联系人、电话和有没有空位，结束后撤下。"
            "公开前请征得联系人同意。"
        ),
    )
    closed_on = models.DateField(_("停用日期"), null=True, blank=True, editable=False)

    objects = ShelterQuerySet.as_manager()
    fact_labels = {"capacity_text": _("可容纳人数")}

    class Meta:
        verbose_name = verbose_name_plural = _("避灾安置点")
        ordering = ["org_unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                condition=Q(closed_on=None),
                name="one_open_shelter_per_unit_and_name",
                violation_error_message=_(
                    "本社区（网格）已有同名的避灾安置点，请核对，或换一个名称。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=LARGEST),
                name="a_shelter_holds_somebody",
                violation_error_message=_("可容纳人数应在1至20000之间。"),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self) -> str:
        """Where it is and whom to ring: 东湖社区，学前路1号，0577-65800001."""
        return formats.phrased([self.org_unit.name, self.address, self.phone])

    @property
    def capacity_text(self) -> str:
        return gettext("%(count)s 人") % {"count": formats.count(self.capacity)}
