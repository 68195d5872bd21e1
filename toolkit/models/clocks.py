from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# No limit of any law runs longer, and dates stay dates.
FARTHEST = 1000


class ClockLimit(models.Model):
    """A time limit with its source: what starts it, how long it runs, which article.

    One code may have several steps (T12: opinion, notice, decision). A negative amount
    counts back from the event (voters' list: 20 days before election day).
    """

    class Unit(models.TextChoices):
        DAYS = "days", _("日")
        WORKING_DAYS = "working_days", _("工作日")
        HOURS = "hours", _("小时")
        WORKING_HOURS = "working_hours", _("工作时")
        MONTHS = "months", _("个月")
        MONTH_ENDS = "month_ends", _("自然月")
        YEARS = "years", _("年")

    class Bound(models.TextChoices):
        WITHIN = "within", _("期限内完成")
        AT_LEAST = "at_least", _("不少于该期限")

    class Mark(models.TextChoices):
        PRIMARY = "P", _("法律原文")
        SECONDARY = "S", _("转引资料")
        KNOWLEDGE = "K", _("工作惯例")
        OFFICE = "O", _("本街道设定")

    profile = models.SlugField(_("适用"), max_length=20, default="any")
    code = models.CharField(_("编号"), max_length=4)
    step = models.SlugField(_("环节"), max_length=30, blank=True)
    label = models.CharField(_("名称"), max_length=60)
    trigger = models.CharField(_("起算事件"), max_length=60)
    amount = models.SmallIntegerField(
        _("期限"),
        validators=[MinValueValidator(-FARTHEST), MaxValueValidator(FARTHEST)],
    )
    unit = models.CharField(_("单位"), max_length=15, choices=Unit)
    bound = models.CharField(
        _("性质"), max_length=10, choices=Bound, default=Bound.WITHIN
    )
    rolls = models.BooleanField(_("末日遇休息日顺延"), default=False)
    source = models.CharField(_("依据"), max_length=160)
    source_mark = models.CharField(
        _("依据种类"), max_length=1, choices=Mark, default=Mark.OFFICE
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理时限")
        ordering = ["code", "profile", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "code", "step"],
                name="one_limit_per_profile_code_and_step",
                violation_error_message=_("这项期限已经登记过，请修改原来的。"),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.label}"
