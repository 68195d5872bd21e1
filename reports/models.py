import re

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from reports.schedules import schedules
from toolkit import formats
from toolkit.metrics import metrics, rates
from toolkit.periods import Period

FACT = re.compile(r"F\d{3}")


class Report(ScopedModel):
    """One issue of a periodic report: one unit, one period, figures frozen (F010)."""

    # When the figures were read takes the place of when the row was written.
    created_at = None
    schedule = models.SlugField(_("报表"), max_length=20)
    period_start = models.DateField(_("开始日期"))
    period_end = models.DateField(_("结束日期"))
    produced_at = models.DateTimeField(_("生成时间"))
    # A unit may be renamed; the report keeps the name it had.
    unit_name = models.CharField(_("单位名称"), max_length=50)
    # Which metrics there were, with which words: equal editions compare line by line.
    edition = models.CharField(_("指标版本"), max_length=16)
    digest = models.CharField(_("校验码"), max_length=64)
    # The run that made the report; of two runs at once each finds its own rows by it.
    batch = models.UUIDField(_("批次"))

    class Meta:
        verbose_name = verbose_name_plural = _("报表")
        ordering = ["-period_start", "schedule", "org_unit__path"]
        constraints = [
            # Makes a repeated, late or parallel run harmless.
            models.UniqueConstraint(
                fields=["schedule", "org_unit", "period_start"],
                name="one_report_per_schedule_unit_and_period",
                violation_error_message=_("这个单位这一期的报表已经有了。"),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="report_ends_after_it_begins",
                violation_error_message=_("报表的终止日期要晚于起始日期。"),
            ),
        ]
        indexes = [
            models.Index(fields=["schedule", "period_start"], name="report_by_period"),
            models.Index(fields=["batch"], name="report_by_batch"),
        ]

    def __str__(self):
        return f"{self.unit_name}{self.title}"

    def get_absolute_url(self):
        return reverse(
            "reports:unit", args=[self.schedule, self.period.slug, self.org_unit.code]
        )

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def title(self) -> str:
        """2026年10月月报, or the bare period once a schedule has been given up."""
        known = schedules.get(self.schedule)
        return known.title_of(self.period) if known else self.period.label

    @property
    def schedule_label(self) -> str:
        return str(schedules.get(self.schedule, self.schedule))

    @property
    def period_label(self) -> str:
        return self.period.label


class ReportLine(models.Model):
    """The value of one metric in a report, frozen together with its words."""

    report = models.ForeignKey(
        Report,
        models.PROTECT,
        related_name="lines",
        verbose_name=_("报表"),
    )
    position = models.PositiveSmallIntegerField(_("顺序"))
    metric = models.CharField(_("指标"), max_length=60)
    label = models.CharField(_("名称"), max_length=60)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    meaning = models.CharField(_("含义"), max_length=300, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=0)
    # Empty where there was nothing to take a rate or a mean of.
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=4, null=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "report__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("报表数字")
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "metric"],
                name="one_line_per_report_and_metric",
                violation_error_message=_("这份报表里已有这个指标。"),
            )
        ]

    def __str__(self):
        return f"{self.label} {self.text}"

    def get_scope_path(self) -> str:
        return self.report.get_scope_path()

    @property
    def app(self) -> str:
        return self.metric.partition(".")[0]

    @property
    def text(self) -> str:
        return formats.number(self.value, self.decimals)

    @property
    def basis(self) -> str:
        """The rule in words; a fact by our own number tells its reader nothing."""
        return "" if FACT.fullmatch(self.source) else self.source


class Restatement(models.Model):
    """Why a frozen figure differs from the records now; the frozen value stays."""

    line = models.ForeignKey(
        ReportLine,
        models.PROTECT,
        related_name="restatements",
        verbose_name=_("报表数字"),
    )
    value = models.DecimalField(_("更正后"), max_digits=20, decimal_places=4, null=True)
    reason = models.CharField(_("原因"), max_length=500)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("说明人"),
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "line__report__org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("更正说明")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.line} → {formats.number(self.value, self.line.decimals)}"

    def get_scope_path(self) -> str:
        return self.line.get_scope_path()


class MetricTarget(ScopedModel):
    """What a unit and every unit below it want a metric to reach, and who says so."""

    class Sense(models.TextChoices):
        AT_LEAST = "at_least", _("不低于")
        AT_MOST = "at_most", _("不高于")

    metric = models.CharField(_("指标"), max_length=60)
    sense = models.CharField(
        _("方向"), max_length=10, choices=Sense, default=Sense.AT_LEAST
    )
    target = models.DecimalField(_("目标值"), max_digits=14, decimal_places=2)
    # From here on the street steps in; between target and limit a unit mends it itself.
    limit = models.DecimalField(
        _("督办线"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("依据"), max_length=200)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标目标")
        ordering = ["metric", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_unit", "metric"],
                condition=Q(closed_on=None),
                name="one_open_target_per_unit_and_metric",
                violation_error_message=_("这个指标已有目标，请修改原来的，或先停用。"),
            ),
            models.CheckConstraint(
                condition=(
                    Q(limit=None)
                    | Q(sense="at_least", limit__lt=F("target"))
                    | Q(sense="at_most", limit__gt=F("target"))
                ),
                name="limit_lies_beyond_the_target",
                violation_error_message=_(
                    "督办线要比目标更差：不低于的指标填更小的数，不高于的填更大的数。"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.metric_label}：{self.get_sense_display()} {self.target_text}"

    @property
    def definition(self):
        """The metric or rate, None once an app has given it up."""
        return metrics.get(self.metric) or rates.get(self.metric)

    @property
    def metric_label(self) -> str:
        return str(self.definition.label) if self.definition else self.metric

    @property
    def target_text(self) -> str:
        return self.in_words(self.target)

    @property
    def limit_text(self) -> str:
        return self.in_words(self.limit)

    def in_words(self, value) -> str:
        """Return a value with the decimals and the unit of the metric, — for none."""
        known = self.definition
        if value is None or known is None:
            return formats.number(value, 2)
        return f"{formats.number(value, known.decimals)} {known.unit}".rstrip()
