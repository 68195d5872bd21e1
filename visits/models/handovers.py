from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from communities.models import CaseModel, OrgUnit
from communities.scoping import ScopedQuerySet
from toolkit.formats import cn_day, day_span, listed
from visits.models.duties import VisitDuty
from visits.models.rounds import ExtraVisit
from visits.models.visits import Visit

NOTE_LENGTH = 1000


class HandOverStatus(models.TextChoices):
    DRAFT = "draft", _("草稿")
    OFFERED = "offered", _("待接收")
    ACCEPTED = "accepted", _("已接收")
    DECLINED = "declined", _("已退回")
    RECALLED = "recalled", _("已撤回")
    DISCARDED = "discarded", _("已作废")
    ENDED = "ended", _("代班已提前结束")


class HandOverQuerySet(ScopedQuerySet):
    def waiting_for(self, user):
        """Hand-overs that this person is asked to accept."""
        return self.filter(status=HandOverStatus.OFFERED, to_worker=user)

    def offered_between(self, user):
        """Hand-overs that wait for an answer: to this person, or by him to another."""
        own = Q(from_worker=user) | Q(proposed_by=user) | Q(to_worker=user)
        return self.filter(own, status=HandOverStatus.OFFERED)


class HandOver(CaseModel):
    """One worker hands his grids to another, who alone can accept them.

    For good, or to a substitute until a day. What was open when it was accepted is
    kept with it (`HandOverMatter`).
    """

    class Kind(models.TextChoices):
        PERMANENT = "permanent", _("长期移交")
        SUBSTITUTE = "substitute", _("临时代班")

    # The unit in which all that is handed over lies.
    org_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("所属社区或网格"),
    )
    status = models.CharField(
        _("状态"),
        max_length=20,
        choices=HandOverStatus,
        default=HandOverStatus.DRAFT,
        editable=False,
    )
    kind = models.CharField(
        _("交接方式"), max_length=10, choices=Kind, default=Kind.PERMANENT
    )
    units = models.ManyToManyField(
        OrgUnit, related_name="+", verbose_name=_("交接的网格")
    )
    # Whose they are; nobody's where they never had a worker.
    from_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("移交人"),
    )
    to_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("接收人"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("提出人"),
    )
    takes_effect_on = models.DateField(_("从哪天起"), default=timezone.localdate)
    last_day = models.DateField(_("代班到哪天"), null=True, blank=True)
    note = models.TextField(_("要交代的事"), max_length=NOTE_LENGTH, blank=True)
    # What the acceptance found; empty until then.
    begins_on = models.DateField(_("接手日期"), null=True, editable=False)
    people = models.PositiveIntegerField(_("走访对象"), null=True, editable=False)

    objects = HandOverQuerySet.as_manager()
    fact_labels = {
        "unit_words": _("交接的网格"),
        "people_words": _("走访对象"),
        "matter_words": _("接收时未办完"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("责任区交接")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_worker=None) | ~Q(from_worker=F("to_worker")),
                name="nobody_hands_over_to_himself",
                violation_error_message=_("接收人本来就是这些网格的责任人。"),
            ),
            models.CheckConstraint(
                condition=Q(kind="permanent", last_day=None)
                | Q(kind="substitute", last_day__isnull=False),
                name="a_substitute_is_asked_until_a_day",
                violation_error_message=_("临时代班要写明代班到哪天，长期移交不写。"),
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("takes_effect_on")),
                name="a_substitution_has_a_day",
                violation_error_message=_("代班的最后一天不能早于第一天。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_worker"],
                condition=Q(status="offered"),
                name="hand_over_by_receiver",
            )
        ]

    def __str__(self):
        words = gettext("%(units)s交给%(name)s")
        return words % {"units": self.unit_words, "name": self.to_worker}

    @property
    def is_draft(self) -> bool:
        return self.status == HandOverStatus.DRAFT

    @property
    def is_substitution(self) -> bool:
        return self.kind == self.Kind.SUBSTITUTE

    @property
    def was_accepted(self) -> bool:
        return self.begins_on is not None

    @property
    def unit_words(self) -> str:
        """What is handed over: 01网格、02网格."""
        return listed(sorted_units(self.units.all()))

    @property
    def span_words(self) -> str:
        """From when on, and of a substitution until when: 自12月3日起, 12月3日—10日."""
        if self.last_day:
            return day_span(self.takes_effect_on, self.last_day)
        return gettext("自%(day)s起") % {"day": cn_day(self.takes_effect_on)}

    @property
    def people_words(self) -> str:
        if self.people is None:
            return ""
        words = ngettext("%(number)d 人", "%(number)d 人", self.people)
        return words % {"number": self.people}

    @property
    def matter_words(self) -> str:
        """What was open at the acceptance, counted: 超期 3 项、约好再去 1 项."""
        if not self.was_accepted:
            return ""
        counts = self.matters.order_by().values_list("kind").annotate(Count("pk"))
        found = dict(counts)
        words = gettext("%(kind)s %(count)d 项")
        return listed(
            words % {"kind": kind.label, "count": found[kind]}
            for kind in HandOverMatter.Kind
            if kind in found
        ) or gettext("没有")

    def day_of_taking(self, today: date) -> date:
        """The day from which the receiver answers if he accepts today.

        Nobody becomes responsible for days that have passed.
        """
        return max(self.takes_effect_on, today)


def sorted_units(units) -> list[OrgUnit]:
    """Return the units in the order of their codes; read before, they cost nothing."""
    return sorted(units, key=lambda unit: unit.path)


class HandOverMatter(models.Model):
    """Something that was open when a hand-over was accepted; kept as it was then."""

    class Kind(models.TextChoices):
        ALARM = "alarm", _("连续未见")
        LATE = "late", _("超期")
        DUE = "due", _("当天要去")
        APPOINTMENT = "appointment", _("约好再去")
        EXTRA = "extra", _("加访")

    hand_over = models.ForeignKey(
        HandOver, models.PROTECT, related_name="matters", verbose_name=_("交接单")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    duty = models.ForeignKey(
        VisitDuty, models.PROTECT, null=True, related_name="+", verbose_name=_("任务")
    )
    # The visit in which the appointment was made.
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="+", verbose_name=_("走访")
    )
    extra = models.ForeignKey(
        ExtraVisit, models.PROTECT, null=True, related_name="+", verbose_name=_("加访")
    )
    due_on = models.DateField(_("最晚走访日"))
    misses = models.PositiveSmallIntegerField(_("连续未见"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("交接时未办完的事")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "duty"],
                name="a_hand_over_names_a_duty_once",
                violation_error_message=_("这项任务已在交接单里。"),
            ),
            models.UniqueConstraint(
                fields=["hand_over", "visit"],
                name="a_hand_over_names_an_appointment_once",
                violation_error_message=_("这次约定已在交接单里。"),
            ),
            models.UniqueConstraint(
                fields=["hand_over", "extra"],
                name="a_hand_over_names_an_extra_visit_once",
                violation_error_message=_("这次加访已在交接单里。"),
            ),
            models.CheckConstraint(
                condition=Q(
                    duty__isnull=False,
                    visit=None,
                    extra=None,
                    kind__in=["alarm", "late", "due"],
                )
                | Q(duty=None, visit__isnull=False, extra=None, kind="appointment")
                | Q(duty=None, visit=None, extra__isnull=False, kind="extra"),
                name="an_open_matter_is_one_thing_of_its_kind",
                violation_error_message=_("未办完的事是一项走访任务、一次约定或加访。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}　{self.duty or self.visit or self.extra}"
