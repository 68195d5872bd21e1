from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.scoping import ScopedQuerySet
from governance.models.bodies import Body

RANKS = tuple(Body.Rank.values)


class Upgrade(models.Model):
    """A Party organisation was raised: branch to general branch to committee (F015).

    The organisation stays the same one, with its members and its terms; what it was on
    a day before is read from here.
    """

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="upgrades", verbose_name=_("党组织")
    )
    before = models.CharField(
        _("原形式"), max_length=12, choices=Body.Rank, editable=False
    )
    after = models.CharField(_("升格为"), max_length=12, choices=Body.Rank)
    former_name = models.CharField(_("原名称"), max_length=60, editable=False)
    upgraded_on = models.DateField(_("升格日期"))
    document_number = models.CharField(_("批复文号"), max_length=60)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "body__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("党组织升格")
        ordering = ["-upgraded_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "after"],
                name="a_party_organisation_reaches_a_rank_once",
                violation_error_message=_("这个党组织已经登记过这次升格。"),
            ),
            models.CheckConstraint(
                condition=Q(before="branch", after__in=("general", "committee"))
                | Q(before="general", after="committee"),
                name="an_upgrade_leads_up",
                violation_error_message=_("升格只能由党支部到党总支、再到党委。"),
            ),
        ]

    def __str__(self):
        return f"{self.body}　{self.words}"

    def get_absolute_url(self) -> str:
        return reverse("governance:upgrade-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.body.org_unit.path

    @property
    def words(self) -> str:
        """党支部→党总支."""
        return f"{self.get_before_display()}→{self.get_after_display()}"

    @property
    def kept_with(self):
        """The unit to which its documents belong."""
        return self.body.org_unit
