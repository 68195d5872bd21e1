from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSearches(models.Model):
    """How often a person has searched by number in one hour; only the last is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("人员"),
    )
    hour = models.DateTimeField(_("小时"))
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("按号码查找的次数")
        ordering = ["user", "hour"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "hour"],
                name="number_searches_once_an_hour",
                violation_error_message=_("这一小时的查找次数已经记过。"),
            )
        ]

    def __str__(self):
        return f"{self.hour:%Y-%m-%d %H} {self.count}"
