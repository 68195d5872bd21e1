from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Building
from communities.scoping import ScopedQuerySet
from safety.models.emergencies import Emergency
from toolkit import formats
from volunteers.models import Team


class BuildingPost(models.Model):
    """Who answers for the people of one building in an emergency: a worker, a team."""

    emergency = models.ForeignKey(
        Emergency, models.PROTECT, related_name="posts", verbose_name=_("应急响应")
    )
    building = models.ForeignKey(
        Building, models.PROTECT, related_name="+", verbose_name=_("楼幢")
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("包干人员"),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", verbose_name=_("志愿队伍")
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "building__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("包干楼幢")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "building"],
                name="one_post_per_emergency_and_building",
                violation_error_message=_("这幢楼已经安排了人。"),
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=False) | Q(team__isnull=False),
                name="a_post_names_somebody",
                violation_error_message=_("请选包干人员或志愿队伍。"),
            ),
        ]

    def __str__(self):
        return str(self.building)

    def get_scope_path(self) -> str:
        return self.building.org_unit.path

    @property
    def who(self) -> str:
        """Worker and team: 吴丽君、磐石志愿队."""
        return formats.listed([self.worker or "", self.team or ""])
