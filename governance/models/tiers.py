from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit, ScopedModel
from governance.models.matters import FromAboveQuerySet, Profile
from toolkit import formats

FEN, NOTHING = Decimal("0.01"), Decimal(0)


def money_field(label, **options):
    """Return a field for an amount in yuan, exact to the fen."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class ApprovalTier(ScopedModel):
    """From which amount on who approves a voucher, and on what that rests (F026)."""

    class Approver(models.TextChoices):
        DIRECTOR = "director", _("主任审批")
        COMMITTEE = "committee", _("居（村）委会集体研究")
        ASSEMBLY = "assembly", _("居民（村民）会议或代表会议决定")

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("制定单位")
    )
    profile = models.CharField(
        _("适用"), max_length=10, choices=Profile, default=Profile.ANY
    )
    least = money_field(_("从多少元起"), validators=[MinValueValidator(NOTHING)])
    approver = models.CharField(_("由谁审批"), max_length=10, choices=Approver)
    source = models.CharField(_("依据"), max_length=160)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True, editable=False)

    objects = FromAboveQuerySet.as_manager()
    fact_labels = {"least_words": _("从多少元起")}

    class Meta:
        verbose_name = verbose_name_plural = _("审批权限")
        ordering = ["least", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "profile", "least"],
                condition=Q(closed_on=None),
                name="one_open_tier_per_unit_law_and_amount",
                violation_error_message=_("这个起点金额已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(least__gte=0),
                name="a_tier_begins_at_nothing_or_more",
                violation_error_message=_("起点金额不能是负数。"),
            ),
        ]

    def __str__(self):
        return f"{self.least_words}　{self.get_approver_display()}"

    @property
    def least_words(self) -> str:
        return _gettext("%(amount)s 元起") % {"amount": formats.money(self.least)}
