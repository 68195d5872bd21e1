"""What the office sets for itself: its holidays, and the limits it keeps to."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.scoping import RegisterQuerySet
from toolkit.models import CalendarDay, ClockLimit

# Units that want a measure word behind a number.
COUNTED = {
    ClockLimit.Unit.WORKING_DAYS: gettext_lazy("个工作日"),
    ClockLimit.Unit.WORKING_HOURS: gettext_lazy("个工作时"),
    ClockLimit.Unit.MONTH_ENDS: gettext_lazy("个自然月"),
}


class OfficeDay(CalendarDay):
    """A day of rest or a make-up day, as the office enters it each November."""

    objects = RegisterQuerySet.as_manager()
    is_register = True

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = CalendarDay._meta.verbose_name

    def get_absolute_url(self):
        return reverse("communities:officeday-detail", args=[self.pk])


class OfficeLimit(ClockLimit):
    """A time limit as the office reads and, where the law leaves room, shortens it."""

    objects = RegisterQuerySet.as_manager()
    is_register = True
    fact_labels = {"length": gettext_lazy("期限")}

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = ClockLimit._meta.verbose_name

    def get_absolute_url(self):
        return reverse("communities:officelimit-detail", args=[self.pk])

    @property
    def length(self) -> str:
        """How long it runs: 15 个工作日; 提前 20 日 for what comes before its event."""
        unit = COUNTED.get(self.unit) or self.get_unit_display()
        words = f"{abs(self.amount)} {unit}"
        return _("提前 %(length)s") % {"length": words} if self.amount < 0 else words
