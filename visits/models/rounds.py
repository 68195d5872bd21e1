from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit, Resident
from communities.scoping import ScopedQuerySet
from toolkit.formats import cn_day, day_span, listed
from visits.models.rules import VisitRule
from visits.models.visits import Visit


class RoundStatus(models.TextChoices):
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class RoundQuerySet(ScopedQuerySet):
    def running(self, day: date):
        """Rounds whose people are to be seen on the day."""
        is_on = {"begins_on__lte": day, "last_day__gte": day}
        return self.filter(status=RoundStatus.OPEN, **is_on)

    def over(self, day: date):
        """Rounds that nobody has closed although their last day has passed."""
        return self.filter(status=RoundStatus.OPEN, last_day__lt=day)


class ExtraRound(CaseModel):
    """For bad weather or a festival everybody of some categories is seen once more.

    It stands beside the rhythm of the rules and moves nothing of it. Source: the street
    decides; public reports on Qinghai's visits to elderly people (2022) tell of more of
    them in bad weather and on festivals.
    """

    class Occasion(models.TextChoices):
        TYPHOON = "typhoon", _("台风")
        HEAT = "heat", _("高温")
        COLD = "cold", _("寒潮")
        RAIN = "rain", _("暴雨")
        SPRING = "spring", _("春节")
        AUTUMN = "autumn", _("中秋")
        ELDERS = "elders", _("重阳")
        OTHER = "other", _("其他")

    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        related_name="+",
        verbose_name=_("加访范围"),
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=RoundStatus,
        default=RoundStatus.OPEN,
        editable=False,
    )
    occasion = models.CharField(_("事由"), max_length=10, choices=Occasion)
    title = models.CharField(_("名称"), max_length=40)
    rules = models.ManyToManyField(
        VisitRule, related_name="+", verbose_name=_("人员类别")
    )
    begins_on = models.DateField(_("从哪天起"), default=timezone.localdate)
    last_day = models.DateField(_("最晚哪天见到"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("发起人"),
    )
    # The day on which it was closed before its time; visits after it do not count.
    closed_on = models.DateField(_("结束日期"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()
    fact_labels = {"rule_words": _("人员类别"), "days_words": _("加访日期")}

    class Meta:
        verbose_name = verbose_name_plural = _("特殊天气、节日加访")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("begins_on")),
                name="an_extra_round_has_a_day",
                violation_error_message=_("最后一天不能早于第一天。"),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def days_words(self) -> str:
        return day_span(self.begins_on, self.last_day)

    @property
    def rule_words(self) -> str:
        return listed(rule.name for rule in self.rules.order_by("number"))

    @property
    def counts_until(self) -> date:
        """The last day on which a visit counts."""
        return min(self.last_day, self.closed_on or self.last_day)

    @property
    def occasion_words(self) -> str:
        """Why and by when to go, in few words: 台风加访，11月30日前."""
        words = gettext("%(what)s，%(day)s前")
        return words % {"what": self.called, "day": cn_day(self.last_day)}

    @property
    def called(self) -> str:
        """台风加访; where none of the occasions fits, its own title."""
        if self.occasion == self.Occasion.OTHER:
            return self.title
        words = gettext("%(occasion)s加访")
        return words % {"occasion": self.get_occasion_display()}

    @property
    def explained(self) -> str:
        """The sentence that explains the extra visit, with its source."""
        words = gettext(
            "%(days)s要见到本人一次，日常走访照常。依据：街道自定，"
            "参照青海等地恶劣天气、节日增加探访的做法（公开报道）。"
        )
        return words % {"days": self.days_words}


class ExtraVisitQuerySet(ScopedQuerySet):
    def counted(self):
        """Everybody of the rounds, without who is no longer registered."""
        return self.filter(dropped_on=None)

    def owed(self, day: date):
        """Who is still to be seen on the day; a round that is over owes nothing."""
        running = ExtraRound.objects.running(day).filter(pk=OuterRef("round"))
        return self.counted().filter(Exists(running), met_on=None)


class ExtraVisit(models.Model):
    """One person who is to be seen once in an extra round, and when he was."""

    round = models.ForeignKey(
        ExtraRound, models.PROTECT, related_name="people", verbose_name=_("加访")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="extra_visits", verbose_name=_("居民")
    )
    # Follows the person until he was met.
    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("所属社区或网格")
    )
    met_by = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="+", verbose_name=_("走访")
    )
    met_on = models.DateField(_("走访日期"), null=True)
    # Died or moved out before he was met.
    dropped_on = models.DateField(_("取消日期"), null=True)

    objects = ExtraVisitQuerySet.as_manager()
    scope_path = "org_unit__path"
    fact_labels = {"outcome": _("结果")}

    class Meta:
        verbose_name = verbose_name_plural = _("加访对象")
        ordering = ["-pk"]
        permissions = [("export_extravisit", _("导出加访对象"))]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "resident"],
                name="a_round_has_a_person_once",
                violation_error_message=_("此人已在这次加访里。"),
            ),
            models.CheckConstraint(
                condition=Q(met_on=None, met_by=None)
                | Q(met_on__isnull=False, met_by__isnull=False, dropped_on=None),
                name="a_met_extra_visit_names_its_visit",
                violation_error_message=_("见到的要写明是哪一次走访。"),
            ),
        ]

    def __str__(self):
        return str(self.resident)

    def get_absolute_url(self):
        return reverse("visits:extravisit-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.org_unit.path

    @property
    def outcome(self) -> str:
        """How it came out, in words: 已见, 还没见到, 未见到, 已取消."""
        if self.dropped_on:
            return gettext("已取消")
        if self.met_on:
            return gettext("已见")
        is_over = self.round.counts_until < timezone.localdate()
        is_closed = self.round.status == RoundStatus.CLOSED
        return gettext("未见到") if is_over or is_closed else gettext("还没见到")
