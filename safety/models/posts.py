from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Building
from communities.scoping import ScopedQuerySet
from safety.models.emergencies import Emergency
from safety.models.shelters import Shelter
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


class ShelterPost(models.Model):
    """A volunteer team keeps a shelter in an emergency, from when and until when."""

    emergency = models.ForeignKey(
        Emergency,
        models.PROTECT,
        related_name="shelter_posts",
        verbose_name=_("应急响应"),
    )
    shelter = models.ForeignKey(
        Shelter, models.PROTECT, related_name="+", verbose_name=_("安置点")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, related_name="+", verbose_name=_("志愿队伍")
    )
    begins_at = models.DateTimeField(_("到岗时间"))
    ends_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "shelter__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("安置点值守")
        ordering = ["begins_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["emergency", "shelter", "team", "begins_at"],
                name="one_post_per_shelter_team_and_begin",
                violation_error_message=_("这支队伍这个时间已经安排在这里。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
                name="a_post_ends_after_it_begins",
                violation_error_message=_("结束时间要晚于到岗时间。"),
            ),
        ]

    def __str__(self):
        return f"{self.shelter} {self.team}"

    def get_scope_path(self) -> str:
        return self.shelter.org_unit.path

    @property
    def is_over(self) -> bool:
        """Whether the shift has ended."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def hours(self) -> str:
        """From when until when: 12月1日 18:00—22:00, or 12月1日 18:00起."""
        begins = formats.cn_day_time(self.begins_at)
        if self.ends_at is None:
            return gettext("%(begins)s起") % {"begins": begins}
        days = {formats.cn_day(self.begins_at), formats.cn_day(self.ends_at)}
        plain = formats.cn_time if len(days) == 1 else formats.cn_day_time
        return f"{begins}—{plain(self.ends_at)}"
