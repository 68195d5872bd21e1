from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A date on which the office works or rests otherwise than the weekday says."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("休息")
        MAKEUP = "makeup", _("调休上班")
        WORKDAY = "workday", _("照常（不调休）")

    date = models.DateField(_("日期"), unique=True)
    kind = models.CharField(_("安排"), max_length=10, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    source = models.CharField(_("依据"), max_length=120, blank=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("放假安排")
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.name}"
