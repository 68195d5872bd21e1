from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from toolkit import formats


class TeamQuerySet(ScopedQuerySet):
    def active_on(self, day):
        """Teams that had been founded and not yet disbanded at the end of the day."""
        return self.filter(
            models.Q(closed_on=None) | models.Q(closed_on__gt=day),
            founded_on__lte=day,
        )

    def led_by(self, user):
        """Teams that still exist and name the user as their captain."""
        if not user.name:
            return self.none()
        return self.filter(closed_on=None, leader=user.name)

    def with_members_on(self, day):
        """The teams, each with its registered number at the end of the day."""
        later = MemberChange.objects.filter(team=OuterRef("pk"), changed_on__gt=day)
        first = later.order_by("pk").values("old")[:1]
        return self.annotate(members_then=Coalesce(Subquery(first), F("members")))


class Team(ScopedModel):
    """A volunteer team: what it does, since when, who leads it (F034)."""

    class Kind(models.TextChoices):
        PARTY = "party", _("党员服务")
        PATROL = "patrol", _("治安巡逻")
        ELDERLY = "elderly", _("为老服务")
        HEALTH = "health", _("医疗健康")
        CULTURE = "culture", _("文艺")
        GREEN = "green", _("环保护绿")
        MEDIATION = "mediation", _("纠纷劝解")
        EMERGENCY = "emergency", _("应急救援")
        OTHER = "other", _("其他")

    name = models.CharField(_("队名"), max_length=50)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    founded_on = models.DateField(_("成立日期"), default=timezone.localdate)
    leader = models.CharField(_("队长"), max_length=50, blank=True)
    members = models.PositiveIntegerField(_("登记人数"), default=0)
    about = models.CharField(_("服务内容"), max_length=200, blank=True)
    closed_on = models.DateField(_("解散日期"), null=True, blank=True, editable=False)

    objects = TeamQuerySet.as_manager()
    fact_labels = {"members_text": _("登记人数")}

    class Meta:
        verbose_name = verbose_name_plural = _("志愿队伍")
        ordering = ["org_unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "name"],
                condition=models.Q(closed_on=None),
                name="one_active_team_per_unit_and_name",
                violation_error_message=_(
                    "本社区（网格）已有同名的志愿队伍，请核对，或换一个名称。"
                ),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def members_text(self) -> str:
        return gettext("%(count)s 人") % {"count": formats.count(self.members)}


class MemberChange(models.Model):
    """The registered number of a team was changed: until this day it was the old one.

    Rows are only added, so that the figure of a past day stays what it was.
    """

    team = models.ForeignKey(
        Team, models.PROTECT, related_name="member_changes", verbose_name=_("志愿队伍")
    )
    changed_on = models.DateField(_("修改日期"), default=timezone.localdate)
    old = models.PositiveIntegerField(_("原登记人数"))
    new = models.PositiveIntegerField(_("现登记人数"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("登记人数变动")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.team} {self.changed_on}"
