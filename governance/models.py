from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet


class BodyQuerySet(ScopedQuerySet):
    def in_office_on(self, day):
        """Bodies that were founded and whose term had not run out on the day."""
        return self.filter(
            Q(closed_on=None) | Q(closed_on__gt=day),
            Q(term_ends_on=None) | Q(term_ends_on__gte=day),
            founded_on__lte=day,
        )


class Body(ScopedModel):
    """One of the organisations that govern a community or village (F014).

    The four of the founding document, and the supervision committee that both laws
    have required since (城市居民委员会组织法 36, 村民委员会组织法 37, as of 2025).
    """

    class Kind(models.TextChoices):
        PARTY = "party", _("党组织")
        CONGRESS = "congress", _("居民（村民）代表会议")
        COUNCIL = "council", _("议事协商委员会")
        COMMITTEE = "committee", _("居民（村民）委员会")
        SUPERVISION = "supervision", _("居（村）务监督委员会")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    founded_on = models.DateField(_("本届产生日期"))
    # Five years for both committees: art. 14 of either law.
    term_ends_on = models.DateField(_("任期届满"), null=True, blank=True)
    document = models.CharField(_("成立或换届文号"), max_length=60, blank=True)
    head = models.CharField(_("负责人"), max_length=50, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("基层组织")
        ordering = ["org_unit__path", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "kind", "name"],
                condition=Q(closed_on=None),
                name="one_open_body_per_unit_kind_and_name",
                violation_error_message=_(
                    "本社区（网格）已有同类同名的组织，请修改原来的，或先撤销。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on=None) | Q(term_ends_on__gt=F("founded_on")),
                name="a_term_ends_after_it_begins",
                violation_error_message=_("任期届满要晚于产生日期。"),
            ),
        ]

    def __str__(self):
        return self.name
