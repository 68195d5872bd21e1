from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.base import ScopedModel
from toolkit.privacy.fields import SealedTextField


class Organisation(ScopedModel):
    """A unit that sits in the area: a shop, school, company or office (F051).

    A shop's phone is often its keeper's own, so it is sealed as a resident's is.
    """

    class Kind(models.TextChoices):
        OFFICE = "office", _("机关事业单位")
        SCHOOL = "school", _("学校")
        COMPANY = "company", _("企业")
        SHOP = "shop", _("商铺")
        SOCIAL = "social", _("社会组织")
        OTHER = "other", _("其他")

    uid = models.UUIDField(default=uuid4, editable=False)
    name = models.CharField(_("单位名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.OTHER)
    # GB 32100-2015; checked by the form, empty where unknown.
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    phone = SealedTextField(_("单位电话"), blank=True)
    closed_on = models.DateField(_("注销日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("驻区单位")
        ordering = ["name", "pk"]
        permissions = [("reveal_organisation", _("查看驻区单位电话"))]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                condition=models.Q(closed_on=None),
                name="one_open_organisation_per_unit_and_name",
                violation_error_message=_("本社区（网格）已登记过同名的驻区单位。"),
            )
        ]

    def __str__(self):
        return self.name
