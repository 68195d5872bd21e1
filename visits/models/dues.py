from datetime import date, timedelta
from math import ceil

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from communities.scoping import ScopedQuerySet
from visits.models.duties import VisitDuty

HOURS_OF_A_DAY = 24


class DueQuerySet(ScopedQuerySet):
    def open(self):
        """Visits still owed."""
        return self.filter(met_on=None, lapsed_on=None, dropped_on=None)

    def due_in(self, period):
        """Visits owed on a day of the period; those that fell away do not count."""
        return self.filter(period.on("due_on"), dropped_on=None)

    def on_time(self):
        """Owed visits that were paid by their day, or by the hour where one is set."""
        by_day = Q(due_at=None, met_on__lte=F("due_on"))
        return self.filter(by_day | Q(met_by__visited_at__lte=F("due_at")))

    def overdue_at(self, day: date):
        """Visits owed before the day and not over before it: one for each duty."""
        return self.filter(
            Q(met_on=None) | Q(met_on__gte=day),
            Q(lapsed_on=None) | Q(lapsed_on__gte=day),
            Q(dropped_on=None) | Q(dropped_on__gte=day),
            due_on__lt=day,
        )

    def waited_in(self, period):
        """Visits for which somebody waited in the period, unless they fell away in it.

        A duty has one of them at any time, so they name everybody under a duty.
        """
        return self.filter(
            Q(met_on=None) | Q(met_on__gte=period.start),
            Q(lapsed_on=None) | Q(lapsed_on__gte=period.start),
            Q(dropped_on=None) | Q(dropped_on__gte=period.end),
            opened_on__lt=period.end,
        )

    def met_in(self, period):
        """Visits that were paid in the period, whenever they were owed."""
        return self.waited_in(period).filter(period.on("met_on"))


class DueVisit(models.Model):
    """One visit owed to a person by a day: paid, still owed, missed, or fallen away.

    Where the person is not met until the day of the next one has passed too, the visit
    is missed, and the next one is owed in its place.
    """

    duty = models.ForeignKey(
        VisitDuty, models.PROTECT, related_name="due_visits", verbose_name=_("走访任务")
    )
    # Follows the person until the day has come or the visit is over, then stays: what a
    # community owed is not carried away by who moves out.
    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("所属社区或网格")
    )
    # Since when somebody waits for it: the day of the visit, or of the miss, before it.
    opened_on = models.DateField(_("从哪天起应访"))
    due_on = models.DateField(_("最晚走访日"))
    # The moment, where the visit is owed within hours of a change.
    due_at = models.DateTimeField(_("最晚走访时间"), null=True)
    why = models.CharField(
        _("期限依据"), max_length=10, choices=VisitDuty.Why, default="rule"
    )
    met_on = models.DateField(_("走访日期"), null=True)
    met_by = models.ForeignKey(
        "visits.Visit",
        models.PROTECT,
        null=True,
        related_name="met",
        verbose_name=_("走访"),
    )
    # The due day of the next visit, with whose end this one was missed.
    lapsed_on = models.DateField(_("漏访日期"), null=True)
    # Set when the duty ended, or a correction made the visit unnecessary.
    dropped_on = models.DateField(_("取消日期"), null=True)

    objects = DueQuerySet.as_manager()
    scope_path = "org_unit__path"
    fact_labels = {"outcome": _("结果")}

    class Meta:
        verbose_name = verbose_name_plural = _("应访记录")
        ordering = ["-due_on", "-pk"]
        permissions = [("export_duevisit", _("导出应访记录"))]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"],
                condition=Q(met_on=None, lapsed_on=None, dropped_on=None),
                name="one_open_due_visit_per_duty",
                violation_error_message=_("这项任务已有一次还没走访的。"),
            ),
            models.CheckConstraint(
                condition=Q(met_on=None, met_by=None)
                | Q(met_on__isnull=False, met_by__isnull=False),
                name="a_met_due_visit_names_its_visit",
                violation_error_message=_("走访过的要写明是哪一次走访。"),
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on=None) | Q(met_on=None, lapsed_on__gt=F("due_on")),
                name="a_missed_due_visit_was_not_paid",
                violation_error_message=_("走访过的不再算漏访。"),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="due_visit_by_day")]

    def __str__(self):
        return str(self.duty)

    def get_absolute_url(self):
        return reverse("visits:duevisit-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.org_unit.path

    @property
    def outcome(self) -> str:
        """How it came out, in words: 按期, 晚2天, 漏访, 超期未访, 已取消."""
        if self.dropped_on:
            return gettext("已取消")
        if self.lapsed_on:
            return gettext("漏访")
        if self.met_on is None:
            return gettext("超期未访") if self.is_late else gettext("未到期")
        return self.lateness

    @property
    def is_late(self) -> bool:
        """Whether its day, or its hour, has passed."""
        if self.due_at is not None:
            return self.due_at < timezone.now()
        return self.due_on < timezone.localdate()

    @property
    def lateness(self) -> str:
        """How late a paid visit was: 按期, 晚3小时, 晚2天."""
        days = (self.met_on - self.due_on).days
        if self.due_at is not None:
            hours = ceil((self.met_by.visited_at - self.due_at) / timedelta(hours=1))
            if 0 < hours < HOURS_OF_A_DAY:
                return gettext("晚%(hours)d小时") % {"hours": hours}
        if days <= 0:
            return gettext("按期")
        return gettext("晚%(days)d天") % {"days": days}
