from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from communities.scoping import ScopedQuerySet
from toolkit.formats import cn_day, cn_day_time, days_late
from visits.models.rules import VisitRule

# So many tries in a row without seeing the person raise an alarm.
ALARM_AFTER = 3


class DutyQuerySet(ScopedQuerySet):
    def open(self):
        """Duties that have not ended."""
        return self.filter(until=None)

    def overdue(self, today: date):
        """Open duties whose visit was owed before today."""
        return self.open().filter(next_due_on__lt=today)

    def wanted(self, today: date):
        """Open duties with something to do today: overdue, due, to be tried again.

        After a try in vain that is the day of the next try, not before.
        """
        due = Q(next_due_on__lte=today, retry_on=None)
        return self.open().filter(due | Q(retry_on__lte=today))

    def nearby(self, today: date, until: date):
        """Open duties due after today, which no try in vain has put off."""
        return self.open().filter(
            next_due_on__gt=today, next_due_on__lte=until, retry_on=None
        )

    def alarming(self):
        """Open duties whose person was not met several times in a row."""
        return self.open().filter(misses__gte=ALARM_AFTER)


class Standing:
    """How a duty stands, told from its columns, in a model or in a row of a list."""

    @property
    def is_alarming(self) -> bool:
        return self.until is None and self.misses >= ALARM_AFTER

    def days_late(self, today: date) -> int:
        """Return by how many days the visit is overdue, 0 when it is not."""
        if self.until is not None:
            return 0
        return max(0, (today - self.next_due_on).days)

    @property
    def is_past_hour(self) -> bool:
        """Whether the hour by which to go again has passed, and its day has not."""
        at = self.next_due_at
        if self.until is not None or at is None or at > timezone.now():
            return False
        return not self.days_late(timezone.localdate())

    def due_order(self) -> tuple:
        """What of two duties is owed first; one with an hour, before its day ends."""
        return self.next_due_on, self.next_due_at is None, self.next_due_at

    @property
    def occasion(self) -> str:
        """Why and by when to go, in few words: 情况有变化，12月1日 09:23前再去."""
        due = cn_day_time(self.next_due_at) or cn_day(self.next_due_on)
        return OCCASIONS.get(self.why, _("最晚 %(due)s")) % {"due": due}


class VisitDuty(Standing, models.Model):
    """A person who is to be visited regularly, for a reason, from a day on."""

    class Why(models.TextChoices):
        """Why the next visit is owed on its day."""

        FIRST = "first", _("新列入")
        RULE = "rule", _("按规则")
        CHANGE = "change", _("情况有变化")
        AGREED = "agreed", _("约好的日子")

    class Origin(models.TextChoices):
        AUTOMATIC = "automatic", _("自动列入")
        BY_HAND = "by_hand", _("人工列入")

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="visit_duties", verbose_name=_("居民")
    )
    rule = models.ForeignKey(
        VisitRule, models.PROTECT, related_name="duties", verbose_name=_("人员类别")
    )
    origin = models.CharField(
        _("列入方式"), max_length=10, choices=Origin, default=Origin.BY_HAND
    )
    reason = models.CharField(_("列入原因"), max_length=120, blank=True)
    since = models.DateField(_("列入日期"), default=timezone.localdate)
    until = models.DateField(_("结束日期"), null=True, blank=True, editable=False)
    end_reason = models.CharField(
        _("结束原因"), max_length=120, blank=True, editable=False
    )
    # Ended by hand: the rule leaves the person alone until he has ceased to fit.
    stays_off = models.BooleanField(_("不再自动列入"), default=False, editable=False)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("列入人"),
    )
    # How the duty stands; only actions.settling and actions.enrolment write these.
    last_visited_on = models.DateField(_("上次走访"), null=True, editable=False)
    next_due_on = models.DateField(_("最晚走访日"), editable=False)
    # The moment, where the next visit is owed within hours.
    next_due_at = models.DateTimeField(_("最晚走访时间"), null=True, editable=False)
    why = models.CharField(
        _("期限依据"), max_length=10, choices=Why, default=Why.FIRST, editable=False
    )
    misses = models.PositiveSmallIntegerField(_("连续未见"), default=0, editable=False)
    last_miss = models.CharField(max_length=20, blank=True, editable=False)
    last_missed_at = models.DateTimeField(_("最近未见"), null=True, editable=False)
    retry_on = models.DateField(_("补访日期"), null=True, editable=False)

    objects = DutyQuerySet.as_manager()
    scope_path = "resident__org_unit__path"
    fact_labels = {
        "pace": _("频次"),
        "basis": _("依据"),
        "explained": _("说明"),
        "place": _("住址"),
        "missed": _("连续未见"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("走访任务")
        ordering = ["next_due_on", "pk"]
        permissions = [("export_visitduty", _("导出走访任务"))]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "rule"],
                condition=Q(until=None),
                name="one_open_visit_duty_per_resident_and_rule",
                violation_error_message=_("此人已在这项走访名单里。"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="visit_duty_ends_after_it_begins",
                violation_error_message=_("结束日期不能早于列入日期。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_on", "id"],
                condition=Q(until=None),
                name="open_visit_duty_by_due_day",
            ),
            models.Index(
                fields=["retry_on"],
                condition=Q(until=None, retry_on__isnull=False),
                name="open_visit_duty_by_retry",
            ),
        ]

    def __str__(self):
        return str(self.resident)

    def get_absolute_url(self):
        return reverse("visits:visitduty-detail", args=[self.pk])

    def get_scope_path(self) -> str:
        return self.resident.org_unit.path

    @property
    def pace(self) -> str:
        return self.rule.pace

    @property
    def basis(self) -> str:
        return self.rule.basis

    @property
    def missed(self) -> str:
        """How often in a row the person was not met: 2 次."""
        words = ngettext("%(count)d 次", "%(count)d 次", self.misses)
        return words % {"count": self.misses}

    @property
    def place(self) -> str:
        return self.resident.address

    @property
    def stand(self) -> tuple[str, str]:
        """How the duty stands today, in words with the tone of the clock."""
        today = timezone.localdate()
        if self.until is not None:
            return gettext("已结束"), "done"
        if late := self.days_late(today):
            return days_late(late), "late"
        if self.is_past_hour:
            return gettext("已过时限"), "late"
        if self.next_due_on == today or (self.retry_on and self.retry_on <= today):
            return gettext("今天"), "near"
        return cn_day(self.next_due_on), ""

    @property
    def explained(self) -> str:
        """The sentence that explains the due day, with its source."""
        rule = self.rule
        facts = {
            "name": rule.name,
            "pace": rule.pace,
            "due": cn_day_time(self.next_due_at) or cn_day(self.next_due_on),
            "last": cn_day(self.last_visited_on),
            "basis": rule.cited(rule.source_words),
            "first_basis": rule.first_source or gettext("街道自定"),
            "extra_basis": rule.cited(rule.extra_source),
        }
        return SENTENCES[self.why] % facts


SENTENCES = {
    VisitDuty.Why.FIRST: _(
        "%(name)s%(pace)s，新列入，首访不晚于%(due)s。"
        "间隔依据：%(basis)s；首访期限：%(first_basis)s。"
    ),
    VisitDuty.Why.RULE: _(
        "%(name)s%(pace)s，上次%(last)s，应于%(due)s前再访。依据：%(basis)s。"
    ),
    VisitDuty.Why.CHANGE: _(
        "上次%(last)s发现情况有变化，应于%(due)s前加访。加访依据：%(extra_basis)s。"
    ),
    VisitDuty.Why.AGREED: _("上次%(last)s走访时约好%(due)s再去。"),
}

OCCASIONS = {
    VisitDuty.Why.CHANGE: _("情况有变化，%(due)s前再去"),
    VisitDuty.Why.AGREED: _("约好 %(due)s再去"),
}
