from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from toolkit import formats
from toolkit.hours import cn_hours


class SchoolSessionQuerySet(ScopedQuerySet):
    def held_in(self, period):
        """Sessions held within the period."""
        return self.filter(held_on__gte=period.start, held_on__lt=period.end)


class SchoolSession(ScopedModel):
    """One session of a citizen school; every community owes one a month (F065, T24)."""

    class Topic(models.TextChoices):
        ETHICS = "ethics", _("思想道德")
        AFFAIRS = "affairs", _("时事政策")
        LAW = "law", _("法律")
        HEALTH = "health", _("健康")
        SAFETY = "safety", _("安全")
        CULTURE = "culture", _("文化")
        SKILLS = "skills", _("生活技能")

    title = models.CharField(_("题目"), max_length=80)
    topic = models.CharField(_("类别"), max_length=10, choices=Topic)
    held_on = models.DateField(_("日期"))
    begins_at = models.TimeField(_("开始时间"), null=True, blank=True)
    ends_at = models.TimeField(_("结束时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=60)
    lecturer = models.CharField(_("主讲人"), max_length=60, blank=True)
    # Empty until the session has been held and somebody counted.
    attendance = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)

    objects = SchoolSessionQuerySet.as_manager()
    fact_labels = {"hours": _("时间"), "attendance_text": _("参加人数")}

    class Meta:
        verbose_name = verbose_name_plural = _("市民学校")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None)
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="school_session_ends_after_it_begins",
                violation_error_message=_("结束时间应在开始时间之后。"),
            )
        ]
        indexes = [models.Index(fields=["held_on"], name="school_session_by_day")]

    def __str__(self):
        return self.title

    @property
    def hours(self) -> str:
        """上午9:00—10:30, as residents read it."""
        return cn_hours(self.begins_at, self.ends_at)

    @property
    def attendance_text(self) -> str:
        """53 人, as nobody is counted twice in one session; else why there is none."""
        if self.attendance is not None:
            return _("%(count)s 人") % {"count": formats.count(self.attendance)}
        return _("未开课") if self.held_on > timezone.localdate() else _("未填")
